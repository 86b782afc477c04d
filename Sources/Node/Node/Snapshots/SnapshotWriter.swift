internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit

/// Writes a snapshot into a folder, a chunk at a time; the folder has its name when everything is there.
///
/// The bytes follow from the chain and the height alone. A writer that goes away unfinished leaves nothing behind.
struct SnapshotWriter: ~Copyable {
  private let path: String
  private let chunkBytes: Int
  private var content: [UInt8] = []
  private var chunks: [ChunkDigest] = []
  private(set) var entryCount: UInt64 = 0

  private var partial: String { path + ".partial" }

  /// - Parameter chunkBytes: size that a chunk of more than one item does not exceed.
  init(path: String, chunkBytes: Int) throws(SnapshotError) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw .failed("\(path) is there already; choose another folder for the snapshot")
    }
    try? FileManager.default.removeItem(atPath: path + ".partial")
    do { try FileManager.default.createDirectory(atPath: path + ".partial", withIntermediateDirectories: true) } catch {
      throw .failed("\(path) cannot be created: \(error.localizedDescription)")
    }
    self.path = path
    self.chunkBytes = chunkBytes
  }

  deinit { try? FileManager.default.removeItem(atPath: partial) }

  /// Adds the next block; all of them come before the entries.
  mutating func add(_ block: Block, _ results: BlockResults) throws(SnapshotError) {
    let block = SnapshotBlock(block: block, results: results.withoutDetails)
    try append(SnapshotChunk(blocks: [block]).encoded)
  }

  /// Adds the entry with the next greater key.
  mutating func add(key: [UInt8], value: [UInt8]) throws(SnapshotError) {
    try append(SnapshotChunk(entries: [StateEntry(key: Bytes(key), value: Bytes(value))]).encoded)
    entryCount += 1
  }

  /// Messages of protobuf are joined by joining their bytes.
  private mutating func append(_ item: [UInt8]) throws(SnapshotError) {
    if !content.isEmpty, content.count + item.count > chunkBytes { try endChunk() }
    content += item
  }

  private mutating func endChunk() throws(SnapshotError) {
    try write(content, to: SnapshotFolder.chunkPath(chunks.count, in: partial))
    chunks.append(ChunkDigest(of: content))
    content.removeAll(keepingCapacity: true)
  }

  /// Writes the manifest, and gives the folder its name.
  consuming func finish(genesis: Digest, header: Header, signature: Signature?) throws(SnapshotError) -> SnapshotFolder
  {
    if !content.isEmpty { try endChunk() }
    let manifest = SnapshotManifest(
      genesis: genesis, header: header, signature: signature, entryCount: entryCount, chunks: chunks)
    try write(manifest.encoded, to: SnapshotFolder.manifestPath(in: partial))
    do { try FileManager.default.moveItem(atPath: partial, toPath: path) } catch {
      throw .failed("\(path) cannot be created: \(error.localizedDescription)")
    }
    return try SnapshotFolder(path: path)
  }

  private func write(_ bytes: [UInt8], to file: String) throws(SnapshotError) {
    do { try Data(bytes).write(to: URL(filePath: file)) } catch {
      throw .failed("\(file) cannot be written: \(error.localizedDescription)")
    }
  }
}
