public import Cryptography
public import Encoding
internal import Operations

extension RelayClient {
  /// Stores a blob beside the ledger, and returns its name.
  @discardableResult
  public func upload(_ bytes: [UInt8]) async throws(ClientError) -> Digest {
    let stored: StoredContent = try await post("/v1/content", bytes, type: "application/octet-stream")
    guard stored.digest == Digest(of: bytes) else { throw .unexpected("the relay stored other bytes than were sent") }
    return stored.digest
  }

  /// The blob called `digest`, checked against its name.
  ///
  /// - Parameter maximumBytes: a larger one is not read.
  /// - Throws: `refused` when it is larger.
  public func download(_ digest: Digest, atMost maximumBytes: Int = 1 << 30) async throws(ClientError) -> [UInt8] {
    var request = TransportRequest(.get, "/v1/content/\(digest)")
    request.maximumAnswerBytes = maximumBytes
    let bytes = try await send(request)
    guard bytes.count <= maximumBytes else { throw .refused("content \(digest) has more than \(maximumBytes) bytes") }
    guard Digest(of: bytes) == digest else { throw .unexpected("the relay sent other bytes than \(digest) names") }
    return bytes
  }

  /// The record whose canonical bytes `digest` names.
  ///
  /// - Parameter maximumBytes: a longer one is refused.
  public func record<R: Record>(_ digest: Digest, atMost maximumBytes: Int = 1 << 30) async throws(ClientError) -> R {
    let bytes = try await download(digest, atMost: maximumBytes)
    do { return try R(encoded: bytes) } catch { throw .unexpected("content \(digest) is not a \(R.name): \(error)") }
  }
}
