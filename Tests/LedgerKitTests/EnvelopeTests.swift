import Cryptography
import Encoding
import LedgerTesting
import Money
import Testing

@testable import LedgerKit

/// What the ledger refuses before it asks any module; each refusal costs nothing, which the network itself makes sure of.
@Suite("An envelope")
struct EnvelopeTests {
  private static let mint = Mint(amount: .tokens(1))
  private static let transfer = Transfer(to: TestAccount.bob.address, amount: .tokens(1))

  /// Submits Alice's transfer after `spoil` changed it.
  private static func submit(
    to network: inout TestNetwork, _ spoil: (inout Draft) throws -> Void
  ) throws {
    var draft = network.draft(transfer, from: .alice)
    try spoil(&draft)
    try network.submit(draft)
  }

  /// Submits Alice's transfer after `spoil` changed its bytes.
  private static func submitBytes(
    to network: inout TestNetwork, _ spoil: (inout [UInt8]) -> Void
  ) throws {
    var bytes = network.draft(transfer, from: .alice).encoded
    spoil(&bytes)
    try network.submit(bytes)
  }

  @Test("of several operations takes effect as a whole, or not at all")
  func atomic() throws {
    var network = TestNetwork()
    try Self.submit(to: &network) { $0.operations.append(Self.transfer) }
    #expect(network.account(.bob).available == .tokens(102))
    #expect(throws: Rejection.self) {
      try Self.submit(to: &network) { $0.operations.append(Transfer(to: $0.sender, amount: .tokens(1))) }
    }
    #expect(network.account(.bob).available == .tokens(102))
  }

  @Test("is verified among others as alone")
  func together() throws {
    var network = TestNetwork()
    let drafts = (1...5).map { index in
      var draft = network.draft(Transfer(to: TestAccount.bob.address, amount: .tokens(UInt64(index))), from: .alice)
      if index == 4 { draft.signers = [TestAccount.alice.key, TestAccount.bob.key] }
      return draft
    }
    var encoded = drafts.map(\.encoded) + [[1]]
    encoded[2][encoded[2].count - 1] ^= 1
    let results = VerifiedEnvelope.verify(encoded, for: network.ledger)
    let alone = encoded.map { bytes in
      Result { () throws(Rejection) in try VerifiedEnvelope(bytes, for: network.ledger) }
    }
    #expect(results.map { try? $0.get().id } == alone.map { try? $0.get().id })
    #expect(results.map { $0.reason } == [nil, nil, "ledger.badSignature", nil, nil, "ledger.malformed"])
    #expect(alone.map { $0.reason } == results.map { $0.reason })
    let bodies = try results[..<2].map { try $0.get() }
    #expect(bodies.map(\.id) == bodies.map(\.body.id))
  }

  @Test(
    "is refused for its form",
    arguments: [
      Refusal<TestNetwork>("ledger.tooLarge") {
        try submitBytes(to: &$0) { $0 = [UInt8](repeating: 0, count: VerifiedEnvelope.maximumBytes + 1) }
      },
      Refusal("ledger.truncated") { try submitBytes(to: &$0) { $0.removeLast() } },
      Refusal("ledger.malformed") { try submitBytes(to: &$0) { $0 = [] } },
      Refusal("ledger.nonCanonical") { try submitBytes(to: &$0) { $0 += [0x18, 1] } },
      Refusal("ledger.nonCanonical") { try submitBytes(to: &$0) { $0.replaceSubrange(0..<1, with: [0x8A, 0]) } },
      Refusal("ledger.wrongChain") {
        try submit(to: &$0) {
          $0.chain = "other-chain"
          $0.operations = []
          $0.signers = []
        }
      },
      Refusal("ledger.noOperations") {
        try submit(to: &$0) {
          $0.operations = []
          $0.signers = []
        }
      },
      Refusal("ledger.noOperations") {
        try submit(to: &$0) {
          $0.operations = Array(repeating: transfer, count: VerifiedEnvelope.maximumOperations + 1)
        }
      },
      Refusal("ledger.forbiddenByPolicy") {
        $0 = TestNetwork(policy: .managed)
        try submit(to: &$0) {
          $0.operations.append(mint)
          $0.signers = []
        }
      },
      Refusal("ledger.missingSignature") { try submit(to: &$0) { $0.signers = [] } },
      Refusal("ledger.missingSignature") { try submit(to: &$0) { $0.signers += $0.signers } },
      Refusal("ledger.missingSignature") {
        try submit(to: &$0) { $0.signers = (0...VerifiedEnvelope.maximumSignatures).map { TestAccount("\($0)").key } }
      },
      Refusal("ledger.badSignature") { try submitBytes(to: &$0) { $0[$0.count - 1] ^= 1 } }
    ]) func refusedForm(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: TestNetwork()) == row.reason) }

  @Test(
    "is refused for its time and its signers",
    arguments: [
      Refusal<TestNetwork>("ledger.windowInvalid") {
        try submit(to: &$0) {
          $0.validFrom = $0.validFrom.adding(seconds: 1)
          $0.validUntil = $0.validFrom
        }
      },
      Refusal("ledger.windowInvalid") { try submit(to: &$0) { $0.validUntil = $0.validFrom.adding(seconds: 601) } },
      Refusal("ledger.notYetValid") {
        try submit(to: &$0) { $0.validFrom = Timestamp(milliseconds: $0.validFrom.milliseconds + 1) }
      },
      Refusal("ledger.expired") {
        let draft = $0.draft(transfer, from: .alice)
        $0.advance(seconds: 61)
        try $0.submit(draft)
      },
      Refusal("ledger.duplicate") {
        var draft = $0.draft(transfer, from: .alice)
        try $0.submit(draft)
        draft.signers = [TestAccount.bob.key]
        try $0.submit(draft)
      },
      Refusal("money.notAuthorized") { try submit(to: &$0) { $0.signers = [TestAccount.bob.key] } },
      Refusal("money.notAuthorized") { try submit(to: &$0) { $0.signers.append(TestAccount.bob.key) } }
    ]) func refusedState(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: TestNetwork()) == row.reason) }
}

extension Result<VerifiedEnvelope, Rejection> {
  fileprivate var reason: String? { if case .failure(let rejection) = self { rejection.name } else { nil } }
}
