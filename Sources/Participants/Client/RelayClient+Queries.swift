public import Encoding
public import LedgerKit
internal import Operations

/// An answer and the state that it was read from.
public struct Answered<Answer: Record>: Sendable {
  public let answer: Answer
  /// Height of the block whose state was read.
  public let height: UInt64
  /// Proof of what the answer rests on, when it was asked for.
  public let proof: ProvenState?
}

extension RelayClient {
  /// Asks `query` of the last committed state.
  public func ask<Q: Query>(_ query: Q) async throws(ClientError) -> Q.Answer {
    try await ask(query, proving: false).answer
  }

  /// Asks `query` of the last committed state.
  ///
  /// - Parameter isProving: whether to ask for a proof of what the answer rests on.
  public func ask<Q: Query>(_ query: Q, proving isProving: Bool) async throws(ClientError) -> Answered<Q.Answer> {
    let path = Self.operations.first { operation in
      if case .query(let type) = operation.kind { type == Q.self } else { false }
    }?.path
    guard let path else { throw .unexpected("no module asks \(Q.name)") }
    let parameters = Self.parameters(query.json) + (isProving ? [("prove", "true")] : [])
    let bytes = try await send(TransportRequest(.get, path, parameters))
    do {
      let json = try JSON(parsing: bytes)
      return Answered(
        answer: try Q.Answer(json: json["answer"] ?? .null, unions: Self.unions),
        height: try UInt64(json: json["height"] ?? .null, unions: .none),
        proof: try json["proof"].map { proof in try ProvenState(json: proof, unions: Self.unions) })
    } catch { throw .unexpected("\(error)") }
  }

  /// A query's fields as parameters: scalars as they are, the rest as JSON.
  private static func parameters(_ json: JSON) -> [(String, String)] {
    guard case .object(let members) = json else { return [] }
    return members.map { member in
      if case .string(let text) = member.value { return (member.name, text) }
      return (member.name, member.value.text())
    }
  }
}
