extension JSON.Parser {
  mutating func string() throws(JSON.ParsingError) -> String {
    let start = position
    try expect("\"")
    var text: [UInt8] = []
    while let next {
      switch next {
      case UInt8(ascii: "\""):
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else {
          throw fault("the string is not UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
      case 0..<0x20: throw fault("a control character must be escaped")
      default:
        text.append(next)
        position += 1
      }
    }
    throw fault("the string does not end")
  }

  private mutating func escape() throws(JSON.ParsingError) -> Unicode.Scalar {
    let start = position
    try expect("\\")
    guard let next else { throw fault("the string does not end") }
    position += 1
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(next)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicode(from: start)
    default: throw fault("unknown escape", at: start)
    }
  }

  /// The scalar of the escape that began at `start`, which is two escapes when it lies beyond the basic plane.
  private mutating func unicode(from start: Int) throws(JSON.ParsingError) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, accept("\\"), accept("u") else { throw fault("a lone surrogate", at: start) }
    let second = try codeUnit()
    guard 0xDC00..<0xE000 ~= second, let scalar = Unicode.Scalar((first - 0xD800) << 10 + (second - 0xDC00) + 0x10000)
    else { throw fault("a lone surrogate", at: start) }
    return scalar
  }

  private mutating func codeUnit() throws(JSON.ParsingError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let next, let digit = Character(Unicode.Scalar(next)).hexDigitValue else {
        throw fault("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
