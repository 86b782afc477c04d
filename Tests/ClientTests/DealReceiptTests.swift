import Client
import Cryptography
import Encoding
import Testing

struct DealReceiptTests {
  private static func receipt() async throws -> DealReceipt {
    let rig = try await MarketRig()
    let delivery = try await rig.purchase.run(rig.order) { step in
      if case .funded(let deal) = step { try? await rig.deliver(deal) }
    }
    return try #require(delivery.receipt)
  }

  @Test func itIsReadBackAndHolds() async throws {
    let receipt = try await Self.receipt()
    let read = try DealReceipt(parsing: Array(receipt.json.text(indent: 2).utf8))
    #expect(read == receipt)
    #expect(try read.verify().statements == receipt.verify().statements)
  }

  /// The text is one line without spaces, so no changed byte can mean the same.
  @Test func everyChangedByteIsRefusedByName() async throws {
    let text = Array(try await Self.receipt().json.text().utf8)
    var random = Random(seed: 11)
    let positions = Self.positions(in: text)
    #expect(positions.count > 500)
    for position in positions {
      var changed = text
      changed[position] ^= UInt8(1 << random.below(7))
      let fault = Self.fault(in: changed)
      #expect(fault != nil, "byte \(position) of \(String(decoding: text, as: UTF8.self))")
      #expect(fault?.contains(":") != false, "the fault of byte \(position) is not named: \(fault ?? "")")
    }
  }

  /// Every byte of one field in hex, bech32 and base64 each, and every seventh of the rest.
  private static func positions(in text: [UInt8]) -> [Int] {
    let wholeFields = [#""signature":""#, #""sender":""#, #""prefix":""#].flatMap { field in
      let start = text.firstRange(of: Array(field.utf8))?.upperBound ?? text.endIndex
      return Array(start..<(text[start...].firstIndex(of: UInt8(ascii: "\"")) ?? text.endIndex))
    }
    return wholeFields + stride(from: 0, to: text.count, by: 7)
  }

  @Test func anotherSequencerIsNotTrusted() async throws {
    let receipt = try await Self.receipt()
    let other = PrivateKey().publicKey
    let error = #expect(throws: ReceiptError.self) { try receipt.verify(trusting: other) }
    #expect(error?.part == "sequencer")
  }

  @Test func partsOfAnotherDealAreRefused() async throws {
    let one = try await Self.receipt()
    let other = try await Self.receipt()
    let mixed: [(DealReceipt, part: String)] = [
      (one.with(order: other), "order"), (one.with(acceptance: other), "acceptance.body"),
      (one.with(submission: other), "submission.body")
    ]
    for (receipt, part) in mixed {
      let error = #expect(throws: ReceiptError.self) { try receipt.verify() }
      #expect(error?.part == part)
    }
  }

  /// What is wrong with a receipt's text, or `nil` when it holds.
  private static func fault(in text: [UInt8]) -> String? {
    do {
      _ = try DealReceipt(parsing: text).verify()
      return nil
    } catch { return "\(error)" }
  }
}

extension DealReceipt {
  fileprivate func with(
    order: DealReceipt? = nil, acceptance: DealReceipt? = nil, submission: DealReceipt? = nil
  ) -> DealReceipt {
    DealReceipt(
      sequencer: sequencer, state: state, order: order?.order ?? self.order,
      acceptance: acceptance?.acceptance ?? self.acceptance, submission: submission?.submission ?? self.submission,
      job: job, result: result)
  }
}
