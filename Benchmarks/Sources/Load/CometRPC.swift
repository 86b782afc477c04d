internal import Encoding
internal import Foundation

/// A CometBFT node as its JSON-RPC shows it.
struct CometRPC: Sendable {
  /// Calls in one request: as many as CometBFT takes unless it is told otherwise.
  static let batch = 10
  let url: String

  private func ask(_ question: String) async throws -> [String: Any] {
    let text = try await HTTP.text("\(url)/\(question)")
    let answer = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    guard let result = answer?["result"] as? [String: Any] else {
      throw ProgramFailed("cometbft answers \(question) with \(text.prefix(300))")
    }
    return result
  }

  func height() async throws -> Int {
    let information = try await ask("status")["sync_info"] as? [String: Any]
    return (information?["latest_block_height"] as? String).flatMap { Int($0) } ?? 0
  }

  /// Transactions in the blocks from `first` on.
  func transactions(from first: Int) async throws -> Int {
    var count = 0
    let head = try await height()
    // As many headers as it gives at once.
    for start in stride(from: first, through: head, by: 20) {
      let answer = try await ask("blockchain?minHeight=\(start)&maxHeight=\(min(start + 19, head))")
      for case let block as [String: Any] in answer["block_metas"] as? [Any] ?? [] {
        count += (block["num_txs"] as? String).flatMap { Int($0) } ?? 0
      }
    }
    return count
  }

  /// A request that hands over transactions without waiting for what becomes of them.
  static func request(_ transactions: ArraySlice<[UInt8]>) -> [UInt8] {
    let calls = transactions.enumerated().map { number, bytes in
      "{\"jsonrpc\":\"2.0\",\"id\":\(number),\"method\":\"broadcast_tx_async\",\"params\":{\"tx\":\"\(Base64.encode(bytes))\"}}"
    }
    return Array("[\(calls.joined(separator: ","))]".utf8)
  }

  func send(_ request: [UInt8]) async throws {
    let (status, answer) = try await HTTP.post(url, request, type: "application/json", answer: "application/json")
    guard status == 200 else { throw ProgramFailed(status: status, answer) }
  }
}
