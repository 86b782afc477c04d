import Chain
import Cryptography
import Encoding
import Engine
import LedgerKit
import Money
import Testing

@testable import Node

struct SignatureDeskTests {
  /// A transaction, and whether its signature fits.
  private struct Sample {
    let envelope: DecodedEnvelope
    let fits: Bool
  }

  /// However requests meet at the desk, each gets the answers to its own.
  @Test(arguments: [1, 2, 7]) func everyRequestGetsItsOwnAnswers(clerks: Int) async throws {
    let desk = SignatureDesk(clerks: clerks)
    let samples = try Self.samples(64)
    let sizes = [1, 1, 3, 0, 255, 256, 257, 700, 1, 2]
    await withTaskGroup(of: Void.self) { group in
      for (start, size) in sizes.enumerated() {
        group.addTask {
          let asked = (0..<size).map { samples[(start + $0) % samples.count] }
          let answers = await desk.verify(asked.map(\.envelope))
          #expect(answers.map { (try? $0.get().id) } == asked.map { $0.fits ? $0.envelope.id : nil })
        }
      }
    }
  }

  private static func samples(_ count: Int) throws -> [Sample] {
    let rig = Rig()
    let ledger = try Ledger(rig.genesis())
    return try (0..<count).map { index in
      var bytes = try rig.transfer(UInt64(index))
      let fits = index % 3 != 0
      if !fits { bytes[bytes.count - 1] ^= 1 }
      return Sample(envelope: try DecodedEnvelope(bytes, for: ledger), fits: fits)
    }
  }

  @Test func capacityIsGivenBack() {
    let capacity = Capacity(count: 2, bytes: 10)
    let load = Capacity.Load([[1, 2], [3]])
    #expect(capacity.take(load) && !capacity.take(Capacity.Load([[1]])))
    capacity.giveBack(load)
    #expect(!capacity.take(Capacity.Load([[UInt8](repeating: 0, count: 11)])))
    #expect(capacity.take(load))
  }

  @Test func droppedTransactionsAreRememberedForAWhile() {
    var dropped = DroppedTransactions()
    let ids = (0..<20_000).map { Digest(of: Array("\($0)".utf8)) }
    for id in ids { dropped.insert(id, LedgerReason.expired.rejection("late")) }
    #expect(dropped[ids[0]] == nil && dropped[ids[19_999]]?.name == "ledger.expired")
  }
}
