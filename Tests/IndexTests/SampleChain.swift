import Chain
import Cryptography
import Encoding
import Index
import LedgerKit
import Market
import Money
import StateTree

/// A chain of blocks executed by the real ledger, without a node.
struct SampleChain: Sendable {
  static let keys = (0..<4).map { name in
    var random = Random(seed: UInt64(name))
    return PrivateKey(using: &random)
  }
  static let accounts = keys.map { Address($0.publicKey) }
  let ledger: Ledger
  let genesis: Genesis
  private(set) var blocks: [CommittedBlock] = []
  private var backing = MemoryBacking()
  private var recent = RecentTransactions()
  private var nonces = Random(seed: 99)

  init(_ name: String = "sample-chain") throws {
    let balances = Self.accounts.map { GenesisAccount(address: $0, balance: Amount(nano: 100 * Amount.unitsPerToken)) }
    genesis = Genesis(
      chain: name, policy: .managed, time: Timestamp(milliseconds: 1_000_000), sequencer: nil, parameters: .standard,
      sections: [GenesisSection(MoneyGenesis(accounts: balances))].compactMap { $0 })
    ledger = try Ledger(genesis)
    var state = State(backing, unions: ledger.unions)
    try ledger.begin(genesis, in: &state)
    append([], BlockResults(transactions: [], events: []), state.changes(), previous: genesis.digest)
  }

  private mutating func append(
    _ transactions: [VerifiedEnvelope], _ results: BlockResults, _ changes: [StateChange], previous: Digest
  ) {
    let header = Header(
      chain: genesis.chain, height: UInt64(blocks.count), time: genesis.time.adding(seconds: UInt64(blocks.count)),
      previous: previous, transactions: Digest(merkleRootOf: transactions.map(\.encoded)), results: results.root,
      state: .zero)
    backing.apply(changes)
    let block = Block(header: header, signature: nil, transactions: transactions.map { Bytes($0.encoded) })
    blocks.append(CommittedBlock(block: block, results: results))
  }

  /// Makes a block of what `signers` do, the number of a key and its operation each.
  mutating func add(_ signers: (Int, any Transaction)...) throws {
    try add(signers.map { try envelope($0.0, $0.1) })
  }

  /// Makes a block; its own event, which the standard modules never have, is a copy of one of a transaction.
  mutating func add(_ envelopes: [VerifiedEnvelope], ownEvents: [EventEntry] = []) throws {
    guard let last = blocks.last?.header else { return }
    var state = State(backing, unions: ledger.unions)
    let moment = Moment(height: last.height + 1, time: last.time.adding(seconds: 1))
    let results = ledger.execute(envelopes, on: &state, at: moment, recent: &recent)
    append(
      envelopes, BlockResults(transactions: results.transactions, events: results.events + ownEvents),
      state.changes(), previous: last.digest)
  }

  /// Signed by the key of that number, valid from `delaySeconds` after the last block.
  mutating func envelope(
    _ signer: Int, _ operation: any Transaction, delaySeconds: UInt64 = 0
  ) throws -> VerifiedEnvelope {
    let start = (blocks.last?.header.time ?? genesis.time).adding(seconds: delaySeconds)
    let body = TransactionBody(
      chain: genesis.chain, sender: Self.accounts[signer], fee: Amount(nano: 100_000), validFrom: start,
      validUntil: start.adding(seconds: 60), nonce: .sample(&nonces), operations: [Operation(operation)])
    return try VerifiedEnvelope(Envelope(signing: body, with: Self.keys[signer]).encoded, for: ledger)
  }
}

extension SampleChain {
  /// About 50 blocks: transfers, rejected ones among them, a hold posted in part and voided, a deal, and odd cases.
  static func busy(_ name: String = "sample-chain") throws -> SampleChain {
    var chain = try SampleChain(name)
    try chain.addHold()
    try chain.addDeal()
    try chain.addOddities()
    for round in 0..<34 {
      let sender = round % 4
      let receiver = accounts[(round + 1) % 4]
      let amount = Amount(nano: round % 5 == 0 ? .max : UInt64(1 + round))
      try chain.add((sender, Transfer(to: receiver, amount: amount)), (3, Transfer(to: accounts[0], amount: .oneNano)))
    }
    return chain
  }

  /// The id of what the only operation of the last block's first transaction created.
  private var created: Identifier {
    .created(by: blocks.last?.results.transactions.first?.id ?? .zero, operation: 0)
  }

  private mutating func addHold() throws {
    let expires = genesis.time.adding(seconds: 1000)
    try add((0, PlaceHold(payee: Self.accounts[1], amount: Amount(nano: 1000), expires: expires)))
    let hold = created
    try add((1, PostHold(hold: hold, amount: Amount(nano: 400))), (2, VoidHold(hold: hold)))
    try add((1, VoidHold(hold: hold)))
  }

  private mutating func addDeal() throws {
    try add(
      (
        2,
        ListOffer(
          title: "two cores", resources: Resources(processors: 2, memoryMebibytes: 512, diskMebibytes: 64),
          pricePerSecond: Amount(nano: 1000), capacity: 1, bond: Amount(nano: Amount.unitsPerToken))
      ))
    let job = Digest(of: [1])
    try add(
      (
        3,
        PlaceOrder(
          offer: created, job: job, budget: Amount(nano: 50_000), deliverWithinSeconds: 60, reviewWithinSeconds: 60)
      ))
    let deal = created
    try add((2, AcceptOrder(deal: deal)))
    try add((0, SubmitResult(deal: deal, result: job, usageMilliseconds: 10)))
    try add((2, SubmitResult(deal: deal, result: job, usageMilliseconds: 10)))
    try add((3, AcceptResult(deal: deal)))
  }

  /// An empty block, a transaction refused before its window and as a duplicate, and a block with an event of its own.
  private mutating func addOddities() throws {
    try add([])
    let transfer = try envelope(0, Transfer(to: Self.accounts[1], amount: .oneNano), delaySeconds: 2)
    for _ in 0..<3 { try add([transfer]) }
    let own = blocks.last?.results.transactions.first?.events ?? []
    let another = try envelope(1, Transfer(to: Self.accounts[2], amount: .oneNano))
    try add([another], ownEvents: own + (blocks[1].results.transactions.first?.events ?? []))
  }
}

extension Amount {
  static let oneNano = Amount(nano: 1)
}
