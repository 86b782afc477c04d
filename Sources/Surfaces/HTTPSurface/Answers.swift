internal import Encoding
internal import HTTPTypes
internal import Hummingbird
internal import Operations

/// An answer that is complete before any of it is sent.
struct Reply: Sendable {
  let status: HTTPResponse.Status
  var headers: HTTPFields
  let body: ByteBuffer

  init(text: String, type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
    self.status = status
    self.headers = headers
    self.headers[.contentType] = type
    body = ByteBuffer(string: text)
  }

  init(_ document: some Record, status: HTTPResponse.Status = .ok) {
    self.init(text: document.json.description, type: MediaType.json, status: status)
  }

  init(_ refused: Refused) {
    self.init(
      text: refused.problem.json.description, type: MediaType.problem,
      status: HTTPResponse.Status(code: Int(refused.problem.status)), headers: refused.headers)
  }
}

extension Response {
  init(_ reply: Reply) {
    self.init(status: reply.status, headers: reply.headers, body: ResponseBody(byteBuffer: reply.body))
  }

  init(_ document: some Record, status: HTTPResponse.Status = .ok) { self.init(Reply(document, status: status)) }

  init(_ refused: Refused) { self.init(Reply(refused)) }
}

extension Call {
  /// Bytes at the most in a body that is read as a whole.
  static let maximumBytes = 1 << 20

  /// The whole body.
  func body() async throws -> [UInt8] {
    let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
    var bytes: [UInt8] = []
    guard announced <= Self.maximumBytes else { throw Self.tooLarge }
    for try await part in request.body {
      bytes.append(contentsOf: part.readableBytesView)
      guard bytes.count <= Self.maximumBytes else { throw Self.tooLarge }
    }
    return bytes
  }

  private static let tooLarge = Refused(413, "the body is larger than the \(maximumBytes) bytes that the route takes")
}
