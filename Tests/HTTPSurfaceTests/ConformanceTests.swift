import Foundation
import Testing

/// Independent tools against the live server and its own description.
@Suite struct ConformanceTests {
  @Test(.enabled(if: Python.has("openapi_spec_validator"), "needs Tests/requirements.txt: openapi-spec-validator"))
  func theDocumentIsValid() async throws {
    try await Relay.run { relay in
      let document = FileManager.default.temporaryDirectory.appending(path: "openapi-\(relay.port).json")
      defer { try? FileManager.default.removeItem(at: document) }
      try Data(try await relay.get("/openapi.json").body).write(to: document)
      let (status, output) = try await Python.run(["-m", "openapi_spec_validator", document.path])
      #expect(status == 0, "\(output)")
    }
  }

  /// Event streams have no end, so they are left to their own tests.
  @Test(.enabled(if: Python.has("schemathesis"), "needs Tests/requirements.txt: schemathesis"), .timeLimit(.minutes(2)))
  func theServerDoesWhatTheDocumentSays() async throws {
    try await Relay.run { relay in
      let checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
      let (status, output) = try await Python.run([
        "-m", "schemathesis.cli", "run", "http://127.0.0.1:\(relay.port)/openapi.json", "--checks", checks,
        "--exclude-path", "/v1/events", "--phases", "examples,coverage,fuzzing", "--max-examples", "5", "--seed", "1",
        "--continue-on-failure", "--generation-database", "none", "--no-color"
      ])
      #expect(status == 0, "\(output)")
    }
  }
}

/// The Python that has the tools: the one that the variable PYTHON names, or `python3`.
enum Python {
  private static let name = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"

  static func has(_ module: String) -> Bool { (try? wait(["-c", "import \(module)"]))?.status == 0 }

  /// Runs `python <words>`: how it ended and what it printed.
  @concurrent static func run(_ words: [String]) async throws -> (status: Int32, output: String) { try wait(words) }

  private static func wait(_ words: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [name] + words
    process.currentDirectoryURL = FileManager.default.temporaryDirectory
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
