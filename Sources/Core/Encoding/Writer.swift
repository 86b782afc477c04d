/// Appends canonical protobuf to a byte array.
public struct Writer: Sendable {
  /// What was written so far.
  @inlinable
  public var bytes: [UInt8] { storage }
  @usableFromInline var storage: [UInt8] = []

  @inlinable
  public init() {}

  @inlinable
  public init(reserving capacity: Int) { storage.reserveCapacity(capacity) }

  @inlinable
  public mutating func tag(_ number: UInt32, _ type: WireType) {
    varint(UInt64(number) << 3 | UInt64(type.rawValue))
  }

  @inlinable
  public mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      storage.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    storage.append(UInt8(rest))
  }

  @inlinable
  public mutating func append(_ more: some Sequence<UInt8>) { storage.append(contentsOf: more) }

  @inlinable
  public mutating func append(_ byte: UInt8) { storage.append(byte) }

  @inlinable
  public mutating func append(_ raw: UnsafeRawBufferPointer) { storage.append(contentsOf: raw) }

  /// Writes what `body` appends, preceded by its length in bytes.
  @inlinable
  public mutating func delimited(_ body: (inout Writer) -> Void) {
    let start = storage.count
    storage.append(0)
    body(&self)
    let length = storage.count - start - 1
    guard length >= 0x80 else {
      storage[start] = UInt8(length)
      return
    }
    var prefix = Writer()
    prefix.varint(UInt64(length))
    storage.replaceSubrange(start...start, with: prefix.bytes)
  }
}
