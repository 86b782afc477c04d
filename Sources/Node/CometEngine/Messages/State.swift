internal import Encoding

struct QueryRequest: Record {
  static let schema = Schema(
    "QueryRequest", "A question to the state.", QueryRequest.init,
    Field(1, "content", \.content, "What is asked for: a state key."),
    Field(2, "path", \.path, "How: state."),
    Field(3, "height", \.height, "After which block; 0 for the last one."),
    Field(4, "isProven", \.isProven, "Whether a proof is wanted."))

  let content: Bytes
  let path: String
  let height: UInt64
  let isProven: Bool
}

struct QueryResponse: Record {
  static let schema = Schema(
    "QueryResponse", "What the state says.", QueryResponse.init,
    Field(1, "code", \.code, "0 when the question was understood."),
    Field(3, "log", \.log, "What was wrong with it."),
    Field(6, "key", \.key, "The state key."),
    Field(7, "value", \.value, "What it holds; nothing when it holds nothing."),
    Field(8, "proof", \.proof, "Proof of that under the root of the height."),
    Field(9, "height", \.height, "Height of the block after which it holds."),
    Field(10, "codespace", \.codespace, "Whose code it is."))

  let code: UInt32
  let log: String
  let key: Bytes
  let value: Bytes
  let proof: ProofOperations?
  let height: UInt64
  let codespace: String
}

struct ProofOperations: Record {
  static let schema = Schema(
    "ProofOperations", "Proofs that lead from a value to an app hash.", ProofOperations.init,
    Field(1, "operations", \.operations, "One for each tree, the innermost first."))

  let operations: [ProofOperation]
}

struct ProofOperation: Record {
  static let schema = Schema(
    "ProofOperation", "One step of a proof.", ProofOperation.init,
    Field(1, "kind", \.kind, "ics23:smt, an ICS-23 proof under SmtSpec."),
    Field(2, "key", \.key, "The key in the tree."),
    Field(3, "content", \.content, "Bytes of the ICS-23 commitment proof."))

  let kind: String
  let key: Bytes
  let content: Bytes
}

/// A snapshot as peers offer it to each other.
struct SnapshotInformation: Record {
  static let schema = Schema(
    "SnapshotInformation", "A snapshot as peers offer it to each other.", SnapshotInformation.init,
    Field(1, "height", \.height, "Height of the block after which the state is taken."),
    Field(2, "format", \.format, "Which form its chunks have."),
    Field(3, "chunkCount", \.chunkCount, "Chunks that it has."),
    Field(4, "hash", \.hash, "The snapshot's name."),
    Field(5, "manifest", \.manifest, "How each chunk is recognised."))

  let height: UInt64
  let format: UInt32
  let chunkCount: UInt32
  let hash: Bytes
  let manifest: Bytes

  /// The form of the chunks that this version writes and reads.
  static let format: UInt32 = 1
}

struct ListSnapshotsResponse: Record {
  static let schema = Schema(
    "ListSnapshotsResponse", "The snapshots that others may start from.", ListSnapshotsResponse.init,
    Field(1, "snapshots", \.snapshots, "The snapshots."))

  let snapshots: [SnapshotInformation]
}

struct OfferSnapshotRequest: Record {
  static let schema = Schema(
    "OfferSnapshotRequest", "A snapshot that a peer offers.", OfferSnapshotRequest.init,
    Field(1, "snapshot", \.snapshot, "The snapshot."),
    Field(2, "appHash", \.appHash, "Root of the state, as the validators agreed on it."))

  let snapshot: SnapshotInformation?
  let appHash: Bytes
}

struct OfferSnapshotResponse: Record {
  static let schema = Schema(
    "OfferSnapshotResponse", "Whether a snapshot is taken.", OfferSnapshotResponse.init,
    Field(
      1, "result", \.result,
      "1 taken, 2 no snapshot is taken at all, 3 another one is wanted, 4 another format, 5 another peer."))

  let result: UInt32

  static let accept = OfferSnapshotResponse(result: 1)
  static let reject = OfferSnapshotResponse(result: 3)
  static let rejectFormat = OfferSnapshotResponse(result: 4)
}

struct LoadChunkRequest: Record {
  static let schema = Schema(
    "LoadChunkRequest", "A part of a snapshot that is asked for.", LoadChunkRequest.init,
    Field(1, "height", \.height, "Height of the snapshot."),
    Field(2, "format", \.format, "Form of its chunks."),
    Field(3, "position", \.position, "Position of the chunk, from zero."))

  let height: UInt64
  let format: UInt32
  let position: UInt32
}

struct LoadChunkResponse: Record {
  static let schema = Schema(
    "LoadChunkResponse", "A part of a snapshot.", LoadChunkResponse.init,
    Field(1, "content", \.content, "The chunk; nothing where there is none."))

  let content: Bytes
}

struct ApplyChunkRequest: Record {
  static let schema = Schema(
    "ApplyChunkRequest", "A part of the snapshot that was taken.", ApplyChunkRequest.init,
    Field(1, "position", \.position, "Position of the chunk, from zero."),
    Field(2, "content", \.content, "The chunk."),
    Field(3, "sender", \.sender, "Peer that it came from."))

  let position: UInt32
  let content: Bytes
  let sender: String
}

struct ApplyChunkResponse: Record {
  static let schema = Schema(
    "ApplyChunkResponse", "What became of a part of a snapshot.", ApplyChunkResponse.init,
    Field(
      1, "result", \.result,
      "1 applied, 2 no snapshot is taken at all, 3 the chunk again, 5 another snapshot is wanted."),
    Field(2, "refetched", \.refetched, "Positions of chunks to fetch again."),
    Field(3, "rejectedSenders", \.rejectedSenders, "Peers to take no chunk from any more."))

  let result: UInt32
  let refetched: [UInt32]
  let rejectedSenders: [String]

  static let accept = ApplyChunkResponse(result: 1, refetched: [], rejectedSenders: [])
  static let rejectSnapshot = ApplyChunkResponse(result: 5, refetched: [], rejectedSenders: [])

  /// Asks for the chunk at `position` once more, from another peer than `sender`.
  static func retry(_ position: UInt32, from sender: String) -> ApplyChunkResponse {
    ApplyChunkResponse(result: 3, refetched: [position], rejectedSenders: [sender])
  }
}
