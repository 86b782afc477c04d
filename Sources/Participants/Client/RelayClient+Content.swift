internal import AsyncHTTPClient
public import Cryptography
internal import NIOCore
internal import NIOHTTP1
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
  public func download(_ digest: Digest) async throws(ClientError) -> [UInt8] {
    let bytes = try await send(request(.GET, "/v1/content/\(digest)"), limit: 1 << 30)
    guard Digest(of: bytes) == digest else { throw .unexpected("the relay sent other bytes than \(digest) names") }
    return bytes
  }
}
