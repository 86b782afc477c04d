public import Cryptography
public import Encoding

/// Why a job could not be run.
public enum ExecutorError: Error, Equatable, Sendable {
  /// A tool that the sandbox is made of is not installed.
  case missingTool(name: String, package: String)
  /// The kernel, or the container this runs in, does not allow the sandbox.
  case namespacesForbidden(detail: String)
  /// The job's program is not installed.
  case missingProgram(name: String, package: String?)
  case invalidJob(FieldError)
  case missingInput(path: String)
  case wrongInput(path: String, expected: Digest, found: Digest)
  /// The unprivileged user that runs jobs cannot enter a folder.
  case closedFolder(path: String)
  case unusableFile(path: String, detail: String)
  case launchFailed(detail: String)
  case cancelled
}

extension ExecutorError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missingTool(let name, let package):
      "\(name) is not installed; it comes with the Debian package \(package)"
    case .namespacesForbidden(let detail):
      "this machine does not allow unprivileged user namespaces, which the sandbox needs "
        + "(kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns, or the container's rules): \(detail)"
    case .missingProgram(let name, let package?):
      "the program \(name) is not installed; it comes with the Debian package \(package)"
    case .missingProgram(let name, nil): "the program \(name) is not installed"
    case .invalidJob(let error): "the job is invalid: \(error)"
    case .missingInput(let path): "the content of the input \(path) is missing"
    case .wrongInput(let path, let expected, let found):
      "the content of the input \(path) should have the digest \(expected) and has \(found)"
    case .closedFolder(let path):
      "the user that runs jobs cannot enter \(path); choose another folder, or give everyone the right to pass through (chmod o+x)"
    case .unusableFile(let path, let detail): "\(path) cannot be used: \(detail)"
    case .launchFailed(let detail): "the sandbox did not start: \(detail)"
    case .cancelled: "the job was cancelled"
    }
  }
}
