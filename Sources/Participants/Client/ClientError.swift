public import LedgerKit
public import Operations

/// Why a call to a relay did not succeed.
public enum ClientError: Error, Sendable, CustomStringConvertible {
  /// The ledger or the node said no; nothing was charged.
  case rejected(Rejection)
  /// The relay answered with another problem.
  case problem(Problem)
  /// No answer came.
  case unreachable(url: String, detail: String)
  /// An answer came that this client does not understand.
  case unexpected(String)
  /// This client did not go on, because what follows would not be wanted.
  case refused(String)

  public var description: String {
    switch self {
    case .rejected(let rejection): rejection.description
    case .problem(let problem): "\(problem.title): \(problem.detail)"
    case .unreachable(let url, let detail): "no answer from \(url): \(detail)"
    case .unexpected(let detail): "unexpected answer: \(detail)"
    case .refused(let detail): detail
    }
  }

  init(_ problem: Problem) {
    guard let module = problem.module, let code = problem.code, let reason = problem.reason else {
      self = .problem(problem)
      return
    }
    self = .rejected(Rejection(module: module, code: code, reason: reason, detail: problem.detail))
  }
}
