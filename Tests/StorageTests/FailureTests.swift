import Foundation
import Storage
import Testing

/// What a store says when the file system refuses.
struct FailureTests {
  let directory = TemporaryDirectory()

  @Test(
    .enabled(if: SmallDisk.isPossible, "a full disk needs a file system of its own; run as a user who may mount one"))
  func aFullDiskStopsTheStoreAndLosesNothing() throws {
    let disk = try SmallDisk(at: directory.path, mebibytes: 8)
    let filled = try fillAndFree(disk)
    let store = try ChainStore(path: disk.path + "/chain")
    #expect(store.height == filled)
    for height in 1...filled { #expect(try store.block(at: height)?.count == 100_000) }
    #expect(store.cutOff != nil)
  }

  /// The disk has room again before the store closes: RocksDB, as Debian builds it, may abort the process when it flushes to a full one.
  private func fillAndFree(_ disk: SmallDisk) throws -> UInt64 {
    let store = try ChainStore(path: disk.path + "/chain")
    return try withExtendedLifetime(store) {
      let filled = try fill(store)
      try disk.grow(toMebibytes: 32)
      return filled
    }
  }

  /// Commits until the disk is full, and gives the last height that was acknowledged.
  private func fill(_ store: ChainStore) throws -> UInt64 {
    let block = [UInt8](repeating: 1, count: 100_000)
    for height: UInt64 in 1... {
      do throws(StorageError) { try store.commit(Commit(height: height, block: block)) } catch {
        #expect(error.kind == .full)
        #expect(error.message.contains("the disk is full") && error.message.contains(".blocks"))
        #expect(throws: StorageError.self) { try store.commit(Commit(height: height, block: [])) }
        return height - 1
      }
    }
    return 0
  }

  @Test(.enabled(if: SmallDisk.isPossible, "it needs a file system of its own; run as a user who may mount one"))
  func aReadOnlyDiskIsRefused() throws {
    let disk = try SmallDisk(at: directory.path, mebibytes: 8)
    try ChainStore(path: disk.path + "/chain").commit(Commit(height: 1, block: [1]))
    try disk.makeReadOnly()
    let error = #expect(throws: StorageError.self) { try ChainStore(path: disk.path + "/chain") }
    #expect(error?.kind == .denied)
    #expect(error?.message.contains("read-only") == true)
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere; run as another user"))
  func aReadOnlyFolderIsRefused() throws {
    try ChainStore(path: directory.path).commit(Commit(height: 1, block: [1]))
    for path in ["/blocks", "/state"] {
      try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: directory.path + path)
      let error = #expect(throws: StorageError.self) {
        let store = try ChainStore(path: directory.path)
        for height: UInt64 in 2...3 { try store.commit(Commit(height: height, block: [1])) }
      }
      #expect(error?.kind == .denied)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: directory.path + path)
    }
  }
}

/// A file system in memory, which goes away with its last reference.
private final class SmallDisk {
  let path: String

  static var isPossible: Bool {
    let directory = TemporaryDirectory()
    return (try? SmallDisk(at: directory.path, mebibytes: 1)) != nil
  }

  init(at path: String, mebibytes: Int) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Self.run("mount", "-t", "tmpfs", "-o", "size=\(mebibytes)m", "tmpfs", path)
  }

  deinit { try? Self.run("umount", "-l", path) }

  func grow(toMebibytes mebibytes: Int) throws { try Self.run("mount", "-o", "remount,size=\(mebibytes)m", path) }

  func makeReadOnly() throws { try Self.run("mount", "-o", "remount,ro", path) }

  private static func run(_ words: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteNoPermission) }
  }
}
