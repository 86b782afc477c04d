internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Requests to the servers that a measurement runs.
enum HTTP {
  static let client: HTTPClient = {
    var configuration = HTTPClient.Configuration()
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }()

  /// The text at `url`.
  static func text(_ url: String) async throws -> String {
    let response = try await client.execute(HTTPClientRequest(url: url), timeout: .seconds(60))
    return String(buffer: try await response.body.collect(upTo: 1 << 24))
  }

  /// Posts bytes of the media type `type`, and takes an answer of the media type `answer`.
  static func post(
    _ url: String, _ body: [UInt8], type: String = "application/x-protobuf", answer: String
  ) async throws -> (status: Int, body: [UInt8]) {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: type)
    request.headers.add(name: "Accept", value: answer)
    request.body = .bytes(ByteBuffer(bytes: body))
    let response = try await client.execute(request, timeout: .seconds(60))
    return (Int(response.status.code), Array(buffer: try await response.body.collect(upTo: 1 << 24)))
  }
}
