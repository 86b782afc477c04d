extension Database {
  /// What an open database may use of the machine; the sums hold for all its columns together.
  public struct Limits: Sendable {
    /// Memory, in bytes: half of it caches what was read, half holds writes until they are flushed. A write waits for flushes
    /// rather than take more.
    public var memoryBytes = 512 << 20
    /// Files open at a time.
    public var openFiles: Int32 = 512

    public init() {}
  }
}

extension ChainStore {
  /// What an open store may use of the machine.
  public struct Limits: Sendable {
    /// What the state may use.
    public var state = Database.Limits()
    /// Size of a file of blocks, in bytes, from which on it takes no more.
    public var segmentBytes = 256 << 20
    /// Blocks at the most that a start must execute anew after a crash.
    public var unflushedBlocks: UInt64 = 10_000
    /// Bytes of blocks and results at the most that a start must go through after a crash.
    public var unflushedBytes = 1 << 30

    public init() {}
  }
}
