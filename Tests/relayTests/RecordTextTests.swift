import Chain
import Cryptography
import Encoding
import LedgerKit
import Money
import Testing

@testable import relay

struct RecordTextTests {
  private let printer = RecordText(unions: Ledger.standard.unions)

  @Test func fieldsAreAlignedAndAmountsReadable() {
    let account = Account(
      available: Amount(nano: 2_500_000_000), held: .zero, bonded: Amount(nano: 1), key: nil)
    #expect(
      printer.text(account.json, as: Account.shape) == """
        available  2.5 CPTM
        held       0 CPTM
        bonded     0.000000001 CPTM
        """)
  }

  @Test func listsAndMembersAreIndented() throws {
    let one = Address(module: "one")
    let event = try JSON(
      parsing: #"{"transferred":{"from":"\#(one)","to":"\#(one)","amount":"1000000000","memo":"rent"}}"#)
    #expect(
      printer.text(.array([event]), as: [EventEntry].shape) == """
        - Transferred
            from    \(one)
            to      \(one)
            amount  1 CPTM
            memo    rent
        """)
  }

  @Test func controlCharactersAreSpelledOut() {
    let memo = "paid\u{1B}[2J\u{9B}31m\u{202E}\n\r Öl"
    let shown = #"paid\u{1B}[2J\u{9B}31m\u{202E}\u{A}\u{D} Öl"#
    #expect(printer.text(.string(memo), as: String.shape) == shown)
    #expect("one\ntwo\u{7}".printableLines == "one\ntwo\\u{7}")
  }

  @Test func timesAreISO8601() {
    #expect(Timestamp(milliseconds: 1_767_225_600_123).readable == "2026-01-01T00:00:00.123Z")
    #expect(Timestamp(milliseconds: 0).readable == "none")
    #expect(Timestamp(milliseconds: .max).readable == "18446744073709551615")
  }

  @Test func columnsAreAsWideAsTheirCells() {
    #expect(Output.table(["name", "x"], [["a", "1"], ["bcdef", "22"]]) == "name   x\na      1\nbcdef  22")
  }
}
