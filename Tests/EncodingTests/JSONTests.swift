import Encoding
import Testing

struct JSONTests {
  static let refusedTexts: [(text: String, error: String)] = [
    ("", "the text ends early at byte 0"),
    ("{\"a\":1,\"b\":2,\"a\":3}", "the name \"a\" is there twice at byte 13"),
    ("{\"a\":1,\"\\u0061\":3}", "the name \"a\" is there twice at byte 7"),
    ("[1]x", "unexpected text after the value at byte 3"),
    ("[1,]", "expected a value at byte 3"),
    ("{\"a\":1,}", "expected \" at byte 7"),
    ("{\"a\" 1}", "expected : at byte 5"),
    ("[1 2]", "expected , or ] at byte 3"),
    ("[1", "expected , or ] at byte 2"),
    ("tru", "expected true at byte 0"),
    ("01", "unexpected text after the value at byte 1"),
    ("+1", "expected a value at byte 0"),
    ("-", "expected a digit at byte 1"),
    ("1.", "expected a digit at byte 2"),
    ("1e", "expected a digit at byte 2"),
    ("NaN", "expected a value at byte 0"),
    ("'a'", "expected a value at byte 0"),
    ("\u{FEFF}1", "expected a value at byte 0"),
    ("\"a", "the string does not end at byte 2"),
    ("\"\n\"", "a control character must be escaped at byte 1"),
    ("\"\\x\"", "unknown escape at byte 1"),
    ("\"\\u12\"", "expected four hexadecimal digits at byte 5"),
    ("\"\\u-000\"", "expected four hexadecimal digits at byte 3"),
    ("\"\\u+123\"", "expected four hexadecimal digits at byte 3"),
    ("\"\\uD800\"", "a lone surrogate at byte 1"),
    ("\"\\uD800\\u0041\"", "a lone surrogate at byte 1"),
    ("\"\\uDC00\\uD800\"", "a lone surrogate at byte 1"),
    (String(repeating: "[", count: 65), "nested deeper than 64 levels at byte 64")
  ]

  @Test(arguments: refusedTexts) func textsAreRefused(text: String, error: String) {
    let found = #expect(throws: JSON.ParsingError.self) { try JSON(parsing: text) }
    #expect(found?.description == error)
  }

  @Test func invalidUTF8IsRefused() {
    let found = #expect(throws: JSON.ParsingError.self) { try JSON(parsing: [0x22, 0xC3, 0x28, 0x22]) }
    #expect(found?.description == "the string is not UTF-8 at byte 0")
  }

  @Test func escapesAreUnderstood() throws {
    #expect(try JSON(parsing: #""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00""#) == "\"\\/\u{8}\u{C}\n\r\té😀")
    #expect(JSON.string("\u{1}\u{1F}\n\"\\é😀").text() == #""\u0001\u001f\n\"\\é😀""#)
  }

  @Test func textIsLaidOut() {
    let json: JSON = ["a": [1, true, [], .null], "b": [:]]
    #expect(json.text() == #"{"a":[1,true,[],null],"b":{}}"#)
    #expect(json.text(indent: 1) == "{\n \"a\": [\n  1,\n  true,\n  [],\n  null\n ],\n \"b\": {}\n}")
  }

  @Test(arguments: ["5", "\"5\""]) func numbersAreDigitsOrStrings(number: String) throws {
    let text = #"{"publicKey":"01020304","color":"red","validUntil":\#(number),"count":\#(number)}"#
    let scalars = try Scalars(json: JSON(parsing: text))
    #expect(scalars.validUntil == 5 && scalars.count == 5)
    #expect(scalars.json["validUntil"] == "5" && scalars.json["count"] == 5)
  }

  static let wholeNumber = "expected a whole number from 0 to 18446744073709551615"
  static let known = "flag, validUntil, count, memo, blob, publicKey, color"

