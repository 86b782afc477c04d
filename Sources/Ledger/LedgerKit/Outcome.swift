public import Encoding

/// Where a transaction was committed, and what became of it.
public struct Outcome: Record {
  public static let schema = Schema(
    "Outcome", "Where a transaction was committed, and what became of it.", Outcome.init,
    Field(1, "height", \.height, "Height of the block."),
    Field(2, "position", \.position, "Position in the block, from zero."),
    Field(3, "result", \.result, "What became of it."))

  public let height: UInt64
  public let position: UInt32
  public let result: TransactionResult

  public init(height: UInt64, position: UInt32, result: TransactionResult) {
    self.height = height
    self.position = position
    self.result = result
  }
}
