import Encoding
import LedgerKit
import Testing

@Suite("An amount")
struct AmountTests {
  @Test(
    "is read and written as a person does",
    arguments: [
      ("2.5cptm", 2_500_000_000, "2.5 CPTM"), ("0.000000001cptm", 1, "0.000000001 CPTM"),
      ("7cptm", 7_000_000_000, "7 CPTM"),
      ("18446744073709551615", UInt64.max, "18446744073.709551615 CPTM"), ("0", 0, "0 CPTM")
    ] as [(String, UInt64, String)])
  func text(text: String, nano: UInt64, description: String) throws {
    let amount = try Amount(text: text[...])
    #expect(amount.nano == nano)
    #expect(amount.description == description)
  }

  @Test(
    "is refused in any other form",
    arguments: ["", "cptm", ".5cptm", "1.cptm", "1.0000000001cptm", "-1", "+1", "1.5", "18446744074cptm", "1 cptm"])
  func malformed(text: String) { #expect(throws: FieldError.self) { try Amount(text: text[...]) } }

  @Test("adds, subtracts and scales without ever wrapping")
  func arithmetic() throws {
    let most = Amount(nano: .max)
    #expect(throws: Rejection.self) { try most.adding(Amount(nano: 1)) }
    #expect(try most.adding(.zero) == most)
    #expect(Amount.zero.subtracting(Amount(nano: 1)) == nil)
    #expect(Amount.zero.remaining(after: most) == .zero)
    #expect(most.scaled(by: .max, over: .max) == most)
    #expect(most.scaled(by: 2, over: 1) == nil)
    #expect(most.scaled(by: 1, over: 0) == nil)
    #expect(Amount(nano: 10).scaled(by: 2, over: 3) == Amount(nano: 6))
  }

  @Test("A time far ahead stops at the end of time", arguments: [.max, .max / 1000] as [UInt64])
  func saturation(seconds: UInt64) {
    #expect(Timestamp(milliseconds: 1_000).adding(seconds: seconds).milliseconds == .max)
  }
}
