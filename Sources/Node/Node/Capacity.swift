internal import Synchronization

/// How much may be on its way to the engine; more is turned away before anything is spent on it.
final class Capacity: Sendable {
  /// What a request takes up.
  struct Load {
    var count = 0
    var bytes = 0

    init() {}

    init(_ encoded: [[UInt8]]) {
      count = encoded.count
      bytes = encoded.reduce(0) { $0 + $1.count }
    }
  }

  private let count: Int
  private let bytes: Int
  private let taken = Mutex(Load())

  /// - Parameters:
  ///   - count: transactions at the most.
  ///   - bytes: bytes of them at the most.
  init(count: Int, bytes: Int) {
    self.count = count
    self.bytes = bytes
  }

  /// Whether there was room, which is taken up until it is given back.
  func take(_ load: Load) -> Bool {
    taken.withLock { taken in
      guard taken.count + load.count <= count, taken.bytes + load.bytes <= bytes else { return false }
      taken.count += load.count
      taken.bytes += load.bytes
      return true
    }
  }

  func giveBack(_ load: Load) {
    taken.withLock { taken in
      taken.count -= load.count
      taken.bytes -= load.bytes
    }
  }
}
