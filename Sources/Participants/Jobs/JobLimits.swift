public import Encoding

/// What a job may use; whatever exceeds a limit is ended or refused by the sandbox.
public struct JobLimits: Record {
  public static let schema = Schema(
    "JobLimits", "What a job may use.", JobLimits.init,
    Field(1, "wallSeconds", \.wallSeconds, "Time from start to end, 1 to 86,400."),
    Field(2, "cpuSeconds", \.cpuSeconds, "Processor time of all processes together, 1 to 1,000,000."),
    Field(3, "memoryMebibytes", \.memoryMebibytes, "Memory of all processes together, 64 to 1,048,576."),
    Field(4, "diskMebibytes", \.diskMebibytes, "Files written, temporary and kept together, 1 to 4,096."),
    Field(5, "processes", \.processes, "Processes and threads at once, 1 to 4,096."))

  public let wallSeconds: UInt32
  public let cpuSeconds: UInt32
  public let memoryMebibytes: UInt32
  public let diskMebibytes: UInt32
  public let processes: UInt32

  public init(
    wallSeconds: UInt32, cpuSeconds: UInt32, memoryMebibytes: UInt32, diskMebibytes: UInt32, processes: UInt32
  ) {
    self.wallSeconds = wallSeconds
    self.cpuSeconds = cpuSeconds
    self.memoryMebibytes = memoryMebibytes
    self.diskMebibytes = diskMebibytes
    self.processes = processes
  }

  /// - Throws: `FieldError` naming the limit that is out of bounds.
  public func validate() throws(FieldError) {
    try Self.check(wallSeconds, in: 1...86_400, "wallSeconds")
    try Self.check(cpuSeconds, in: 1...1_000_000, "cpuSeconds")
    try Self.check(memoryMebibytes, in: 64...1_048_576, "memoryMebibytes")
    try Self.check(diskMebibytes, in: 1...4_096, "diskMebibytes")
    try Self.check(processes, in: 1...4_096, "processes")
  }

  private static func check(_ value: UInt32, in bounds: ClosedRange<UInt32>, _ name: String) throws(FieldError) {
    guard bounds.contains(value) else {
      throw FieldError("expected \(bounds.lowerBound) to \(bounds.upperBound), found \(value)", path: [name])
    }
  }
}
