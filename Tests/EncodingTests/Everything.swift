import Encoding

struct Scalars: Record {
  static let schema = Schema(
    "Scalars", "One field of each plain type.", Scalars.init,
    Field(1, "flag", \.flag, "Yes or no."),
    Field(2, "validUntil", \.validUntil, "Last block."),
    Field(3, "count", \.count, "How many."),
    Field(4, "memo", \.memo, "Free text."),
    Field(5, "blob", \.blob, "Free bytes."),
    Field(6, "publicKey", \.publicKey, "The key."),
    Field(7, "color", \.color, "The color."))
  let flag: Bool, validUntil: UInt64, count: UInt32, memo: String, blob: Bytes, publicKey: Key, color: Color
}

struct Options: Record {
  static let schema = Schema(
    "Options", "One optional field of each kind.", Options.init,
    Field(1, "limit", \.limit, "At most."),
    Field(2, "note", \.note, "A note."),
    Field(3, "corner", \.corner, "A corner."),
    Field(4, "tint", \.tint, "A tint."),
    Field(5, "choice", \.choice, "A choice."),
    Field(6, "nothing", \.nothing, "Nothing."),
    Field(7, "spare", \.spare, "A spare operation."))
  let limit: UInt64?, note: String?, corner: Point?, tint: Color?, choice: Payload?, nothing: Nothing?
  let spare: Operation?
}

struct Lists: Record {
  static let schema = Schema(
    "Lists", "One list of each kind.", Lists.init,
    Field(1, "heights", \.heights, "Numbers."),
    Field(2, "switches", \.switches, "Switches."),
    Field(3, "tints", \.tints, "Colors."),
    Field(4, "names", \.names, "Texts."),
    Field(5, "blobs", \.blobs, "Byte strings."),
    Field(15, "keys", \.keys, "Keys."),
    Field(16, "points", \.points, "Places."),
    Field(2047, "payloads", \.payloads, "Variants."),
    Field(2048, "operations", \.operations, "Operations."))
  let heights: [UInt64], switches: [Bool], tints: [Color], names: [String], blobs: [Bytes], keys: [Key]
  let points: [Point], payloads: [Payload], operations: [Operation]
}

struct Everything: Record {
  static let schema = Schema(
    "Everything", "All of it.", Everything.init,
    Field(1, "scalars", \.scalars, "Plain fields."),
    Field(2, "options", \.options, "Optional fields."),
    Field(3, "lists", \.lists, "Lists."),
    Field(4, "payload", \.payload, "A variant."),
    Field(5, "operation", \.operation, "An open union."))
  let scalars: Scalars, options: Options, lists: Lists, payload: Payload, operation: Operation

  /// `count` seeded samples.
  static func samples(_ count: Int, seed: UInt64) -> [Everything] {
    var random = Random(seed: seed, unions: unions)
    return (0..<count).map { _ in sample(&random) }
  }
}
