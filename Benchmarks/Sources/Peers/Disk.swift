internal import Foundation

extension Peer {
  /// The median of writing 4 KiB and waiting until the disk has them, in milliseconds.
  static let disk = Peer("4 KiB write and fdatasync") { setting in
    let folder = try TemporaryFolder()
    let file = open(folder.path + "/log", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    guard file >= 0 else { throw ProgramFailed("\(folder.path)/log cannot be written") }
    defer { close(file) }
    let page = [UInt8](repeating: 7, count: 4096)
    let clock = ContinuousClock()
    let times = (0..<1000).map { _ in
      clock.measure {
        precondition(write(file, page, page.count) == page.count && fdatasync(file) == 0, "the disk takes no data")
      }.inSeconds * 1000
    }
    return times.median ?? 0
  }
}
