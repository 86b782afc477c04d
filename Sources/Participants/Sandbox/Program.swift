internal import Glibc

/// The program of a job, as the sandbox sees it.
struct Program: Sendable, Equatable {
  /// Absolute path inside the sandbox.
  let path: String
  /// A folder of the machine that the program needs beside the standard ones.
  let installation: String?

  static let standardFolders = ["/usr/local/bin", "/usr/bin", "/bin"]
  private static let packages = ["python3": "python3", "node": "nodejs"]

  /// Finds the program `name`: a path is meant inside the job's folder; a name is looked for in the standard folders, then in
  /// `extraFolders`.
  ///
  /// Only the operator names other folders: a job that could choose one could have any folder of the machine shown to it.
  init(_ name: String, extraFolders: [String]) throws(ExecutorError) {
    if name.contains("/") {
      path = "\(SandboxLayout.folder)/\(name)"
      installation = nil
    } else if let found = Self.find(name, in: Self.standardFolders) {
      path = found
      installation = nil
    } else if let found = Self.find(name, in: extraFolders), let real = Self.resolve(found) {
      path = real
      installation = Self.parent(of: Self.parent(of: real))
    } else {
      throw .missingProgram(name: name, package: Self.packages[name])
    }
  }

  /// The first executable file called `name`.
  static func find(_ name: String, in folders: [String]) -> String? {
    folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  private static func resolve(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
  }
}
