import Chain
import Client
import Cryptography
import Encoding
import Foundation
import Jobs
import LedgerKit
import Market
import Money
import Operations
import StateTree

/// A relay within the process: the real ledger and tree behind the transport of a client.
///
/// Its clock stands still until a test moves it; each transaction makes one block.
actor LedgerRelay: Transport {
  /// No answer comes.
  struct Away: Error {}

  static let sequencer = (try? PrivateKey(seed: [UInt8](repeating: 9, count: 32))) ?? PrivateKey()
  let genesis: Genesis
  let ledger: Ledger
  private var backing = MemoryBacking()
  private var tree = MerkleTree()
  private var entries: [Digest: (key: [UInt8], value: [UInt8])] = [:]
  private var head: Header
  private var recent = RecentTransactions()
  private var committed: [Digest: CommittedTransaction] = [:]
  private var content: [Digest: [UInt8]] = [:]
  private var now = Timestamp(milliseconds: UInt64(Date().timeIntervalSince1970 * 1000))
  /// Requests that will get no answer, although they are executed.
  private var lostAnswers = 0

  init(balances: [PrivateKey]) async throws {
    let accounts = balances.map {
      GenesisAccount(address: Address($0.publicKey), balance: Amount(nano: 100 * Amount.unitsPerToken))
    }
    genesis = Genesis(
      chain: "test-chain", policy: .devnet, time: now, sequencer: Self.sequencer.publicKey, parameters: .standard,
      sections: [MoneyGenesis(accounts: accounts)].compactMap { GenesisSection($0) })
    ledger = try Ledger(genesis)
    var state = State(backing, unions: ledger.unions)
    try ledger.begin(genesis, in: &state)
    let changes = state.changes()
    head = Header(
      chain: genesis.chain, height: 0, time: now, previous: genesis.digest, transactions: .zero, results: .zero,
      state: .zero)
    commit(changes)
  }

  func advance(seconds: UInt64) { now = now.adding(seconds: seconds) }
  func loseAnswers(_ count: Int) { lostAnswers = count }

  /// Executes `operation` as its own block.
  func perform(_ operation: any Transaction, as key: PrivateKey) throws -> Outcome {
    try submit(Envelope(signing: body([LedgerKit.Operation(operation)], Address(key.publicKey)), with: key).encoded)
  }

  func send(_ request: TransportRequest) async throws -> TransportResponse {
    let response: TransportResponse
    do { response = TransportResponse(status: 200, body: Array(try answer(request).text().utf8)) } catch let raw as Raw
    {
      response = TransportResponse(status: 200, body: raw.bytes)
    } catch { response = Self.problem(error) }
    guard lostAnswers == 0 else {
      lostAnswers -= 1
      throw Away()
    }
    return response
  }

  nonisolated func follow(_ request: TransportRequest, _ line: (String) -> Void) async throws { throw Away() }
}

/// An answer that is no JSON.
private struct Raw: Error { let bytes: [UInt8] }

/// There is nothing under this path.
private struct NotFound: Error {}

extension LedgerRelay {
  private func answer(_ request: TransportRequest) throws -> JSON {
    let last = request.path.split(separator: "/").last ?? ""
    switch (request.method, request.path) {
    case (.get, "/v1/chain"):
      return ChainStatus(genesis: genesis, head: head, now: now, pendingTransactions: 0).json
    case (.post, "/v1/transactions/prepare"):
      let wanted = try Preparation(json: JSON(parsing: request.body), unions: ledger.unions)
      return PreparedTransaction(body(wanted.operations, wanted.sender)).json
    case (.post, "/v1/transactions"): return try submit(request.body).json
    case (.post, "/v1/content"):
      content[Digest(of: request.body)] = request.body
      return StoredContent(digest: Digest(of: request.body), sizeBytes: UInt64(request.body.count)).json
    case (.get, let path) where path.hasPrefix("/v1/content/"):
      guard let bytes = content[try Digest(text: last)] else { throw NotFound() }
      throw Raw(bytes: bytes)
    case (.get, let path) where path.hasPrefix("/v1/transactions/"):
      guard let found = committed[try Digest(text: last)] else { throw NotFound() }
      return found.json
    case (.get, let path): return try ask(path, request.parameters)
    default: throw NotFound()
    }
  }

