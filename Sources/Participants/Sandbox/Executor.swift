public import Jobs

/// Runs jobs that nobody vouches for.
public protocol Executor: Sendable {
  /// Tries out whether jobs can run in a folder.
  ///
  /// - Parameter workingFolder: absolute path of a folder that is made for the trial and removed after it.
  /// - Throws: `ExecutorError` saying what is missing or forbidden.
  func check(in workingFolder: String) async throws(ExecutorError)

  /// Runs `job` to its end and says what became of it; a job that fails is a result, not an error.
  ///
  /// - Parameters:
  ///   - inputs: the content of each of the job's inputs, by path; checked against the job's digests.
  ///   - workingFolder: absolute path of a folder for this job alone; created when missing. What a previous run left in it is removed.
  /// - Throws: `ExecutorError` when the job could not be run, or the task was cancelled.
  func run(_ job: Job, inputs: [String: [UInt8]], in workingFolder: String) async throws(ExecutorError) -> Execution
}

/// A job that has run: its result, and where its content is.
public struct Execution: Sendable, Equatable {
  public let result: JobResult
  /// What was kept of standard output; its digest is in the result.
  public let standardOutput: [UInt8]
  /// What was kept of standard error; its digest is in the result.
  public let standardError: [UInt8]
  /// Absolute path of the folder that holds the outputs under their own paths: regular files only.
  public let outputFolder: String

  public init(result: JobResult, standardOutput: [UInt8], standardError: [UInt8], outputFolder: String) {
    self.result = result
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.outputFolder = outputFolder
  }
}
