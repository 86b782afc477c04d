import Chain
import Cryptography
import Encoding
import Engine
import LedgerKit
import Logging
import Money
import Staking

@testable import CometEngine
@testable import Node

/// A node of a network of validators, and the engine's side of it: calls as CometBFT makes them.
struct CometRig: Sendable {
  let rig: Rig
  private static let start = Timestamp(milliseconds: 1_767_225_600_000)

  init() { rig = Rig() }

  /// The document of a chain that no sequencer signs.
  static func genesis(chain: String = "test-chain", parameters: ChainParameters = .standard) -> Genesis {
    let accounts = [Rig.alice, Rig.bob].map { GenesisAccount(address: Address($0.publicKey), balance: Rig.funds) }
    return Genesis(
      chain: chain, policy: .managed, time: start, sequencer: nil, parameters: parameters,
      sections: [
        GenesisSection(MoneyGenesis(accounts: accounts)), GenesisSection(StakingGenesis(parameters: .brief))
      ].compactMap { $0 })
  }

  /// The time of the block of `height`.
  static func time(_ height: UInt64) -> Timestamp { start.adding(seconds: height) }

  /// A transfer that is valid in the blocks of a minute.
  static func transfer(_ nano: UInt64, fee: Amount = Rig.fee, from key: PrivateKey = Rig.alice) throws -> [UInt8] {
    let body = TransactionBody(
      chain: "test-chain", sender: Address(key.publicKey), fee: fee, validFrom: start,
      validUntil: start.adding(seconds: 60), nonce: try Nonce(validating: PrivateKey().publicKey.bytes.prefix(16)),
      operations: [Operation(Transfer(to: Address(PrivateKey().publicKey), amount: Amount(nano: nano)))])
    return Envelope(signing: body, with: key).encoded
  }

  /// Opens the files again that `ledger` had open.
  func restarted(
    _ ledger: consuming CometLedger, of genesis: Genesis = genesis(),
    _ adjust: (inout Node.Configuration) -> Void = { _ in }
  ) async throws -> CometLedger {
    await ledger.newcomer.close()
    return try await self.ledger(of: genesis, adjust)
  }

  /// Opens the ledger of this rig's files, as a process that starts.
  func ledger(
    of genesis: Genesis = genesis(), _ adjust: (inout Node.Configuration) -> Void = { _ in }
  ) async throws -> CometLedger {
    var configuration = rig.configuration
    adjust(&configuration)
    return try await whenClosed { [configuration] in
      let newcomer = try Newcomer(
        configuration, genesis: genesis, logger: Logger(label: "node"), now: { Self.start })
      _ = try await newcomer.join(.init(address: .tcp(host: "127.0.0.1", port: 0), rpc: "http://127.0.0.1:1"))
      return try CometLedger(newcomer: newcomer)
    }
  }
}

extension CometRig {
  /// Runs `body` once the last node has let go of the files.
  private func whenClosed<Result>(_ body: () async throws -> Result) async throws -> Result {
    while true {
      do { return try await body() } catch let error as EngineError where error.description.contains("in use") {
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }
}

/// A ledger under an engine.
struct CometLedger: Sendable {
  let newcomer: Newcomer
  let abci: LedgerABCI

  init(newcomer: Newcomer) throws {
    self.newcomer = newcomer
    let ledger = try Ledger(newcomer.genesis)
    abci = LedgerABCI(
      ledger: ledger, application: newcomer,
      verified: VerifiedTransactions(ledger: ledger, desk: SignatureDesk(clerks: 1)),
      pending: PendingTransactions(dropped: { _ in }), now: { newcomer.genesis.time })
  }

  func height() async -> UInt64 { await info().height }

  func info() async -> InfoResponse { await abci.info(InfoRequest(version: "0.38", protocolVersion: "2.0.0")) }

  /// What CometBFT sends first of a new chain.
  @discardableResult
  func begin(
    _ genesis: Genesis = CometRig.genesis(), chain: String = "test-chain", parameters: ConsensusParameters? = nil
  ) async throws -> BeginResponse {
    try await abci.begin(
      BeginRequest(
        time: EngineTime(genesis.time), chain: chain, parameters: parameters, validators: [],
        appState: Bytes(Array(genesis.json.description.utf8)), initialHeight: 1))
  }

  @discardableResult
  func finalize(_ height: UInt64, _ transactions: [[UInt8]] = []) async throws -> FinalizeResponse {
    try await abci.finalize(
      FinalizeRequest(
        transactions: transactions.map { Bytes($0) }, lastCommit: nil, misbehavior: [], hash: Bytes([]), height: height,
        time: EngineTime(CometRig.time(height)), proposer: Bytes([])))
  }

  /// Finalizes and commits; returns the app hash.
  @discardableResult
  func block(_ height: UInt64, _ transactions: [[UInt8]] = []) async throws -> Bytes {
    let hash = try await finalize(height, transactions).appHash
    _ = try await abci.commit()
    return hash
  }
}

extension StakingParameters {
  /// The standard ones, but that evidence is of use for three blocks only.
  static let brief = StakingParameters(
    epochBlocks: standard.epochBlocks, maximumValidators: standard.maximumValidators, unbondingBlocks: 3,
    minimumSelfBond: standard.minimumSelfBond, minimumBond: standard.minimumBond, powerUnit: standard.powerUnit,
    maximumMaturitiesPerBlock: standard.maximumMaturitiesPerBlock,
    doubleSignSlashBasisPoints: standard.doubleSignSlashBasisPoints,
    downtimeSlashBasisPoints: standard.downtimeSlashBasisPoints, windowBlocks: standard.windowBlocks,
    maximumMissedBlocks: standard.maximumMissedBlocks, downtimeJailSeconds: standard.downtimeJailSeconds)
}
