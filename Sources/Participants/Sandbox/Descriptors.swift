internal import Foundation

/// The file descriptors a job starts with: nothing to read, two pipes to write, and the archive as number three.
///
/// Everything else that the provider has open stays closed to the job.
struct Descriptors: Sendable {
  private let outputWriter: Int32
  private let errorWriter: Int32
  private let archive: Int32
  let outputReader: Int32
  let errorReader: Int32

  /// - Parameter archivePath: a new file, which only the provider can open.
  init(archivePath: String) throws(ExecutorError) {
    archive = open(archivePath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard archive >= 0 else { throw .unusableFile(path: archivePath, detail: String(cString: strerror(errno))) }
    var ends: [Int32] = [-1, -1, -1, -1]
    guard pipe(&ends) == 0, ends.withUnsafeMutableBufferPointer({ pipe($0.baseAddress.map { $0 + 2 }) }) == 0 else {
      let detail = "no pipe: \(String(cString: strerror(errno)))"
      for descriptor in ends + [archive] where descriptor >= 0 { close(descriptor) }
      throw .launchFailed(detail: detail)
    }
    for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    (outputReader, outputWriter, errorReader, errorWriter) = (ends[0], ends[1], ends[2], ends[3])
  }

  /// `posix_spawn_file_actions_addclosefrom_np` of glibc 2.34, which its headers show to GNU C only.
  private static let closeFrom: CloseFrom? =
    dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map { unsafeBitCast($0, to: CloseFrom.self) }
  private typealias CloseFrom =
    @convention(c) @Sendable (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

  /// Closes what belongs to the child, so that the pipes end with it.
  func closeOwn() {
    for descriptor in [outputWriter, errorWriter, archive] { close(descriptor) }
  }

  /// Starts `commandLine` in a process group of its own; the result is zero or an error number.
  func spawn(_ commandLine: [String], _ process: inout pid_t) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, outputWriter, 1)
    posix_spawn_file_actions_adddup2(&actions, errorWriter, 2)
    posix_spawn_file_actions_adddup2(&actions, archive, 3)
    guard let closeFrom = Self.closeFrom, closeFrom(&actions, 4) == 0 else { return ENOSYS }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var arguments = commandLine.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    return posix_spawn(&process, commandLine[0], &actions, &attributes, &arguments, &environment)
  }
}
