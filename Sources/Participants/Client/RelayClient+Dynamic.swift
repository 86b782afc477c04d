public import Cryptography
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
  /// Who vouches for what the proof rests on.
  public let voucher: Voucher?
  /// Whether the answer is, byte for byte, the row that the proof proves.
  public let isProvenRow: Bool
}

extension RelayClient {
  /// Asks a query that was named at run time; a proof is checked before it is returned.
  ///
  /// - Parameters:
  ///   - isProving: whether to ask for a proof of what the answer rests on.
  ///   - trusted: the sequencer's key as its operator publishes it; without one it is the relay that names the key, and
  ///     the caller must compare ``DynamicAnswer/voucher``.
  public func ask(
    anything query: any Query, proving isProving: Bool, trusting trusted: PublicKey? = nil
  ) async throws(ClientError) -> DynamicAnswer {
    try await askDynamically(query, proving: isProving, trusting: trusted)
  }

  private func askDynamically<Q: Query>(
    _ query: Q, proving isProving: Bool, trusting trusted: PublicKey?
  ) async throws(ClientError) -> DynamicAnswer {
    let answered = try await ask(query, proving: isProving)
    let proof: ProvenState? = if let given = answered.proof { try await certified(given) } else { nil }
    let voucher = isProving ? try await verify(proof, keys: query.evidence, trusting: trusted) : nil
    var row = Writer()
    answered.answer.write(to: &row)
    return DynamicAnswer(
      json: answered.answer.json, shape: Q.Answer.shape, height: answered.height, proof: proof,
      voucher: voucher, isProvenRow: proof?.evidence.map(\.value) == [Bytes(row.bytes)])
  }

  /// Who vouches for the proof.
  private func verify(
    _ proof: ProvenState?, keys: [[UInt8]], trusting trusted: PublicKey?
  ) async throws(ClientError) -> Voucher {
    guard let proof, !keys.isEmpty else { throw .refused("no proof exists: the answer rests on no fixed rows") }
    guard proof.evidence.map(\.key.array) == keys else { throw .unexpected("the proof is of other rows") }
    let sequencer = if let trusted { trusted } else { try await chain().genesis.sequencer }
    do { return try proof.verify(signedBy: sequencer) } catch {
      throw .unexpected("the proof does not hold\(sequencer.map { " under the key \($0.didKey)" } ?? ""): \(error)")
    }
  }
}
