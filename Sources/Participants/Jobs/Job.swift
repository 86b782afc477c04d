public import Cryptography
public import Encoding

/// A program that a buyer wants run, with everything it may read and everything it may use.
///
/// The job runs in a private folder that holds its inputs, without a network. Validate a job from outside before use.
public struct Job: Record {
  public static let schema = Schema(
    "Job", "A program to run, what it reads, what it must leave behind, and what it may use.", Job.init,
    Field(1, "command", \.command, "Program and arguments; the program is a name, or a path inside the job's folder."),
    Field(2, "inputs", \.inputs, "Files the job finds in its folder."),
    Field(3, "outputs", \.outputs, "Relative paths of the files to keep; each must exist when the job ends."),
    Field(4, "limits", \.limits, "What the job may use."),
    Field(5, "environment", \.environment, "Environment variables, beside those the sandbox sets."))

  public let command: [String]
  public let inputs: [JobInput]
  public let outputs: [String]
  public let limits: JobLimits
  public let environment: [JobVariable]

  public init(
    command: [String], inputs: [JobInput], outputs: [String], limits: JobLimits, environment: [JobVariable] = []
  ) {
    self.command = command
    self.inputs = inputs
    self.outputs = outputs
    self.limits = limits
    self.environment = environment
  }

  /// What the ledger calls this job: the digest of its canonical bytes.
  public var id: Digest { Digest(of: encoded) }
}

/// A file that a job reads.
public struct JobInput: Record {
  public static let schema = Schema(
    "JobInput", "A file that a job reads.", JobInput.init,
    Field(1, "path", \.path, "Relative path inside the job's folder."),
    Field(2, "content", \.content, "SHA-256 of the file."))

  public let path: String
  public let content: Digest

  public init(path: String, content: Digest) {
    self.path = path
    self.content = content
  }
}

/// An environment variable of a job.
public struct JobVariable: Record {
  public static let schema = Schema(
    "JobVariable", "An environment variable of a job.", JobVariable.init,
    Field(1, "name", \.name, "Letters, digits and underscores, not starting with a digit."),
    Field(2, "value", \.value, "Any text without a zero character."))

  public let name: String
  public let value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
