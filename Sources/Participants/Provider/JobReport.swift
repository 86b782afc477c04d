internal import Cryptography
internal import Jobs
internal import Sandbox

/// A result with the content that it names.
struct JobReport: Sendable {
  let result: JobResult
  /// What was kept of the job's streams; an empty one is no content.
  let streams: [[UInt8]]
  /// Absolute paths of the outputs.
  let files: [String]

  init(_ execution: Execution) {
    result = execution.result
    streams = [execution.standardOutput, execution.standardError].filter { !$0.isEmpty }
    files = execution.result.outputs.map { "\(execution.outputFolder)/\($0.path)" }
  }

  /// The report of a job that could not be run: no use, and the reason on standard error.
  init(failure reason: String) {
    let explanation = Array((reason + "\n").utf8)
    streams = [explanation]
    files = []
    result = JobResult(
      outcome: .failed, exitCode: Self.cannotExecute, usageMilliseconds: 0, cpuMilliseconds: 0,
      peakMemoryKibibytes: nil, standardOutput: nil, standardError: Digest(of: explanation), standardOutputCut: false,
      standardErrorCut: false, outputs: [])
  }

  /// A shell's exit code for a command that is there and cannot be run.
  private static let cannotExecute: UInt32 = 126
}