  static let refusedValues: [(member: String, error: String)] = [
    (#""flag":"true""#, "flag: expected true or false"),
    (#""flag":null"#, "flag: expected true or false"),
    (#""validUntil":-1"#, "validUntil: \(wholeNumber)"),
    (#""validUntil":-0"#, "validUntil: \(wholeNumber)"),
    (#""validUntil":1.0"#, "validUntil: \(wholeNumber)"),
    (#""validUntil":1e3"#, "validUntil: \(wholeNumber)"),
    (#""validUntil":"01""#, "validUntil: \(wholeNumber)"),
    (#""validUntil":"""#, "validUntil: \(wholeNumber)"),
    (#""validUntil":18446744073709551616"#, "validUntil: \(wholeNumber)"),
    (#""validUntil":true"#, "validUntil: expected a whole number, as a string or a number"),
    (#""count":4294967296"#, "count: expected a whole number from 0 to 4294967295"),
    (#""memo":1"#, "memo: expected a string"),
    (#""blob":"YQ""#, "blob: expected base64 with padding"),
    (#""blob":"YR==""#, "blob: expected base64 with padding"),
    (#""blob":"YQ==YQ==""#, "blob: expected base64 with padding"),
    (#""other":1"#, "other: unknown field; known are \(known)"),
    (#""public\#u{212A}ey":"01020304""#, "public\u{212A}ey: unknown field; known are \(known)")
  ]

  @Test(arguments: refusedValues) func valuesAreRefused(member: String, error: String) throws {
    let json = try JSON(parsing: #"{"publicKey":"01020304","color":"red",\#(member)}"#)
    let found = #expect(throws: FieldError.self) { try Scalars(json: json) }
    #expect(found?.description == error)
  }

  static let refusedScalars: [(text: String, error: String)] = [
    ("[]", "expected an object"),
    ("{}", "publicKey: the field is required"),
    (#"{"publicKey":"0102030"}"#, "publicKey: expected 8 lowercase hexadecimal digits"),
    (#"{"publicKey":"0102030A"}"#, "publicKey: expected 8 lowercase hexadecimal digits"),
    (#"{"publicKey":"01020304","color":"Red"}"#, "color: expected one of red, deepBlue, gray"),
    (#"{"publicKey":"01020304","color":1}"#, "color: expected one of red, deepBlue, gray")
  ]

  @Test(arguments: refusedScalars) func recordsAreRefused(text: String, error: String) throws {
    let json = try JSON(parsing: text)
    let found = #expect(throws: FieldError.self) { try Scalars(json: json) }
    #expect(found?.description == error)
  }

  static let cases = "number, text, raw, color, point, nothing"

  static let refusedLists: [(text: String, error: String)] = [
    (#"{"names":"a"}"#, "names: expected an array"),
    (#"{"names":["a",1]}"#, "names.1: expected a string"),
    (#"{"points":[{},{"x":"a"}]}"#, "points.1.x: \(wholeNumber)"),
    (#"{"payloads":[{}]}"#, "payloads.0: expected an object with exactly one of \(cases)"),
    (#"{"payloads":[{"number":1,"text":""}]}"#, "payloads.0: expected an object with exactly one of \(cases)"),
    (#"{"payloads":[{"other":1}]}"#, "payloads.0.other: unknown case; known are \(cases)"),
    (#"{"payloads":[{"point":{"z":1}}]}"#, "payloads.0.point.z: unknown field; known are x, y"),
    (#"{"operations":[{}]}"#, "operations.0: expected an object with exactly one Operation"),
    (#"{"operations":[{"stop":{}}]}"#, "operations.0.stop: unknown Operation; known are moveTo, batch"),
    (#"{"operations":[{"moveTo":{}}]}"#, "operations.0.moveTo.target: the field is required")
  ]

  @Test(arguments: refusedLists) func listsAreRefused(text: String, error: String) throws {
    let json = try JSON(parsing: text)
    let found = #expect(throws: FieldError.self) { try Lists(json: json, unions: unions) }
    #expect(found?.description == error)
  }
}
