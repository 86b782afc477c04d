public import Cryptography
public import Encoding

/// A blob in the content store: the answer of `POST /v1/content`.
public struct StoredContent: Record {
  public static let schema = Schema(
    "StoredContent", "A blob in the content store.", StoredContent.init,
    Field(1, "digest", \.digest, "SHA-256 of the blob: its name."),
    Field(2, "sizeBytes", \.sizeBytes, "Length, in bytes."))

  public let digest: Digest
  public let sizeBytes: UInt64

  public init(digest: Digest, sizeBytes: UInt64) {
    self.digest = digest
    self.sizeBytes = sizeBytes
  }
}
