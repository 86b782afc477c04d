/// A program or library that does comparable work, and its figure on this machine.
struct Peer: Sendable {
  let name: String
  /// One run, in the unit of the row that it stands beside.
  let measure: @Sendable (Setting) async throws -> Double

  init(_ name: String, measure: @escaping @Sendable (Setting) async throws -> Double) {
    self.name = name
    self.measure = measure
  }
}

/// The peer cannot be measured here.
struct NotInstalled: Error, CustomStringConvertible {
  /// What is missing.
  let program: String
  var description: String { "\(program) is not installed" }
}
