/// Protobuf as others write it, brought into the one form that ``Reader`` takes: fields in any order, unknown ones dropped, defaults
/// spelled out or not, numbers packed or one by one, varints of any length, parts of a message merged.
///
/// For messages of other protocols alone: what is signed or stored on our side has one form, and is read as it is.
struct ForeignMessage {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private let depth: Int

  init(_ bytes: ArraySlice<UInt8>, depth: Int = 0) throws(DecodingError) {
    guard depth <= Reader.maximumDepth else { throw DecodingError(.tooDeep) }
    self.bytes = bytes
    self.depth = depth
    position = bytes.startIndex
  }

  /// The canonical form of a record that `structure` describes.
  mutating func record(_ structure: Shape.Structure) throws(DecodingError) -> [UInt8] {
    var found = structure.parts.map { ForeignField($0.shape) }
    while let (index, value) = try next(of: structure) {
      // In place: a list may have tens of thousands of elements.
      do { try found[index].add(value) } catch {
        throw error.within(structure.parts[index].name)
      }
    }
    var writer = Writer(reserving: bytes.count)
    for (part, field) in zip(structure.parts, found) {
      do { try field.write(part, to: &writer, depth: depth) } catch { throw error.within(part.name) }
    }
    return writer.bytes
  }

  /// The canonical form of a variant: the case that comes last, as protobuf has it.
  mutating func variant(_ structure: Shape.Structure) throws(DecodingError) -> [UInt8] {
    var last: (part: Shape.Structure.Part, field: ForeignField)?
    while let (index, value) = try next(of: structure) {
      var field = ForeignField(structure.parts[index].shape)
      try field.add(value)
      last = (structure.parts[index], field)
    }
    guard let last else { throw DecodingError(.missing) }
    var writer = Writer(reserving: bytes.count)
    do { try last.field.write(last.part, to: &writer, depth: depth, isCase: true) } catch {
      throw error.within(last.part.name)
    }
    return writer.bytes
  }

  /// The next field that `structure` knows, and its position there; `nil` at the end.
  private mutating func next(
    of structure: Shape.Structure
  ) throws(DecodingError) -> (index: Int, value: ForeignValue)? {
    while position < bytes.endIndex {
      let (number, value) = try field()
      if let index = structure.parts.firstIndex(where: { $0.number == number }) { return (index, value) }
    }
    return nil
  }

  private mutating func field() throws(DecodingError) -> (number: UInt32, value: ForeignValue) {
    guard let tag = UInt32(exactly: try bytes.foreignVarint(at: &position)), tag >> 3 > 0 else {
      throw DecodingError(.valueOutOfRange)
    }
    switch tag & 7 {
    case 0: return (tag >> 3, .number(try bytes.foreignVarint(at: &position)))
    case 1: return (tag >> 3, .fixed(try take(8)))
    case 2: return (tag >> 3, .delimited(try take(try bytes.foreignVarint(at: &position))))
    case 5: return (tag >> 3, .fixed(try take(4)))
    default: throw DecodingError(.wrongWireType(tag & 7))
    }
  }

  private mutating func take(_ count: UInt64) throws(DecodingError) -> ArraySlice<UInt8> {
    guard count <= UInt64(bytes.endIndex - position) else { throw DecodingError(.truncated) }
    defer { position += Int(count) }
    return bytes[position..<(position + Int(count))]
  }
}

/// The payload of one field as it came.
private enum ForeignValue {
  case number(UInt64)
  case delimited(ArraySlice<UInt8>)
  /// Of four or eight bytes, which no record of ours has.
  case fixed(ArraySlice<UInt8>)
}

/// All that came for one field.
private struct ForeignField {
  /// Elements of a list at the most: each takes far more memory than the two bytes that it may come in.
  private static let maximumCount = 1 << 20

  private let shape: Shape
  private var numbers: [UInt64] = []
  private var contents: [ArraySlice<UInt8>] = []

  init(_ shape: Shape) { self.shape = shape.content }

  mutating func add(_ value: ForeignValue) throws(DecodingError) {
    guard numbers.count + contents.count < Self.maximumCount else { throw DecodingError(.tooMany(Self.maximumCount)) }
    switch (value, shape.isNumber) {
    case (.number(let number), true): numbers.append(number)
    case (.delimited(let content), false): contents.append(content)
    case (.delimited(let packed), true):
      var position = packed.startIndex
      while position < packed.endIndex { numbers.append(try packed.foreignVarint(at: &position)) }
    case (.number, false): throw DecodingError(.wrongWireType(0))
    case (.fixed(let bytes), _): throw DecodingError(.wrongWireType(bytes.count == 8 ? 1 : 5))
    }
  }

