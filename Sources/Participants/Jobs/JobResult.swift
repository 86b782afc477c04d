public import Cryptography
public import Encoding

/// What became of a job: how it ended, what it used, and what it left behind.
public struct JobResult: Record {
  public static let schema = Schema(
    "JobResult", "How a job ended, what it used, and what it left behind.", JobResult.init,
    Field(1, "outcome", \.outcome, "How the job ended."),
    Field(2, "exitCode", \.exitCode, "Exit code of the program; 128 plus the number of the signal that ended it."),
    Field(3, "usageMilliseconds", \.usageMilliseconds, "Wall time from start to end."),
    Field(
      4, "cpuMilliseconds", \.cpuMilliseconds,
      "Processor time of all processes together; of a job that was ended, what had been seen by then."),
    Field(
      5, "peakMemoryKibibytes", \.peakMemoryKibibytes,
      "Largest resident memory of all processes together that was seen; missing when the job was too short to see."),
    Field(6, "standardOutput", \.standardOutput, "SHA-256 of what was kept of standard output; missing when empty."),
    Field(7, "standardError", \.standardError, "SHA-256 of what was kept of standard error; missing when empty."),
    Field(8, "standardOutputCut", \.standardOutputCut, "Whether standard output was longer than what was kept."),
    Field(9, "standardErrorCut", \.standardErrorCut, "Whether standard error was longer than what was kept."),
    Field(10, "outputs", \.outputs, "The files kept, in the order of the job's list."))

  public let outcome: JobOutcome
  public let exitCode: UInt32
  public let usageMilliseconds: UInt64
  public let cpuMilliseconds: UInt64
  public let peakMemoryKibibytes: UInt64?
  public let standardOutput: Digest?
  public let standardError: Digest?
  public let standardOutputCut: Bool
  public let standardErrorCut: Bool
  public let outputs: [JobOutput]

  public init(
    outcome: JobOutcome, exitCode: UInt32, usageMilliseconds: UInt64, cpuMilliseconds: UInt64,
    peakMemoryKibibytes: UInt64?, standardOutput: Digest?, standardError: Digest?, standardOutputCut: Bool,
    standardErrorCut: Bool, outputs: [JobOutput]
  ) {
    self.outcome = outcome
    self.exitCode = exitCode
    self.usageMilliseconds = usageMilliseconds
    self.cpuMilliseconds = cpuMilliseconds
    self.peakMemoryKibibytes = peakMemoryKibibytes
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.standardOutputCut = standardOutputCut
    self.standardErrorCut = standardErrorCut
    self.outputs = outputs
  }
}

/// How a job ended, as far as it can be told from outside.
///
/// A program that runs into its own memory or disk limit sees a failing call, and what it makes of it is its affair: such a job
/// usually `failed`.
public enum JobOutcome: UInt32, Enumeration {
  public static let name = "JobOutcome"
  public static let doc = "How a job ended."

  /// Exit code zero, and every output is there.
  case succeeded = 1
  /// The program ended itself with another exit code.
  case failed = 2
  /// A signal ended the program.
  case killed = 3
  /// Ended at the wall time limit.
  case timedOut = 4
  /// Ended at the processor time limit.
  case cpuExhausted = 5
  /// Ended because its processes together used more memory than the limit.
  case outOfMemory = 6
  /// Exit code zero, but an output is missing or is no regular file.
  case outputMissing = 7
}

/// A file that a job left behind.
public struct JobOutput: Record {
  public static let schema = Schema(
    "JobOutput", "A file that a job left behind.", JobOutput.init,
    Field(1, "path", \.path, "Relative path, as the job lists it."),
    Field(2, "content", \.content, "SHA-256 of the file."),
    Field(3, "sizeBytes", \.sizeBytes, "Length of the file."))

  public let path: String
  public let content: Digest
  public let sizeBytes: UInt64

  public init(path: String, content: Digest, sizeBytes: UInt64) {
    self.path = path
    self.content = content
    self.sizeBytes = sizeBytes
  }
}
