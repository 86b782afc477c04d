public import Cryptography
internal import Encoding
public import LedgerKit
public import Operations

extension RelayClient {
  /// Which chain the relay serves, and where it stands.
  public func chain() async throws(ClientError) -> ChainStatus { try await get("/v1/chain") }

  /// The committed block at `height`.
  public func block(_ height: UInt64) async throws(ClientError) -> CommittedBlock {
    try await get("/v1/blocks/\(height)")
  }

  /// A transaction of `operations`, ready to be signed.
  ///
  /// The relay fills in fee and window; what it returns is checked, so that nothing else gets signed.
  ///
  /// - Parameters:
  ///   - fee: what to offer, or `nil` for the least that the relay takes.
  ///   - maximumFee: a higher fee is refused.
  public func prepare(
    _ operations: [any Transaction], from sender: Address, fee: Amount? = nil,
    maximumFee: Amount = Amount(nano: 10_000_000)
  ) async throws(ClientError) -> TransactionBody {
    let preparation = Preparation(
      sender: sender, operations: operations.map { Operation($0) }, fee: fee, validSeconds: nil, nonce: nil)
    let prepared: PreparedTransaction = try await post("/v1/transactions/prepare", Array(preparation.json.text().utf8))
    let body = prepared.body
    guard body.sender == sender, body.operations == preparation.operations else {
      throw .unexpected("the relay prepared another transaction than the one asked for")
    }
    try checkReach(of: body)
    let allowed = fee ?? maximumFee
    guard body.fee <= allowed else {
      throw .unexpected("the relay asks for a fee of \(body.fee); at most \(allowed) was allowed")
    }
    return body
  }

  /// Longest time from now in which a prepared transaction may be executed; the relay's standard is a minute.
  private static let maximumWindowSeconds: UInt64 = 600

  /// Refuses a transaction for another chain, or one that could be kept back and executed much later.
  private func checkReach(of body: TransactionBody) throws(ClientError) {
    if let chain, body.chain != chain {
      throw .refused("the relay prepared a transaction for chain \(body.chain); only \(chain) is signed for")
    }
    guard body.validUntil <= Timestamp.now().adding(seconds: Self.maximumWindowSeconds) else {
      throw .refused(
        "the relay prepared a transaction that is valid for more than \(Self.maximumWindowSeconds) s from now")
    }
  }

  /// Signs and submits `operations`, and waits until they are committed.
  ///
  /// - Parameter sender: the account that acts, when it is not the key's own address (after a key rotation).
  /// - Throws: `rejected` when they had no effect; nothing was charged then.
  @discardableResult
  public func perform(
    _ operations: any Transaction..., as key: PrivateKey, sender: Address? = nil
  ) async throws(ClientError) -> Outcome {
    let body = try await prepare(operations, from: sender ?? Address(key.publicKey))
    return try await submit(Envelope(signing: body, with: key))
  }

  /// What would happen if a signed transaction were submitted now; nothing changes.
  ///
  /// - Throws: `rejected` when it would have no effect.
  public func check(_ envelope: Envelope) async throws(ClientError) -> DryRun {
    try await post("/v1/transactions/check", envelope.encoded, type: "application/protobuf")
  }

  /// Submits a signed transaction and waits until it is committed.
  ///
  /// Safe to call again with the same envelope: it is executed once. A relay that goes away is tried again until the
  /// transaction's window has passed.
  public func submit(_ envelope: Envelope) async throws(ClientError) -> Outcome {
    let id = envelope.body.id
    while true {
      do throws(ClientError) {
        if let outcome = try await submitOnce(envelope) { return try Self.effective(outcome) }
      } catch {
        guard error.isWorthRepeating else { throw error }
        guard Timestamp.now() <= envelope.body.validUntil else { throw error }
        if let found = try? await transaction(id) { return try Self.effective(found.outcome) }
      }
      try await Self.pause()
    }
  }

  /// The outcome, or `nil` when the relay took the transaction and did not wait for its block.
  private func submitOnce(_ envelope: Envelope) async throws(ClientError) -> Outcome? {
    let bytes = try await send(
      Self.posting("/v1/transactions", envelope.encoded, type: "application/protobuf", [("wait", "true")]))
    let json: JSON
    do { json = try JSON(parsing: bytes) } catch { throw .unexpected("\(error)") }
    return json["result"] == nil ? nil : try Self.decode(bytes) as Outcome
  }

  /// The committed transaction `id`, or `nil` when the relay knows none.
  public func transaction(_ id: Digest) async throws(ClientError) -> CommittedTransaction? {
    do throws(ClientError) { return try await get("/v1/transactions/\(id)") } catch {
      if case .problem(let problem) = error, problem.status == 404 { return nil }
      throw error
    }
  }

  private static func effective(_ outcome: Outcome) throws(ClientError) -> Outcome {
    if let rejection = outcome.result.rejection { throw .rejected(rejection.rejection) }
    return outcome
  }
}
