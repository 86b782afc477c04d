public import Cryptography
public import LedgerKit

/// How far a transaction that was sent in has come.
public enum Submission: Sendable {
  /// It will be in no block; its id is known when its bytes could be read.
  case refused(Rejection, id: Digest?)
  /// It waits for a block.
  case waiting(Digest)
  case committed(Outcome)

  public var id: Digest? {
    switch self {
    case .refused(_, let id): id
    case .waiting(let id): id
    case .committed(let outcome): outcome.result.id
    }
  }

  var isWaiting: Bool { if case .waiting = self { true } else { false } }
}
