internal import Encoding
internal import Hummingbird
internal import LedgerKit
internal import Node
internal import Operations

extension HTTPSurface {
  var health: Health {
    get async {
      let head = node.head
      return Health(
        chain: head.chain, height: head.height, time: head.time, pendingTransactions: UInt64(await node.pendingCount))
    }
  }

  var status: ChainStatus {
    get async {
      ChainStatus(
        genesis: node.genesis, head: node.head, now: .now(), pendingTransactions: UInt64(await node.pendingCount))
    }
  }

  func block(_ call: Call) throws -> Response {
    let height: UInt64 = try call.required("height")
    guard let block = try node.block(at: height) else { throw missing(height) }
    return Response(try CommittedBlock(block, unions: node.ledger.unions))
  }

  func blockResults(_ call: Call) throws -> Response {
    let height: UInt64 = try call.required("height")
    guard let results = try node.results(at: height) else { throw missing(height) }
    return Response(results)
  }

  func blockCertificate(_ call: Call) async throws -> Response {
    let height: UInt64 = try call.required("height")
    guard node.genesis.sequencer == nil else {
      throw Refused(404, "the sequencer signs the headers of this chain: see the signature of a block or a proof")
    }
    guard height <= node.head.height, let certificate = try await node.certificate(of: height)
    else { throw Refused(404, "there is no certificate of block \(height) yet; the last block is \(node.head.height)") }
    return Response(certificate)
  }

  private func missing(_ height: UInt64) -> Refused {
    Refused(404, "there is no block \(height); the last one is \(node.head.height)")
  }

  /// Answers a query from the parameters of its route.
  func answer<Q: Query>(_ type: Q.Type, _ call: Call) async throws -> Response {
    let query = try Q(fields: call.text, unions: node.ledger.unions)
    guard try call.value("prove", as: Bool.self) == true else {
      let (answer, header) = try node.answer(query)
      return Response(QueryAnswer<Q>(answer, at: header))
    }
    guard !query.evidence.isEmpty else {
      throw FieldError("\(Q.name) rests on no single state keys, so there is no proof of it", path: ["prove"])
    }
    let (answer, proof) = try await node.prove(query)
    return Response(QueryAnswer<Q>(answer, at: proof.header, proof: proof))
  }
}
