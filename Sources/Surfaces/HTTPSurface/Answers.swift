internal import Encoding
internal import HTTPTypes
internal import Hummingbird
internal import Operations

/// An answer that is complete before any of it is sent.
struct Reply: Sendable {
  let status: HTTPResponse.Status
  var headers: HTTPFields
  let body: ByteBuffer

  init(_ body: ByteBuffer, type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
    self.status = status
    self.headers = headers
    self.headers[.contentType] = type
    self.body = body
  }

  init(text: String, type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
    self.init(ByteBuffer(string: text), type: type, status: status, headers: headers)
  }

  init(_ document: some Record, status: HTTPResponse.Status = .ok) {
    self.init(text: document.json.description, type: MediaType.json, status: status)
  }

  /// - Parameter type: JSON, or one of protobuf's media types.
  init(_ document: some Record, as type: String) {
    let isProtobuf = MediaType.protobuf.contains(type)
    self.init(
      isProtobuf ? ByteBuffer(bytes: document.encoded) : ByteBuffer(string: document.json.description), type: type)
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
  /// The whole body.
  ///
  /// - Parameter limit: bytes at the most that it may have.
  func body(upTo limit: Int = 1 << 20) async throws -> [UInt8] {
    let tooLarge = Refused(413, "the body is larger than the \(limit) bytes that the route takes")
    let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
    guard announced <= limit else { throw tooLarge }
    var bytes: [UInt8] = []
    for try await part in request.body {
      bytes.append(contentsOf: part.readableBytesView)
      guard bytes.count <= limit else { throw tooLarge }
    }
    return bytes
  }
}
