internal import Chain
internal import Encoding
internal import LedgerKit
internal import Operations

/// The operations of one kind, as a command line names them.
struct Catalogue {
  let operations: [NamedOperation]
  /// `relay tx`
  let command: String

  static let transactions = Catalogue(
    operations: Ledger.standard.operations.filter { if case .transaction = $0.kind { true } else { false } },
    command: "relay tx")
  static let queries = Catalogue(
    operations: Ledger.standard.operations.filter { if case .query = $0.kind { true } else { false } },
    command: "relay query")

  /// Every operation with its documentation, by module.
  var text: String {
    let names = operations.map { "  \($0.module) \($0.name)" }
    let width = names.map(\.count).max() ?? 0
    return zip(names, operations).map { name, operation in
      name + String(repeating: " ", count: width - name.count) + "  " + operation.doc
    }.joined(separator: "\n")
  }

  /// The operation that the first two words name.
  func find(_ words: ArraySlice<String>) throws(UsageError) -> NamedOperation {
    guard let module = words.first, words.count > 1 else {
      throw UsageError("name a module and an operation:\n\(text)")
    }
    let name = words[words.startIndex + 1]
    let inModule = operations.filter { $0.module == module }
    guard !inModule.isEmpty else {
      throw UsageError("no module is called \"\(module)\"; known are \(modules.joined(separator: ", "))")
    }
    guard let operation = inModule.first(where: { $0.name == name }) else {
      let known = inModule.map(\.name).joined(separator: ", ")
      throw UsageError("\(module) has no \"\(name)\"; known are \(known)")
    }
    return operation
  }

  /// The usage of one operation.
  ///
  /// - Parameter options: the help text of the command's own options.
  func usage(of operation: NamedOperation, options: String) -> String {
    "\(operation.doc)\n\nUSAGE: \(command) \(operation.module) \(operation.name) [flags]\n\nFIELDS\n"
      + operation.structure.usage + "\n"
      + options[(options.firstRange(of: "OPTIONS:")?.lowerBound ?? options.startIndex)...]
  }

  private var modules: [String] {
    operations.map(\.module).reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
  }
}
