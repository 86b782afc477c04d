/// SplitMix64 (Steele, Lea, Flood 2014): the only source of arbitrary values, always seeded.
public struct Random: RandomNumberGenerator, Sendable {
  /// The record types that samples of open unions are drawn from.
  public let unions: Unions
  private var state: UInt64
  private var depth = 0

  public init(seed: UInt64, unions: Unions = .none) {
    state = seed
    self.unions = unions
  }

  public mutating func next() -> UInt64 {
    state = state.addingReportingOverflow(0x9E37_79B9_7F4A_7C15).partialValue
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)).multipliedReportingOverflow(by: 0xBF58_476D_1CE4_E5B9).partialValue
    mixed = (mixed ^ (mixed >> 27)).multipliedReportingOverflow(by: 0x94D0_49BB_1331_11EB).partialValue
    return mixed ^ (mixed >> 31)
  }

  /// A number from zero up to, not including, `bound`.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  public mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }

  /// An element of `choices`, or `nil` when there is none.
  public mutating func pick<Element>(_ choices: [Element]) -> Element? {
    choices.isEmpty ? nil : choices[below(choices.count)]
  }

  /// Whether optional values and lists stay empty, so that a union that contains itself has finite samples.
  var isDeep: Bool { depth > 2 }

  mutating func deeper<Sample>(_ body: (inout Random) -> Sample) -> Sample {
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }
}
