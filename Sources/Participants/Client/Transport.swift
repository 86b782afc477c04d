/// How requests reach a relay: over HTTP, or within a process.
public protocol Transport: Sendable {
  /// Sends a request and returns the whole answer; throws when none came.
  func send(_ request: TransportRequest) async throws -> TransportResponse

  /// Hands on each line of an endless answer as it arrives; returns or throws when the connection ends.
  func follow(_ request: TransportRequest, _ line: (String) -> Void) async throws
}

/// What is asked of a relay.
public struct TransportRequest: Sendable {
  public enum Method: String, Sendable { case get = "GET", post = "POST" }
  public struct Parameter: Sendable, Equatable {
    public let name: String
    public let value: String
  }
  public let method: Method
  /// `/v1/chain`
  public let path: String
  public var parameters: [Parameter] = []
  /// Media type of the body.
  public var contentType: String?
  public var body: [UInt8] = []
  /// Media type that the answer shall have; JSON when there is none.
  public var accept: String?
  /// Bytes at the most that the answer's body may have.
  public var maximumAnswerBytes = 1 << 30

  init(_ method: Method, _ path: String, _ parameters: [(String, String)] = []) {
    self.method = method
    self.path = path
    self.parameters = parameters.map { Parameter(name: $0.0, value: $0.1) }
  }
}

/// What a relay answered.
public struct TransportResponse: Sendable {
  /// The HTTP status.
  public let status: Int
  public let body: [UInt8]

  public init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }
}
