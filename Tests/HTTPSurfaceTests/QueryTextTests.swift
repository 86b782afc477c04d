import Encoding
import Testing

@testable import HTTPSurface

@Suite struct QueryTextTests {
  @Test(arguments: [
    ("a%20b", "a b"), ("a+b", "a b"), ("%C3%A9", "é"), ("%2B%25%26", "+%&"), ("", "")
  ])
  func decodes(text: String, expected: String) throws {
    #expect(try QueryText.decode(text[...], isQuery: true) == expected)
  }

  @Test(arguments: ["%", "%4", "%zz", "a%g1", "%ff", "%+1"])
  func refuses(text: String) {
    #expect(throws: FieldError.self) { try QueryText.decode(text[...], isQuery: true) }
  }

  @Test func aPlusInAPathIsAPlus() throws {
    #expect(try QueryText.decode("a+b", isQuery: false) == "a+b")
  }
}
