import Cryptography
import Encoding
import Foundation
import Jobs
import Sandbox
import Testing

@Suite struct ExecutorErrorTests {
  private let limits = JobLimits(wallSeconds: 1, cpuSeconds: 1, memoryMebibytes: 64, diskMebibytes: 1, processes: 1)

  @Test func refusesAnInvalidJob() async {
    let job = Job(command: [], inputs: [], outputs: [], limits: limits)
    await #expect(throws: ExecutorError.invalidJob(FieldError("expected a program name", path: ["command"]))) {
      try await BubblewrapExecutor().run(job, inputs: [:], in: SandboxRig.folder().path)
    }
  }

  @Test(.enabled("needs bubblewrap, util-linux and user namespaces", SandboxRig.isAvailable))
  func namesAMissingProgram() async {
    let job = Job(command: ["no-such-program"], inputs: [], outputs: [], limits: limits)
    await #expect(throws: ExecutorError.missingProgram(name: "no-such-program", package: nil)) {
      try await BubblewrapExecutor().run(job, inputs: [:], in: SandboxRig.folder().path)
    }
  }

  @Test(.enabled("needs bubblewrap, util-linux and user namespaces", SandboxRig.isAvailable))
  func refusesWrongAndMissingInputs() async {
    let folder = SandboxRig.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = JobInput(path: "a", content: Digest(of: [1]))
    let job = Job(command: ["true"], inputs: [input], outputs: [], limits: limits)
    await #expect(throws: ExecutorError.missingInput(path: "a")) {
      try await BubblewrapExecutor().run(job, inputs: [:], in: folder.path)
    }
    await #expect(throws: ExecutorError.wrongInput(path: "a", expected: Digest(of: [1]), found: Digest(of: [2]))) {
      try await BubblewrapExecutor().run(job, inputs: ["a": [2]], in: folder.path)
    }
  }

  @Test func namesThePackageOfAMissingTool() {
    let error = ExecutorError.missingTool(name: "bwrap", package: "bubblewrap")
    #expect(error.description == "bwrap is not installed; it comes with the Debian package bubblewrap")
  }

  @Test(
    .enabled("needs bubblewrap, util-linux and user namespaces", SandboxRig.isAvailable),
    .enabled(if: geteuid() == 0, "needs root, for whom jobs run as another user"))
  func namesAClosedFolder() async throws {
    let closed = SandboxRig.folder()
    try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed.path)
    defer { try? FileManager.default.removeItem(at: closed) }
    let job = Job(command: ["true"], inputs: [], outputs: [], limits: limits)
    await #expect(throws: ExecutorError.closedFolder(path: closed.path)) {
      try await BubblewrapExecutor().run(job, inputs: [:], in: closed.appendingPathComponent("job").path)
    }
  }
}
