public import Encoding
public import LedgerKit
internal import Operations

/// An answer to a query that was named at run time.
public struct DynamicAnswer: Sendable {
  public let json: JSON
  public let shape: Shape
  /// Height of the block whose state was read.
  public let height: UInt64
  public let proof: ProvenState?
  /// Whether the answer is, byte for byte, the row that the proof proves.
  public let isProvenRow: Bool
}

extension RelayClient {
  /// Asks a query that was named at run time; a proof is checked before it is returned.
  ///
  /// - Parameter isProving: whether to ask for a proof of what the answer rests on.
  public func ask(anything query: any Query, proving isProving: Bool) async throws(ClientError) -> DynamicAnswer {
    try await askDynamically(query, proving: isProving)
  }

  private func askDynamically<Q: Query>(_ query: Q, proving isProving: Bool) async throws(ClientError) -> DynamicAnswer
  {
    let answered = try await ask(query, proving: isProving)
    if isProving { try await verify(answered.proof, keys: query.evidence) }
    var row = Writer()
    answered.answer.write(to: &row)
    return DynamicAnswer(
      json: answered.answer.json, shape: Q.Answer.shape, height: answered.height, proof: answered.proof,
      isProvenRow: answered.proof?.evidence.map(\.value) == [Bytes(row.bytes)])
  }

  private func verify(_ proof: ProvenState?, keys: [[UInt8]]) async throws(ClientError) {
    guard let proof, !keys.isEmpty else { throw .refused("no proof exists: the answer rests on no fixed rows") }
    guard proof.evidence.map(\.key.array) == keys else { throw .unexpected("the proof is of other rows") }
    guard let sequencer = try await chain().genesis.sequencer else {
      throw .unexpected("the network's headers are not signed by one sequencer")
    }
    do { try proof.verify(signedBy: sequencer) } catch { throw .unexpected("the proof does not hold: \(error)") }
  }
}
