internal import Hummingbird
internal import Node
internal import ServiceLifecycle
internal import Synchronization

extension HTTPSurface {
  /// Comes at once, with every block, and often enough for heartbeats; ends when the node stops or the client is gone.
  func wakeUps() -> AsyncStream<Void> {
    let (stream, wakeUp) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let heights = node.heights()
    let period = configuration.heartbeat / 4
    wakeUp.yield()
    let sources = [
      Task { for await _ in heights { wakeUp.yield() } },
      Task {
        while (try? await Task.sleep(for: period)) != nil { wakeUp.yield() }
      },
      Task {
        try? await gracefulShutdown()
        wakeUp.finish()
      }
    ]
    wakeUp.onTermination = { _ in sources.forEach { $0.cancel() } }
    return stream
  }
}

/// How many event streams may still begin.
final class StreamSlots: Sendable {
  private let free: Mutex<Int>

  init(_ count: Int) { free = Mutex(count) }

  /// A place, or `nil` when all are taken.
  func take() -> Slot? {
    let isFree = free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
    return isFree ? Slot(self) : nil
  }

  /// One place; given back when it is released, or goes away with a stream that never began.
  final class Slot: Sendable {
    private let slots: StreamSlots
    private let isTaken = Mutex(true)

    fileprivate init(_ slots: StreamSlots) { self.slots = slots }

    deinit { release() }

    func release() {
      let wasTaken = isTaken.withLock { isTaken in
        defer { isTaken = false }
        return isTaken
      }
      if wasTaken { slots.free.withLock { $0 += 1 } }
    }
  }
}
