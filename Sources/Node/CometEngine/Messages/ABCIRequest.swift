internal import Encoding

/// What a consensus engine asks of its application: a request of ABCI 2.0, numbered as CometBFT v0.38 numbers them.
enum ABCIRequest: Variant {
  case echo(EchoMessage)
  case flush(EmptyMessage)
  case info(InfoRequest)
  case begin(BeginRequest)
  case query(QueryRequest)
  case check(CheckRequest)
  case commit(EmptyMessage)
  case listSnapshots(EmptyMessage)
  case offerSnapshot(OfferSnapshotRequest)
  case loadChunk(LoadChunkRequest)
  case applyChunk(ApplyChunkRequest)
  case prepare(PrepareRequest)
  case process(ProcessRequest)
  case extendVote(ExtendVoteRequest)
  case verifyVoteExtension(VerifyVoteExtensionRequest)
  case finalize(FinalizeRequest)

  static let cases = Cases(
    "ABCIRequest", "What a consensus engine asks of its application.",
    Parts.echo, Parts.flush, Parts.info, Parts.begin, Parts.query, Parts.check, Parts.commit, Parts.listSnapshots,
    Parts.offerSnapshot, Parts.loadChunk, Parts.applyChunk, Parts.prepare, Parts.process, Parts.extendVote,
    Parts.verifyVoteExtension, Parts.finalize)

  /// The cases, each by itself: together they would cost the compiler minutes.
  private enum Parts {
    static let echo = Case<ABCIRequest, EchoMessage>(
      1, "echo", { .echo($0) }, { if case .echo(let content) = $0 { content } else { nil } },
      "Repeats a text.")
    static let flush = Case<ABCIRequest, EmptyMessage>(
      2, "flush", { .flush($0) }, { if case .flush(let content) = $0 { content } else { nil } },
      "Asks for the answers that are due.")
    static let info = Case<ABCIRequest, InfoRequest>(
      3, "info", { .info($0) }, { if case .info(let content) = $0 { content } else { nil } },
      "Asks for the last committed block.")
    static let begin = Case<ABCIRequest, BeginRequest>(
      5, "begin", { .begin($0) }, { if case .begin(let content) = $0 { content } else { nil } },
      "Begins the chain.")
    static let query = Case<ABCIRequest, QueryRequest>(
      6, "query", { .query($0) }, { if case .query(let content) = $0 { content } else { nil } },
      "Reads the state.")
    static let check = Case<ABCIRequest, CheckRequest>(
      8, "check", { .check($0) }, { if case .check(let content) = $0 { content } else { nil } },
      "Asks whether a transaction may wait for a block.")
    static let commit = Case<ABCIRequest, EmptyMessage>(
      11, "commit", { .commit($0) }, { if case .commit(let content) = $0 { content } else { nil } },
      "Makes the finalized block durable.")
    static let listSnapshots = Case<ABCIRequest, EmptyMessage>(
      12, "listSnapshots", { .listSnapshots($0) },
      { if case .listSnapshots(let content) = $0 { content } else { nil } },
      "Asks for the snapshots that others may start from.")
    static let offerSnapshot = Case<ABCIRequest, OfferSnapshotRequest>(
      13, "offerSnapshot", { .offerSnapshot($0) },
      { if case .offerSnapshot(let content) = $0 { content } else { nil } },
      "Offers a snapshot of a peer.")
    static let loadChunk = Case<ABCIRequest, LoadChunkRequest>(
      14, "loadChunk", { .loadChunk($0) }, { if case .loadChunk(let content) = $0 { content } else { nil } },
      "Asks for a part of a snapshot.")
    static let applyChunk = Case<ABCIRequest, ApplyChunkRequest>(
      15, "applyChunk", { .applyChunk($0) }, { if case .applyChunk(let content) = $0 { content } else { nil } },
      "Gives a part of the snapshot that was accepted.")
    static let prepare = Case<ABCIRequest, PrepareRequest>(
      16, "prepare", { .prepare($0) }, { if case .prepare(let content) = $0 { content } else { nil } },
      "Asks which transactions to propose.")
    static let process = Case<ABCIRequest, ProcessRequest>(
      17, "process", { .process($0) }, { if case .process(let content) = $0 { content } else { nil } },
      "Asks whether a proposed block is well formed.")
    static let extendVote = Case<ABCIRequest, ExtendVoteRequest>(
      18, "extendVote", { .extendVote($0) }, { if case .extendVote(let content) = $0 { content } else { nil } },
      "Asks for data to vote with.")
    static let verifyVoteExtension = Case<ABCIRequest, VerifyVoteExtensionRequest>(
      19, "verifyVoteExtension", { .verifyVoteExtension($0) },
      { if case .verifyVoteExtension(let content) = $0 { content } else { nil } },
      "Asks about another's such data.")
    static let finalize = Case<ABCIRequest, FinalizeRequest>(
      20, "finalize", { .finalize($0) }, { if case .finalize(let content) = $0 { content } else { nil } },
      "Executes a block that was decided.")
  }
}
