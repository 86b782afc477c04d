public import Cryptography
internal import Synchronization

extension ContentStore {
  /// Stores `bytes`, or renews the lifetime of the blob when it is stored already, which takes no room.
  ///
  /// - Throws: `tooLarge`, `full`, `denied`, `failed`.
  @discardableResult
  public func put(_ bytes: [UInt8]) throws(ContentError) -> Digest {
    let digest = Digest(of: bytes)
    if try renewSound(digest) { return digest }
    var upload = try begin()
    try upload.append(bytes)
    return try upload.finish()
  }

  /// Starts the lifetime of a blob anew, or says `false` where it is missing or expired.
  ///
  /// - Throws: `corrupt` when the bytes on disk are not those that were stored; the blob is then removed.
  public func renew(_ digest: Digest) throws(ContentError) -> Bool {
    guard var download = try open(digest) else { return false }
    while try download.next() != nil {}
    return try download.renew(at: clock())
  }

  /// As ``renew(_:)``, with a damaged blob counted as missing.
  private func renewSound(_ digest: Digest) throws(ContentError) -> Bool {
    do throws(ContentError) { return try renew(digest) } catch {
      guard error.kind == .corrupt || error.kind == .missing else { throw error }
      return false
    }
  }
}
