internal import AsyncHTTPClient
public import Encoding
public import Engine
internal import LedgerKit
internal import NIOCore
internal import NIOHTTP1

/// CometBFT's JSON-RPC, as far as transactions are handed to it and it is asked how it is.
public struct CometRPC: Sendable {
  /// Calls at the most in one request: as many as CometBFT takes unless it is told otherwise.
  private static let batch = 10
  /// `http://127.0.0.1:26657`
  let url: String

  public init(url: String) { self.url = url }

  /// What CometBFT answers to a question, such as `status` or `block?height=7`.
  public func ask(_ question: String, timeout: Duration = .seconds(10)) async throws(EngineError) -> JSON {
    let answer: JSON
    do { answer = try await Self.send(HTTPClientRequest(url: "\(url)/\(question)"), timeout: timeout) } catch {
      throw EngineError("CometBFT at \(url) does not answer \(question): \(error)")
    }
    guard let result = answer["result"] else {
      throw EngineError("CometBFT at \(url) answers \(question) with \(answer["error"] ?? answer)")
    }
    return result
  }

  /// Hands transactions to the engine, which then asks the application about each.
  ///
  /// - Parameter refuse: told why the engine does not even ask about the one at this place.
  func broadcast(_ encoded: [[UInt8]], refuse: @escaping @Sendable (_ place: Int, Rejection) -> Void) async {
    await withDiscardingTaskGroup { group in
      for start in stride(from: 0, to: encoded.count, by: Self.batch) {
        let places = start..<min(start + Self.batch, encoded.count)
        group.addTask {
          for (place, refusal) in zip(places, await refusals(of: encoded[places])) {
            if let refusal { refuse(place, refusal) }
          }
        }
      }
    }
  }

  private func refusals(of transactions: ArraySlice<[UInt8]>) async -> [Rejection?] {
    do {
      let answers = try await post(Self.calls(transactions)).elements
      guard answers.count == transactions.count else { throw EngineError("\(answers.count) answers to its calls") }
      return answers.map { answer in answer["error"].map { Self.refusal($0) } }
    } catch {
      let reason = NodeReason.engineUnavailable.rejection("CometBFT at \(url) does not take it: \(error)")
      return transactions.map { _ in reason }
    }
  }

  private static func calls(_ transactions: ArraySlice<[UInt8]>) -> JSON {
    .array(
      transactions.enumerated().map { number, bytes in
        [
          "jsonrpc": "2.0", "id": .number("\(number)"), "method": "broadcast_tx_async",
          "params": ["tx": .string(Base64.encode(bytes))]
        ]
      })
  }

  /// What an error of CometBFT means; its texts are all that tells one from another.
  private static func refusal(_ error: JSON) -> Rejection {
    guard case .string(let text) = error["data"] ?? error["message"] ?? .null else {
      return NodeReason.engineUnavailable.rejection("CometBFT answers \(error)")
    }
    if text.contains("already exists in cache") {
      return NodeReason.alreadyPending.rejection("the transaction waits for a block already, or has been in one lately")
    }
    if text.contains("mempool is full") {
      return NodeReason.mempoolFull.rejection("CometBFT's mempool is full; send it later: \(text)")
    }
    return NodeReason.engineUnavailable.rejection("CometBFT does not take it: \(text)")
  }

  private func post(_ body: JSON) async throws -> JSON {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.body = .bytes(ByteBuffer(string: body.description))
    return try await Self.send(request, timeout: .seconds(10))
  }

  private static func send(_ request: HTTPClientRequest, timeout: Duration) async throws -> JSON {
    let response = try await HTTPClient.shared.execute(request, timeout: TimeAmount(timeout))
    let answer = try await response.body.collect(upTo: 1 << 24)
    return try JSON(parsing: Array(buffer: answer))
  }
}

extension JSON {
  /// The elements of an array; a value that is none by itself, as CometBFT answers a batch of one call.
  fileprivate var elements: [JSON] { if case .array(let elements) = self { elements } else { [self] } }
}
