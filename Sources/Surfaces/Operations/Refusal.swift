public import LedgerKit

/// One reason for which something is refused, as reference pages and OpenAPI list it.
public struct Refusal: Sendable, Equatable {
  public let module: String
  /// Frozen number of the reason.
  public let code: UInt32
  public let reason: String
  public let doc: String
  /// HTTP status of the problem when a submission is refused for it.
  public let status: UInt32

  public init(module: String, code: UInt32, reason: String, doc: String, status: UInt32) {
    self.module = module
    self.code = code
    self.reason = reason
    self.doc = doc
    self.status = status
  }

  public init<Reason: RejectionReason>(_ reason: Reason, of module: String, status: UInt32) {
    self.init(module: module, code: reason.rawValue, reason: "\(reason)", doc: reason.doc, status: status)
  }

  /// HTTP status of the problem when a query is refused for `reason`: 404 when what was asked for is not there, which every
  /// module says with a reason called `unknown…`, and 422 for anything else.
  public static func queryStatus(_ reason: String) -> UInt32 { reason.hasPrefix("unknown") ? 404 : 422 }
}

extension LedgerReason {
  /// HTTP status of the problem when a submission is refused for it.
  public var status: UInt32 {
    switch self {
    case .malformed, .truncated, .nonCanonical: 400
    case .duplicate: 409
    case .tooLarge: 413
    default: 422
    }
  }
}

extension Ledger {
  /// Every reason for which the ledger or a module of it rejects.
  public var refusals: [Refusal] {
    LedgerReason.allCases.map { Refusal($0, of: LedgerReason.module, status: $0.status) }
      + modules.flatMap { Self.refusals(of: $0) }
  }

  private static func refusals<M: Module>(of module: M.Type) -> [Refusal] {
    M.Reason.allCases.map { Refusal($0, of: M.name, status: 422) }
  }
}
