import Encoding

// A family of records that uses every feature of the encoding.

enum Color: UInt32, Enumeration {
  case red = 1
  case deepBlue = 2
  case gray = 70_000
  static var name: String { "Color" }
  static var doc: String { "A color." }
}

struct Key: FixedBytes {
  static var length: Int { 4 }
  static var format: String { "key" }
  let bytes: [UInt8]
  init(validating bytes: ArraySlice<UInt8>) throws(FieldError) { self.bytes = Array(bytes) }
  private init(_ bytes: [UInt8]) { self.bytes = bytes }
  static func sample(_ random: inout Random) -> Key { Key(random.bytes(length)) }
}

struct Point: Record {
  static let schema = Schema(
    "Point", "A place.", Point.init,
    Field(1, "x", \.x, "Meters to the east."),
    Field(2, "y", \.y, "Meters to the north, if known."))
  let x: UInt64, y: UInt32?
}

struct Nothing: Record {
  static let schema = Schema("Nothing", "A record without fields.", Nothing.init)
}

enum Payload: Variant {
  case number(UInt64), text(String), raw(Bytes), color(Color), point(Point), nothing(Nothing)
  static let cases = Cases<Payload>(
    "Payload", "What is carried.",
    Case(1, "number", Payload.number, { if case .number(let it) = $0 { it } else { nil } }, "A number."),
    Case(2, "text", Payload.text, { if case .text(let it) = $0 { it } else { nil } }, "A text."),
    Case(3, "raw", Payload.raw, { if case .raw(let it) = $0 { it } else { nil } }, "Bytes."),
    Case(5, "color", Payload.color, { if case .color(let it) = $0 { it } else { nil } }, "A color."),
    Case(6, "point", Payload.point, { if case .point(let it) = $0 { it } else { nil } }, "A place."),
    Case(200, "nothing", Payload.nothing, { if case .nothing(let it) = $0 { it } else { nil } }, "Nothing."))
}

struct Operation: OpenUnion {
  static var unionName: String { "Operation" }
  static var unionDoc: String { "Something to do." }
  let member: any Member
  init?(_ content: any Member) { member = content }
}

struct MoveTo: Member {
  static let code: UInt32 = 3
  static let schema = Schema("MoveTo", "Go to a place.", MoveTo.init, Field(1, "target", \.target, "Where to go."))
  let target: Point
}

struct Batch: Member {
  static let code: UInt32 = 100
  static let schema = Schema(
    "Batch", "Several operations.", Batch.init, Field(1, "operations", \.operations, "What to do, in order."))
  let operations: [Operation]
}

let unions = Unions(["Operation": [MoveTo.self, Batch.self]])
