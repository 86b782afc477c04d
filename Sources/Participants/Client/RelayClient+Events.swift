internal import AsyncHTTPClient
public import Cryptography
internal import Encoding
internal import NIOCore
internal import NIOHTTP1
public import Operations

extension RelayClient {
  /// Committed events from `cursor` on, or from now; a lost connection is taken up again where it broke.
  ///
  /// - Parameter account: only events that concern this account.
  public func events(after cursor: EventCursor? = nil, account: Address? = nil) -> AsyncStream<CommittedEvent> {
    AsyncStream { continuation in
      let task = Task {
        var last = cursor
        while !Task.isCancelled {
          do {
            try await follow(after: last, account: account) { event in
              last = event.cursor
              continuation.yield(event)
            }
          } catch { try? await Task.sleep(for: .milliseconds(300)) }
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  private func follow(
    after cursor: EventCursor?, account: Address?, _ body: (CommittedEvent) -> Void
  ) async throws {
    var parameters: [(String, String)] = []
    if let cursor { parameters.append(("after", cursor.text)) }
    if let account { parameters.append(("account", account.description)) }
    var request = request(.GET, "/v1/events", parameters)
    request.headers.add(name: "Accept", value: "text/event-stream")
    let response = try await http.execute(request, deadline: .distantFuture)
    guard response.status == .ok else { throw ClientError.unexpected("HTTP \(response.status.code)") }
    var lines = LineBuffer()
    for try await chunk in response.body {
      for line in lines.take(Array(buffer: chunk)) where line.hasPrefix("data:") {
        body(try Self.decode(Array(line.dropFirst(5).utf8)))
      }
    }
  }
}

/// Cuts a stream of chunks into lines.
private struct LineBuffer {
  private var rest: [UInt8] = []

  /// The lines that `chunk` completes.
  mutating func take(_ chunk: [UInt8]) -> [String] {
    rest += chunk
    var lines: [String] = []
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(String(decoding: rest[..<end], as: UTF8.self))
      rest.removeFirst(end + 1)
    }
    return lines
  }
}
