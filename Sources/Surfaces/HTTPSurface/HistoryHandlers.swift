internal import Cryptography
internal import Encoding
internal import Hummingbird
internal import LedgerKit
internal import Node
internal import Operations

extension HTTPSurface {
  func transaction(_ call: Call) async throws -> Response {
    let id: Digest = try call.required("id")
    guard let transaction = try await history.transaction(id) else {
      if let reason = node.reason(ofDropped: id) { throw Refused(reason, status: 404) }
      throw Refused(404, "no transaction \(id) was committed")
    }
    return Response(transaction)
  }

  func accountEvents(_ call: Call) async throws -> Response {
    let page = try await history.events(
      of: call.required("address"), kind: try kind(call), before: try call.cursor("before"),
      limit: Page.size(try call.value("limit") ?? 0))
    return Response(page)
  }

  /// The event kind asked for, which must be one of the ledger's.
  func kind(_ call: Call) throws -> String? {
    guard let kind = call.text("kind") else { return nil }
    let known = node.ledger.unions.members(of: EventEntry.unionName).map { $0.jsonName }
    guard let name = known.first(where: { $0.utf8.elementsEqual(kind.utf8) }) else {
      throw FieldError("expected one of \(known.joined(separator: ", "))", path: ["kind"])
    }
    return name
  }
}

extension Call {
  func cursor(_ name: String) throws(FieldError) -> EventCursor? {
    guard let text = text(name) else { return nil }
    do { return try EventCursor(cursor: text) } catch { throw error.within(name) }
  }
}
