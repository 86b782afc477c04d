internal import ContentStore
internal import Encoding
internal import Engine
internal import HTTPTypes
internal import Hummingbird
internal import LedgerKit
internal import Node
internal import Operations

/// A request that is answered with a problem.
struct Refused: Error {
  let problem: Problem
  var headers = HTTPFields()

  init(_ status: UInt32, _ detail: String, headers: HTTPFields = [:]) {
    problem = Problem(title: Self.title(status), status: status, detail: detail)
    self.headers = headers
  }

  init(_ rejection: Rejection, status: UInt32) {
    problem = Problem(
      title: Self.title(status), status: status, detail: rejection.detail, module: rejection.module,
      code: rejection.code, reason: rejection.reason)
    if status == 429 || status == 503 { headers[.retryAfter] = "1" }
  }

  private static func title(_ status: UInt32) -> String { titles[status] ?? "Error" }

  /// The names that RFC 9110 and RFC 6585 give to the statuses.
  private static let titles: [UInt32: String] = [
    400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 409: "Conflict",
    410: "Gone", 413: "Content Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable", 507: "Insufficient Storage"
  ]

  /// What an error means to a client, whichever layer it comes from.
  init(_ error: any Error, whenAsking isQuery: Bool) {
    switch error {
    case let error as Refused: self = error
    case let error as Rejection: self.init(error, status: isQuery ? Refusal.queryStatus(error.reason) : error.status)
    case let error as FieldError: self.init(400, "\(error)")
    case let error as JSON.ParsingError: self.init(400, "the body is not JSON: \(error)")
    case HistoryError.behind(let indexed, let head):
      self.init(503, "\(HistoryError.behind(indexed: indexed, head: head))", headers: [.retryAfter: "5"])
    case HistoryError.notIndexed: self.init(501, "\(HistoryError.notIndexed)")
    case HistoryError.pruned(let why): self.init(410, why)
    case let error as ContentError: self.init(error.status, error.publicDetail ?? Self.hidden)
    default: self.init(500, Self.hidden)
    }
  }

  /// Messages of the machine stay in the log.
  private static let hidden = "the node failed; its log has the cause"
}

extension Rejection {
  /// HTTP status of the problem when a submission is refused.
  fileprivate var status: UInt32 {
    switch module {
    case LedgerReason.module: LedgerReason(rawValue: code)?.status ?? 422
    case NodeReason.module: NodeReason(rawValue: code)?.status ?? 503
    default: 422
    }
  }
}

extension NodeReason {
  /// HTTP status of the problem when a submission is refused for it.
  var status: UInt32 {
    switch self {
    case .mempoolFull, .senderLimit, .evicted, .busy: 429
    case .alreadyPending: 409
    case .shuttingDown, .engineUnavailable: 503
    }
  }
}

extension ContentError {
  fileprivate var status: UInt32 {
    switch kind {
    case .tooLarge: 413
    case .full: 507
    case .mismatch: 400
    case .corrupt, .missing: 404
    case .inUse, .denied, .failed: 500
    }
  }

  /// What a client may read: messages about files stay in the log.
  fileprivate var publicDetail: String? {
    switch kind {
    case .tooLarge, .mismatch: message
    case .full: "the store has no room for the blob until something expires"
    case .corrupt, .missing: "the blob was damaged and is gone; store it again"
    case .inUse, .denied, .failed: nil
    }
  }
}
