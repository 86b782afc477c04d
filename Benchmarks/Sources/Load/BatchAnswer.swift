/// The node's answer to a batch, of which only two things matter here; read as it is, so that the load costs little.
struct BatchAnswer {
  /// Transactions that are in a block and had an effect.
  let effectiveCount: Int
  /// Places of those that were rejected.
  let rejected: [Int]

  /// - Parameter bytes: the protobuf message, whose field 1 repeats an entry with height (2) and rejection (4).
  init(_ bytes: [UInt8]) {
    var count = 0
    var place = 0
    var rejected: [Int] = []
    Self.fields(of: bytes[...]) { field, entry in
      guard field == 1 else { return }
      defer { place += 1 }
      var hasHeight = false
      var hasRejection = false
      Self.fields(of: entry) { field, _ in
        hasHeight = hasHeight || field == 2
        hasRejection = hasRejection || field == 4
      }
      count += hasHeight && !hasRejection ? 1 : 0
      if hasRejection { rejected.append(place) }
    }
    effectiveCount = count
    self.rejected = rejected
  }

  /// Calls `body` with the number of each field, and its content where it is delimited.
  private static func fields(of message: ArraySlice<UInt8>, _ body: (Int, ArraySlice<UInt8>) -> Void) {
    var rest = message
    while let tag = rest.popVarint(), let value = rest.popVarint() {
      let length = tag & 7 == 2 ? min(value, rest.count) : 0
      body(tag >> 3, rest.prefix(length))
      rest = rest.dropFirst(length)
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func popVarint() -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard let byte = popFirst() else { return nil }
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}

extension [UInt8] {
  /// Appends a number that is not negative as protobuf writes it.
  mutating func append(varint number: Int) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}
