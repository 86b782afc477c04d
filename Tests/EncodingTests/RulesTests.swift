import Encoding
import Testing

/// Descriptions that protobuf cannot express stop the program when they are first used.
struct RulesTests {
  @Test func numbersAscend() async {
    await #expect(processExitsWith: .failure) {
      _ = Schema("Two", "", Two.init, Field(2, "a", \.a, ""), Field(1, "b", \.b, ""))
    }
  }

  @Test func namesDiffer() async {
    await #expect(processExitsWith: .failure) {
      _ = Schema("Two", "", Two.init, Field(1, "a", \.a, ""), Field(2, "a", \.b, ""))
    }
  }

  @Test func namesAreCamelCase() async {
    await #expect(processExitsWith: .failure) {
      _ = Schema("Two", "", Two.init, Field(1, "a_b", \.a, ""), Field(2, "b", \.b, ""))
    }
  }

  @Test func numbersAreFieldNumbers() async {
    await #expect(processExitsWith: .failure) {
      _ = Schema("Two", "", Two.init, Field(1, "a", \.a, ""), Field(19_000, "b", \.b, ""))
    }
  }

  @Test func listsDoNotNest() async {
    await #expect(processExitsWith: .failure) {
      _ = Schema("Nested", "", Nested.init, Field(1, "lists", \.lists, ""))
    }
  }
}

private struct Two: Sendable {
  let a: UInt64, b: UInt64
}

private struct Nested: Sendable {
  let lists: [[UInt64]]
}
