internal import Encoding
internal import Foundation
internal import LedgerKit

/// A snapshot in a folder of its own: the manifest, and a file for each chunk.
public struct SnapshotFolder: Sendable {
  public let path: String
  public let manifest: SnapshotManifest

  static func manifestPath(in path: String) -> String { path + "/manifest" }

  static func chunkPath(_ position: Int, in path: String) -> String {
    let digits = String(position)
    return path + "/chunk-" + String(repeating: "0", count: max(6 - digits.count, 0)) + digits
  }

  /// Opens the snapshot in the folder `path`; its chunks are looked at when they are read.
  public init(path: String) throws(SnapshotError) {
    self.path = path
    let file = Self.manifestPath(in: path)
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw .failed("\(path) is no snapshot: \(file) cannot be read")
    }
    do { manifest = try SnapshotManifest(encoded: Array(bytes)) } catch {
      throw .manifest("is damaged: \(error) (\(file))")
    }
  }

  /// The snapshots in the folders within `path`, oldest first; what is not one is passed over.
  public static func all(in path: String) throws(SnapshotError) -> [SnapshotFolder] {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
      throw .failed("\(path) cannot be listed: \(error.localizedDescription)")
    }
    return names.sorted().compactMap { try? SnapshotFolder(path: path + "/" + $0) }
      .sorted { $0.manifest.header.height < $1.manifest.header.height }
  }

  /// The bytes of the chunk at `position`, which a verification has yet to look at.
  ///
  /// - Throws: `chunk` when it is missing, or of another size than the manifest says.
  public func chunk(at position: Int) throws(SnapshotError) -> [UInt8] {
    let file = Self.chunkPath(position, in: path)
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    guard let size = attributes?[.size] as? UInt64 else { throw .chunk(position, "is missing (\(file))") }
    try manifest.require(size: size, at: position)
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw .chunk(position, "cannot be read (\(file))")
    }
    return Array(bytes)
  }

  /// Deletes the snapshot.
  func remove() throws(SnapshotError) {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw .failed("the snapshot \(path) cannot be removed: \(error.localizedDescription)")
    }
  }
}

extension SnapshotManifest {
  /// Throws unless the chunk at `position` has so many bytes, before anybody reads them.
  func require(size: UInt64, at position: Int) throws(SnapshotError) {
    guard chunks.indices.contains(position) else {
      throw .chunk(position, "is one too many: the manifest names \(chunks.count)")
    }
    guard size == chunks[position].bytes else {
      throw .chunk(position, "has \(size) bytes; the manifest says \(chunks[position].bytes)")
    }
    guard size <= SnapshotChunk.maximumBytes else {
      throw .chunk(position, "has \(size) bytes; expected at most \(SnapshotChunk.maximumBytes)")
    }
  }

  /// Throws unless `bytes` are those of the chunk at `position`.
  func require(_ bytes: [UInt8], at position: Int) throws(SnapshotError) {
    try require(size: UInt64(bytes.count), at: position)
    let found = ChunkDigest(of: bytes)
    guard found != chunks[position] else { return }
    if let other = chunks.firstIndex(of: found) { throw .chunk(position, "holds the bytes of chunk \(other)") }
    throw .chunk(position, "has the digest \(found.digest); the manifest says \(chunks[position].digest)")
  }
}
