internal import ContentStore
internal import Logging
internal import ServiceLifecycle

/// Removes expired blobs from time to time, so that they do not wait for a store that is full.
struct ContentSweep: Service {
  let content: ContentStore
  let period: Duration
  let logger: Logger

  func run() async {
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      await withTaskExecutorPreference(BlockingExecutor.shared) { await sweep() }
      await cancelWhenGracefulShutdown { try? await Task.sleep(for: period) }
    }
  }

  private func sweep() async {
    do { try content.sweep() } catch {
      logger.error("expired blobs stay; trying again", metadata: ["why": "\(error)"])
    }
  }
}
