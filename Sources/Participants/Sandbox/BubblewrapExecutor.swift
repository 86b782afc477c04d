internal import Cryptography
internal import Encoding
internal import Foundation
public import Jobs

/// Runs jobs in a sandbox of Linux namespaces made by bubblewrap: no network, no files of the machine but its programs, no privileges.
///
/// A job dies with the provider, so a provider that starts again never finds one running: it runs the job again from its inputs,
/// and ``run(_:inputs:in:)`` removes what the previous run left in the working folder.
public struct BubblewrapExecutor: Executor {
  private let programFolders: [String]

  /// - Parameter programFolders: `bin` folders to look for programs in beside the standard ones, such as that of another Python.
  ///   The parent of such a program's real folder is shown to jobs, read-only.
  public init(programFolders: [String] = []) { self.programFolders = programFolders }

  /// Tries the sandbox out in a temporary folder.
  ///
  /// - Throws: `ExecutorError` naming the tool and package that is missing, or what the kernel forbids.
  public func check() async throws(ExecutorError) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)")
    try await check(in: folder.path)
  }

  public func check(in workingFolder: String) async throws(ExecutorError) {
    _ = try Tools()
    let limits = JobLimits(wallSeconds: 10, cpuSeconds: 5, memoryMebibytes: 64, diskMebibytes: 1, processes: 8)
    let trial = Job(command: ["true"], inputs: [], outputs: [], limits: limits)
    defer { try? FileManager.default.removeItem(atPath: workingFolder) }
    do { _ = try await run(trial, inputs: [:], in: workingFolder) } catch .launchFailed(let detail) {
      throw .namespacesForbidden(detail: detail)
    }
  }

  public func run(
    _ job: Job, inputs: [String: [UInt8]], in workingFolder: String
  ) async throws(ExecutorError) -> Execution {
    do throws(FieldError) { try job.validate() } catch { throw .invalidJob(error) }
    let tools = try Tools()
    let program = try Program(job.command[0], extraFolders: programFolders)
    let folder = JobFolder(path: workingFolder)
    try folder.prepare(job, inputs)
    defer { folder.removeArchive() }
    let layout = SandboxLayout(tools: tools, job: job, program: program, inputFolder: folder.inputs)
    let run = try await SandboxRun(layout.commandLine, job.limits, archivePath: folder.archive)
    return try run.execution(of: job, in: folder)
  }
}
