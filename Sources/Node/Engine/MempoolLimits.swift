/// How much may wait for a block.
public struct MempoolLimits: Sendable {
  /// Transactions in all.
  public var count = 100_000
  /// Bytes of their envelopes in all.
  public var bytes = 64 << 20
  /// Transactions of one sender.
  public var countPerSender = 5_000

  public init() {}

  public init(count: Int, bytes: Int, countPerSender: Int) {
    self.count = count
    self.bytes = bytes
    self.countPerSender = countPerSender
  }
}
