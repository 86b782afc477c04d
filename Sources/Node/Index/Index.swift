public import Cryptography
internal import Foundation
internal import GRDB
public import Logging

/// The read model: where in the blocks of one chain every transaction and event stands, by id, account and kind.
///
/// It holds places, not bodies; those are read from the blocks. It is disposable: whatever is wrong with its file, it is
/// thrown away, and filled again from the blocks. It may be used from any thread.
public final class Index: Sendable {
  /// The chain that an index belongs to.
  public struct Chain: Sendable {
    public let genesis: Digest
    /// The digest of the header of a height, or `nil` where the chain has none.
    public let digest: @Sendable (UInt64) -> Digest?

    public init(genesis: Digest, digest: @escaping @Sendable (UInt64) -> Digest?) {
      self.genesis = genesis
      self.digest = digest
    }
  }

  let pool: DatabasePool

  /// Opens the index in the file `path`; a missing one is created, and one that does not fit is thrown away and created anew.
  public init(path: String, chain: Chain, logger: Logger) throws(IndexError) {
    pool = try Self.usable(path, chain, logger)
  }

  private static func usable(_ path: String, _ chain: Chain, _ logger: Logger) throws(IndexError) -> DatabasePool {
    do { return try open(path, chain) } catch {
      guard case .unusable(let why) = error else { throw error }
      logger.warning("the index is thrown away and built anew", metadata: ["path": "\(path)", "why": "\(why)"])
      try remove(path)
      return try open(path, chain)
    }
  }

  private static func open(_ path: String, _ chain: Chain) throws(IndexError) -> DatabasePool {
    do {
      // A pool puts SQLite into WAL mode with `synchronous = NORMAL`: a crash of the machine may lose the last blocks, which
      // are then indexed again.
      let pool = try DatabasePool(path: path)
      try pool.write { database in try Tables.prepare(database, chain) }
      return pool
    } catch { throw IndexError(error) }
  }

  /// Deletes the files of the index at `path`, if there are any.
  public static func remove(_ path: String) throws(IndexError) {
    for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
      do { try FileManager.default.removeItem(atPath: file) } catch { throw .failed("\(error)") }
    }
  }
}
