import Encoding
import Engine
import Synchronization

@testable import CometEngine

/// The kind of application that the recordings were made with: transactions are `key=value`, and nothing is refused that has this form.
final class KeyValueApplication: ABCIApplication {
  private struct Store {
    var values: [String: String] = [:]
    var finalized: [(key: String, value: String)] = []
    var height: UInt64 = 0
  }

  private let store = Mutex(Store())

  func info(_ request: InfoRequest) -> InfoResponse {
    store.withLock { store in
      InfoResponse(name: "key-value", version: "1", protocolVersion: 1, height: store.height, appHash: hash(store))
    }
  }

  func begin(_ request: BeginRequest) -> BeginResponse {
    store.withLock { BeginResponse(parameters: nil, validators: [], appHash: hash($0)) }
  }

  func query(_ request: QueryRequest) -> QueryResponse {
    store.withLock { store in
      let value = store.values[String(decoding: request.content.array, as: UTF8.self)] ?? ""
      return QueryResponse(
        code: 0, log: "", key: request.content, value: Bytes(Array(value.utf8)), proof: nil, height: store.height,
        codespace: "")
    }
  }

  func check(_ requests: [CheckRequest]) -> [CheckResponse] {
    requests.map { CheckResponse(code: Self.pair($0.transaction) == nil ? 1 : 0, log: "", codespace: "") }
  }

  func prepare(_ request: PrepareRequest) -> PrepareResponse { PrepareResponse(transactions: request.transactions) }

  func process(_ request: ProcessRequest) -> VerdictResponse {
    request.transactions.allSatisfy { Self.pair($0) != nil } ? .accept : .reject
  }

  func finalize(_ request: FinalizeRequest) -> FinalizeResponse {
    store.withLock { store in
      store.finalized = request.transactions.compactMap { Self.pair($0) }
      store.height = request.height
      let results = request.transactions.map { _ in ExecutionResult(code: 0, log: "", codespace: "") }
      return FinalizeResponse(results: results, validators: [], parameters: nil, appHash: hash(store))
    }
  }

  func commit() -> CommitResponse {
    store.withLock { store in
      for (key, value) in store.finalized { store.values[key] = value }
      store.finalized = []
    }
    return CommitResponse(retainHeight: 0)
  }

  func listSnapshots() -> ListSnapshotsResponse { ListSnapshotsResponse(snapshots: []) }
  func offerSnapshot(_ request: OfferSnapshotRequest) -> OfferSnapshotResponse { .reject }
  func loadChunk(_ request: LoadChunkRequest) -> LoadChunkResponse { LoadChunkResponse(content: Bytes([])) }
  func applyChunk(_ request: ApplyChunkRequest) -> ApplyChunkResponse { .rejectSnapshot }

  func extendVote(_ request: ExtendVoteRequest) -> ExtendVoteResponse { ExtendVoteResponse(content: request.hash) }
  func verifyVoteExtension(_ request: VerifyVoteExtensionRequest) -> VerdictResponse { .accept }

  private func hash(_ store: Store) -> Bytes { Bytes([UInt8(truncatingIfNeeded: store.values.count)]) }

  private static func pair(_ transaction: Bytes) -> (key: String, value: String)? {
    let parts = String(decoding: transaction.array, as: UTF8.self).split(separator: "=")
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }
}
