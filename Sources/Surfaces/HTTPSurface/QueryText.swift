internal import Encoding
internal import Operations

/// The parameters in the query of a URL.
enum QueryText {
  /// Texts by name; a parameter that the route does not know, or that comes twice, is refused.
  static func parameters(_ query: String, of endpoint: Endpoint) throws(FieldError) -> [String: String] {
    let known = endpoint.parameters.filter { $0.place == .query }.map(\.name)
    var values: [String: String] = [:]
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = try decode(parts[0], isQuery: true)
      guard known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
        let names = known.isEmpty ? "there are none" : "known are \(known.joined(separator: ", "))"
        throw FieldError("unknown parameter; \(names)", path: [name])
      }
      guard values[name] == nil else { throw FieldError("the parameter is there twice", path: [name]) }
      values[name] = try decode(parts.count == 2 ? parts[1] : "", isQuery: true)
    }
    return values
  }

  /// Undoes percent-encoding; in a query, a plus sign stands for a space.
  static func decode(_ text: Substring, isQuery: Bool) throws(FieldError) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let code = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self).lowercased()[...])?.first else {
          throw FieldError("expected two hexadecimal digits after % in \(text)")
        }
        bytes.append(code)
        rest = rest.dropFirst(2)
      case UInt8(ascii: "+") where isQuery: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw FieldError("\(text) is not UTF-8")
    }
    return decoded
  }
}
