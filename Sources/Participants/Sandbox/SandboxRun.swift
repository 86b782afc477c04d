internal import Cryptography
internal import Foundation
internal import Jobs

/// One run of a sandbox, from its start to its end, and what was seen of it.
struct SandboxRun: Sendable {
  private let limits: JobLimits
  private let ending: Child.Ending
  private let wallMilliseconds: UInt64
  private let watch: Watch
  private let output: CapturedStream
  private let error: CapturedStream

  init(_ commandLine: [String], _ limits: JobLimits, archivePath: String) async throws(ExecutorError) {
    let descriptors = try Descriptors(archivePath: archivePath)
    let child = Child()
    async let output = CapturedStream.reading(descriptors.outputReader)
    async let error = CapturedStream.reading(descriptors.errorReader)
    let watching = Task {
      var watch = Watch(limits)
      await watch.follow(child)
      return watch
    }
    let start = ContinuousClock.now
    let ending = await Self.end(of: child, commandLine, descriptors)
    wallMilliseconds = UInt64((ContinuousClock.now - start) / .milliseconds(1))
    watching.cancel()
    // The pipes end when the last process that holds them has gone, so nothing of the job is left after this.
    (self.output, self.error, watch) = await (output, error, watching.value)
    self.limits = limits
    self.ending = try ending.get()
    if self.ending.reason == .cancelled { throw .cancelled }
  }

  private static func end(
    of child: Child, _ commandLine: [String], _ descriptors: Descriptors
  ) async -> Result<Child.Ending, ExecutorError> {
    await withTaskCancellationHandler {
      do throws(ExecutorError) { return .success(try await child.run(commandLine, descriptors)) } catch {
        return .failure(error)
      }
    } onCancel: {
      child.end(because: .cancelled)
    }
  }
}

extension SandboxRun {
  /// Keeps the outputs in `folder` and writes the result.
  func execution(of job: Job, in folder: JobFolder) throws(ExecutorError) -> Execution {
    let archive = (try? Data(contentsOf: URL(fileURLWithPath: folder.archive), options: .alwaysMapped)) ?? Data()
    let seen = outcome
    guard archive.first == SandboxLayout.marker || [.timedOut, .cpuExhausted, .outOfMemory].contains(seen) else {
      throw .launchFailed(detail: String(decoding: self.error.bytes, as: UTF8.self))
    }
    let outputs = try keepOutputs(of: job, OutputArchive(archive.dropFirst()), in: folder)
    let isMissing = seen == .succeeded && outputs.count < job.outputs.count
    let result = JobResult(
      outcome: isMissing ? .outputMissing : seen, exitCode: ending.exitCode, usageMilliseconds: wallMilliseconds,
      cpuMilliseconds: max(ending.cpuMilliseconds, watch.cpuMilliseconds),
      peakMemoryKibibytes: watch.peakMemoryKibibytes,
      standardOutput: Self.digest(output), standardError: Self.digest(error), standardOutputCut: output.isCut,
      standardErrorCut: error.isCut, outputs: outputs)
    return Execution(
      result: result, standardOutput: output.bytes, standardError: error.bytes, outputFolder: folder.outputs)
  }

  private func keepOutputs(
    of job: Job, _ archive: OutputArchive, in folder: JobFolder
  ) throws(ExecutorError) -> [JobOutput] {
    var outputs: [JobOutput] = []
    for path in job.outputs {
      guard let content = archive.files[path] else { continue }
      try folder.keep(content, as: path)
      outputs.append(JobOutput(path: path, content: Digest(of: Array(content)), sizeBytes: UInt64(content.count)))
    }
    return outputs
  }

  private static func digest(_ stream: CapturedStream) -> Digest? {
    stream.bytes.isEmpty ? nil : Digest(of: stream.bytes)
  }

  private var outcome: JobOutcome {
    switch (ending.reason, ending.exitCode) {
    case (.outOfMemory, _): .outOfMemory
    case (.cpuExhausted, _), (_, 128 + UInt32(SIGXCPU)): .cpuExhausted
    case (_, 128 + UInt32(SIGKILL)) where wallMilliseconds >= UInt64(limits.wallSeconds) * 1_000: .timedOut
    case (_, 0): .succeeded
    case (_, 129...192): .killed
    default: .failed
    }
  }
}
