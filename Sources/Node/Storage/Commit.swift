/// Everything that one block changes; it becomes durable as a whole or not at all.
public struct Commit: Sendable {
  /// One more than the height before it; any height for the first commit of a store.
  public var height: UInt64
  public var block: [UInt8]
  public var results: [UInt8]
  public var changes: [Change]

  /// The new value of a key of the state, `nil` when it is deleted, and whether the key is new.
  public typealias Change = (key: [UInt8], value: [UInt8]?, isNew: Bool)

  public init(
    height: UInt64, block: [UInt8], results: [UInt8] = [], changes: [Change] = []
  ) {
    self.height = height
    self.block = block
    self.results = results
    self.changes = changes
  }
}
