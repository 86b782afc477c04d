/// Names and values that tell the series of one metric apart.
struct Labels: Hashable, Sendable {
  /// `{route="/health",status="200"}`, or nothing.
  let text: String
  private let inner: String

  init(_ dimensions: [(String, String)]) {
    self.init(dimensions.map { name, value in "\(name)=\"\(Self.escape(value))\"" }.joined(separator: ","))
  }

  private init(_ inner: String) {
    self.inner = inner
    text = inner.isEmpty ? "" : "{\(inner)}"
  }

  /// The labels and `le`, the upper bound of a bucket.
  func below(_ bound: String) -> Labels {
    Labels((inner.isEmpty ? "" : inner + ",") + "le=\"\(bound)\"")
  }

  private static func escape(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
  }
}
