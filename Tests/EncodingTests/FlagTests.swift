import Encoding
import Testing

struct FlagTests {
  @Test func usageNamesEveryField() {
    #expect(
      Scalars.schema.structure.usage == """
          --flag <true|false>          Yes or no. (optional)
          --valid-until <number>       Last block. (optional)
          --count <number>             How many. (optional)
          --memo <text>                Free text. (optional)
          --blob <base64>              Free bytes. (optional)
          --public-key <key>           The key. (required)
          --color <red|deepBlue|gray>  The color. (required)

        """)
  }

  @Test func compositesAreTypedAsJSON() {
    #expect(Everything.schema.structure.flags.map(\.placeholder) == Array(repeating: "json", count: 5))
    let corner = Options.schema.structure.flags[2]
    #expect(corner.synopsis == "--corner <json>" && !corner.isRequired)
  }

  @Test func wrongTextsNameTheField() {
    let fields = ["publicKey": "01020304", "color": "red", "validUntil": "soon"]
    let error = #expect(throws: FieldError.self) { try Scalars(fields: { fields[$0].map { $0[...] } }) }
    #expect(error?.description == "validUntil: expected a whole number from 0 to 18446744073709551615")
    let missing = #expect(throws: FieldError.self) { try Scalars(fields: { _ in nil }) }
    #expect(missing?.description == "publicKey: the field is required")
    let broken = #expect(throws: FieldError.self) { try Options(fields: { $0 == "corner" ? "{x" : nil }) }
    #expect(broken?.description == "corner: expected JSON: expected \" at byte 1")
  }
}
