import Chain
import Cryptography
import Encoding
import LedgerKit
import Operations
import Testing

@Suite struct CompletionTests {
  private static let ledger = Ledger(chain: "test-chain", policy: .managed)
  private let key = PrivateKey()
  private var random = Random(seed: 1)

  private func preparation(
    _ operations: [Operation], fee: Amount? = nil, validSeconds: UInt64? = nil
  ) -> Preparation {
    Preparation(
      sender: Address(key.publicKey), operations: operations, fee: fee, validSeconds: validSeconds, nonce: nil)
  }

  private func complete(_ preparation: Preparation) throws(Rejection) -> PreparedTransaction {
    var random = random
    return try preparation.completed(
      for: Self.ledger, .standard, now: Timestamp(milliseconds: 1_000_000), random: Nonce.sample(&random),
      minimumFee: { (size) throws(Rejection) in Amount(nano: 10_000 + 10 * UInt64(size)) })
  }

  private func transfer() throws -> Operation {
    let type = try #require(Self.ledger.modules.first?.transactions.first)
    var random = Random(seed: 3)
    return Operation(type.sample(&random))
  }

  @Test func theFeeIsTheMinimumForTheSignedSize() throws {
    let prepared = try complete(preparation([try transfer()]))
    let signed = Envelope(signing: prepared.body, with: key)
    #expect(Envelope.signedSize(of: prepared.body) == signed.encoded.count)
    #expect(prepared.body.fee.nano == 10_000 + 10 * UInt64(signed.encoded.count))
  }

  @Test func theWindowBeginsNow() throws {
    let body = try complete(preparation([try transfer()], validSeconds: 5)).body
    #expect(body.validFrom.milliseconds == 1_000_000)
    #expect(body.validUntil.milliseconds == 1_005_000)
  }

  @Test func aGivenFeeIsKept() throws {
    #expect(try complete(preparation([try transfer()], fee: Amount(nano: 7))).body.fee.nano == 7)
  }

  @Test func whatTheLedgerWouldRefuseIsNotPrepared() throws {
    let operation = try transfer()
    let cases: [(Preparation, LedgerReason)] = [
      (preparation([]), .noOperations),
      (preparation(Array(repeating: operation, count: 257)), .noOperations),
      (preparation([operation], validSeconds: 0), .windowInvalid),
      (preparation([operation], validSeconds: 601), .windowInvalid)
    ]
    for (preparation, reason) in cases {
      #expect { try complete(preparation) } throws: { ($0 as? Rejection)?.code == reason.rawValue }
    }
  }
}
