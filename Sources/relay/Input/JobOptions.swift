internal import ArgumentParser
internal import Cryptography
internal import Encoding
internal import Foundation
internal import Jobs

/// What a job is: a file that describes it, or its parts.
struct JobOptions: ParsableArguments {
  @Option(help: "JSON file of the Job record.") var job: String?
  @Option(help: "Program and arguments, separated by spaces.") var command: String?
  @Option(help: "File that the job reads, under its own name.") var input: [String] = []
  @Option(help: "File that the job leaves behind.") var output: [String] = []
  @Option(help: "Seconds that the job may run.") var wallSeconds: UInt32 = 60
  @Option(help: "Memory that it may use, in MiB.") var memoryMebibytes: UInt32 = 512

  func validate() throws {
    guard (job == nil) != (command == nil) else {
      throw ValidationError("give either --job FILE or --command \"PROGRAM ARGUMENTS\"")
    }
    guard job == nil || output.isEmpty else {
      throw ValidationError("--output belongs to --command; a job file lists its own")
    }
  }

  /// The job, and the content of its inputs.
  ///
  /// - Parameter processors: how many the offer gives; a provider declines more processor time than they have.
  func read(processors: UInt32) throws -> (job: Job, inputs: [[UInt8]]) {
    let contents = try input.map(Files.read)
    if let job { return (try described(by: job), contents) }
    let inputs = zip(input, contents).map { path, content in
      JobInput(path: URL(filePath: path).lastPathComponent, content: Digest(of: content))
    }
    let processorSeconds = UInt64(wallSeconds) * UInt64(processors)
    let limits = JobLimits(
      wallSeconds: wallSeconds, cpuSeconds: UInt32(min(processorSeconds, 1_000_000)), memoryMebibytes: memoryMebibytes,
      diskMebibytes: 256, processes: 64)
    let words: [Substring] = (command ?? "").split { $0 == " " }
    return (Job(command: words.map { String($0) }, inputs: inputs, outputs: output, limits: limits), contents)
  }

  private func described(by path: String) throws -> Job {
    do { return try Job(json: JSON(parsing: try Files.read(path))) } catch { throw Failure("\(path): \(error)") }
  }
}
