extension JSON {
  /// Why a text is not JSON (RFC 8259), with the byte offset of the fault.
  public struct ParsingError: Error, Equatable, Sendable, CustomStringConvertible {
    public let offset: Int
    public let message: String
    public var description: String { "\(message) at byte \(offset)" }
  }

  /// Arrays and objects nested deeper than this are refused.
  public static let maximumDepth = 64

  public init(parsing text: some StringProtocol) throws(ParsingError) { try self.init(parsing: Array(text.utf8)) }

  /// Parses UTF-8 text; an object with the same name twice is refused.
  public init(parsing bytes: [UInt8]) throws(ParsingError) {
    var parser = Parser(bytes: bytes)
    self = try parser.document()
  }
}

private struct Parser {
  let bytes: [UInt8]
  var position = 0
  var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func fault(_ message: String) -> JSON.ParsingError {
    JSON.ParsingError(offset: position, message: message)
  }

  mutating func document() throws(JSON.ParsingError) -> JSON {
    let value = try value()
    guard next == nil else { throw fault("unexpected text after the value") }
    return value
  }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  /// One value and the white space around it.
  private mutating func value() throws(JSON.ParsingError) -> JSON {
    skipSpace()
    defer { skipSpace() }
    guard let next else { throw fault("the text ends early") }
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .boolean(true))
    case UInt8(ascii: "f"): return try literal("false", .boolean(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw fault("expected a value")
    }
  }

  private mutating func literal(_ word: String, _ value: JSON) throws(JSON.ParsingError) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw fault("expected \(word)") }
    position += word.utf8.count
    return value
  }

  private mutating func accept(_ character: Character) -> Bool {
    guard let byte = next, byte == character.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Character) throws(JSON.ParsingError) {
    guard accept(character) else { throw fault("expected \(character)") }
  }

  private mutating func digits() throws(JSON.ParsingError) {
    let start = position
    while let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
    guard position > start else { throw fault("expected a digit") }
  }

  private mutating func number() throws(JSON.ParsingError) -> JSON {
    let start = position
    _ = accept("-")
    if !accept("0") { try digits() }
    if accept(".") { try digits() }
    if accept("e") || accept("E") {
      if !accept("+") { _ = accept("-") }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func deeper<Result>(
    _ body: (inout Parser) throws(JSON.ParsingError) -> Result
  ) throws(JSON.ParsingError) -> Result {
    guard depth < JSON.maximumDepth else { throw fault("nested deeper than \(JSON.maximumDepth) levels") }
    depth += 1
    let result = try body(&self)
    depth -= 1
    return result
  }

  private mutating func array() throws(JSON.ParsingError) -> JSON {
    try deeper { (parser) throws(JSON.ParsingError) in
      try parser.expect("[")
      parser.skipSpace()
      if parser.accept("]") { return .array([]) }
      var elements: [JSON] = []
      repeat { elements.append(try parser.value()) } while parser.accept(",")
      try parser.expect("]")
      return .array(elements)
    }
  }

  private mutating func object() throws(JSON.ParsingError) -> JSON {
    try deeper { (parser) throws(JSON.ParsingError) in
      try parser.expect("{")
      parser.skipSpace()
      if parser.accept("}") { return .object([]) }
      var members: [JSON.Member] = []
      var names: Set<String> = []
      repeat {
        parser.skipSpace()
        let name = try parser.string()
        guard names.insert(name).inserted else { throw parser.fault("the name \"\(name)\" is there twice") }
        parser.skipSpace()
        try parser.expect(":")
        members.append(JSON.Member(name, try parser.value()))
      } while parser.accept(",")
      try parser.expect("}")
      return .object(members)
    }
  }

  private mutating func string() throws(JSON.ParsingError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw fault("the string is not UTF-8") }
        return string
      case UInt8(ascii: "\\"): text += Array(try escape().utf8)
      case 0..<0x20: throw fault("a control character must be escaped")
      default: text.append(byte)
      }
    }
    throw fault("the string does not end")
  }

  private mutating func escape() throws(JSON.ParsingError) -> String {
    guard let byte = next else { throw fault("the string does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicode()
    default: throw fault("unknown escape")
    }
  }

  private mutating func unicode() throws(JSON.ParsingError) -> String {
    let first = try codeUnit()
    guard 0xD800..<0xDC00 ~= first else { return try scalar(first) }
    guard accept("\\"), accept("u") else { throw fault("a high surrogate needs a low one") }
    let second = try codeUnit()
    guard 0xDC00..<0xE000 ~= second else { throw fault("a high surrogate needs a low one") }
    return try scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private func scalar(_ value: UInt32) throws(JSON.ParsingError) -> String {
    guard let scalar = UnicodeScalar(value) else { throw fault("not a Unicode scalar") }
    return String(scalar)
  }

  private mutating func codeUnit() throws(JSON.ParsingError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16),
      bytes[position] != UInt8(ascii: "+")
    else { throw fault("expected four hexadecimal digits") }
    position += 4
    return value
  }
}
