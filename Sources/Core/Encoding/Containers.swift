/// A field that may be missing; proto3's `optional`, so that an explicit default differs from nothing.
extension Optional: Value where Wrapped: Value {
  public static var shape: Shape { .optional(Wrapped.shape) }
  @inlinable
  public static var wireType: WireType { Wrapped.wireType }
  @inlinable
  public static var absent: Wrapped?? { .some(nil) }

  @inlinable
  public func write(to writer: inout Writer) { self?.write(to: &writer) }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) { self = try Wrapped(from: &reader) }

  @inlinable
  public func write(field number: UInt32, to writer: inout Writer) {
    guard let value = self else { return }
    writer.tag(number, Wrapped.wireType)
    value.write(to: &writer)
  }
  @inlinable
  public init(field number: UInt32, from reader: inout Reader) throws(DecodingError) {
    self = try reader.accept(number, Wrapped.wireType) ? try Wrapped(from: &reader) : nil
  }

  public var json: JSON { self?.json ?? .null }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    self = json == .null ? nil : try Wrapped(json: json, unions: unions)
  }
  public init(text: Substring) throws(FieldError) { self = try Wrapped(text: text) }
  public static func sample(_ random: inout Random) -> Wrapped? {
    random.isDeep || random.below(3) == 0 ? nil : Wrapped.sample(&random)
  }
}

/// Any number of values in order: packed when they are numbers, one field each otherwise.
extension Array: Value where Element: Value {
  public static var shape: Shape { .list(Element.shape) }
  @inlinable
  public static var wireType: WireType { .delimited }
  @inlinable
  public static var absent: [Element]? { [] }

  @inlinable
  public func write(to writer: inout Writer) {
    writer.delimited { writer in for element in self { element.write(to: &writer) } }
  }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) {
    self = try reader.delimited { (reader) throws(DecodingError) in
      var elements: [Element] = []
      while reader.remaining > 0 { elements.append(try Element(from: &reader, index: elements.count)) }
      return elements
    }
  }

  @inlinable
  public func write(field number: UInt32, to writer: inout Writer) {
    guard !isEmpty else { return }
    guard Element.wireType == .delimited else {
      writer.tag(number, .delimited)
      return write(to: &writer)
    }
    for element in self {
      writer.tag(number, .delimited)
      element.write(to: &writer)
    }
  }
  @inlinable
  public init(field number: UInt32, from reader: inout Reader) throws(DecodingError) {
    self = []
    guard Element.wireType == .delimited else {
      guard try reader.accept(number, .delimited) else { return }
      self = try [Element](from: &reader)
      guard !isEmpty else { throw DecodingError(.explicitDefault) }
      return
    }
    while try reader.accept(number, .delimited) { append(try Element(from: &reader, index: count)) }
  }

  public var json: JSON { .array(map(\.json)) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    guard case .array(let elements) = json else { throw FieldError("expected an array") }
    self = []
    for (index, element) in elements.enumerated() {
      do { append(try Element(json: element, unions: unions)) } catch { throw error.within(String(index)) }
    }
  }
  public static func sample(_ random: inout Random) -> [Element] {
    (0..<(random.isDeep ? 0 : random.below(4))).map { _ in Element.sample(&random) }
  }
}

extension Value {
  /// Reads element `index` of a list.
  @usableFromInline
  init(from reader: inout Reader, index: Int) throws(DecodingError) {
    do { try self.init(from: &reader) } catch { throw error.within(String(index)) }
  }
}
