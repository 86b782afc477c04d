internal import Synchronization

/// A way to hand transactions to a node.
protocol Route: Sendable {
  /// Transactions in one submission at the most.
  var size: Int { get }

  /// Submits transactions, and returns once they are committed: how many took effect.
  func submit(_ transactions: ArraySlice<[UInt8]>) async throws -> Int

  /// Submits transactions without waiting for their blocks: those that were refused.
  func offer(_ transactions: ArraySlice<[UInt8]>) async throws -> [[UInt8]]
}

extension RelayNode {
  /// The route for many transactions where the node has it, and else the one for single transactions.
  func route() async throws -> any Route {
    let batch = BatchRoute(node: self)
    return try await batch.isThere ? batch : SingleRoute(node: self)
  }

  /// Posts bytes of protobuf to the node, and takes an answer of the media type `answer`.
  func post(
    _ path: String, _ body: [UInt8], answer: String = "application/json"
  ) async throws -> (status: Int, body: [UInt8]) {
    try await HTTP.post(url + path, body, answer: answer)
  }
}

/// `POST /v1/transactions/batch`, which answers when the transactions are committed.
struct BatchRoute: Route {
  let node: RelayNode
  var size: Int { 1_000 }

  var isThere: Bool {
    get async throws { try await post([]).status == 200 }
  }

  func submit(_ transactions: ArraySlice<[UInt8]>) async throws -> Int {
    let (status, answer) = try await post(transactions)
    guard status == 200 else { throw ProgramFailed(status: status, answer) }
    return BatchAnswer(answer).effectiveCount
  }

  func offer(_ transactions: ArraySlice<[UInt8]>) async throws -> [[UInt8]] {
    let (status, answer) = try await post(transactions, waitMilliseconds: 0)
    guard status == 200 else { throw ProgramFailed(status: status, answer) }
    return BatchAnswer(answer).rejected.map { transactions[transactions.startIndex + $0] }
  }

  private func post(
    _ transactions: ArraySlice<[UInt8]>, waitMilliseconds: Int = 10_000
  ) async throws -> (status: Int, body: [UInt8]) {
    var body: [UInt8] = []
    body.reserveCapacity(transactions.reduce(0) { $0 + $1.count + 4 })
    for transaction in transactions {
      body.append(0x0A)
      body.append(varint: transaction.count)
      body += transaction
    }
    return try await node.post(
      "/v1/transactions/batch?wait=\(waitMilliseconds)", body, answer: "application/x-protobuf")
  }
}

/// `POST /v1/transactions` once for each transaction, without waiting; the node's counter tells when they are committed.
final class SingleRoute: Route {
  private let node: RelayNode
  private let taken = Mutex(0)
  var size: Int { 50 }

  init(node: RelayNode) { self.node = node }

  func submit(_ transactions: ArraySlice<[UInt8]>) async throws -> Int {
    var count = 0
    for transaction in transactions {
      let (status, answer) = try await node.post("/v1/transactions", transaction)
      guard status == 202 || status == 429 else { throw ProgramFailed(status: status, answer) }
      count += status == 202 ? 1 : 0
    }
    // The node commits in the order of arrival, so what was taken is committed when as many are.
    let goal = taken.withLock { taken in
      taken += count
      return taken
    }
    while try await node.committed() < goal { try await Task.sleep(for: .milliseconds(50)) }
    return count
  }

  func offer(_ transactions: ArraySlice<[UInt8]>) async throws -> [[UInt8]] {
    var refused: [[UInt8]] = []
    for transaction in transactions where try await node.post("/v1/transactions", transaction).status != 202 {
      refused.append(transaction)
    }
    return refused
  }
}

extension ProgramFailed {
  /// The node refused what it should take.
  init(status: Int, _ answer: [UInt8]) {
    self.init("the node answers \(status): \(String(decoding: answer.prefix(300), as: UTF8.self))")
  }
}
