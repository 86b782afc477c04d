internal import DequeModule
public import LedgerKit

/// Checks signatures away from the thread that executes: whatever waits is checked together, since that costs less for
/// each, and a lone transaction waits for nobody.
public actor SignatureDesk {
  /// Envelopes at the most that are checked together.
  private static let chunk = 256

  /// Envelopes that one caller wants checked.
  private struct Request {
    let envelopes: [DecodedEnvelope]
    let answer: CheckedContinuation<[Result<VerifiedEnvelope, Rejection>], Never>
  }

  /// Checks under way at the most.
  private let clerks: Int
  private var busy = 0
  private var queue: Deque<Request> = []

  public init(clerks: Int) { self.clerks = clerks }

  /// - Returns: one result for each, in their order.
  public nonisolated func verify(_ envelopes: [DecodedEnvelope]) async -> [Result<VerifiedEnvelope, Rejection>] {
    guard envelopes.count > Self.chunk else { return await verifyTogether(envelopes) }
    async let rest = verify(Array(envelopes[Self.chunk...]))
    return await verifyTogether(Array(envelopes[..<Self.chunk])) + rest
  }

  private func verifyTogether(_ envelopes: [DecodedEnvelope]) async -> [Result<VerifiedEnvelope, Rejection>] {
    guard !envelopes.isEmpty else { return [] }
    return await withCheckedContinuation { answer in
      queue.append(Request(envelopes: envelopes, answer: answer))
      guard busy < clerks else { return }
      busy += 1
      Task { await work() }
    }
  }

  private func work() async {
    while !queue.isEmpty {
      let requests = takeChunk()
      var results = await Self.check(requests.flatMap(\.envelopes))[...]
      for request in requests {
        request.answer.resume(returning: Array(results.prefix(request.envelopes.count)))
        results.removeFirst(request.envelopes.count)
      }
    }
    busy -= 1
  }

  private func takeChunk() -> [Request] {
    var count = 0
    let requests = queue.prefix { request in
      count += request.envelopes.count
      return count <= Self.chunk
    }
    queue.removeFirst(requests.count)
    return Array(requests)
  }

  @concurrent private static func check(
    _ envelopes: [DecodedEnvelope]
  ) async -> [Result<VerifiedEnvelope, Rejection>] { VerifiedEnvelope.verify(envelopes) }
}
