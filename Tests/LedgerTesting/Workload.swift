internal import Chain
public import Cryptography
internal import Encoding
internal import LedgerKit
internal import Money
public import StateTree

/// A fixed workload of 50,000 transactions, which comes to one state however it is run.
public enum Workload {
  private static let blocks = 50
  private static let transactionsPerBlock = 1000
  /// Number of transactions.
  public static let count = blocks * transactionsPerBlock
  private static let start = Timestamp(milliseconds: 1_767_225_600_000)
  private static let ledger = Ledger(chain: "workload", policy: .managed)
  /// The root after the last block: a frozen fact, in debug and in release, on any number of cores.
  public static let goldenRoot = "d31b88f08493c338507a6ead7d3c5ce196dee07a874d9554a8fae4a6d5fde7a5"

  private static let accounts = (0..<400).map { TestAccount("workload \($0)") }

  /// Transfers of one and of several operations, and holds, some of which are refused.
  public static func blocksOfTransactions() -> [[[UInt8]]] {
    var random = Random(seed: 50_000)
    return (0..<blocks).map { block in
      (0..<transactionsPerBlock).map { _ in envelope(in: block, &random).encoded }
    }
  }

  private static func envelope(in block: Int, _ random: inout Random) -> Envelope {
    let sender = accounts[random.below(accounts.count)]
    let count = random.below(8) == 0 ? 4 : 1
    let time = start.adding(seconds: UInt64(block))
    let body = TransactionBody(
      chain: ledger.chain, sender: sender.address, fee: .tokens(1), validFrom: time,
      validUntil: time.adding(seconds: 60),
      nonce: .sample(&random), operations: (0..<count).map { _ in operation(at: time, &random) })
    // Whether signatures fit is tested elsewhere; here they only have to be there.
    return Envelope(
      body: body, signatures: [SignatureEntry(publicKey: sender.key.publicKey, signature: .sample(&random))])
  }

  private static func operation(at time: Timestamp, _ random: inout Random) -> Operation {
    let to = random.below(5) == 0 ? .sample(&random) : accounts[random.below(accounts.count)].address
    let amount = Amount(nano: UInt64(random.below(1_000_000_000)))
    if random.below(6) > 0 { return Operation(Transfer(to: to, amount: amount)) }
    return Operation(PlaceHold(payee: to, amount: amount, expires: time.adding(seconds: 600)))
  }

  /// Executes it.
  ///
  /// - Returns: the root of the last state, and the number of transactions that took effect.
  public static func run(_ workload: [[[UInt8]]], on workers: Workers) throws -> (root: Digest, effective: Int) {
    var backing = MemoryBacking()
    var tree = MerkleTree()
    var recent = RecentTransactions()
    var first = State(backing, unions: ledger.unions)
    try ledger.begin(genesis, in: &first)
    backing.apply(first.changes())
    tree.apply(first.changes(), with: workers)
    let committed = CommittedState(backing, unions: ledger.unions, rowBytes: 60_000)
    var effective = 0
    for (height, block) in workload.enumerated() {
      let transactions = try block.map { VerifiedEnvelope(replaying: try DecodedEnvelope($0, for: ledger)) }
      let moment = Moment(height: UInt64(height) + 1, time: start.adding(seconds: UInt64(height)))
      var state = State(on: committed)
      let results = ledger.execute(transactions, on: &state, at: moment, recent: &recent)
      effective += results.transactions.count { $0.rejection == nil }
      let changes = state.changes()
      tree.apply(changes, with: workers)
      backing.apply(changes)
      committed.advance(to: backing, with: state)
    }
    return (tree.root, effective)
  }

  private static var genesis: Genesis {
    let balances = accounts.map { GenesisAccount(address: $0.address, balance: .tokens(150)) }
    return Genesis(
      chain: ledger.chain, policy: ledger.policy, time: start, sequencer: nil, parameters: .standard,
      sections: [GenesisSection(MoneyGenesis(accounts: balances))].compactMap { $0 })
  }
}
