import Encoding
import Foundation
import Testing

struct ProtoFileTests {
  private func text() throws -> String {
    try ProtoFile(package: "relay.fixture", records: [Everything.self], unions: unions).text
  }

  @Test func textIsGolden() throws { try FixtureFiles.expectGolden(try text(), "Fixture.proto") }

  @Test(.enabled(if: Tool.hasProtoc, "protoc is missing; Debian's protobuf-compiler would run this"))
  func protocAcceptsIt() throws {
    try Tool.withTemporaryFolder { folder in try compile(in: folder) }
  }

  @Test(
    .enabled(if: Tool.hasProtoc, "protoc is missing; Debian's protobuf-compiler would run this"),
    .enabled(if: Tool.hasPythonProtobuf, "`pip install protobuf` would run this"))
  func pythonWritesTheSameBytes() throws {
    try Tool.withTemporaryFolder { folder in
      try compile(in: folder)
      let samples = Everything.samples(500, seed: 7)
      for (index, sample) in samples.enumerated() {
        try Data(sample.encoded).write(to: folder.appending(path: "\(index).bin"))
      }
      let script = FixtureFiles.crossCheck.path
      let files = samples.indices.map { "\($0).bin" }
      let check = Tool.run([Tool.python, script, "fixture.pb", "relay.fixture.Everything"] + files, in: folder)
      #expect(check.status == 0, "\(check.output)")
      #expect(check.output == "500 messages agree\n")
    }
  }

  private func compile(in folder: URL) throws {
    try Data(text().utf8).write(to: folder.appending(path: "fixture.proto"))
    let protoc = Tool.run("protoc", "--descriptor_set_out=fixture.pb", "fixture.proto", in: folder)
    #expect(protoc.status == 0, "\(protoc.output)")
    #expect(protoc.output.isEmpty, "a warning: \(protoc.output)")
  }

  @Test func twoTypesWithOneNameConflict() {
    let error = #expect(throws: Definitions.Conflict.self) {
      try ProtoFile(package: "relay", records: [Point.self, OtherPoint.self], unions: .none)
    }
    #expect(error?.description == "two different types are called Point")
  }
}

private struct OtherPoint: Record {
  static let schema = Schema("Point", "A place.", OtherPoint.init, Field(1, "z", \.z, "Meters up."))
  let z: UInt64
}
