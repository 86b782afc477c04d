public import Encoding

/// Which blocks of the window an active validator missed.
public struct SigningRecord: Record {
  public static let schema = Schema(
    "SigningRecord", "Which blocks of the window an active validator missed.", SigningRecord.init,
    Field(1, "since", \.since, "Height from which its blocks are counted."),
    Field(2, "missed", \.missed, "Missed blocks of the window."),
    Field(
      3, "window", \.window,
      "A bit for each block of the window, set when it was missed: block h has bit (h - since) mod the window, the lowest of each byte first; bytes at the end without a bit are left out."
    ))

  public let since: UInt64
  public private(set) var missed: UInt64
  public private(set) var window: Bytes

  public init(since: UInt64, missed: UInt64, window: Bytes) {
    self.since = since
    self.missed = missed
    self.window = window
  }
}

extension SigningRecord {
  init(since height: UInt64) { self.init(since: height, missed: 0, window: Bytes([])) }

  /// Notes whether the block at `height` was missed, in the place of the block a window before; returns whether that changed
  /// anything.
  mutating func note(missed isMissed: Bool, at height: UInt64, windowBlocks: UInt64) -> Bool {
    guard height >= since else { return false }
    let place = Int((height - since) % windowBlocks)
    let (byte, bit) = (place / 8, UInt8(1) << UInt8(place % 8))
    var bytes = window.array
    guard (byte < bytes.count && bytes[byte] & bit != 0) != isMissed else { return false }
    if byte >= bytes.count { bytes += [UInt8](repeating: 0, count: byte + 1 - bytes.count) }
    bytes[byte] ^= bit
    while bytes.last == 0 { bytes.removeLast() }
    window = Bytes(bytes)
    missed = isMissed ? missed + 1 : missed - 1
    return true
  }
}
