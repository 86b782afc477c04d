import Foundation
import Storage
import Testing

private let column = Column("one")

struct OpeningTests {
  let directory = TemporaryDirectory()

  private func open(_ path: String, _ columns: [Column] = [column]) -> StorageError? {
    do {
      _ = try Database(path: path, columns: columns)
      return nil
    } catch { return error }
  }

  @Test func missingDirectoriesAreCreated() {
    #expect(open(directory.path + "/a/b") == nil)
  }

  @Test func aSecondOpenerInTheProcessIsRefused() throws {
    let first = try Database(path: directory.path, columns: [column])
    let error = open(directory.path)
    #expect(error?.kind == .inUse)
    #expect(error?.message.contains("is already open in this process") == true)
    withExtendedLifetime(first) {}
  }

  @Test func anotherProcessIsRefused() async throws {
    let first = try Database(path: directory.path, columns: [column])
    await #expect(processExitsWith: .success) { [path = directory.path as String] in
      let error = #expect(throws: StorageError.self) { try Database(path: path, columns: [Column("one")]) }
      #expect(error?.kind == .inUse)
      #expect(error?.message.contains("is in use by another process") == true)
    }
    withExtendedLifetime(first) {}
  }

  @Test func aColumnThatIsLeftOutIsNamed() {
    #expect(open(directory.path) == nil)
    let error = open(directory.path, [])
    #expect(error?.kind == .invalid)
    #expect(error?.message.contains("one") == true)
  }

  @Test(arguments: ["one", "default"])
  func aColumnNamedTwiceIsRefused(_ name: String) {
    let error = open(directory.path, [column, Column(name)])
    #expect(error?.kind == .invalid)
    #expect(error?.message.contains("named twice") == true)
  }

  @Test func aPathThatCannotBeADirectoryIsNamed() throws {
    #expect(open("")?.kind == .invalid)
    try Data().write(to: URL(fileURLWithPath: directory.path))
    for path in [directory.path, directory.path + "/below"] {
      let error = open(path)
      #expect(error?.kind == .failed)
      #expect(error?.message.contains(path) == true)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere; run as another user"))
  func aReadOnlyDirectoryIsRefused() throws {
    try FileManager.default.createDirectory(
      atPath: directory.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o500])
    for path in [directory.path, directory.path + "/below"] { #expect(open(path)?.kind == .denied) }
  }
}
