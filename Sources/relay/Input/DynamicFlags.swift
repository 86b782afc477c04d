internal import Encoding

/// The flags of one operation, taken out of a command line; the rest is the command's own.
struct DynamicFlags: Equatable {
  /// What is given, by the name of the field.
  private(set) var values: [String: String] = [:]
  /// The words that belong to the command itself.
  private(set) var rest: [String] = []

  /// - Parameter own: the command's own flags: name, and whether a value follows.
  init(_ words: [String], of structure: Shape.Structure, own: [String: Bool]) throws(UsageError) {
    let fields = Dictionary(uniqueKeysWithValues: zip(structure.flags.map(\.name), structure.parts.map(\.name)))
    var remaining = words[...]
    while let word = remaining.popFirst() {
      let (name, inline) = try Self.split(word)
      if let field = fields[name] {
        guard values[field] == nil else { throw UsageError("--\(name) is given twice") }
        values[field] = if let inline { inline } else { try Self.value(of: name, &remaining) }
      } else if let takesValue = own[name] {
        rest.append(word)
        if takesValue, inline == nil { rest.append(try Self.value(of: name, &remaining)) }
      } else {
        throw UsageError("unknown flag --\(name); known are \(Self.list(fields.keys)), and \(Self.list(own.keys))")
      }
    }
    try requireAll(of: structure)
  }

  /// `--name=value` as its two parts.
  private static func split(_ word: String) throws(UsageError) -> (name: String, value: String?) {
    guard word.hasPrefix("--"), word.count > 2 else {
      throw UsageError("unexpected \"\(word)\"; every value follows its flag, as in --amount 2.5cptm")
    }
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count == 2 ? String(parts[1]) : nil)
  }

  private static func value(of name: String, _ remaining: inout ArraySlice<String>) throws(UsageError) -> String {
    guard let value = remaining.popFirst() else { throw UsageError("--\(name) needs a value") }
    guard !value.hasPrefix("--") else {
      throw UsageError("--\(name) needs a value; for one that begins with -- write --\(name)=\(value)")
    }
    return value
  }

  private func requireAll(of structure: Shape.Structure) throws(UsageError) {
    let missing = zip(structure.flags, structure.parts).filter { $0.isRequired && values[$1.name] == nil }
    guard missing.isEmpty else {
      let synopses = missing.map { $0.0.synopsis }.joined(separator: ", ")
      throw UsageError("missing \(synopses)\n\n\(structure.usage)")
    }
  }

  private static func list(_ names: some Sequence<String>) -> String {
    names.sorted().map { "--\($0)" }.joined(separator: ", ")
  }
}

extension DynamicFlags {
  /// Builds the record, after `resolve` turned the text of each address field into an address.
  func record<R: Record>(
    _ type: R.Type, unions: Unions, resolve: (String) throws -> String
  ) throws -> R {
    var texts = values
    for part in R.schema.structure.parts where part.shape.format == "address" {
      guard let text = texts[part.name] else { continue }
      do { texts[part.name] = try resolve(text) } catch { throw UsageError("--\(part.flagName): \(error)") }
    }
    do { return try R(fields: { texts[$0].map { $0[...] } }, unions: unions) } catch {
      throw UsageError("--\(error.path.joined(separator: ".").separated(by: "-")): \(error.message)")
    }
  }
}

extension Shape.Structure.Part {
  fileprivate var flagName: String { name.separated(by: "-") }
}
