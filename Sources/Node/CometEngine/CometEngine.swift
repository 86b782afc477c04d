public import Cryptography
public import Engine
public import LedgerKit
public import Logging
internal import NIOCore
public import ServiceLifecycle

/// CometBFT v0.38 as the engine: many machines agree on each block, and the ledger executes what they agreed on.
///
/// It answers CometBFT over ABCI 2.0, and hands transactions to it over its JSON-RPC.
public final class CometEngine: Engine, Service {
  /// Where the ledger and CometBFT meet.
  public struct Configuration: Sendable, Equatable {
    /// Where CometBFT finds the ledger: its `proxy_app`.
    public var address: ABCIAddress
    /// Where the ledger finds CometBFT: its `rpc.laddr`, as an HTTP address.
    public var rpc: String
    /// How long a submission waits until CometBFT has asked about its transactions.
    public var patience = Duration.seconds(10)

    public init(address: ABCIAddress, rpc: String) {
      self.address = address
      self.rpc = rpc
    }
  }

  private let application: any ReplicatedApplication
  private let server: ABCIServer<LedgerABCI>
  private let verified: VerifiedTransactions
  private let pending: PendingTransactions
  private let rpc: CometRPC
  private let configuration: Configuration
  private let now: @Sendable () -> Timestamp

  /// - Parameters:
  ///   - now: the time at which transactions are looked at that wait for a block.
  ///   - dropped: told of transactions that were taken, and will be in no block.
  public init(
    application: any ReplicatedApplication, ledger: Ledger, desk: SignatureDesk, configuration: Configuration,
    now: @escaping @Sendable () -> Timestamp, logger: Logger,
    dropped: @escaping @Sendable ([(id: Digest, reason: Rejection)]) -> Void
  ) {
    self.application = application
    self.configuration = configuration
    self.now = now
    verified = VerifiedTransactions(ledger: ledger, desk: desk)
    pending = PendingTransactions(dropped: dropped)
    rpc = CometRPC(url: configuration.rpc)
    server = ABCIServer(
      application: LedgerABCI(
        ledger: ledger, application: application, verified: verified, pending: pending, now: now),
      address: configuration.address, logger: logger)
  }

  /// Answers CometBFT until a graceful shutdown.
  public func run() async throws { try await server.run() }

  public var pendingCount: Int { pending.count }

  public func certificate(of height: UInt64) async throws(Rejection) -> Certificate? {
    try await rpc.certificate(of: height)
  }

  public func check(_ transaction: VerifiedEnvelope) async throws(Rejection) -> [EventEntry] {
    try await application.check(transaction, at: now())
  }

  /// CometBFT alone knows what waits there.
  public func weigh(_ transactions: [DecodedEnvelope]) -> [Rejection?] { transactions.map { _ in nil } }

  public func submit(_ transactions: [VerifiedEnvelope]) async -> [Rejection?] {
    verified.remember(transactions)
    let encoded = transactions.map(\.encoded)
    let digests = encoded.map { Digest(of: $0) }
    let ballot = Ballot(transactions.count)
    pending.begin(ballot, digests)
    defer { pending.end(ballot, digests) }
    await rpc.broadcast(encoded) { place, refusal in ballot.answer(refusal, at: place) }
    return await ballot.refusals(
      within: configuration.patience,
      unknown: NodeReason.engineUnavailable.rejection(
        "CometBFT has not asked about it within \(configuration.patience); look it up before you send it again"))
  }
}
