internal import Foundation

/// Why a blob could not be stored or read.
public struct ContentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, for a caller that reacts to it.
  public enum Kind: Equatable, Sendable {
    /// The blob is larger than a blob may be.
    case tooLarge
    /// The store, or the disk below it, has no room until something expires.
    case full
    /// The bytes are not those that were announced.
    case mismatch
    /// Bytes on disk are not those that were stored; the blob is gone.
    case corrupt
    /// Another process has the store open.
    case inUse
    /// The file system does not permit the access.
    case denied
    /// A file that should be there is not.
    case missing
    /// Any other failure of the file system.
    case failed
  }

  public let kind: Kind
  /// A sentence that names the blob or file, what was wrong, and what would be right.
  public let message: String

  public var description: String { message }

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The failure of the last system call, which was `action` on `path`.
  init(errnoAfter action: String, _ path: String) {
    let code = errno
    self.init(Self.kinds[code] ?? .failed, "\(action) \(path): \(String(cString: strerror(code)))")
  }

  private static let kinds: [Int32: Kind] = [
    ENOSPC: .full, EDQUOT: .full, EACCES: .denied, EPERM: .denied, EROFS: .denied, EWOULDBLOCK: .inUse, ENOENT: .missing
  ]
}
