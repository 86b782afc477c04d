/// Reads canonical protobuf, and refuses every other byte form of the same value.
public struct Reader: Sendable {
  /// Records nested deeper than this are refused, so that hostile bytes cannot exhaust the stack.
  public static let maximumDepth = 16

  /// The record types that open unions may take.
  public let unions: Unions
  @usableFromInline let bytes: [UInt8]
  @usableFromInline var position: Int
  @usableFromInline var end: Int
  @usableFromInline var depth = 0

  @inlinable
  public init(_ bytes: [UInt8], unions: Unions = .none) {
    self.bytes = bytes
    self.unions = unions
    position = 0
    end = bytes.count
  }

  /// Bytes left in the record being read.
  @inlinable
  public var remaining: Int { end - position }

  @inlinable
  public mutating func byte() throws(DecodingError) -> UInt8 {
    guard position < end else { throw DecodingError(.truncated) }
    defer { position += 1 }
    return bytes[position]
  }

  @inlinable
  public mutating func take(_ count: Int) throws(DecodingError) -> ArraySlice<UInt8> {
    guard count <= remaining else { throw DecodingError(.truncated) }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  @inlinable
  public mutating func varint() throws(DecodingError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      let byte = try byte()
      if shift == 63, byte > 1 { throw DecodingError(.varintOverflow) }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 {
        if byte == 0, shift > 0 { throw DecodingError(.overlongVarint) }
        return value
      }
    }
    throw DecodingError(.varintOverflow)
  }

  @inlinable
  public mutating func tag() throws(DecodingError) -> (number: UInt32, type: UInt32) {
    let tag = try varint()
    guard let tag = UInt32(exactly: tag), tag >> 3 > 0 else { throw DecodingError(.valueOutOfRange) }
    return (tag >> 3, tag & 7)
  }

  /// Consumes the tag of field `number` when it is the next one.
  @inlinable
  public mutating func accept(_ number: UInt32, _ type: WireType) throws(DecodingError) -> Bool {
    guard remaining > 0 else { return false }
    // Nearly every tag is one byte: comparing it saves decoding it.
    let expected = number << 3 | type.rawValue
    if expected < 0x80, bytes[position] == expected {
      position += 1
      return true
    }
    let start = position
    let tag = try tag()
    guard tag.number == number else {
      position = start
      return false
    }
    guard tag.type == type.rawValue else { throw DecodingError(.wrongWireType(tag.type)) }
    return true
  }

  @inlinable
  public mutating func length() throws(DecodingError) -> Int {
    guard let length = Int(exactly: try varint()), length <= remaining else { throw DecodingError(.truncated) }
    return length
  }

  /// Reads a length, then `body` from exactly that many bytes.
  @inlinable
  public mutating func delimited<Result>(
    _ body: (inout Reader) throws(DecodingError) -> Result
  ) throws(DecodingError) -> Result {
    let length = try length()
    guard depth < Self.maximumDepth else { throw DecodingError(.tooDeep) }
    let outer = end
    end = position + length
    depth += 1
    let result = try body(&self)
    try finish()
    end = outer
    depth -= 1
    return result
  }

  /// Throws unless every byte of the record was read.
  @inlinable
  public mutating func finish() throws(DecodingError) {
    guard remaining > 0 else { return }
    let left = remaining
    guard let next = try? tag() else { throw DecodingError(.trailingBytes(left)) }
    throw DecodingError(.unexpectedField(next.number))
  }
}
