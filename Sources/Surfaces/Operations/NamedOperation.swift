public import Encoding
public import LedgerKit

/// A transaction or a query as the outside world sees it; routes, OpenAPI, tools and usage texts are all made from it.
public struct NamedOperation: Sendable {
  public enum Kind: Sendable {
    case transaction(any Transaction.Type)
    case query(any Query.Type)
  }
  public let kind: Kind
  /// Name of the module: `money`.
  public let module: String
  /// Name in kebab-case: `place-hold`, `account-of`.
  public let name: String
  public let doc: String
  public let structure: Shape.Structure

  /// The name in lowerCamelCase behind the module's: `moneyPlaceHold`.
  public var id: String { module + structure.name }

  /// `/v1/money/account-of`
  public var path: String { "/v1/\(module)/\(name)" }
}

extension Ledger {
  /// Every transaction and query of every module.
  public var operations: [NamedOperation] { modules.flatMap { Self.operations(of: $0) } }

  private static func operations(of module: any Module.Type) -> [NamedOperation] {
    module.transactions.map { operation($0, .transaction($0), of: module) }
      + module.queries.map { operation($0, .query($0), of: module) }
  }

  private static func operation<R: Record>(
    _ type: R.Type, _ kind: NamedOperation.Kind, of module: any Module.Type
  ) -> NamedOperation {
    NamedOperation(
      kind: kind, module: module.name, name: R.name.separated(by: "-"), doc: R.doc, structure: R.schema.structure)
  }
}
