public import Encoding

/// A byte string of one length that lives without heap storage, so that it copies, compares and hashes fast.
public protocol InlineBytes: FixedBytes {
  /// Calls `body` with the bytes, without allocating.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result
}

extension InlineBytes {
  public var bytes: [UInt8] { withBytes { Array($0) } }

  public func write(to writer: inout Writer) {
    writer.varint(UInt64(Self.length))
    withBytes { writer.append($0) }
  }
}

/// The storage of an ``InlineBytes`` type: up to `8 * count` bytes in their order, and zeros after them.
struct Words<let count: Int>: Sendable {
  private var elements: InlineArray<count, UInt64>

  /// All bytes zero.
  init() { elements = InlineArray(repeating: 0) }

  /// What `body` writes into the bytes, all zero before.
  init(filledBy body: (UnsafeMutableRawBufferPointer) -> Void) {
    self.init()
    withUnsafeMutableBytes(of: &elements, body)
  }

  /// `bytes`, which must be exactly `length`.
  init(_ bytes: ArraySlice<UInt8>, length: Int) throws(FieldError) {
    guard bytes.count == length else { throw FieldError("expected \(length) bytes, found \(bytes.count)") }
    self.init(copying: bytes)
  }

  /// `bytes`, at most `8 * count` of them.
  init(copying bytes: some Collection<UInt8>) { self.init { $0.copyBytes(from: bytes) } }

  /// The first `length` bytes of `digest`.
  init(_ digest: Digest, length: Int) {
    self.init { words in digest.withBytes { words.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<length])) } }
  }

  /// Calls `body` with the first `length` bytes.
  func withBytes<Result>(_ length: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withUnsafeBytes(of: elements) { body(UnsafeRawBufferPointer(rebasing: $0[..<length])) }
  }

  /// The words as numbers, the first byte of each weighing least.
  var numbers: InlineArray<count, UInt64> {
    var numbers = elements
    for index in numbers.indices { numbers[index] = UInt64(littleEndian: numbers[index]) }
    return numbers
  }

  /// The first `8 * count` of `bytes`, word by word, as hashing needs it: no closure and no type looked up at run time.
  init(loading bytes: UnsafeRawBufferPointer) {
    elements = InlineArray { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self) }
  }

  /// Writes all bytes to `bytes` from `offset` on, word by word.
  func store(to bytes: UnsafeMutableRawBufferPointer, at offset: Int) {
    for index in elements.indices {
      bytes.storeBytes(of: elements[index], toByteOffset: offset + 8 * index, as: UInt64.self)
    }
  }

  /// Whether a bit is set, counted from the most significant one of the first byte.
  func bit(at index: Int) -> Bool { (elements[index >> 6].bigEndian << UInt64(index & 63)) >> 63 == 1 }

  static func sample(using random: inout Random) -> Words {
    var words = Words()
    for index in words.elements.indices { words.elements[index] = random.next() }
    return words
  }
}

extension Words: Hashable, Comparable {
  static func == (one: Words, other: Words) -> Bool {
    for index in one.elements.indices where one.elements[index] != other.elements[index] { return false }
    return true
  }

  /// The order of the bytes, the first one weighing most.
  static func < (one: Words, other: Words) -> Bool {
    for index in one.elements.indices where one.elements[index] != other.elements[index] {
      return one.elements[index].bigEndian < other.elements[index].bigEndian
    }
    return false
  }

  func hash(into hasher: inout Hasher) {
    for index in elements.indices { hasher.combine(elements[index]) }
  }
}
