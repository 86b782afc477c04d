internal import Foundation

/// Why the database could not be opened, read or written.
public struct StorageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, for a caller that reacts to it.
  public enum Kind: Equatable, Sendable {
    /// Somebody else has the database open.
    case inUse
    /// The disk is full or a quota is used up.
    case full
    /// The file system does not permit the access.
    case denied
    /// Bytes on disk are not those that were written.
    case corrupt
    /// The block was there and was deleted, as the node was told to.
    case pruned
    /// The request does not fit the database.
    case invalid
    /// Any other failure of the file system.
    case failed
  }

  public let kind: Kind
  /// A sentence that names the database, what was wrong, and the words of the operating system.
  public let message: String
  /// The path of the file at fault, where it is known.
  public let file: String?

  public var description: String { message }
}

extension StorageError {
  /// A request that does not fit the database.
  init(invalid message: String) {
    self.init(kind: .invalid, message: message, file: nil)
  }

  /// A block that is no longer kept.
  init(pruned height: UInt64, firstKept: UInt64) {
    self.init(
      kind: .pruned, message: "block \(height) was pruned; this node keeps blocks from \(firstKept) on", file: nil)
  }

  /// Bytes of the block log's file `path` that are not those that were written, in the entry of `height` at `offset`.
  init(damaged path: String, at offset: Int, height: UInt64, _ fault: String) {
    self.init(
      kind: .corrupt,
      message: "the block log is damaged: restore it from a copy or synchronise it anew (\(path), byte \(offset), "
        + "block \(height): \(fault))",
      file: path)
  }

  /// What the operating system just refused for the block log's file `path`.
  init(blockLog path: String, while action: String) {
    let status = "\(action): \(String(cString: strerror(errno)))"
    let finding = Self.findings.first { status.contains($0.text) }
    self.init(
      kind: finding?.kind ?? .failed,
      message: "the block log \(finding?.meaning ?? "cannot be used") (\(path), \(status))", file: path)
  }

  /// The failure that RocksDB reports as `status` for the database in `directory`.
  ///
  /// RocksDB's C interface gives no code, only the text of its status.
  init(status: String, directory: String) {
    let finding = Self.findings.first { status.contains($0.text) }
    let meaning = finding?.meaning ?? "cannot be used"
    self.init(
      kind: finding?.kind ?? .failed, message: "the database at \(directory) \(meaning) (\(status))",
      file: Self.file(namedIn: status, directory: directory))
  }

  /// The first text that a status contains decides.
  private static let findings: [(text: String, kind: Kind, meaning: String)] = [
    ("lock hold by current process", .inUse, "is already open in this process"),
    ("While lock file", .inUse, "is in use by another process"),
    ("No space left on device", .full, "cannot grow: the disk is full"),
    ("Disk quota exceeded", .full, "cannot grow: the disk quota is used up"),
    ("Permission denied", .denied, "cannot be accessed: this process lacks the permission"),
    ("Operation not permitted", .denied, "cannot be accessed: this process lacks the permission"),
    ("Read-only file system", .denied, "cannot be written: the file system is read-only"),
    ("Corruption", .corrupt, "is damaged: restore it from a copy or synchronise it anew"),
    ("Invalid argument", .invalid, "does not fit the request")
  ]

  private static func file(namedIn status: String, directory: String) -> String? {
    guard let start = status.firstRange(of: directory + "/")?.lowerBound else { return nil }
    let name = status[start...].dropFirst(directory.count).prefix { $0 != " " && $0 != ":" }
    return directory + name
  }
}
