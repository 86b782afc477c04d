internal import Cryptography
internal import Encoding
internal import Engine
internal import LedgerKit
internal import StateTree

/// The ledger as CometBFT drives it.
struct LedgerABCI: ABCIApplication {
  static let name = "conductor-relay"
  /// Version of the rules by which blocks are executed, as block headers carry it.
  static let rules: UInt64 = 1

  let ledger: Ledger
  let application: any ReplicatedApplication
  let verified: VerifiedTransactions
  let pending: PendingTransactions
  /// The time at which transactions are looked at that wait for a block.
  let now: @Sendable () -> Timestamp

  func info(_ request: InfoRequest) async -> InfoResponse {
    let head = await application.head
    return InfoResponse(
      name: Self.name, version: "\(Self.rules)", protocolVersion: Self.rules, height: head.height,
      appHash: Bytes(head.state.bytes))
  }

  func begin(_ request: BeginRequest) async throws(EngineError) -> BeginResponse {
    let genesis = application.genesis
    try require(request, genesis)
    let head = await application.head
    guard head.height == 0 else {
      throw EngineError("the engine begins the chain anew, and the ledger is at height \(head.height)")
    }
    try await application.begin()
    let parameters = request.parameters?.following(
      genesis.parameters, evidenceAgeBlocks: await application.evidenceAgeBlocks)
    let validators = await application.validators.map { ValidatorUpdate($0) }
    return BeginResponse(parameters: parameters, validators: validators, appHash: Bytes(head.state.bytes))
  }

  private func require(_ request: BeginRequest, _ genesis: Genesis) throws(EngineError) {
    guard request.chain == genesis.chain else {
      throw EngineError("the engine's genesis document is of chain \(request.chain), the ledger's of \(genesis.chain)")
    }
    guard request.time?.timestamp == genesis.time else {
      throw EngineError("the engine's genesis_time is not the \(genesis.time.milliseconds) ms of the ledger's document")
    }
    guard request.initialHeight == 1 else {
      throw EngineError("the engine's initial_height is \(request.initialHeight); expected 1")
    }
    let given: Genesis
    do { given = try Genesis(json: JSON(parsing: request.appState.array), unions: ledger.unions) } catch {
      throw EngineError("the engine's app_state is no genesis document of the ledger: \(error)")
    }
    guard given.digest == genesis.digest else {
      throw EngineError("the engine's app_state is another genesis document than the ledger's")
    }
  }

  func query(_ request: QueryRequest) async -> QueryResponse {
    guard request.path == "state" else { return .refused("the path is \"\(request.path)\"; expected \"state\"") }
    let proven: ProvenState
    do { proven = try await application.prove(request.content.array) } catch { return .refused("\(error)") }
    guard request.height == 0 || request.height == proven.header.height, let evidence = proven.evidence.first else {
      return .refused("height \(request.height) is asked for; only the last one, \(proven.header.height), is kept")
    }
    let operation = ProofOperation(
      kind: "ics23:smt", key: evidence.key, content: Bytes(evidence.proof.encoded))
    return QueryResponse(
      code: 0, log: "", key: evidence.key, value: evidence.value ?? Bytes([]),
      proof: request.isProven ? ProofOperations(operations: [operation]) : nil, height: proven.header.height,
      codespace: "")
  }
}

extension LedgerABCI {
  func check(_ requests: [CheckRequest]) async -> [CheckResponse] {
    let encoded = requests.map(\.transaction.array)
    let digests = encoded.map { Digest(of: $0) }
    let checked = await verified.verify(encoded, digests: digests)
    let admitted = checked.followed(by: await admit(checked.successes()))
    for (index, result) in admitted.enumerated() {
      pending.note(result, of: digests[index], isRecheck: requests[index].isRecheck)
    }
    return admitted.map { result in
      switch result {
      case .success: CheckResponse(code: 0, log: "", codespace: "")
      case .failure(let why): CheckResponse(code: why.code, log: why.description, codespace: why.module)
      }
    }
  }

  private func admit(_ transactions: [VerifiedEnvelope]) async -> [Result<VerifiedEnvelope, Rejection>] {
    let refusals = await application.admit(transactions, at: now())
    return zip(transactions, refusals).map { transaction, refusal in
      refusal.map { .failure($0) } ?? .success(transaction)
    }
  }

  /// Proposes what pays most for its bytes, of each sender in the order of arrival, as far as it fits and has an effect.
  func prepare(_ request: PrepareRequest) async throws(EngineError) -> PrepareResponse {
    guard let time = request.time?.timestamp else { throw EngineError("the proposal has no time") }
    let limit = min(request.maximumBytes, await application.parameters.maximumBlockBytes)
    var mempool = Mempool(limits: MempoolLimits(count: .max, bytes: .max, countPerSender: .max))
    for case .success(let transaction) in await verified.verify(request.transactions.map(\.array)) {
      // The engine never gives one twice.
      _ = try? mempool.insert(transaction)
    }
    let ordered = mempool.take(upTo: .max)
    let refusals = await application.rehearse(ordered, at: time)
    let effective = zip(ordered, refusals).filter { $0.1 == nil }.map(\.0)
    return PrepareResponse(transactions: effective.map { Bytes($0.encoded) }.fitting(in: limit))
  }

