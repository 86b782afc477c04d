public import Encoding
public import StateTree

/// A moment in milliseconds since the Unix epoch (1970-01-01T00:00:00Z), leap seconds not counted.
public struct Timestamp: Value, Comparable, Hashable, TableKey {
  public let milliseconds: UInt64

  public init(milliseconds: UInt64) { self.milliseconds = milliseconds }

  public static func < (one: Timestamp, other: Timestamp) -> Bool { one.milliseconds < other.milliseconds }

  /// The moment so many seconds later; the end of time when that does not fit.
  public func adding(seconds: UInt64) -> Timestamp {
    let (span, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    let (sum, carry) = milliseconds.addingReportingOverflow(span)
    return Timestamp(milliseconds: overflow || carry ? .max : sum)
  }

  /// Milliseconds from `earlier` to this moment; zero when it comes later.
  public func milliseconds(since earlier: Timestamp) -> UInt64 {
    self > earlier ? milliseconds - earlier.milliseconds : 0
  }
}

extension Timestamp {
  public static var shape: Shape {
    .scalar(
      Shape.Scalar(
        proto: "uint64", format: "timestamp", pattern: "^(0|[1-9][0-9]{0,19})$", example: "1767225600000"))
  }
  public static var wireType: WireType { .varint }
  public static var absent: Timestamp? { Timestamp(milliseconds: 0) }
  public func write(to writer: inout Writer) { milliseconds.write(to: &writer) }
  public init(from reader: inout Reader) throws(DecodingError) { milliseconds = try UInt64(from: &reader) }
  public var json: JSON { milliseconds.json }
  public init(json: JSON, unions: Unions) throws(FieldError) { milliseconds = try UInt64(json: json, unions: unions) }
  public init(text: Substring) throws(FieldError) { milliseconds = try UInt64(text: text) }
  public static func sample(_ random: inout Random) -> Timestamp { Timestamp(milliseconds: .sample(&random)) }

  public static var keyLength: Int { UInt64.keyLength }
  public func append(to path: inout [UInt8]) { milliseconds.append(to: &path) }
  public init?(path: ArraySlice<UInt8>) {
    guard let milliseconds = UInt64(path: path) else { return nil }
    self.init(milliseconds: milliseconds)
  }
}

/// Where the chain stands: the only clock that the ledger knows.
public struct Moment: Sendable, Equatable {
  /// Blocks since genesis, which is height zero.
  public let height: UInt64
  /// The time of the block.
  public let time: Timestamp

  public init(height: UInt64, time: Timestamp) {
    self.height = height
    self.time = time
  }
}