  /// - Parameter isCase: whether the field is written whatever it holds.
  func write(
    _ part: Shape.Structure.Part, to writer: inout Writer, depth: Int, isCase: Bool = false
  ) throws(DecodingError) {
    if part.shape.isList { return try writeAll(part.number, to: &writer, depth) }
    let keepsDefault = isCase || part.isRequired || part.shape.isOptional
    if let number = numbers.last.map(shape.wrapped) {
      guard keepsDefault || number != 0 else { return }
      writer.tag(part.number, .varint)
      writer.varint(number)
    } else if !contents.isEmpty {
      let content = try shape.canonical(shape.isMessage ? Array(contents.joined()) : Array(contents.last ?? []), depth)
      guard keepsDefault || !content.isEmpty else { return }
      writer.field(part.number, content)
    }
  }

  private func writeAll(_ number: UInt32, to writer: inout Writer, _ depth: Int) throws(DecodingError) {
    for content in contents { writer.field(number, try shape.canonical(Array(content), depth)) }
    guard !numbers.isEmpty else { return }
    writer.tag(number, .delimited)
    writer.delimited { writer in for number in numbers { writer.varint(shape.wrapped(number)) } }
  }
}

extension Shape {
  /// What an optional or a list holds.
  fileprivate var content: Shape {
    switch self {
    case .optional(let shape), .list(let shape): shape
    case .scalar, .enumeration, .record, .variant, .union: self
    }
  }

  fileprivate var isList: Bool { if case .list = self { true } else { false } }
  fileprivate var isOptional: Bool { if case .optional = self { true } else { false } }

  fileprivate var isMessage: Bool {
    switch self {
    case .record, .variant: true
    default: false
    }
  }

  fileprivate var isNumber: Bool {
    switch self {
    case .scalar(let scalar): !["bytes", "string"].contains(scalar.proto)
    case .enumeration: true
    default: false
    }
  }

  /// A number as a field of this type takes it: protobuf cuts what is too wide.
  fileprivate func wrapped(_ number: UInt64) -> UInt64 {
    guard case .scalar(let scalar) = self else { return number }
    switch scalar.proto {
    case "bool": return number == 0 ? 0 : 1
    case "uint32": return UInt64(UInt32(truncatingIfNeeded: number))
    default: return number
    }
  }

  fileprivate func canonical(_ content: [UInt8], _ depth: Int) throws(DecodingError) -> [UInt8] {
    switch self {
    case .record(let structure):
      var message = try ForeignMessage(content[...], depth: depth + 1)
      return try message.record(structure)
    case .variant(let structure):
      var message = try ForeignMessage(content[...], depth: depth + 1)
      return try message.variant(structure)
    case .scalar, .enumeration, .optional, .list, .union: return content
    }
  }
}

extension Writer {
  fileprivate mutating func field(_ number: UInt32, _ content: [UInt8]) {
    tag(number, .delimited)
    varint(UInt64(content.count))
    append(content)
  }
}

extension ArraySlice<UInt8> {
  /// A varint of up to ten bytes, however long its value needs to be; a negative number comes as its two's complement.
  fileprivate func foreignVarint(at position: inout Int) throws(DecodingError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      guard position < endIndex else { throw DecodingError(.truncated) }
      let byte = self[position]
      position += 1
      if shift == 63, byte > 1 { throw DecodingError(.varintOverflow) }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw DecodingError(.varintOverflow)
  }
}

extension Record {
  /// Reads a message of another protocol as tolerantly as protobuf asks for: see ``Variant/init(foreign:)``.
  public init(foreign bytes: [UInt8]) throws(DecodingError) {
    var message = try ForeignMessage(bytes[...])
    try self.init(encoded: message.record(Self.schema.structure))
  }
}

extension Variant {
  /// Reads a message of another protocol as tolerantly as protobuf asks for: fields in any order, unknown ones skipped, explicit
  /// defaults, numbers packed or not. The fields that the schema requires must be there.
  public init(foreign bytes: [UInt8]) throws(DecodingError) {
    var message = try ForeignMessage(bytes[...])
    let content = try message.variant(Self.cases.structure)
    var writer = Writer(reserving: content.count + 4)
    writer.varint(UInt64(content.count))
    writer.append(content)
    var reader = Reader(writer.bytes)
    try self.init(from: &reader)
    try reader.finish()
  }
}
