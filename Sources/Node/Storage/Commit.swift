/// Everything that one block changes; it becomes durable as a whole or not at all.
public struct Commit: Sendable {
  /// One more than the height before it; any height for the first commit of a store.
  public var height: UInt64
  public var block: [UInt8]
  public var results: [UInt8]
  /// New values of keys of the state, `nil` for a key that is deleted.
  public var changes: [(key: [UInt8], value: [UInt8]?)]

  public init(
    height: UInt64, block: [UInt8], results: [UInt8] = [], changes: [(key: [UInt8], value: [UInt8]?)] = []
  ) {
    self.height = height
    self.block = block
    self.results = results
    self.changes = changes
  }
}
