internal import Foundation

/// What a process and all its descendants use at one moment, from `/proc`.
struct Usage: Sendable, Equatable {
  /// Resident memory; memory that processes share counts for each of them.
  private(set) var residentKibibytes: UInt64 = 0
  /// Processor time, with that of descendants that have ended and were waited for.
  private(set) var cpuMilliseconds: UInt64 = 0

  init(of process: pid_t) { add(process) }

  private mutating func add(_ process: pid_t) {
    guard let numbers = Self.statistics(of: process) else { return }
    let ticksPerSecond = UInt64(sysconf(Int32(_SC_CLK_TCK)))
    cpuMilliseconds += numbers[11...14].reduce(0, +) * 1_000 / ticksPerSecond
    residentKibibytes += numbers[21] * UInt64(sysconf(Int32(_SC_PAGESIZE))) / 1_024
    for child in Self.children(of: process) { add(child) }
  }

  /// The fields of `/proc/…/stat` after the name, which may hold anything: state first, so that `utime` is the eleventh.
  private static func statistics(of process: pid_t) -> [UInt64]? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let nameEnd = text.lastIndex(of: ")")
    else { return nil }
    let numbers = text[nameEnd...].dropFirst().split(separator: " ").map { UInt64($0) ?? 0 }
    return numbers.count > 21 ? numbers : nil
  }

  private static func children(of process: pid_t) -> [pid_t] {
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
    return threads.flatMap { thread in
      let path = "/proc/\(process)/task/\(thread)/children"
      return ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ").compactMap { pid_t($0) }
    }
  }
}
