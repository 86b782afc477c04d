internal import Engine

/// What a consensus engine drives over ABCI: one call for each request, in the order in which they came on their connection.
///
/// An ``EngineError`` means that the application cannot go on; the engine is told why, and stops.
protocol ABCIApplication: Sendable {
  func info(_ request: InfoRequest) async throws(EngineError) -> InfoResponse
  func begin(_ request: BeginRequest) async throws(EngineError) -> BeginResponse
  func query(_ request: QueryRequest) async throws(EngineError) -> QueryResponse
  /// Answers requests that came together, which costs less for each.
  func check(_ requests: [CheckRequest]) async throws(EngineError) -> [CheckResponse]
  func prepare(_ request: PrepareRequest) async throws(EngineError) -> PrepareResponse
  func process(_ request: ProcessRequest) async throws(EngineError) -> VerdictResponse
  func finalize(_ request: FinalizeRequest) async throws(EngineError) -> FinalizeResponse
  func commit() async throws(EngineError) -> CommitResponse
  func listSnapshots() async throws(EngineError) -> ListSnapshotsResponse
  func offerSnapshot(_ request: OfferSnapshotRequest) async throws(EngineError) -> OfferSnapshotResponse
  func loadChunk(_ request: LoadChunkRequest) async throws(EngineError) -> LoadChunkResponse
  func applyChunk(_ request: ApplyChunkRequest) async throws(EngineError) -> ApplyChunkResponse
  func extendVote(_ request: ExtendVoteRequest) async throws(EngineError) -> ExtendVoteResponse
  func verifyVoteExtension(_ request: VerifyVoteExtensionRequest) async throws(EngineError) -> VerdictResponse
}

extension ABCIApplication {
  /// The answers to requests of one connection, one for each, in their order.
  func answers(to requests: [ABCIRequest]) async throws(EngineError) -> [ABCIResponse] {
    var answers: [ABCIResponse] = []
    answers.reserveCapacity(requests.count)
    while answers.count < requests.count {
      let checks = requests[answers.count...].checksInFront
      guard checks.isEmpty else {
        answers += try await check(checks).map { .check($0) }
        continue
      }
      answers.append(try await answer(to: requests[answers.count]))
    }
    return answers
  }

  private func answer(to request: ABCIRequest) async throws(EngineError) -> ABCIResponse {
    switch request {
    case .echo(let message): .echo(message)
    case .flush(let message): .flush(message)
    case .info(let request): .info(try await info(request))
    case .begin(let request): .begin(try await begin(request))
    case .query(let request): .query(try await query(request))
    case .check(let request): .check(try await check([request])[0])
    case .commit: .commit(try await commit())
    case .listSnapshots: .listSnapshots(try await listSnapshots())
    case .offerSnapshot(let request): .offerSnapshot(try await offerSnapshot(request))
    case .loadChunk(let request): .loadChunk(try await loadChunk(request))
    case .applyChunk(let request): .applyChunk(try await applyChunk(request))
    case .prepare(let request): .prepare(try await prepare(request))
    case .process(let request): .process(try await process(request))
    case .extendVote(let request): .extendVote(try await extendVote(request))
    case .verifyVoteExtension(let request): .verifyVoteExtension(try await verifyVoteExtension(request))
    case .finalize(let request): .finalize(try await finalize(request))
    }
  }
}

extension ArraySlice<ABCIRequest> {
  /// The requests to check a transaction that it begins with.
  fileprivate var checksInFront: [CheckRequest] {
    var checks: [CheckRequest] = []
    for case .check(let request) in prefix(while: { if case .check = $0 { true } else { false } }) {
      checks.append(request)
    }
    return checks
  }
}
