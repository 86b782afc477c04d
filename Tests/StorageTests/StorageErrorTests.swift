import Testing

@testable import Storage

struct StorageErrorTests {
  @Test(arguments: [
    (
      "IO error: While lock file: /d b/LOCK: Resource temporarily unavailable", StorageError.Kind.inUse,
      "/d b/LOCK" as String?
    ),
    ("IO error: lock hold by current process: /d b/LOCK: No locks available", .inUse, "/d b/LOCK"),
    (
      "IO error: No space left on device: While appending to file: /d b/000004.log: No space left", .full,
      "/d b/000004.log"
    ),
    ("IO error: while open a file for lock: /d b/LOCK: Permission denied", .denied, "/d b/LOCK"),
    ("IO error: While mkdir if missing: /d b: Read-only file system", .denied, nil),
    ("Corruption: block checksum mismatch: stored = 1 in /d b/000010.sst offset 0 size 9", .corrupt, "/d b/000010.sst"),
    ("Invalid argument: Column families not opened: two", .invalid, nil),
    ("IO error: Input/output error", .failed, nil)
  ])
  func aStatusGivesKindAndFile(_ status: String, _ kind: StorageError.Kind, _ file: String?) {
    let error = StorageError(status: status, directory: "/d b")
    #expect(error.kind == kind)
    #expect(error.file == file)
    #expect(error.message.hasPrefix("the database at /d b "))
    #expect(error.description.contains(status))
  }
}
