public import Encoding

extension KeyFile {
  /// What guessing a passphrase costs: the passes and the memory of Argon2id (RFC 9106), with one lane.
  public struct Cost: Record, Hashable {
    public static let schema = Schema(
      "KeyFileCost", "What guessing a passphrase costs with Argon2id, one lane.", Cost.init,
      Field(1, "passes", \.passes, "Passes over the memory, from 1 to 16."),
      Field(2, "memoryBytes", \.memoryBytes, "Memory in bytes, from 8 KiB to 1 GiB."))

    public let passes: UInt32
    public let memoryBytes: UInt64

    public init(passes: UInt32, memoryBytes: UInt64) {
      self.passes = passes
      self.memoryBytes = memoryBytes
    }

    /// About a tenth of a second and 64 MiB: libsodium's choice for logging in.
    public static let interactive = Cost(passes: 2, memoryBytes: 64 << 20)
    /// Some seconds and 1 GiB: libsodium's choice for keys that are seldom opened.
    public static let sensitive = Cost(passes: 4, memoryBytes: 1 << 30)

    private static let passesRange: ClosedRange<UInt32> = 1...16
    private static let memoryRange: ClosedRange<UInt64> = 8 << 10...1 << 30

    static let limits = "1 to 16 passes over 8 KiB to 1 GiB"

    /// Whether the cost is within the limits that keep a file from exhausting the machine that opens it.
    var isAllowed: Bool { Self.passesRange ~= passes && Self.memoryRange ~= memoryBytes }
  }
}
