internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// Requests over HTTP.
struct HTTPTransport: Transport {
  let url: String
  let http: HTTPClient
  /// Time that one request may take.
  let timeout: Duration

  func send(_ request: TransportRequest) async throws -> TransportResponse {
    let response = try await http.execute(httpRequest(request), timeout: TimeAmount(timeout))
    // What says why a request failed may be longer than the answer that was hoped for.
    let limit = response.status == .ok ? request.maximumAnswerBytes : max(request.maximumAnswerBytes, 1 << 16)
    do {
      let body = try await response.body.collect(upTo: limit)
      return TransportResponse(status: Int(response.status.code), body: Array(buffer: body))
    } catch is NIOTooManyBytesError { throw ClientError.refused("the answer has more than \(limit) bytes") }
  }

  func follow(_ request: TransportRequest, _ line: (String) -> Void) async throws {
    var streaming = httpRequest(request)
    streaming.headers.add(name: "Accept", value: "text/event-stream")
    let response = try await http.execute(streaming, deadline: .distantFuture)
    guard response.status == .ok else { throw ClientError.unexpected("HTTP \(response.status.code)") }
    var lines = LineBuffer()
    for try await chunk in response.body { lines.take(Array(buffer: chunk)).forEach(line) }
  }

  private func httpRequest(_ request: TransportRequest) -> HTTPClientRequest {
    var components = URLComponents()
    components.path = request.path
    if !request.parameters.isEmpty {
      components.queryItems = request.parameters.map { URLQueryItem(name: $0.name, value: $0.value) }
    }
    // A plus sign would be read as a space.
    components.percentEncodedQuery = components.percentEncodedQuery?.replacing("+", with: "%2B")
    var result = HTTPClientRequest(url: url + (components.string ?? request.path))
    result.method = HTTPMethod(rawValue: request.method.rawValue)
    if let type = request.contentType { result.headers.add(name: "Content-Type", value: type) }
    if let type = request.accept { result.headers.add(name: "Accept", value: type) }
    if request.method == .post { result.body = .bytes(ByteBuffer(bytes: request.body)) }
    return result
  }
}

extension TimeAmount {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
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
