/// A JSON text as a value: numbers keep their digits, objects their order.
public enum JSON: Sendable, Equatable {
  public struct Member: Sendable, Equatable {
    public let name: String
    public let value: JSON
    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }

    /// Compares code units: `==` on strings would take the Kelvin sign for a K.
    func isNamed(_ name: some StringProtocol) -> Bool { self.name.utf8.elementsEqual(name.utf8) }
  }
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  /// The value of the member called `name`, when this is an object that has one.
  public subscript(_ name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.isNamed(name) }?.value
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0.0, $0.1) }) }
}

extension JSON: CustomStringConvertible {
  /// One line, without spaces.
  public var description: String { text() }

  /// - Parameter indent: spaces per level, or `nil` for one line.
  public func text(indent: Int? = nil) -> String {
    var output = ""
    append(to: &output, indent: indent, level: 0)
    return output
  }

  private func append(to output: inout String, indent: Int?, level: Int) {
    switch self {
    case .null: output += "null"
    case .boolean(let value): output += value ? "true" : "false"
    case .number(let digits): output += digits
    case .string(let text): Self.quote(text, to: &output)
    case .array(let elements):
      Self.list(elements, "[", "]", to: &output, indent, level) { element, output in
        element.append(to: &output, indent: indent, level: level + 1)
      }
    case .object(let members):
      Self.list(members, "{", "}", to: &output, indent, level) { member, output in
        Self.quote(member.name, to: &output)
        output += indent == nil ? ":" : ": "
        member.value.append(to: &output, indent: indent, level: level + 1)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ open: String, _ close: String, to output: inout String, _ indent: Int?, _ level: Int,
    _ body: (Element, inout String) -> Void
  ) {
    func newline(_ level: Int) { if let indent { output += "\n" + String(repeating: " ", count: indent * level) } }
    output += open
    for (index, element) in elements.enumerated() {
      if index > 0 { output += "," }
      newline(level + 1)
      body(element, &output)
    }
    if !elements.isEmpty { newline(level) }
    output += close
  }

  private static func quote(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case "\u{0}"..<"\u{20}": output += "\\u00" + Hex.encode([UInt8(scalar.value)])
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
