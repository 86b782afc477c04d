import Cryptography
import Encoding
import Jobs
import Testing

@Suite struct JobTests {
  static let limits = JobLimits(
    wallSeconds: 10, cpuSeconds: 10, memoryMebibytes: 128, diskMebibytes: 16, processes: 8)

  static func job(
    _ command: [String] = ["python3", "train.py"], inputs: [String] = ["train.py"],
    outputs: [String] = ["out/model.json"],
    limits: JobLimits = limits, environment: [String] = ["SEED"]
  ) -> Job {
    Job(
      command: command, inputs: inputs.map { JobInput(path: $0, content: Digest(of: [1])) }, outputs: outputs,
      limits: limits, environment: environment.map { JobVariable(name: $0, value: "1") })
  }

  @Test(arguments: UInt64(0)..<100)
  func samplesSurviveBytesAndJSON(seed: UInt64) throws {
    var random = Random(seed: seed)
    let job = Job.sample(&random)
    #expect(try Job(encoded: job.encoded) == job)
    #expect(try Job(json: job.json) == job)
    let result = JobResult.sample(&random)
    #expect(try JobResult(encoded: result.encoded) == result)
    #expect(try JobResult(json: result.json) == result)
  }

  @Test func idIsTheDigestOfTheBytes() {
    let job = Self.job()
    #expect(job.id == Digest(of: job.encoded))
    #expect(job.id != Self.job(["python3", "other.py"]).id)
  }

  @Test(arguments: [job(), job(["./run"], inputs: ["run"]), job(outputs: []), job(environment: [])])
  func acceptsSoundJobs(job: Job) throws { try job.validate() }

  @Test(arguments: [
    (job([]), "command"),
    (job([""]), "command"),
    (job(["/usr/bin/python3"]), "command.0"),
    (job(["../run"]), "command.0"),
    (job(["sh", "a\0b"]), "command.1"),
    (job(inputs: [""]), "inputs.0.path"),
    (job(inputs: ["/etc/passwd"]), "inputs.0.path"),
    (job(inputs: ["a/../../b"]), "inputs.0.path"),
    (job(inputs: ["a//b"]), "inputs.0.path"),
    (job(inputs: ["./a"]), "inputs.0.path"),
    (job(inputs: ["-rf"]), "inputs.0.path"),
    (job(inputs: ["a b"]), "inputs.0.path"),
    (job(inputs: ["a;b"]), "inputs.0.path"),
    (job(inputs: [String(repeating: "a", count: 101)]), "inputs.0.path"),
    (job(inputs: ["a", "a"]), "inputs.1.path"),
    (job(inputs: ["a"], outputs: ["a"]), "outputs.0"),
    (job(inputs: ["a"], outputs: ["a/b"]), "outputs.0"),
    (job(outputs: [".."]), "outputs.0"),
    (job(outputs: ["a", "/b"]), "outputs.1"),
    (job(environment: ["1A"]), "environment.0.name"),
    (job(environment: ["A=B"]), "environment.0.name"),
    (job(environment: ["A", "A"]), "environment.1.name")
  ])
  func namesTheFieldAtFault(job: Job, field: String) {
    #expect(field == fault(of: job))
  }

  @Test(arguments: [
    (JobLimits(wallSeconds: 0, cpuSeconds: 1, memoryMebibytes: 64, diskMebibytes: 1, processes: 1), "wallSeconds"),
    (JobLimits(wallSeconds: 86_401, cpuSeconds: 1, memoryMebibytes: 64, diskMebibytes: 1, processes: 1), "wallSeconds"),
    (JobLimits(wallSeconds: 1, cpuSeconds: 0, memoryMebibytes: 64, diskMebibytes: 1, processes: 1), "cpuSeconds"),
    (JobLimits(wallSeconds: 1, cpuSeconds: 1, memoryMebibytes: 63, diskMebibytes: 1, processes: 1), "memoryMebibytes"),
    (
      JobLimits(wallSeconds: 1, cpuSeconds: 1, memoryMebibytes: 64, diskMebibytes: 4_097, processes: 1), "diskMebibytes"
    ),
    (JobLimits(wallSeconds: 1, cpuSeconds: 1, memoryMebibytes: 64, diskMebibytes: 1, processes: 0), "processes")
  ])
  func namesTheLimitAtFault(limits: JobLimits, field: String) {
    #expect("limits.\(field)" == fault(of: Self.job(limits: limits)))
  }

  private func fault(of job: Job) -> String? {
    do throws(FieldError) { try job.validate() } catch { return error.path.joined(separator: ".") }
    return nil
  }
}
