internal import Crypto
internal import Cryptography
internal import Encoding

/// The SHA-256 of bytes that come piece by piece.
struct RunningDigest: Sendable {
  private var hash = SHA256()

  mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  /// The digest of all bytes so far.
  var digest: Cryptography.Digest {
    do { return try Cryptography.Digest(validating: Array(hash.finalize())[...]) } catch {
      preconditionFailure("SHA-256 gives a digest: \(error)")
    }
  }
}
