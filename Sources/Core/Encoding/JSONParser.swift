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

extension JSON {
  struct Parser {
    let bytes: [UInt8]
    var position = 0
    private var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }
  }
}

extension JSON.Parser {
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The error `message` at `offset`, or at the next byte.
  func fault(_ message: String, at offset: Int? = nil) -> JSON.ParsingError {
    JSON.ParsingError(offset: offset ?? position, message: message)
  }

  mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard let next, next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws(JSON.ParsingError) {
    guard accept(character) else { throw fault("expected \(character)") }
  }

  mutating func document() throws(JSON.ParsingError) -> JSON {
    let value = try value()
    guard next == nil else { throw fault("unexpected text after the value") }
    return value
  }

  private mutating func skipSpace() {
    while accept(" ") || accept("\n") || accept("\r") || accept("\t") {}
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

  private mutating func digits() throws(JSON.ParsingError) {
    let start = position
    while let next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= next { position += 1 }
    guard position > start else { throw fault("expected a digit") }
  }

  private mutating func array() throws(JSON.ParsingError) -> JSON {
    .array(
      try list("[", "]") { (parser) throws(JSON.ParsingError) in try parser.value() })
  }

  private mutating func object() throws(JSON.ParsingError) -> JSON {
    var names: Set<[UInt8]> = []
    return .object(
      try list("{", "}") { (parser) throws(JSON.ParsingError) in
        parser.skipSpace()
        let start = parser.position
        let name = try parser.string()
        guard names.insert(Array(name.utf8)).inserted else {
          throw parser.fault("the name \"\(name)\" is there twice", at: start)
        }
        parser.skipSpace()
        try parser.expect(":")
        return JSON.Member(name, try parser.value())
      })
  }

  private mutating func list<Element>(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar,
    _ element: (inout JSON.Parser) throws(JSON.ParsingError) -> Element
  ) throws(JSON.ParsingError) -> [Element] {
    guard depth < JSON.maximumDepth else { throw fault("nested deeper than \(JSON.maximumDepth) levels") }
    depth += 1
    defer { depth -= 1 }
    try expect(open)
    skipSpace()
    if accept(close) { return [] }
    var elements: [Element] = []
    repeat { elements.append(try element(&self)) } while accept(",")
    guard accept(close) else { throw fault("expected , or \(close)") }
    return elements
  }
}
