import Cryptography
import Encoding
import Engine
import LedgerKit
import Logging
import Money
import Node
import SoloEngine
import Testing

/// Ten times as many transactions as blocks can take, from several senders at once.
struct FloodTests {
  private let rig = Rig()
  private let flooders = (10..<13).map { seed in
    var random = Random(seed: UInt64(seed))
    return PrivateKey(using: &random)
  }

  /// A node with room for 40 transactions, and a block of them every 30 ms.
  private func node() throws -> Node {
    let accounts = ([Rig.alice] + flooders).map {
      GenesisAccount(address: Address($0.publicKey), balance: Rig.funds)
    }
    let genesis = Genesis(
      chain: "test-chain", policy: .managed, time: Timestamp(milliseconds: 1000), sequencer: rig.sequencer.publicKey,
      parameters: .standard, sections: [GenesisSection(MoneyGenesis(accounts: accounts))].compactMap { $0 })
    var configuration = rig.configuration
    configuration.mempool = MempoolLimits(count: 40, bytes: 1 << 20, countPerSender: 30)
    return try Node(
      configuration, genesis: genesis, key: rig.sequencer, pace: .every(.milliseconds(30)),
      logger: Logger(label: "node"))
  }

  /// A transfer that pays more or less, and is valid for longer or shorter.
  private func transfer(_ key: PrivateKey, _ index: Int) throws -> [UInt8] {
    try transfer(key, fee: Rig.fee.nano + UInt64(index % 2), validMilliseconds: index % 5 == 0 ? 10 : 60_000)
  }

  private func transfer(_ key: PrivateKey, fee: UInt64, validMilliseconds: UInt64) throws -> [UInt8] {
    let now = Timestamp.now().milliseconds
    let body = TransactionBody(
      chain: "test-chain", sender: Address(key.publicKey), fee: Amount(nano: fee),
      validFrom: Timestamp(milliseconds: now - 1000),
      validUntil: Timestamp(milliseconds: now + validMilliseconds),
      nonce: try Nonce(validating: PrivateKey().publicKey.bytes.prefix(16)),
      operations: [Operation(Transfer(to: Address(Rig.bob.publicKey), amount: Amount(nano: 1)))])
    return Envelope(signing: body, with: key).encoded
  }

  private func flood(_ node: Node) async throws -> [Submission] {
    try await withThrowingTaskGroup(of: [Submission].self) { group in
      for _ in 0..<20 {
        for key in flooders {
          let batch = try (0..<50).map { try transfer(key, $0) }
          group.addTask { await node.submit(batch: batch, waitingAtMost: .seconds(60)) }
        }
        #expect(await node.pendingCount <= 40)
        try await Task.sleep(for: .milliseconds(10))
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// A sender that pays what the flooders pay at the most gets in each time.
  private func sendHonestly(_ node: Node) async throws {
    for _ in 0..<15 {
      let (_, outcome) = try await node.submit(try transfer(Rig.alice, 1), waitingAtMost: .seconds(60))
      #expect(outcome?.result.rejection == nil && outcome != nil)
    }
  }

  @Test func everyTransactionEndsSomewhere() async throws {
    let node = try node()
    let submissions = try await running(node.services) {
      async let honest: Void = sendHonestly(node)
      let submissions = try await flood(node)
      try await honest
      return submissions
    }
    var ends: [String: Int] = [:]
    for submission in submissions {
      switch submission {
      case .refused(let reason, _): ends[reason.name, default: 0] += 1
      case .waiting: ends["waiting", default: 0] += 1
      case .committed: ends["committed", default: 0] += 1
      }
    }
    let possible: Set = ["committed", "node.mempoolFull", "node.senderLimit", "node.evicted", "ledger.expired"]
    #expect(Set(ends.keys).isSubset(of: possible), "\(ends)")
    #expect(["committed", "node.mempoolFull", "node.evicted"].allSatisfy { ends[$0] != nil }, "\(ends)")
    #expect(await node.pendingCount == 0)
    let blocks = try (1...node.head.height).flatMap { height in
      try #require(try node.results(at: height)).transactions.map(\.id)
    }
    #expect(blocks.count == ends["committed", default: 0] + 15)
    #expect(Set(blocks).count == blocks.count)
  }

  /// Nobody makes blocks until the transaction has expired.
  @Test func whatExpiresIsReported() async throws {
    let node = try node()
    let brief = try transfer(Rig.alice, fee: Rig.fee.nano, validMilliseconds: 3000)
    let end = Timestamp.now().milliseconds + 3000
    async let submission = node.submit(batch: [brief], waitingAtMost: .seconds(60))
    while await node.pendingCount == 0 { try await Task.sleep(for: .milliseconds(1)) }
    while Timestamp.now().milliseconds <= end { try await Task.sleep(for: .milliseconds(10)) }
    _ = try await running(node.services) { try await node.submitAndWait(try transfer(Rig.alice, 1)) }
    let ended = await submission
    #expect(ended.count == 1)
    guard case .refused(let reason, let id) = ended[0] else { Issue.record("\(ended)"); return }
    #expect(reason.name == "ledger.expired" && id != nil)
    #expect(await node.pendingCount == 0 && node.head.height == 1)
  }
}
