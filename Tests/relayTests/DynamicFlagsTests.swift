import Cryptography
import Encoding
import LedgerKit
import Money
import Operations
import Testing

@testable import relay

struct DynamicFlagsTests {
  private static let own = ["from": true, "json": false]

  private func flags(_ line: String) throws(UsageError) -> DynamicFlags {
    try DynamicFlags(line.split { $0 == " " }.map { String($0) }, of: Transfer.schema.structure, own: Self.own)
  }

  @Test func fieldsAreTakenOutAndTheRestIsKept() throws {
    let flags = try flags("--to bob --json --amount=2.5cptm --from alice --memo=--hello")
    #expect(flags.values == ["to": "bob", "amount": "2.5cptm", "memo": "--hello"])
    #expect(flags.rest == ["--json", "--from", "alice"])
  }

  @Test(arguments: [
    ("--to bob --sum 3", "unknown flag --sum; known are --amount, --memo, --to, and --from, --json"),
    ("--to bob --to eve", "--to is given twice"),
    ("--to", "--to needs a value"),
    ("--to --amount 3", "--to needs a value; for one that begins with -- write --to=--amount"),
    ("bob", "unexpected \"bob\"; every value follows its flag, as in --amount 2.5cptm"),
    ("--amount 3", "missing --to <address>")
  ])
  func faultsAreNamed(line: String, message: String) {
    let error = #expect(throws: UsageError.self) { try flags(line) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }

  @Test func addressesAreResolved() throws {
    let bob = Address(module: "bob")
    let transfer = try flags("--to bob --amount 2.5cptm").record(Transfer.self, unions: .none) { text in
      #expect(text == "bob")
      return bob.description
    }
    #expect(transfer == Transfer(to: bob, amount: Amount(nano: 2_500_000_000)))
  }

  @Test func aWrongValueNamesItsFlag() throws {
    let flags = try flags("--to bob --amount much")
    let error = #expect(throws: UsageError.self) {
      try flags.record(Transfer.self, unions: .none) { _ in Address(module: "bob").description }
    }
    #expect(error?.description.hasPrefix("--amount: expected an amount such as 2.5cptm") == true)
  }

  @Test func operationsAreFoundByModuleAndName() throws {
    #expect(try Catalogue.transactions.find(["money", "transfer"]).structure.name == "Transfer")
    for (words, message) in [
      (["cash", "transfer"], "no module is called \"cash\"; known are money"),
      (["money", "steal"], "money has no \"steal\"; known are transfer"), (["money"], "name a module")
    ] {
      let error = #expect(throws: UsageError.self) { try Catalogue.transactions.find(words[...]) }
      #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }
  }
}
