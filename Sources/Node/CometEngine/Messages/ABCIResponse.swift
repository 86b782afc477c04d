internal import Encoding

/// What an application answers: a response of ABCI 2.0, numbered as CometBFT v0.38 numbers them.
enum ABCIResponse: Variant {
  case exception(ExceptionMessage)
  case echo(EchoMessage)
  case flush(EmptyMessage)
  case info(InfoResponse)
  case begin(BeginResponse)
  case query(QueryResponse)
  case check(CheckResponse)
  case commit(CommitResponse)
  case listSnapshots(ListSnapshotsResponse)
  case offerSnapshot(OfferSnapshotResponse)
  case loadChunk(LoadChunkResponse)
  case applyChunk(ApplyChunkResponse)
  case prepare(PrepareResponse)
  case process(VerdictResponse)
  case extendVote(ExtendVoteResponse)
  case verifyVoteExtension(VerdictResponse)
  case finalize(FinalizeResponse)

  static let cases = Cases(
    "ABCIResponse", "What an application answers a consensus engine.",
    Parts.exception, Parts.echo, Parts.flush, Parts.info, Parts.begin, Parts.query, Parts.check, Parts.commit,
    Parts.listSnapshots, Parts.offerSnapshot, Parts.loadChunk, Parts.applyChunk, Parts.prepare, Parts.process,
    Parts.extendVote, Parts.verifyVoteExtension, Parts.finalize)

  /// The cases, each by itself: together they would cost the compiler minutes.
  private enum Parts {
    static let exception = Case<ABCIResponse, ExceptionMessage>(
      1, "exception", { .exception($0) }, { if case .exception(let content) = $0 { content } else { nil } },
      "The application cannot go on.")
    static let echo = Case<ABCIResponse, EchoMessage>(
      2, "echo", { .echo($0) }, { if case .echo(let content) = $0 { content } else { nil } },
      "The text.")
    static let flush = Case<ABCIResponse, EmptyMessage>(
      3, "flush", { .flush($0) }, { if case .flush(let content) = $0 { content } else { nil } },
      "All is answered.")
    static let info = Case<ABCIResponse, InfoResponse>(
      4, "info", { .info($0) }, { if case .info(let content) = $0 { content } else { nil } },
      "The last committed block.")
    static let begin = Case<ABCIResponse, BeginResponse>(
      6, "begin", { .begin($0) }, { if case .begin(let content) = $0 { content } else { nil } },
      "The first state.")
    static let query = Case<ABCIResponse, QueryResponse>(
      7, "query", { .query($0) }, { if case .query(let content) = $0 { content } else { nil } },
      "What was asked for, with a proof.")
    static let check = Case<ABCIResponse, CheckResponse>(
      9, "check", { .check($0) }, { if case .check(let content) = $0 { content } else { nil } },
      "Whether the transaction may wait.")
    static let commit = Case<ABCIResponse, CommitResponse>(
      12, "commit", { .commit($0) }, { if case .commit(let content) = $0 { content } else { nil } },
      "The block is durable.")
    static let listSnapshots = Case<ABCIResponse, ListSnapshotsResponse>(
      13, "listSnapshots", { .listSnapshots($0) },
      { if case .listSnapshots(let content) = $0 { content } else { nil } },
      "The snapshots.")
    static let offerSnapshot = Case<ABCIResponse, OfferSnapshotResponse>(
      14, "offerSnapshot", { .offerSnapshot($0) },
      { if case .offerSnapshot(let content) = $0 { content } else { nil } },
      "Whether the snapshot is taken.")
    static let loadChunk = Case<ABCIResponse, LoadChunkResponse>(
      15, "loadChunk", { .loadChunk($0) }, { if case .loadChunk(let content) = $0 { content } else { nil } },
      "The part asked for.")
    static let applyChunk = Case<ABCIResponse, ApplyChunkResponse>(
      16, "applyChunk", { .applyChunk($0) }, { if case .applyChunk(let content) = $0 { content } else { nil } },
      "What became of the part.")
    static let prepare = Case<ABCIResponse, PrepareResponse>(
      17, "prepare", { .prepare($0) }, { if case .prepare(let content) = $0 { content } else { nil } },
      "The transactions to propose.")
    static let process = Case<ABCIResponse, VerdictResponse>(
      18, "process", { .process($0) }, { if case .process(let content) = $0 { content } else { nil } },
      "Whether the block is well formed.")
    static let extendVote = Case<ABCIResponse, ExtendVoteResponse>(
      19, "extendVote", { .extendVote($0) }, { if case .extendVote(let content) = $0 { content } else { nil } },
      "The data to vote with.")
    static let verifyVoteExtension = Case<ABCIResponse, VerdictResponse>(
      20, "verifyVoteExtension", { .verifyVoteExtension($0) },
      { if case .verifyVoteExtension(let content) = $0 { content } else { nil } },
      "Whether the data is taken.")
    static let finalize = Case<ABCIResponse, FinalizeResponse>(
      21, "finalize", { .finalize($0) }, { if case .finalize(let content) = $0 { content } else { nil } },
      "What came of the block.")
  }
}
