public import Encoding
public import LedgerKit

/// The answer to a query, and the block that it is from: the answer of `GET /v1/{module}/{query}`.
public struct QueryAnswer<Q: Query>: Record {
  public static var schema: Schema<QueryAnswer<Q>> {
    Schema(
      "\(Q.name)Answer", "The answer to a query, and the block that it is from.", QueryAnswer.init,
      Field(1, "answer", \.answer, "The answer."),
      Field(2, "height", \.height, "Height of the block whose state it is from."),
      Field(3, "time", \.time, "Time of that block, in milliseconds since the Unix epoch."),
      Field(4, "proof", \.proof, "What the answer rests on, proven; only when it was asked for."))
  }

  public let answer: Q.Answer
  public let height: UInt64
  public let time: Timestamp
  public let proof: ProvenState?

  public init(answer: Q.Answer, height: UInt64, time: Timestamp, proof: ProvenState?) {
    self.answer = answer
    self.height = height
    self.time = time
    self.proof = proof
  }

  public init(_ answer: Q.Answer, at header: Header, proof: ProvenState? = nil) {
    self.init(answer: answer, height: header.height, time: header.time, proof: proof)
  }
}
