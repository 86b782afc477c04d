internal import Cryptography
internal import Foundation
internal import Jobs

/// What a provider keeps of one job on disk: its inputs, the archive its outputs leave in, and the outputs.
struct JobFolder: Sendable {
  let path: String
  var inputs: String { "\(path)/inputs" }
  var archive: String { "\(path)/outputs.archive" }
  var outputs: String { "\(path)/outputs" }

  /// Removes what a previous run left, and writes the inputs.
  func prepare(_ job: Job, _ contents: [String: [UInt8]]) throws(ExecutorError) {
    for leftover in [inputs, archive, outputs] where FileManager.default.fileExists(atPath: leftover) {
      try use(leftover) { try FileManager.default.removeItem(atPath: leftover) }
    }
    try makeFolder(inputs)
    try makeFolder(outputs)
    try checkOpen()
    for input in job.inputs { try writeInput(input, contents[input.path]) }
  }

  /// Keeps `content` as the output `path`.
  func keep(_ content: Data, as path: String) throws(ExecutorError) {
    try write(content, to: "\(outputs)/\(path)", 0o644)
  }

  func removeArchive() { unlink(archive) }

  private func writeInput(_ input: JobInput, _ content: [UInt8]?) throws(ExecutorError) {
    guard let content else { throw .missingInput(path: input.path) }
    let found = Digest(of: content)
    guard found == input.content else { throw .wrongInput(path: input.path, expected: input.content, found: found) }
    // Executable, since an input may be the program.
    try write(Data(content), to: "\(inputs)/\(input.path)", 0o555)
  }

  private func write(_ content: Data, to path: String, _ permissions: Int) throws(ExecutorError) {
    let file = URL(fileURLWithPath: path)
    try makeFolder(file.deletingLastPathComponent().path)
    try use(path) {
      try content.write(to: file, options: .withoutOverwriting)
      try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }
  }

  private func makeFolder(_ path: String) throws(ExecutorError) {
    guard !FileManager.default.fileExists(atPath: path) else { return }
    try use(path) {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }
  }

  /// As root the job runs as another user, who must be able to pass through every folder above its inputs.
  private func checkOpen() throws(ExecutorError) {
    guard geteuid() == 0 else { return }
    var folder = URL(fileURLWithPath: inputs).resolvingSymlinksInPath()
    while folder.path != "/" {
      var status = stat()
      guard stat(folder.path, &status) == 0, status.st_mode & S_IXOTH != 0 else {
        throw .closedFolder(path: folder.path)
      }
      folder.deleteLastPathComponent()
    }
  }

  private func use(_ path: String, _ body: () throws -> Void) throws(ExecutorError) {
    do { try body() } catch { throw .unusableFile(path: path, detail: error.localizedDescription) }
  }
}
