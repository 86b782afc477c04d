/// Why bytes are not the canonical form of a record, and where.
public struct DecodingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong with the bytes.
  public enum Reason: Equatable, Sendable {
    case truncated
    case tooDeep
    case overlongVarint
    case varintOverflow
    case valueOutOfRange
    case wrongWireType(UInt32)
    case invalidUTF8
    case wrongLength(expected: Int, found: Int)
    case missing
    case explicitDefault
    case unexpectedField(UInt32)
    case unknownCase(UInt32)
    case trailingBytes(Int)
    case tooMany(Int)
  }

  public let reason: Reason
  /// Field names from the outermost record to the fault.
  public private(set) var path: [String]

  public init(_ reason: Reason) {
    self.reason = reason
    path = []
  }

  @usableFromInline
  func within(_ field: String) -> DecodingError {
    var outer = self
    outer.path.insert(field, at: 0)
    return outer
  }

  public var description: String {
    path.isEmpty ? reason.description : "field \(path.joined(separator: ".")): \(reason)"
  }
}

extension DecodingError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .truncated: "the bytes end early"
    case .tooDeep: "records are nested deeper than \(Reader.maximumDepth) levels"
    case .overlongVarint: "the varint is longer than its value needs"
    case .varintOverflow: "the varint does not fit in 64 bits"
    case .valueOutOfRange: "the number does not fit its type"
    case .wrongWireType(let type): "wire type \(type) is not the one of this field"
    case .invalidUTF8: "the text is not UTF-8"
    case .wrongLength(let expected, let found): "expected \(expected) bytes, found \(found)"
    case .missing: "the field is required"
    case .explicitDefault: "a default value must be left out"
    case .unexpectedField(let number): "field number \(number) is unknown, repeated or out of order"
    case .unknownCase(let number): "no case is numbered \(number)"
    case .trailingBytes(let count): "\(count) bytes follow the value"
    case .tooMany(let limit): "the field is there more than \(limit) times"
    }
  }
}

/// Why a text or JSON value was refused: which field, and what would be right.
public struct FieldError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Field names from the outermost record to the fault; empty for the whole value.
  public private(set) var path: [String]
  /// What was expected, in words.
  public let message: String

  public init(_ message: String, path: [String] = []) {
    self.path = path
    self.message = message
  }

  public func within(_ field: String) -> FieldError { FieldError(message, path: [field] + path) }

  public var description: String { path.isEmpty ? message : "\(path.joined(separator: ".")): \(message)" }
}
