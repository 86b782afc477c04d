internal import Jobs

/// Looks at a running job again and again: meters it, and ends it when its processes together exceed a limit.
///
/// The kernel's own limits bind each process alone, so a job of many processes needs this one.
struct Watch: Sendable {
  private static let interval = Duration.milliseconds(20)

  let limits: JobLimits
  private(set) var peakMemoryKibibytes: UInt64?
  private(set) var cpuMilliseconds: UInt64 = 0

  init(_ limits: JobLimits) { self.limits = limits }

  /// Watches until the surrounding task is cancelled.
  mutating func follow(_ child: Child) async {
    while !Task.isCancelled {
      if let process = child.process { judge(Usage(of: process), of: child) }
      // Cancellation only ends the sleep, and with it the loop.
      try? await Task.sleep(for: Self.interval)
    }
  }

  private mutating func judge(_ usage: Usage, of child: Child) {
    cpuMilliseconds = max(cpuMilliseconds, usage.cpuMilliseconds)
    if usage.residentKibibytes > 0 { peakMemoryKibibytes = max(peakMemoryKibibytes ?? 0, usage.residentKibibytes) }
    if usage.residentKibibytes > UInt64(limits.memoryMebibytes) * 1_024 { child.end(because: .outOfMemory) }
    if usage.cpuMilliseconds > UInt64(limits.cpuSeconds) * 1_000 { child.end(because: .cpuExhausted) }
  }
}
