import Cryptography
import Foundation
import Jobs
import Sandbox
import Testing

@Suite(
  .enabled(
    "needs bubblewrap, util-linux and user namespaces; `relay provider` says which is missing", SandboxRig.isAvailable))
struct SandboxRunTests {
  @Test func returnsOutputsAndStreams() async throws {
    let script = Array("cat words >&2; mkdir -p deep; sort words > deep/sorted; echo done".utf8)
    try await SandboxRig.run(
      ["sh", "job.sh"], inputs: ["job.sh": script, "words": Array("b\na\n".utf8)], outputs: ["deep/sorted"]
    ) { execution in
      let result = execution.result
      #expect(result.outcome == .succeeded)
      #expect(result.exitCode == 0)
      #expect(execution.standardOutput == Array("done\n".utf8))
      #expect(execution.standardError == Array("b\na\n".utf8))
      #expect(result.standardOutput == Digest(of: Array("done\n".utf8)))
      #expect(
        result.outputs == [JobOutput(path: "deep/sorted", content: Digest(of: Array("a\nb\n".utf8)), sizeBytes: 4)])
      let kept = FileManager.default.contents(atPath: "\(execution.outputFolder)/deep/sorted")
      #expect(kept == Data("a\nb\n".utf8))
    }
  }

  @Test func runsAProgramAmongTheInputs() async throws {
    let result = try await SandboxRig.run(["./run", "7"], inputs: ["run": Array("#!/bin/sh\nexit $1\n".utf8)]) {
      $0.result
    }
    #expect(result.outcome == .failed)
    #expect(result.exitCode == 7)
    #expect(result.standardOutput == nil)
  }

  @Test func showsTheInstallationOfAProgramTheOperatorNames() async throws {
    let installation = SandboxRig.folder()
    let folder = SandboxRig.folder()
    defer { for made in [installation, folder] { try? FileManager.default.removeItem(at: made) } }
    let programs = installation.appendingPathComponent("bin")
    let program = programs.appendingPathComponent("greet").path
    try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
    try Data("#!/bin/sh\ncat ${0%/bin/*}/greeting\n".utf8).write(to: URL(fileURLWithPath: program))
    try Data("hello".utf8).write(to: installation.appendingPathComponent("greeting"))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let job = Job(command: ["greet"], inputs: [], outputs: [], limits: SandboxRig.limits())
    let executor = BubblewrapExecutor(programFolders: [programs.path])
    let execution = try await executor.run(job, inputs: [:], in: folder.path)
    #expect(execution.standardOutput == Array("hello".utf8))
  }

  @Test func tellsASignalFromAFailure() async throws {
    let result = try await SandboxRig.shell("kill -SEGV $$").result
    #expect(result.outcome == .killed)
    #expect(result.exitCode == 139)
  }

  @Test func metersWhatTheJobUses() async throws {
    let result = try await SandboxRig.shell("i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done; sleep 0.2").result
    #expect(result.cpuMilliseconds > 0)
    #expect(result.usageMilliseconds >= 200)
    #expect(try #require(result.peakMemoryKibibytes) > 0)
  }

  @Test func cutsEndlessOutput() async throws {
    let execution = try await SandboxRig.shell("head -c 3000000 /dev/zero; head -c 1048576 /dev/zero >&2")
    #expect(execution.result.outcome == .succeeded)
    #expect(execution.standardOutput.count == 1 << 20)
    #expect(execution.result.standardOutputCut)
    #expect(execution.standardError.count == 1 << 20)
    #expect(!execution.result.standardErrorCut)
  }

  @Test func removesLeftoversOfAPreviousRun() async throws {
    let folder = SandboxRig.folder()
    for leftover in ["inputs", "outputs"] {
      let path = folder.appendingPathComponent(leftover)
      try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
      try Data("old".utf8).write(to: path.appendingPathComponent("old"))
    }
    try Data("old".utf8).write(to: folder.appendingPathComponent("outputs.archive"))
    try await SandboxRig.run(["sh", "-c", "ls /job"], outputs: ["old"], in: folder) { execution in
      #expect(execution.result.outcome == .outputMissing)
      #expect(execution.standardOutput.isEmpty)
      #expect(SandboxRig.names(in: execution.outputFolder) == [])
    }
  }

  @Test func cancellationLeavesNoProcess() async throws {
    let name = UUID().uuidString
    let running = Task { try await SandboxRig.shell("(setsid sleep 1000) & sleep 1000; : \(name)") }
    while SandboxRig.processes(mentioning: name).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    running.cancel()
    await #expect(throws: ExecutorError.cancelled) { try await running.value }
    #expect(SandboxRig.processes(mentioning: name).isEmpty)
  }
}