  /// Turns down a block that holds anything but transactions whose signatures fit, or more of them than a block may.
  func process(_ request: ProcessRequest) async -> VerdictResponse {
    let bytes = request.transactions.reduce(UInt64(0)) { $0 + UInt64($1.array.count) }
    guard bytes <= (await application.parameters.maximumBlockBytes) else { return .reject }
    let checked = await verified.verify(request.transactions.map(\.array))
    return checked.allSatisfy { (try? $0.get()) != nil } ? .accept : .reject
  }

  func finalize(_ request: FinalizeRequest) async throws(EngineError) -> FinalizeResponse {
    let next = await application.head.height + 1
    guard request.height == next else {
      throw EngineError("the engine finalizes block \(request.height); the next one is \(next)")
    }
    let before = await application.parameters
    let finalized = try await application.finalize(try await proposal(request))
    pending.forget(request.transactions.map { Digest(of: $0.array) })
    pending.dropExpired(at: finalized.header.time)
    let updates = finalized.parameters == before ? nil : ConsensusParameters(finalized.parameters)
    return FinalizeResponse(
      results: finalized.results.transactions.map { ExecutionResult($0) },
      validators: finalized.results.validators.map { ValidatorUpdate($0) }, parameters: updates,
      appHash: Bytes(finalized.header.state.bytes))
  }

  private func proposal(_ request: FinalizeRequest) async throws(EngineError) -> Proposal {
    guard let time = request.time?.timestamp else { throw EngineError("block \(request.height) has no time") }
    var transactions: [VerifiedEnvelope] = []
    for result in await verified.verify(request.transactions.map(\.array)) {
      do { transactions.append(try result.get()) } catch {
        throw EngineError(
          "block \(request.height) holds a transaction that no honest validator accepts, and more than two thirds of them "
            + "voted for it: \(error)")
      }
    }
    return Proposal(time: time, transactions: transactions, report: try EngineReport(request))
  }

  func commit() async throws(EngineError) -> CommitResponse {
    try await application.commit(signature: nil)
    return CommitResponse(retainHeight: await application.retainHeight)
  }

  /// Votes carry nothing of ours.
  func extendVote(_ request: ExtendVoteRequest) -> ExtendVoteResponse { ExtendVoteResponse(content: Bytes([])) }

  func verifyVoteExtension(_ request: VerifyVoteExtensionRequest) -> VerdictResponse {
    request.content.array.isEmpty ? .accept : .reject
  }
}

extension LedgerABCI {
  func listSnapshots() async throws(EngineError) -> ListSnapshotsResponse {
    ListSnapshotsResponse(snapshots: try await application.snapshots().map { SnapshotInformation($0) })
  }

  func loadChunk(_ request: LoadChunkRequest) async throws(EngineError) -> LoadChunkResponse {
    guard request.format == SnapshotInformation.format else { return LoadChunkResponse(content: Bytes([])) }
    let chunk = try await application.chunk(at: Int(request.position), ofSnapshotAt: request.height)
    return LoadChunkResponse(content: Bytes(chunk ?? []))
  }

  func offerSnapshot(_ request: OfferSnapshotRequest) async throws(EngineError) -> OfferSnapshotResponse {
    guard let snapshot = request.snapshot, let root = try? Digest(validating: request.appHash.array[...]),
      let name = try? Digest(validating: snapshot.hash.array[...])
    else { return .reject }
    guard snapshot.format == SnapshotInformation.format else { return .rejectFormat }
    let offer = SnapshotOffer(
      height: snapshot.height, name: name, chunkCount: Int(snapshot.chunkCount), manifest: snapshot.manifest.array)
    return try await application.restore(offer, root: root) == .accepted ? .accept : .reject
  }

  func applyChunk(_ request: ApplyChunkRequest) async throws(EngineError) -> ApplyChunkResponse {
    switch try await application.restore(request.content.array, at: Int(request.position)) {
    case .accepted: .accept
    case .damaged: .retry(request.position, from: request.sender)
    case .refused: .rejectSnapshot
    }
  }
}

extension QueryResponse {
  fileprivate static func refused(_ why: String) -> QueryResponse {
    QueryResponse(
      code: 1, log: why, key: Bytes([]), value: Bytes([]), proof: nil, height: 0, codespace: LedgerABCI.name)
  }
}

extension ExecutionResult {
  fileprivate init(_ result: TransactionResult) {
    self.init(
      code: result.rejection?.code ?? 0, log: result.rejection?.rejection.description ?? "",
      codespace: result.rejection?.module ?? "")
  }
}

extension SnapshotInformation {
  fileprivate init(_ offer: SnapshotOffer) {
    self.init(
      height: offer.height, format: Self.format, chunkCount: UInt32(offer.chunkCount), hash: Bytes(offer.name.bytes),
      manifest: Bytes(offer.manifest))
  }
}

extension [Bytes] {
  /// Bytes at the most that CometBFT's encoding of a block spends on a transaction beside its own.
  private static var overhead: UInt64 { 6 }

  /// The first of them that CometBFT takes into `limit` bytes; one that no block has room for holds up no other.
  fileprivate func fitting(in limit: UInt64) -> [Bytes] {
    var size: UInt64 = 0
    let possible = filter { UInt64($0.array.count) + Self.overhead <= limit }
    return Array(
      possible.prefix { transaction in
        size += UInt64(transaction.array.count) + Self.overhead
        return size <= limit
      })
  }
}
