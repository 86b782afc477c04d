internal import ContentStore
internal import Cryptography
internal import Encoding
internal import HTTPTypes
internal import Hummingbird
internal import Node
internal import Operations
internal import Synchronization

extension HTTPSurface {
  func storeContent(_ call: Call) async throws -> Response {
    let expected = try call.contentDigest
    return try await withTaskExecutorPreference(BlockingExecutor.shared) {
      let stored = try await receive(call.request.body, expecting: expected)
      return Response(stored, status: .created)
    }
  }

  private func receive(_ body: RequestBody, expecting expected: Digest?) async throws -> StoredContent {
    var upload = try node.content.begin(expecting: expected)
    for try await part in body { try upload.append(Array(part.readableBytesView)) }
    let sizeBytes = upload.sizeBytes
    return StoredContent(digest: try upload.finish(), sizeBytes: sizeBytes)
  }

  func readContent(_ call: Call) async throws -> Response {
    let digest: Digest = try call.required("digest")
    let tag = "\"\(digest)\""
    guard let download = try await OpenDownload(digest, in: node.content) else {
      throw Refused(404, "there is no blob \(digest): it was never stored, or it has expired")
    }
    var headers: HTTPFields = [.eTag: tag, .cacheControl: "public, max-age=31536000, immutable"]
    guard !call.request.headers.matches(tag) else { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = MediaType.bytes
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody(contentLength: Int(download.sizeBytes)) { writer in
        while let piece = try await download.next() { try await writer.write(ByteBuffer(bytes: piece)) }
        try await writer.finish(nil)
      })
  }
}

/// A blob on its way out, read on threads that may block.
private final class OpenDownload: Sendable {
  let sizeBytes: UInt64
  private let download: Mutex<Download>

  init?(_ digest: Digest, in store: ContentStore) async throws {
    guard let opened = try store.open(digest) else { return nil }
    sizeBytes = opened.sizeBytes
    download = Mutex(opened)
  }

  func next() async throws -> [UInt8]? {
    try await withTaskExecutorPreference(BlockingExecutor.shared) { try await read() }
  }

  private func read() async throws -> [UInt8]? { try download.withLock { try $0.next() } }
}

extension HTTPFields {
  /// Whether the client has the entity that `tag` names.
  fileprivate func matches(_ tag: String) -> Bool {
    self[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }.contains { given in
      let known = given.filter { $0 != " " }
      return known == "*" || known == tag || known == "W/" + tag
    }
  }
}

extension Call {
  /// The SHA-256 that the body must have, from a `Content-Digest` header (RFC 9530).
  fileprivate var contentDigest: Digest? {
    get throws {
      guard let name = HTTPField.Name("Content-Digest"), let text = request.headers[name] else { return nil }
      let encoded = text.split(separator: ",").lazy
        .map { $0.drop { $0 == " " } }
        .first { $0.hasPrefix("sha-256=:") && $0.hasSuffix(":") }?.dropFirst(9).dropLast()
      guard let encoded, let bytes = Base64.decode(encoded), bytes.count == Digest.length else {
        throw Refused(400, "Content-Digest: expected sha-256=:…: with the digest in base64")
      }
      return try Digest(validating: bytes[...])
    }
  }
}