  private func body(_ operations: [LedgerKit.Operation], _ sender: Address) -> TransactionBody {
    var random = Random(seed: UInt64(committed.count) + 1)
    return TransactionBody(
      chain: ledger.chain, sender: sender, fee: Amount(nano: 1_000_000), validFrom: now,
      validUntil: now.adding(seconds: 60), nonce: Nonce.sample(&random), operations: operations)
  }

  private func submit(_ encoded: [UInt8]) throws -> Outcome {
    let transaction = try VerifiedEnvelope(encoded, for: ledger)
    guard committed[transaction.id] == nil else {
      throw LedgerReason.duplicate.rejection("executed before")
    }
    var state = State(backing, unions: ledger.unions)
    now = Timestamp(milliseconds: now.milliseconds + 1)
    let moment = Moment(height: head.height + 1, time: now)
    let results = ledger.execute([transaction], on: &state, at: moment, recent: &recent)
    let changes = state.changes()
    head = Header(
      chain: ledger.chain, height: moment.height, time: moment.time, previous: head.digest,
      transactions: Digest(merkleRootOf: [encoded]), results: results.root, state: .zero)
    commit(changes)
    let outcome = Outcome(height: head.height, position: 0, result: results.transactions[0])
    committed[transaction.id] = CommittedTransaction(time: now, envelope: transaction.envelope, outcome: outcome)
    return outcome
  }

  private func commit(_ changes: [StateChange]) {
    backing.apply(changes)
    for change in changes { entries[Digest(of: change.key)] = change.value.map { (change.key, $0) } }
    tree.apply(changes)
    head = Header(
      chain: head.chain, height: head.height, time: head.time, previous: head.previous,
      transactions: head.transactions, results: head.results, state: tree.root)
  }

  private func ask(_ path: String, _ parameters: [TransportRequest.Parameter]) throws -> JSON {
    guard let operation = ledger.operations.first(where: { $0.path == path }), case .query(let type) = operation.kind
    else { throw NotFound() }
    return try ask(type, Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.value) }))
  }

  private func ask<Q: Query>(_ type: Q.Type, _ parameters: [String: String]) throws -> JSON {
    let query = try Q(fields: { parameters[$0].map { $0[...] } }, unions: ledger.unions)
    let answer = try query.answer(from: State(backing, unions: ledger.unions), at: head.moment)
    let members: [JSON.Member] = [.init("answer", answer.json), .init("height", head.height.json)]
    return .object(members + (parameters["prove"] == nil ? [] : [.init("proof", prove(query.evidence).json)]))
  }

  private func prove(_ keys: [[UInt8]]) -> ProvenState {
    let evidence = keys.compactMap { key in
      tree.prove(key) { entries[$0] }.map { proof in
        Evidence(key: Bytes(key), value: backing.value(at: key).map { Bytes($0) }, proof: proof)
      }
    }
    return ProvenState(header: head, signature: Self.sequencer.sign(head.bytesToSign), evidence: evidence)
  }

  private static func problem(_ error: any Error) -> TransportResponse {
    let problem =
      switch error {
      case let rejection as Rejection:
        Problem(
          title: "Rejected", status: 422, detail: rejection.detail, module: rejection.module, code: rejection.code,
          reason: rejection.reason)
      case is NotFound: Problem(title: "Not found", status: 404, detail: "nothing is here")
      default: Problem(title: "Bad request", status: 400, detail: "\(error)")
      }
    return TransportResponse(status: Int(problem.status), body: Array(problem.json.text().utf8))
  }
}
