internal import Foundation

/// What a process has used, as Linux tells it.
struct ProcessUsage: Sendable {
  /// Time on all cores, in seconds.
  let processorSeconds: Double
  /// Memory that is resident, in MiB.
  let mebibytes: Double
  /// Most memory that was resident at once, in MiB.
  let peakMebibytes: Double

  init(of identifier: Int32) throws {
    let status = try String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
    let statistics = try String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
    let resident = status.firstMatch(of: #/VmRSS:\s+(\d+) kB/#).flatMap { Double($0.1) }
    let peak = status.firstMatch(of: #/VmHWM:\s+(\d+) kB/#).flatMap { Double($0.1) }
    // The second field is the name in parentheses, which may contain spaces; user and system time are the 14th and 15th.
    let fields = statistics.split(separator: ")").last?.split(separator: " ") ?? []
    guard let resident, let peak, fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
    else {
      throw ProgramFailed("process \(identifier) tells nothing of its use")
    }
    processorSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    mebibytes = resident / 1024
    peakMebibytes = peak / 1024
  }
}
