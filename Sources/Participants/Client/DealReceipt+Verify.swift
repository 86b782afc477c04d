public import Cryptography
internal import Encoding
internal import Jobs
internal import LedgerKit
internal import Market

extension DealReceipt {
  /// Checks every part, and says what they prove together, one sentence each.
  ///
  /// - Parameter trusted: the sequencer's key as its operator publishes it; without one, the caller must know the voucher to be
  ///   the network's.
  /// - Returns: the sentences, and who vouches for the header.
  @discardableResult
  public func verify(
    trusting trusted: PublicKey? = nil
  ) throws(ReceiptError) -> (statements: [String], voucher: Voucher) {
    if let trusted, trusted != sequencer {
      let found = sequencer.map { $0.didKey } ?? "none"
      throw ReceiptError(part: "sequencer", detail: "it is \(found); the trusted one is \(trusted.didKey)")
    }
    let voucher: Voucher
    do throws(ReceiptError) { voucher = try state.verify(signedBy: sequencer) } catch { throw error.within("state") }
    let (id, deal) = try provenDeal()
    guard deal.state.isFinal else {
      throw ReceiptError(part: "state.evidence.0.value", detail: "the deal is \(deal.state): it is not settled yet")
    }
    try verifySteps(of: deal, id)
    try verifyContent(of: deal)
    return ([statement(of: voucher)] + statements(about: deal, id), voucher)
  }

  /// The deal's row, proven at the place where this order's deal belongs.
  private func provenDeal() throws(ReceiptError) -> (id: Identifier, deal: Deal) {
    guard state.evidence.count == 1, let evidence = state.evidence.first, let row = evidence.value else {
      throw ReceiptError(part: "state.evidence", detail: "expected exactly one row, the deal's")
    }
    let ids = order.body.operations.indices.map { Identifier.created(by: order.body.id, operation: $0) }
    guard let id = ids.first(where: { DealOf(deal: $0).evidence == [evidence.key.array] }) else {
      throw ReceiptError(part: "order", detail: "the proven row is not the deal of this order")
    }
    do { return (id, try Deal(row: row)) } catch {
      throw ReceiptError(part: "state.evidence.0.value", detail: "\(error)")
    }
  }

  private func verifySteps(of deal: Deal, _ id: Identifier) throws(ReceiptError) {
    try order.verify("order", is: deal.order, by: deal.buyer) { $0 is PlaceOrder }
    try acceptance.verify("acceptance", is: deal.acceptance, by: deal.provider) { ($0 as? AcceptOrder)?.deal == id }
    try submission.verify("submission", is: deal.submission, by: deal.provider) { ($0 as? SubmitResult)?.deal == id }
  }

  private func verifyContent(of deal: Deal) throws(ReceiptError) {
    guard job.id == deal.job else {
      throw ReceiptError(part: "job", detail: "its digest is not the ordered \(deal.job)")
    }
    guard Digest(of: result.encoded) == deal.result else {
      throw ReceiptError(part: "result", detail: "its digest is not the delivered one")
    }
    do throws(FieldError) {
      try result.validate(against: job, claimedMilliseconds: deal.usageMilliseconds)
    } catch { throw ReceiptError(part: (["result"] + error.path).joined(separator: "."), detail: error.message) }
  }

  private func statement(of voucher: Voucher) -> String {
    let block = "block \(state.header.height) of chain \(state.header.chain)"
    switch voucher {
    case .sequencer(let key): return "\(block) is signed by the sequencer \(key.didKey)"
    case .validators(let quorum):
      return "\(block) is certified by validators with \(quorum.signed) of \(quorum.total) voting power, of the set "
        + "\(quorum.validators)"
    }
  }

  private func statements(about deal: Deal, _ id: Identifier) -> [String] {
    [
      "its state root \(state.header.state) contains deal \(id), proven by an ICS-23 membership proof",
      "\(deal.buyer) ordered job \(deal.job) for at most \(deal.budget), signed with \(order.signers)",
      "\(deal.provider) accepted the order, signed with \(acceptance.signers)",
      "\(deal.provider) delivered result \(Digest(of: result.encoded)) with \(deal.usageMilliseconds) ms of use, signed "
        + "with \(submission.signers)",
      "the deal is \(deal.state): \(deal.paid) was paid and \(deal.refunded) returned"
    ]
  }
}

extension Deal {
  /// Reads the deal as the state holds it.
  fileprivate init(row: Bytes) throws(DecodingError) {
    var reader = Reader(row.array)
    try self.init(from: &reader)
    try reader.finish()
  }
}

extension Envelope {
  /// Throws unless this is the transaction `id` by `sender`, with an operation that `matches`, and its signatures fit.
  fileprivate func verify(
    _ part: String, is id: Digest?, by sender: Address, where matches: (any Transaction) -> Bool
  ) throws(ReceiptError) {
    guard body.id == id else {
      throw ReceiptError(part: "\(part).body", detail: "it is not the transaction that the deal names")
    }
    let message = body.bytesToSign
    guard !signatures.isEmpty, signatures.allSatisfy({ $0.publicKey.verifies($0.signature, of: message) }) else {
      throw ReceiptError(part: "\(part).signatures", detail: "a signature does not fit the body and its key")
    }
    guard body.sender == sender, body.operations.contains(where: { matches($0.transaction) }) else {
      throw ReceiptError(part: "\(part).body", detail: "it is not by \(sender), or about another deal")
    }
  }

  /// The keys that signed. One that the address does not follow from was authorized by the ledger alone: keys rotate.
  fileprivate var signers: String {
    let names = signatures.map { entry in
      let key = entry.publicKey
      return key.didKey + (Address(key) == body.sender ? "" : " (not the account's first key)")
    }
    return names.joined(separator: ", ")
  }
}
