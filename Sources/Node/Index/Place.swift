/// Where in the committed history a transaction stands.
public struct TransactionPlace: Hashable, Comparable, Sendable {
  /// Height of the block.
  public let height: UInt64
  /// Position in the block, from zero.
  public let position: UInt32

  public init(height: UInt64, position: UInt32) {
    self.height = height
    self.position = position
  }

  public static func < (one: TransactionPlace, other: TransactionPlace) -> Bool {
    (one.height, one.position) < (other.height, other.position)
  }
}

/// Where in the committed history an event stands.
public struct EventPlace: Hashable, Comparable, Sendable {
  /// Height of the block.
  public let height: UInt64
  /// Position of the transaction in the block; the number of transactions for the block's own events.
  public let position: UInt32
  /// Position of the event within the transaction, from zero.
  public let index: UInt32

  public init(height: UInt64, position: UInt32, index: UInt32) {
    self.height = height
    self.position = position
    self.index = index
  }

  public static func < (one: EventPlace, other: EventPlace) -> Bool {
    (one.height, one.position, one.index) < (other.height, other.position, other.index)
  }
}
