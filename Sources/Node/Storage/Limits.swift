extension Database {
  /// What an open database may use of the machine; the sums hold for all its columns together.
  public struct Limits: Sendable {
    /// Blocks, indexes and filters kept in memory, in bytes.
    public var cacheBytes = 128 << 20
    /// Unflushed writes of one column, in bytes.
    public var columnBufferBytes = 64 << 20
    /// Unflushed writes, in bytes.
    public var bufferBytes = 192 << 20
    /// The write-ahead log, which is replayed when the database is opened, in bytes.
    public var logBytes: UInt64 = 256 << 20
    /// Files open at a time.
    public var openFiles: Int32 = 512

    public init() {}
  }
}
