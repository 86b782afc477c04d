/// Why the ledger said no. Module and code are part of the consensus result and never change; the detail is for people.
public struct Rejection: Error, Equatable, Sendable, CustomStringConvertible {
  public let module: String
  public let code: UInt32
  /// Name of the code, in lowerCamelCase.
  public let reason: String
  /// What was wrong, with figures, and what would be right.
  public let detail: String

  public init(module: String, code: UInt32, reason: String, detail: String) {
    self.module = module
    self.code = code
    self.reason = reason
    self.detail = detail
  }

  /// `money.insufficientFunds`
  public var name: String { "\(module).\(reason)" }
  public var description: String { "\(name): \(detail)" }
}

/// The reasons for which one module rejects: frozen codes, and what each means.
public protocol RejectionReason: RawRepresentable<UInt32>, CaseIterable, Sendable {
  /// Name of the module that rejects.
  static var module: String { get }
  /// One sentence for the reference documentation.
  var doc: String { get }
}

extension RejectionReason {
  /// A rejection for this reason.
  ///
  /// - Parameter detail: what was wrong, with figures, and what would be right.
  public func rejection(_ detail: String) -> Rejection {
    Rejection(module: Self.module, code: rawValue, reason: "\(self)", detail: detail)
  }
}

/// The reasons for which the ledger itself rejects, before any module is asked.
public enum LedgerReason: UInt32, RejectionReason {
  case overflow = 1
  case malformed = 2
  case tooLarge = 3
  case wrongChain = 4
  case noOperations = 5
  case windowInvalid = 6
  case notYetValid = 7
  case expired = 8
  case duplicate = 9
  case missingSignature = 10
  case badSignature = 11
  case forbiddenByPolicy = 12
  case truncated = 13
  case nonCanonical = 14

  public static let module = "ledger"

  public var doc: String {
    switch self {
    case .overflow: "A number would not fit in 64 bits."
    case .malformed: "The bytes are not a transaction."
    case .truncated: "The bytes of the transaction end early."
    case .nonCanonical: "The bytes are another than the canonical form of a transaction."
    case .tooLarge: "The transaction has more bytes than the chain takes."
    case .wrongChain: "The transaction was signed for another chain."
    case .noOperations: "The transaction has no operation, or more than the chain takes."
    case .windowInvalid: "The validity window is empty or longer than the chain allows."
    case .notYetValid: "The validity window has not begun."
    case .expired: "The validity window has passed."
    case .duplicate: "The transaction was executed before."
    case .missingSignature: "The transaction carries no signature, more than the chain takes, or two by the same key."
    case .badSignature: "A signature does not fit the body and its key."
    case .forbiddenByPolicy: "The network's policy does not allow the operation."
    }
  }
}
