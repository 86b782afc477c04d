internal import AsyncHTTPClient
public import Cryptography
internal import Encoding
public import LedgerKit
internal import NIOHTTP1
public import Operations

extension RelayClient {
  /// Which chain the relay serves, and where it stands.
  public func chain() async throws(ClientError) -> ChainStatus { try await get("/v1/chain") }

  /// A transaction of `operations`, ready to be signed.
  ///
  /// The relay fills in fee and window; what it returns is checked, so that nothing else gets signed.
  ///
  /// - Parameter maximumFee: a higher fee is refused.
  public func prepare(
    _ operations: [any Transaction], from sender: Address, maximumFee: Amount = Amount(nano: 10_000_000)
  ) async throws(ClientError) -> TransactionBody {
    let preparation = Preparation(
      sender: sender, operations: operations.map { Operation($0) }, fee: nil, validSeconds: nil, nonce: nil)
    let prepared: PreparedTransaction = try await post("/v1/transactions/prepare", Array(preparation.json.text().utf8))
    let body = prepared.body
    guard body.sender == sender, body.operations == preparation.operations else {
      throw .unexpected("the relay prepared another transaction than the one asked for")
    }
    guard body.fee <= maximumFee else {
      throw .unexpected("the relay asks for a fee of \(body.fee); at most \(maximumFee) was allowed")
    }
    return body
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
    let bytes: [UInt8]
    var request = request(.POST, "/v1/transactions", [("wait", "true")])
    request.headers.add(name: "Content-Type", value: "application/protobuf")
    request.body = .bytes(envelope.encoded)
    bytes = try await send(request)
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

  private static func pause() async throws(ClientError) {
    do { try await Task.sleep(for: .milliseconds(200)) } catch { throw .unexpected("cancelled") }
  }
}

extension ClientError {
  /// Whether the same envelope may still be committed: no answer came, it is pending, or it was executed before.
  var isWorthRepeating: Bool {
    switch self {
    case .unreachable: true
    case .rejected(let rejection):
      ["ledger.duplicate", "node.alreadyPending", "node.shuttingDown", "node.mempoolFull"].contains(rejection.name)
    case .problem, .unexpected: false
    }
  }
}
