import Chain
import Encoding
import LedgerKit
import Testing

/// Every record comes back from its bytes and its JSON, unchanged and in one form only.
@Suite("Records")
struct RoundTripTests {
  @Test("come back from bytes and JSON", arguments: RecordList.all.indices)
  func roundTrip(index: Int) throws { try expectRoundTrip(RecordList.all[index]) }

  private func expectRoundTrip<Content: Record>(_ type: Content.Type) throws {
    let unions = Ledger.standard.unions
    var random = Random(seed: 500, unions: unions)
    for _ in 0..<500 {
      let record = Content.sample(&random)
      let encoded = record.encoded
      let decoded = try Content(encoded: encoded, unions: unions)
      #expect(decoded == record && decoded.encoded == encoded, "\(Content.name)")
      #expect(try Content(json: JSON(parsing: record.json.description), unions: unions) == record, "\(Content.name)")
    }
  }
}
