internal import Client
internal import Cryptography
internal import LedgerKit
internal import Logging
internal import Operations
internal import Synchronization

/// A relay that is asked again and again while no answer comes; an outage is logged once, and so is its end.
final class PatientRelay: Sendable {
  private static let longestDelay = Duration.seconds(60)

  private let relay: any Relay
  private let firstDelay: Duration
  private let logger: Logger
  private let isDown = Mutex(false)

  /// - Parameter firstDelay: time until the second attempt; it doubles with every further one, up to a minute.
  init(_ relay: any Relay, firstDelay: Duration, logger: Logger) {
    self.relay = relay
    self.firstDelay = firstDelay
    self.logger = logger
  }

  /// The relay's clock.
  func now() async throws(ProviderError) -> Timestamp {
    try await insist { () async throws(ClientError) in try await self.relay.chain().now }
  }

  func ask<Q: Query>(_ query: Q) async throws(ProviderError) -> Q.Answer {
    try await insist { () async throws(ClientError) in try await self.relay.ask(query) }
  }

  func prepare(
    _ operation: any Transaction, from sender: Address, maximumFee: Amount
  ) async throws(ProviderError) -> TransactionBody {
    try await insist { () async throws(ClientError) in
      try await self.relay.prepare([operation], from: sender, fee: nil, maximumFee: maximumFee)
    }
  }

  func submit(_ envelope: Envelope) async throws(ProviderError) {
    _ = try await insist { () async throws(ClientError) in try await self.relay.submit(envelope) }
  }

  func upload(_ bytes: [UInt8]) async throws(ProviderError) {
    _ = try await insist { () async throws(ClientError) in try await self.relay.upload(bytes) }
  }

  /// The blob called `digest`, of which no more than so many bytes are read.
  func download(_ digest: Digest, atMost maximumBytes: Int) async throws(ProviderError) -> Download {
    do throws(ProviderError) {
      return .content(
        try await insist { () async throws(ClientError) in
          try await self.relay.download(digest, atMost: maximumBytes)
        })
    } catch {
      switch error {
      case .relay(.problem(let problem)) where problem.status == 404: return .missing
      case .relay(.refused(_)): return .tooLarge
      default: throw error
      }
    }
  }

  func events(of account: Address) -> AsyncStream<CommittedEvent> { relay.events(after: nil, account: account) }
}

/// What a relay has under a digest.
enum Download: Sendable {
  case content([UInt8])
  case missing
  case tooLarge
}

extension PatientRelay {
  /// Repeats `call` until an answer comes or the task is cancelled.
  private func insist<Answer: Sendable>(
    _ call: () async throws(ClientError) -> Answer
  ) async throws(ProviderError) -> Answer {
    var delay = firstDelay
    while true {
      do throws(ClientError) {
        let answer = try await call()
        noticeAnswer()
        return answer
      } catch {
        guard error.isOutage, !Task.isCancelled else { throw .relay(error) }
        notice(error)
        do { try await Task.sleep(for: delay) } catch _ { throw .relay(error) }
        delay = min(delay * 2, Self.longestDelay)
      }
    }
  }

  private func notice(_ outage: ClientError) {
    guard
      isDown.withLock({ wasDown in
        defer { wasDown = true }; return !wasDown
      })
    else { return }
    logger.warning("the relay gives no answer; trying again", metadata: ["error": "\(outage)"])
  }

  private func noticeAnswer() {
    guard
      isDown.withLock({ wasDown in
        defer { wasDown = false }; return wasDown
      })
    else { return }
    logger.info("the relay answers again")
  }
}

extension ClientError {
  /// Whether the same call may succeed later, without anything else changing.
  var isOutage: Bool {
    switch self {
    case .unreachable: true
    case .problem(let problem): [429, 502, 503, 504].contains(problem.status)
    case .rejected(let rejection): rejection.module == "node"
    case .unexpected, .refused: false
    }
  }
}
