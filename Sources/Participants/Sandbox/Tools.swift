/// The programs that the sandbox is made of, by absolute path.
struct Tools: Sendable {
  let setpriv: String
  let timeout: String
  let bubblewrap: String
  let limits: String
  let shell: String

  /// - Throws: ``ExecutorError/missingTool(name:package:)`` for the first that is missing.
  init() throws(ExecutorError) {
    setpriv = try Self.find("setpriv", package: "util-linux")
    timeout = try Self.find("timeout", package: "coreutils")
    bubblewrap = try Self.find("bwrap", package: "bubblewrap")
    limits = try Self.find("prlimit", package: "util-linux")
    shell = try Self.find("sh", package: "dash")
    // Used inside only, under the name `tar`.
    _ = try Self.find("tar", package: "tar")
  }

  private static func find(_ name: String, package: String) throws(ExecutorError) -> String {
    guard let path = Program.find(name, in: Program.standardFolders) else {
      throw .missingTool(name: name, package: package)
    }
    return path
  }
}
