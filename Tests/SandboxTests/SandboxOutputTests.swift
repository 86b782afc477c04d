import Foundation
import Jobs
import Sandbox
import Testing

@Suite(
  .enabled(
    "needs bubblewrap, util-linux and user namespaces; `relay provider` says which is missing", SandboxRig.isAvailable))
struct SandboxOutputTests {
  /// Nothing but a regular file is kept, and nothing of the machine leaks into one.
  @Test(arguments: [
    "ln -s /etc/passwd kept", "ln -s ../../etc/passwd kept", "ln -s /job/secret kept", "mkdir kept", "mkfifo kept", ":"
  ])
  func keepsRegularFilesOnly(script: String) async throws {
    try await SandboxRig.run(["sh", "-c", script], outputs: ["kept"]) { execution in
      #expect(execution.result.outcome == .outputMissing)
      #expect(execution.result.outputs.isEmpty)
      #expect(SandboxRig.names(in: execution.outputFolder) == [])
    }
  }

  /// The link is followed inside only, where the file does not exist.
  @Test func followsALinkedFolderInsideOnly() async throws {
    let secret = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID().uuidString)")
    try Data("secret".utf8).write(to: secret)
    defer { try? FileManager.default.removeItem(at: secret) }
    let script = "ln -s \(secret.deletingLastPathComponent().path) linked"
    let execution = try await SandboxRig.shell(script, outputs: ["linked/\(secret.lastPathComponent)"])
    #expect(execution.result.outcome == .outputMissing)
  }

  @Test func keepsHardLinksAsFiles() async throws {
    let execution = try await SandboxRig.shell("echo x > a; ln a b", outputs: ["a", "b"])
    #expect(execution.result.outputs.map(\.sizeBytes) == [2, 2])
  }

  @Test func keepsWhatAFailedJobLeft() async throws {
    let execution = try await SandboxRig.shell("echo x > log; exit 3", outputs: ["log", "never"])
    #expect(execution.result.outcome == .failed)
    #expect(execution.result.outputs.map(\.path) == ["log"])
  }

  @Test(.enabled("needs /usr/bin/python3, from the Debian package python3", SandboxRig.hasPython))
  func trainsTheDigits() async throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../Examples/digits")
    var inputs: [String: [UInt8]] = [:]
    for name in ["train.py", "digits.csv"] {
      inputs[name] = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }
    try await SandboxRig.run(
      ["python3", "train.py", "digits.csv"], inputs: inputs, outputs: ["model.json", "report.json"],
      limits: SandboxRig.limits(wall: 120, cpu: 60)
    ) { execution in
      #expect(execution.result.outcome == .succeeded)
      let report = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: "\(execution.outputFolder)/report.json")))
      let accuracy = try #require((report as? [String: Any])?["accuracy"] as? Double)
      #expect(accuracy >= 0.90)
    }
  }
}
