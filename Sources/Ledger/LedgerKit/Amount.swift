public import Encoding

/// An amount of CPTM in its smallest unit: one nano-CPTM is a billionth of a CPTM.
public struct Amount: Value, Comparable, Hashable, CustomStringConvertible {
  /// Nano-CPTM in one CPTM.
  public static let unitsPerToken: UInt64 = 1_000_000_000
  public static let zero = Amount(nano: 0)

  public let nano: UInt64

  public init(nano: UInt64) { self.nano = nano }

  public static func < (one: Amount, other: Amount) -> Bool { one.nano < other.nano }

  /// The sum; rejected as `ledger.overflow` when it does not fit in 64 bits.
  public func adding(_ other: Amount) throws(Rejection) -> Amount {
    let (sum, overflow) = nano.addingReportingOverflow(other.nano)
    guard !overflow else { throw LedgerReason.overflow.rejection("\(self) + \(other) does not fit in 64 bits") }
    return Amount(nano: sum)
  }

  /// The difference, or `nil` when `other` is larger.
  public func subtracting(_ other: Amount) -> Amount? {
    nano >= other.nano ? Amount(nano: nano - other.nano) : nil
  }

  /// What is left of the amount after `other`, and nothing when `other` is larger.
  public func remaining(after other: Amount) -> Amount { subtracting(other) ?? .zero }

  /// `self × numerator ÷ denominator`, rounded down; `nil` when it does not fit in 64 bits or `denominator` is zero.
  public func scaled(by numerator: UInt64, over denominator: UInt64) -> Amount? {
    let product = nano.multipliedFullWidth(by: numerator)
    guard product.high < denominator else { return nil }
    return Amount(nano: denominator.dividingFullWidth(product).quotient)
  }
}

extension Amount {
  public static var shape: Shape {
    .scalar(
      Shape.Scalar(
        proto: "uint64", format: "amount", pattern: "^(0|[1-9][0-9]{0,19})$", example: "2500000000"))
  }
  public static var wireType: WireType { .varint }
  public static var absent: Amount? { .zero }
  public func write(to writer: inout Writer) { nano.write(to: &writer) }
  public init(from reader: inout Reader) throws(DecodingError) { nano = try UInt64(from: &reader) }
  public var json: JSON { nano.json }
  public init(json: JSON, unions: Unions) throws(FieldError) { nano = try UInt64(json: json, unions: unions) }

  /// Reads `2.5cptm` or a whole number of nano-CPTM.
  public init(text: Substring) throws(FieldError) {
    guard text.hasSuffix("cptm") else {
      do { nano = try UInt64(text: text) } catch { throw Self.expected }
      return
    }
    let parts = text.dropLast(4).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard (1...9).contains(fraction.utf8.count), let whole = Self.digits(parts[0]), let rest = Self.digits(fraction)
    else { throw Self.expected }
    let scale = (0..<(9 - fraction.utf8.count)).reduce(UInt64(1)) { scale, _ in scale * 10 }
    let (units, overflow) = whole.multipliedReportingOverflow(by: Self.unitsPerToken)
    let (total, carry) = units.addingReportingOverflow(rest * scale)
    guard !overflow, !carry else { throw Self.expected }
    nano = total
  }
  private static func digits(_ text: Substring) -> UInt64? {
    text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? UInt64(text) : nil
  }
  private static var expected: FieldError {
    FieldError("expected an amount such as 2.5cptm (at most nine decimals), or a whole number of nano-CPTM")
  }

  /// As a person reads it: `2.5 CPTM`.
  public var description: String {
    let fraction = String(Self.unitsPerToken + nano % Self.unitsPerToken).dropFirst()
    let digits = fraction.drop(trailing: "0")
    return "\(nano / Self.unitsPerToken)\(digits.isEmpty ? "" : "." + digits) CPTM"
  }

  public static func sample(_ random: inout Random) -> Amount { Amount(nano: UInt64.sample(&random)) }
}

extension Substring {
  fileprivate func drop(trailing character: Character) -> Substring {
    var rest = self
    while rest.last == character { rest.removeLast() }
    return rest
  }
}
