/// The number and name of a field, without its type.
struct Label: Sendable {
  let number: UInt32
  let name: String

  /// Reads the field that `label` describes; there is one label for each type that a schema walks.
  static func read<Content: Value>(
    _ type: Content.Type, _ label: Label?, _ reader: inout Reader
  ) throws(DecodingError) -> Content {
    guard let label else { preconditionFailure("a schema has as many labels as fields") }
    do { return try Content(field: label.number, from: &reader) } catch { throw error.within(label.name) }
  }
}
