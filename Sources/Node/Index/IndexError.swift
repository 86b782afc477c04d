internal import GRDB

/// Why the index could not be opened, read or written; nothing but the index is concerned, and it can be built anew.
public enum IndexError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file is no index of this chain, or it is damaged.
  case unusable(String)
  /// A block does not follow the last one indexed.
  case outOfOrder(height: UInt64, expected: UInt64)
  /// A committed transaction cannot be read.
  case unreadableBlock(height: UInt64, String)
  /// The database or the file system refused.
  case failed(String)

  public var description: String {
    switch self {
    case .unusable(let why): "the index cannot be used: \(why)"
    case .outOfOrder(let height, let expected): "block \(height) does not follow; the index expects block \(expected)"
    case .unreadableBlock(let height, let why): "block \(height) cannot be indexed: \(why)"
    case .failed(let why): "the index failed: \(why)"
    }
  }

  /// What `error`, thrown while the database was used, means for the index.
  init(_ error: any Error) {
    switch error {
    case let error as IndexError: self = error
    case let error as DatabaseError where Self.damage.contains(error.resultCode): self = .unusable("\(error)")
    default: self = .failed("\(error)")
    }
  }

  /// What SQLite answers for bytes that are not its own, and for a table that is missing.
  private static let damage: [ResultCode] = [.SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR]
}
