/// How one field of a record is given on a command line.
public struct Flag: Sendable, Equatable {
  /// The field's name in kebab-case, without dashes.
  public let name: String
  /// What stands for the value: `number`, `address`, `low|high`, `json`.
  public let placeholder: String
  public let doc: String
  public let isRequired: Bool

  /// `--valid-until <number>`
  public var synopsis: String { "--\(name) <\(placeholder)>" }
}

extension Shape.Structure {
  /// One flag for each field, in the record's order.
  public var flags: [Flag] {
    parts.map { part in
      Flag(
        name: part.name.separated(by: "-"), placeholder: part.shape.format, doc: part.doc,
        isRequired: part.isRequired)
    }
  }

  /// The flags as aligned lines: synopsis, documentation, and whether the flag must be given.
  public var usage: String {
    let width = flags.map(\.synopsis.count).max() ?? 0
    return flags.map { flag in
      let padding = String(repeating: " ", count: width - flag.synopsis.count)
      return "  \(flag.synopsis)\(padding)  \(flag.doc) (\(flag.isRequired ? "required" : "optional"))\n"
    }.joined()
  }
}
