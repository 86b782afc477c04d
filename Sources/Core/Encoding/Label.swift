/// The number and name of a field, without its type.
struct Label: Sendable {
  let number: UInt32
  let name: String

  init(_ part: Shape.Structure.Part) {
    number = part.number
    name = part.name
  }

  /// Reads the field of label `index`, and goes on to the next; a schema has one label for each type it walks.
  static func read<Content: Value>(
    _ type: Content.Type, _ labels: [Label], _ index: inout Int, _ reader: inout Reader
  ) throws(DecodingError) -> Content {
    defer { index += 1 }
    do { return try Content(field: labels[index].number, from: &reader) } catch {
      throw error.within(labels[index].name)
    }
  }
}
