public import AsyncHTTPClient
internal import Chain
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import NIOCore
internal import NIOHTTP1
internal import Operations

/// A relay, as a program talks to it over HTTP.
public struct RelayClient: Sendable {
  /// Address of the relay: `http://127.0.0.1:4020`.
  public let url: String
  let http: HTTPClient
  /// Time that one call may take.
  let timeout: Duration

  public init(url: String, http: HTTPClient = .shared, timeout: Duration = .seconds(60)) {
    self.url = url
    self.http = http
    self.timeout = timeout
  }

  /// The record types that documents of a relay may contain.
  static let unions = Ledger.standard.unions
  static let operations = Ledger.standard.operations

  func get<Answer: Record>(_ path: String, _ parameters: [(String, String)] = []) async throws(ClientError) -> Answer {
    try Self.decode(try await send(request(.GET, path, parameters)))
  }

  func post<Answer: Record>(
    _ path: String, _ body: [UInt8], type: String = "application/json", _ parameters: [(String, String)] = []
  ) async throws(ClientError) -> Answer {
    var request = request(.POST, path, parameters)
    request.headers.add(name: "Content-Type", value: type)
    request.body = .bytes(ByteBuffer(bytes: body))
    return try Self.decode(try await send(request))
  }

  func request(_ method: HTTPMethod, _ path: String, _ parameters: [(String, String)] = []) -> HTTPClientRequest {
    var components = URLComponents()
    components.path = path
    if !parameters.isEmpty { components.queryItems = parameters.map { URLQueryItem(name: $0.0, value: $0.1) } }
    var request = HTTPClientRequest(url: url + (components.string ?? path))
    request.method = method
    return request
  }

  /// Sends a request; any status but a success is thrown.
  func send(_ request: HTTPClientRequest, limit: Int = 64 << 20) async throws(ClientError) -> [UInt8] {
    let status: HTTPResponseStatus
    let bytes: [UInt8]
    do {
      let response = try await http.execute(request, timeout: TimeAmount(timeout))
      status = response.status
      bytes = Array(buffer: try await response.body.collect(upTo: limit))
    } catch { throw .unreachable(url: url, detail: "\(error)") }
    guard (200..<300).contains(status.code) else { throw Self.fault(status, bytes) }
    return bytes
  }

  static func fault(_ status: HTTPResponseStatus, _ bytes: [UInt8]) -> ClientError {
    guard let json = try? JSON(parsing: bytes), let problem = try? Problem(json: json) else {
      return .unexpected("HTTP \(status.code): \(String(decoding: bytes.prefix(200), as: UTF8.self))")
    }
    return ClientError(problem)
  }

  static func decode<Answer: Record>(_ bytes: [UInt8]) throws(ClientError) -> Answer {
    do { return try Answer(json: JSON(parsing: bytes), unions: unions) } catch { throw .unexpected("\(error)") }
  }
}

extension TimeAmount {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
