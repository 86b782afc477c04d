import Chain
import Client
import Cryptography
import Encoding
import LedgerKit
import Market
import Money
import Operations
import Provider
import StateTree

/// A relay in memory: the real ledger, a block for every transaction, and a clock that a test moves.
actor MemoryRelay: Relay {
  /// What a test may break.
  enum Failure: Equatable {
    case everything, submission(UInt32), upload(status: UInt32, aboveBytes: Int), download(Digest)
  }

  private let genesis: Genesis
  private let ledger: Ledger
  private var backing = MemoryBacking()
  private var recent = RecentTransactions()
  private var height: UInt64 = 0
  private var serial: UInt64 = 0
  private var content: [Digest: [UInt8]] = [:]
  private var listeners: [AsyncStream<CommittedEvent>.Continuation] = []
  private(set) var now: Timestamp
  /// Calls that found the relay down.
  private(set) var refusedCalls = 0
  /// Effective transactions, oldest first.
  private(set) var committed: [any Transaction] = []
  var failure: Failure?

  init(funding accounts: [Address]) throws {
    let balance = Amount(nano: 1_000 * Amount.unitsPerToken)
    let money = MoneyGenesis(accounts: accounts.map { GenesisAccount(address: $0, balance: balance) })
    now = Timestamp(milliseconds: 1_767_225_600_000)
    genesis = Genesis(
      chain: "provider-test", policy: .managed, time: now, sequencer: nil, parameters: .standard,
      sections: [GenesisSection(money)].compactMap { $0 })
    ledger = try Ledger(genesis)
    var state = State(backing, unions: ledger.unions)
    try ledger.begin(genesis, in: &state)
    backing.apply(state.changes())
  }

  func fail(_ failure: Failure?) { self.failure = failure }

  func advance(seconds: UInt64) { now = now.adding(seconds: seconds) }

  func violations() -> [String] { ledger.violations(in: State(backing, unions: ledger.unions)) }

  /// How often a transaction of `type` took effect.
  func count<T: Transaction>(of type: T.Type) -> Int { committed.count { $0 is T } }
}

extension MemoryRelay {
  func chain() async throws(ClientError) -> ChainStatus {
    try reach()
    let head = Header(
      chain: genesis.chain, height: height, time: now, previous: .zero, transactions: .zero, results: .zero,
      state: .zero)
    return ChainStatus(genesis: genesis, head: head, now: now, pendingTransactions: 0)
  }

  func ask<Q: Query>(_ query: Q) async throws(ClientError) -> Q.Answer {
    try reach()
    let state = State(backing, unions: ledger.unions)
    do throws(Rejection) {
      return try query.answer(from: state, at: Moment(height: height, time: now))
    } catch { throw .rejected(error) }
  }

  func upload(_ bytes: [UInt8]) async throws(ClientError) -> Digest {
    try reach()
    if case .upload(let status, let largest) = failure, bytes.count > largest {
      refusedCalls += 1
      throw .problem(Problem(title: "Refused", status: status, detail: "no room for \(bytes.count) bytes"))
    }
    content[Digest(of: bytes)] = bytes
    return Digest(of: bytes)
  }

  func download(_ digest: Digest, atMost maximumBytes: Int = .max) async throws(ClientError) -> [UInt8] {
    try reach()
    if failure == .download(digest) {
      refusedCalls += 1
      throw .unreachable(url: "memory", detail: "slow")
    }
    guard let bytes = content[digest] else {
      throw .problem(Problem(title: "Not Found", status: 404, detail: "no content \(digest)"))
    }
    guard bytes.count <= maximumBytes else { throw .refused("more than \(maximumBytes) bytes") }
    return bytes
  }

  nonisolated func events(after cursor: EventCursor?, account: Address?) -> AsyncStream<CommittedEvent> {
    let (stream, continuation) = AsyncStream<CommittedEvent>.makeStream()
    Task { await listen(continuation) }
    return stream
  }

  private func listen(_ continuation: AsyncStream<CommittedEvent>.Continuation) { listeners.append(continuation) }

  private func reach() throws(ClientError) {
    guard failure == .everything else { return }
    refusedCalls += 1
    throw .unreachable(url: "memory", detail: "down")
  }
}

extension MemoryRelay {
  func prepare(
    _ operations: [any Transaction], from sender: Address, fee: Amount?, maximumFee: Amount
  ) async throws(ClientError) -> TransactionBody {
    try reach()
    serial += 1
    var random = Random(seed: serial)
    return TransactionBody(
      chain: genesis.chain, sender: sender, fee: Amount(nano: 1_000_000), validFrom: now,
      validUntil: now.adding(seconds: 60), nonce: .sample(&random), operations: operations.map { Operation($0) })
  }

  func submit(_ envelope: Envelope) async throws(ClientError) -> Outcome {
    try reach()
    if let operation = envelope.body.operations.first?.transaction, failure == .submission(type(of: operation).code) {
      refusedCalls += 1
      throw .unreachable(url: "memory", detail: "no answer")
    }
    do throws(Rejection) { return try execute(VerifiedEnvelope(envelope.encoded, for: ledger)) } catch {
      throw .rejected(error)
    }
  }

  private func execute(_ transaction: VerifiedEnvelope) throws(Rejection) -> Outcome {
    height += 1
    var state = State(backing, unions: ledger.unions)
    let results = ledger.execute([transaction], on: &state, at: Moment(height: height, time: now), recent: &recent)
    backing.apply(state.changes())
    let result = results.transactions[0]
    if let rejection = result.rejection { throw rejection.rejection }
    committed += transaction.body.operations.map(\.transaction)
    for (index, entry) in result.events.enumerated() {
      let cursor = EventCursor(height: height, position: 0, index: UInt32(index))
      let event = CommittedEvent(cursor: cursor, time: now, transaction: transaction.id, event: entry)
      for listener in listeners { listener.yield(event) }
    }
    return Outcome(height: height, position: 0, result: result)
  }
}
