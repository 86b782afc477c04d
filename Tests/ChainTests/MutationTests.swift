import Chain
import Encoding
import LedgerKit
import LedgerTesting
import Testing

/// Hostile bytes are refused by a reason; what is taken has exactly one form.
@Suite("Envelopes under mutation")
struct MutationTests {
  @Test("never crash, and are never taken in a second form")
  func mutations() {
    let ledger = TestNetwork().ledger
    var random = Random(seed: 20_000, unions: ledger.unions)
    for _ in 0..<20_000 {
      var bytes = Self.envelope(&random).encoded
      for _ in 0...random.below(3) { Self.mutate(&bytes, &random) }
      do throws(Rejection) {
        let transaction = try VerifiedEnvelope(bytes, for: ledger)
        #expect(transaction.envelope.encoded == bytes)
      } catch { #expect(error.module == LedgerReason.module) }
    }
  }

  /// A correct envelope of one or two sampled operations.
  private static func envelope(_ random: inout Random) -> Envelope {
    let body = TransactionBody(
      chain: TestNetwork.chain, sender: TestAccount.alice.address, fee: .sample(&random),
      validFrom: .sample(&random), validUntil: .sample(&random), nonce: .sample(&random),
      operations: (0...random.below(2)).map { _ in .sample(&random) })
    return Envelope(signing: body, with: TestAccount.alice.key)
  }

  /// Flips, drops, doubles, inserts or overwrites a few bytes.
  private static func mutate(_ bytes: inout [UInt8], _ random: inout Random) {
    guard !bytes.isEmpty else { return }
    let index = random.below(bytes.count)
    let end = min(bytes.count, index + 1 + random.below(8))
    switch random.below(6) {
    case 0: bytes[index] ^= 1 << UInt8(random.below(8))
    case 1: bytes.removeSubrange(index..<end)
    case 2: bytes.insert(contentsOf: bytes[index..<end], at: index)
    case 3: bytes.insert(contentsOf: random.bytes(1 + random.below(4)), at: index)
    case 4: bytes[index] = random.pick([0, 0x7F, 0x80, 0xFF]) ?? 0
    default: bytes.removeLast(bytes.count - index)
    }
  }
}
