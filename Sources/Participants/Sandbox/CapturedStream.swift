internal import Foundation

/// What was kept of a stream that may be endless.
struct CapturedStream: Sendable {
  /// The most that is kept of each stream.
  static let maximumBytes = 1 << 20

  private(set) var bytes: [UInt8] = []
  /// Whether there was more.
  private(set) var isCut = false

  /// Reads `descriptor` to its end on a thread of its own, and closes it.
  static func reading(_ descriptor: Int32) async -> CapturedStream {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var stream = CapturedStream()
        stream.drain(descriptor)
        close(descriptor)
        continuation.resume(returning: stream)
      }
    }
  }

  /// Reads on when enough is kept: a job must not hang because nobody reads.
  private mutating func drain(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      let room = Self.maximumBytes - bytes.count
      bytes.append(contentsOf: buffer.prefix(min(count, room)))
      isCut = isCut || count > room
    }
  }
}
