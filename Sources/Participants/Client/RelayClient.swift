public import AsyncHTTPClient
internal import Chain
internal import Encoding
internal import LedgerKit
internal import Operations

/// A relay, as a program talks to it.
public struct RelayClient: Sendable {
  /// Address of the relay: `http://127.0.0.1:4020`.
  public let url: String
  /// Chain that transactions are signed for; any other is refused. Without one the relay's word is taken.
  public let chain: String?
  let transport: any Transport

  /// - Parameters:
  ///   - chain: the only chain to sign for, or `nil` for the one that the relay names.
  ///   - timeout: time that one call may take.
  public init(url: String, chain: String? = nil, http: HTTPClient = .shared, timeout: Duration = .seconds(60)) {
    self.init(url: url, chain: chain, transport: HTTPTransport(url: url, http: http, timeout: timeout))
  }

  /// - Parameters:
  ///   - url: what error messages call the relay.
  ///   - chain: the only chain to sign for, or `nil` for the one that the relay names.
  public init(url: String, chain: String? = nil, transport: any Transport) {
    self.url = url
    self.chain = chain
    self.transport = transport
  }

  /// The record types that documents of a relay may contain.
  static let unions = Ledger.standard.unions
  static let operations = Ledger.standard.operations

  func get<Answer: Record>(_ path: String, _ parameters: [(String, String)] = []) async throws(ClientError) -> Answer {
    try Self.decode(try await send(TransportRequest(.get, path, parameters)))
  }

  func post<Answer: Record>(
    _ path: String, _ body: [UInt8], type: String = "application/json", _ parameters: [(String, String)] = []
  ) async throws(ClientError) -> Answer {
    try Self.decode(try await send(Self.posting(path, body, type: type, parameters)))
  }

  static func posting(
    _ path: String, _ body: [UInt8], type: String, _ parameters: [(String, String)] = []
  ) -> TransportRequest {
    var request = TransportRequest(.post, path, parameters)
    request.contentType = type
    request.body = body
    return request
  }

  /// Sends a request; any status but a success is thrown.
  func send(_ request: TransportRequest) async throws(ClientError) -> [UInt8] {
    let response: TransportResponse
    do { response = try await transport.send(request) } catch let error as ClientError { throw error } catch {
      throw .unreachable(url: url, detail: "\(error)")
    }
    guard (200..<300).contains(response.status) else { throw Self.fault(response) }
    return response.body
  }

  private static func fault(_ response: TransportResponse) -> ClientError {
    guard let json = try? JSON(parsing: response.body), let problem = try? Problem(json: json) else {
      let beginning = String(decoding: response.body.prefix(200), as: UTF8.self)
      return .unexpected("HTTP \(response.status): \(beginning)")
    }
    return ClientError(problem)
  }

  static func decode<Answer: Record>(_ bytes: [UInt8]) throws(ClientError) -> Answer {
    do { return try Answer(json: JSON(parsing: bytes), unions: unions) } catch { throw .unexpected("\(error)") }
  }
}
