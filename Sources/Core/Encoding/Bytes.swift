/// A byte string of any length; base64 in JSON.
public struct Bytes: Value, Hashable {
  public let array: [UInt8]

  public init(_ array: [UInt8]) { self.array = array }

  public static var shape: Shape {
    let base64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
    return .scalar(Shape.Scalar(proto: "bytes", format: "base64", pattern: base64, example: "aGVsbG8="))
  }
  @inlinable
  public static var wireType: WireType { .delimited }
  @inlinable
  public static var absent: Bytes? { Bytes([]) }
  @inlinable
  public func write(to writer: inout Writer) {
    writer.varint(UInt64(array.count))
    writer.append(array)
  }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) {
    let length = try reader.length()
    array = Array(try reader.take(length))
  }
  public var json: JSON { .string(Base64.encode(array)) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    guard case .string(let text) = json else { throw FieldError("expected a base64 string") }
    try self.init(text: text[...])
  }
  public init(text: Substring) throws(FieldError) {
    guard let array = Base64.decode(text) else { throw FieldError("expected base64 with padding") }
    self.array = array
  }
  public static func sample(_ random: inout Random) -> Bytes { Bytes(random.bytes(random.below(40))) }
}

/// A byte string of one length, such as a digest or a key; a field of such a type is required.
public protocol FixedBytes: Value, Hashable, CustomStringConvertible {
  /// Length in bytes.
  static var length: Int { get }
  /// Name of the text form.
  static var format: String { get }
  /// Regular expression that every text form matches.
  static var pattern: String { get }
  static var example: String { get }
  /// `bytes` has exactly ``length`` elements.
  init(validating bytes: ArraySlice<UInt8>) throws(FieldError)
  var bytes: [UInt8] { get }
}

extension FixedBytes {
  public static var pattern: String { "^[0-9a-f]{\(length * 2)}$" }
  public static var example: String { String(repeating: "0a", count: length) }
  public static var shape: Shape {
    .scalar(Shape.Scalar(proto: "bytes", format: format, pattern: pattern, example: example))
  }
  @inlinable
  public static var wireType: WireType { .delimited }
  @inlinable
  public static var absent: Self? { nil }
  @inlinable
  public func write(to writer: inout Writer) {
    writer.varint(UInt64(Self.length))
    writer.append(bytes)
  }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) {
    let length = try reader.length()
    guard length == Self.length else { throw DecodingError(.wrongLength(expected: Self.length, found: length)) }
    let bytes = try reader.take(length)
    do { try self.init(validating: bytes) } catch { throw DecodingError(.valueOutOfRange) }
  }
  public var description: String { Hex.encode(bytes) }
  public var json: JSON { .string(description) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    guard case .string(let text) = json else { throw FieldError("expected a string of format \(Self.format)") }
    try self.init(text: text[...])
  }
  public init(text: Substring) throws(FieldError) {
    guard let bytes = Hex.decode(text), bytes.count == Self.length else {
      throw FieldError("expected \(Self.length * 2) lowercase hexadecimal digits")
    }
    try self.init(validating: bytes[...])
  }
}

/// Lowercase hexadecimal.
public enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that `text` names, or `nil` when it is not an even number of lowercase digits.
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in text.utf8 {
      let digit: UInt8
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return high == nil ? bytes : nil
  }
}

/// Base64 with padding (RFC 4648, section 4).
public enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  public static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for offset in 0..<3 { bits = bits << 8 | UInt32(offset < group.count ? group[start + offset] : 0) }
      for digit in 0..<4 {
        let isPadding = digit > group.count
        text.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - 6 * digit) & 63)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that `text` stands for, or `nil` when it is not the one canonical form.
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count % 4 == 0 else { return nil }
    let padding = characters.suffix(2).count { $0 == UInt8(ascii: "=") }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    for (index, character) in characters.dropLast(padding).enumerated() {
      guard let digit = value(of: character) else { return nil }
      bits = bits << 6 | digit
      if index % 4 != 0 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 - 2 * (index % 4)))) }
      bits &= 0xFFFF
    }
    return encode(bytes).utf8.elementsEqual(characters) ? bytes : nil
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
