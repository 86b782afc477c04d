import Cryptography
import LedgerKit
import LedgerTesting

/// Bytes that must change nothing, made from a transaction that was executed, and the reason that they must be refused for.
struct HostileInput: Sendable {
  let reason: String
  private let spoilDraft: @Sendable (inout Draft) -> Void
  private let spoilBytes: @Sendable (inout [UInt8]) -> Void

  private init(
    _ reason: String, _ spoilDraft: @escaping @Sendable (inout Draft) -> Void = { _ in },
    bytes spoilBytes: @escaping @Sendable (inout [UInt8]) -> Void = { _ in }
  ) {
    self.reason = reason
    self.spoilDraft = spoilDraft
    self.spoilBytes = spoilBytes
  }

  func bytes(from executed: Draft) -> [UInt8] {
    var draft = executed
    spoilDraft(&draft)
    var bytes = draft.encoded
    spoilBytes(&bytes)
    return bytes
  }

  static let all = [
    HostileInput("ledger.duplicate"),
    HostileInput("ledger.truncated", bytes: { $0.removeLast() }),
    HostileInput("ledger.tooLarge", bytes: { $0 += [UInt8](repeating: 0, count: VerifiedEnvelope.maximumBytes) }),
    HostileInput("ledger.badSignature", bytes: { $0[$0.count - 1] ^= 1 }),
    HostileInput("ledger.missingSignature", { $0.signers = [] }),
    HostileInput("ledger.wrongChain", { $0.chain = "another-chain" }),
    HostileInput("ledger.noOperations", { $0.operations = [] }),
    HostileInput("ledger.windowInvalid", { $0.validUntil = $0.validFrom }),
    HostileInput("ledger.windowInvalid", { $0.validUntil = $0.validFrom.adding(seconds: 86_400) }),
    HostileInput("ledger.notYetValid", { $0.validFrom = $0.validFrom.adding(seconds: 1) }),
    HostileInput(
      "ledger.expired",
      {
        $0.validUntil = Timestamp(milliseconds: $0.validFrom.milliseconds - 1)
        $0.validFrom = Timestamp(milliseconds: $0.validFrom.milliseconds - 1000)
      }),
    HostileInput(
      "money.notAuthorized",
      {
        $0.fee = Amount(nano: $0.fee.nano + 1)
        $0.signers = [TestAccount("a stranger").key]
      })
  ]
}
