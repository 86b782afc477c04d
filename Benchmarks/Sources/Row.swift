/// What a family of figures is measured by, and the peers that its first figure stands beside.
struct Row: Sendable {
  let name: String
  /// What is measured, in one sentence.
  let doc: String
  let peers: [Peer]
  /// Whether it runs only when it is asked for.
  let isLong: Bool
  /// One run; the first reading is the row's own, the others are named `<row>.<figure>`.
  let measure: @Sendable (Setting) async throws -> [Reading]

  init(
    _ name: String, _ doc: String, peers: [Peer] = [], isLong: Bool = false,
    measure: @escaping @Sendable (Setting) async throws -> [Reading]
  ) {
    self.name = name
    self.doc = doc
    self.peers = peers
    self.isLong = isLong
    self.measure = measure
  }
}

/// One figure of one run.
struct Reading: Sendable, Equatable {
  let name: String
  let value: Double
  let unit: Unit

  init(_ name: String, _ value: Double, _ unit: Unit) {
    self.name = name
    self.value = value
    self.unit = unit
  }
}

/// What a figure counts.
enum Unit: String, Sendable {
  case perSecond = "/s"
  case seconds = "s"
  case milliseconds = "ms"
  case microseconds = "µs"
  case mebibytes = "MiB"
  case bytes = "B"
  case times = "×"
  case percent = "%"

  /// Whether a larger figure is a better one.
  var isBetterLarger: Bool { self == .perSecond || self == .percent }
}
