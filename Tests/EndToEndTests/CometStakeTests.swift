import Client
import Cryptography
import Encoding
import LedgerKit
import Operations
import Staking
import Testing

/// What stake does, and what it risks, under a real CometBFT.
@Suite(
  "stake under CometBFT", .enabled(if: TestMachine.cometBFT != nil, TestMachine.cometReason), .serialized,
  .timeLimit(.minutes(10)))
struct CometStakeTests {
  private static func tokens(_ count: UInt64) -> Amount { Amount(nano: count * Amount.unitsPerToken) }

  @Test("a delegation in block H moves voting power for block H + 2")
  func delegation() async throws {
    try await CometNetwork.run { network in
      let node = network.nodes[1]
      let validator = try await network.validator(0, by: node)
      let bond = Bond(validator: validator.account, amount: Self.tokens(500))
      let height = try await node.client.perform(bond, as: network.agent).height
      try await node.waitForHeight(height + 2)
      let powers = try await [
        network.power(of: validator, at: height + 1, by: node), network.power(of: validator, at: height + 2, by: node)
      ]
      #expect(powers == [1_000, 1_500])
      #expect(try await network.validator(0, by: node).power == 1_500)
    }
  }

  @Test("somebody who joins registers a validator, which votes two blocks later")
  func registration() async throws {
    try await CometNetwork.run { network in
      let node = try await network.addNode(beside: network.nodes[0])
      try await node.start()
      try await node.waitForHeight(try await network.nodes[0].head.height)
      let words = ["--home", network.home, "--node", node.client.url, "--json"]
      let key = try await network.relay(
        ["keys", "consensus", node.folder + "/comet/config/priv_validator_key.json", "--account", "agent"] + words)
      let proof = try JSON(parsing: Array(key.output.utf8))
      guard case .string(let name)? = proof["consensusKey"], case .string(let signature)? = proof["proof"] else {
        throw Overdue(key.output + key.errors)
      }
      let registered = try await network.relay(
        ["tx", "staking", "register-validator", "--consensus-key", name, "--proof", signature, "--name", "validator-5"]
          + ["--self-bond", "400cptm", "--from", "agent"] + words)
      try #require(registered.status == 0, "\(registered.errors)")
      let height = try UInt64(json: #require(JSON(parsing: Array(registered.output.utf8))["height"]), unions: .none)
      try await node.waitForHeight(height + 4)
      let entry = try await network.validator(4, by: node)
      let powers = try await [
        network.power(of: entry, at: height + 1, by: node), network.power(of: entry, at: height + 2, by: node)
      ]
      #expect(powers == [0, 400])
      #expect(try await node.client.ask(SigningRecordOf(validator: entry.account)).missed <= 1, "it signs")
      try await network.expectAgreement()
    }
  }

  @Test("one that stays away is jailed, and returns when it has caught up and its time has passed")
  func downtime() async throws {
    try await CometNetwork.run { network in
      let (node, absent) = (network.nodes[0], network.nodes[3])
      try await absent.kill()
      try await node.until("it is jailed", within: .seconds(90)) {
        try await network.validator(3, by: node).validator.jailedUntil != nil
      }
      let jailed = try await network.validator(3, by: node)
      #expect(jailed.power == 0 && jailed.validator.tokens == Self.tokens(990))
      try await absent.start()
      try await absent.waitForHeight(try await node.head.height)
      let release = try #require(jailed.validator.jailedUntil)
      try await node.until("its time has passed") { try await node.head.time >= release }
      let height = try await absent.client.perform(Unjail(), as: network.operatorKey(3)).height
      try await node.waitForHeight(height + 4)
      #expect(try await network.power(of: jailed, at: height + 2, by: node) == 990)
      let record = try await node.client.ask(SigningRecordOf(validator: jailed.account))
      #expect(record.missed <= 2, "it signs again")
      try await network.expectAgreement()
    }
  }

  @Test("one whose key signs on two machines is slashed, and never returns")
  func doubleSignature() async throws {
    try await CometNetwork.run { network in
      let node = network.nodes[0]
      let twin = try await network.addNode(beside: network.nodes[3])
      try network.copy("comet/config/priv_validator_key.json", of: network.nodes[3], to: twin)
      try await twin.start()
      try await node.until("the fault is punished", within: .seconds(90)) {
        try await network.validator(3, by: node).validator.isTombstoned
      }
      let punished = try await network.validator(3, by: node)
      #expect(punished.power == 0 && punished.validator.tokens == Self.tokens(950))
      await #expect("it never returns") {
        try await node.client.perform(Unjail(), as: network.operatorKey(3))
      } throws: { error in
        if case ClientError.rejected(let rejection) = error { rejection.reason == "tombstoned" } else { false }
      }
      let height = try await node.head.height
      try await node.waitForHeight(height + 3)
      #expect(try await network.power(of: punished, at: height + 3, by: node) == 0)
      try await network.expectAgreement(of: Array(network.nodes.prefix(4)))
    }
  }
}
