import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Staking

@Suite("EditValidator")
struct EditValidatorTests {
  private static let day: UInt64 = 86_400

  /// Carol's validator has just registered, with 5 % that change by 1 % a day.
  private static func registered() throws -> StakingScene {
    var scene = StakingScene()
    try scene.network.apply(RegisterValidator.sound(), from: .carol)
    return scene
  }

  private static func edit(to commission: UInt32, name: String = "renamed") -> EditValidator {
    EditValidator(name: name, commissionBasisPoints: commission)
  }

  @Test(
    "renames at any time, and changes the commission a day after the last change", arguments: [400, 600] as [UInt32])
  func edits(commission: UInt32) throws {
    var scene = try Self.registered()
    try scene.network.apply(Self.edit(to: 500), from: .carol)
    #expect(try scene.validator(.carol).name == "renamed")
    scene.network.advance(seconds: Self.day)
    let receipt = try scene.network.apply(Self.edit(to: commission), from: .carol)
    let edited = ValidatorEdited(
      validator: StakingScene.carol, name: "renamed", commissionBasisPoints: commission)
    #expect(receipt.events == [EventEntry(edited)])
    #expect(try scene.validator(.carol).commissionBasisPoints == commission)
    #expect(try scene.validator(.carol).commissionChanged == scene.network.moment.time)
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<StakingScene>("staking.unknownValidator") { try $0.network.apply(edit(to: 0, name: ""), from: .pauper) },
      Refusal("staking.invalidName") { try $0.network.apply(edit(to: 10_001, name: ""), from: .carol) },
      Refusal("staking.invalidCommission") { try $0.network.apply(edit(to: 10_001), from: .carol) },
      Refusal("staking.commissionChangeTooLarge") { try $0.network.apply(edit(to: 601), from: .carol) },
      Refusal("staking.commissionChangeTooLarge") { try $0.network.apply(edit(to: 399), from: .carol) },
      Refusal("staking.commissionChangeTooSoon") {
        $0.network.advance(seconds: day - 1)
        try $0.network.apply(edit(to: 600), from: .carol)
      },
      Refusal("staking.commissionChangeTooSoon") {
        $0.network.advance(seconds: day)
        try $0.network.apply(edit(to: 600), from: .carol)
        $0.network.advance(seconds: day - 1)
        try $0.network.apply(edit(to: 500), from: .carol)
      }
    ]) func refused(row: Refusal<StakingScene>) throws
  { #expect(row.outcome(in: try Self.registered()) == row.reason) }
}
