public import Encoding

extension Job {
  /// Checks everything that can be told from the record alone.
  ///
  /// - Throws: `FieldError` naming the first field at fault.
  public func validate() throws(FieldError) {
    try validateCommand()
    try validatePaths()
    do throws(FieldError) { try limits.validate() } catch { throw error.within("limits") }
    try validateEnvironment()
  }

  private func validateCommand() throws(FieldError) {
    guard let program = command.first, !program.isEmpty else {
      throw FieldError("expected a program name", path: ["command"])
    }
    guard command.count <= 1_000 else { throw FieldError("expected at most 1000 arguments", path: ["command"]) }
    for (index, argument) in command.enumerated() {
      try Self.checkText(argument, ["command", String(index)])
    }
    if program.contains("/") {
      let inside = program.hasPrefix("./") ? program.dropFirst(2) : program[...]
      try Self.checkPath(inside, ["command", "0"])
    }
  }

  private func validatePaths() throws(FieldError) {
    let named =
      inputs.enumerated().map { ($1.path, ["inputs", String($0), "path"]) }
      + outputs.enumerated().map { ($1, ["outputs", String($0)]) }
    guard named.count <= 1_000 else { throw FieldError("expected at most 1000 inputs and outputs", path: ["inputs"]) }
    var seen: Set<String> = []
    for (path, field) in named {
      try Self.checkPath(path[...], field)
      guard seen.insert(path).inserted else { throw FieldError("\(path) is listed twice", path: field) }
    }
    for (path, field) in named {
      guard !Self.folders(of: path).contains(where: seen.contains) else {
        throw FieldError("\(path) lies inside another listed file", path: field)
      }
    }
  }

  private func validateEnvironment() throws(FieldError) {
    var seen: Set<String> = []
    for (index, variable) in environment.enumerated() {
      let field = ["environment", String(index)]
      let isName = variable.name.utf8.allSatisfy { Self.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
      guard isName, let first = variable.name.utf8.first, !(0x30...0x39).contains(first) else {
        throw FieldError("expected letters, digits and underscores, not starting with a digit", path: field + ["name"])
      }
      guard seen.insert(variable.name).inserted else {
        throw FieldError("\(variable.name) is listed twice", path: field + ["name"])
      }
      try Self.checkText(variable.value, field + ["value"])
    }
  }
}

extension Job {
  /// 100 bytes is what the oldest archive format carries; POSIX's portable file name characters need no quoting anywhere.
  private static func checkPath(_ path: Substring, _ field: [String]) throws(FieldError) {
    guard !path.isEmpty else { throw FieldError("expected a relative path", path: field) }
    guard path.utf8.count <= 100 else { throw FieldError("expected at most 100 bytes", path: field) }
    guard !path.hasPrefix("/") else { throw FieldError("expected a relative path, found an absolute one", path: field) }
    for component in path.split(separator: "/", omittingEmptySubsequences: false) {
      guard !["", ".", ".."].contains(component) else {
        throw FieldError("expected no empty, . or .. component", path: field)
      }
      let isPortable = component.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
      guard isPortable, !component.hasPrefix("-") else {
        throw FieldError("expected letters, digits, dots, underscores and inner hyphens", path: field)
      }
    }
  }

  private static func checkText(_ text: String, _ field: [String]) throws(FieldError) {
    guard text.utf8.count <= 65_536 else { throw FieldError("expected at most 65536 bytes", path: field) }
    guard !text.utf8.contains(0) else { throw FieldError("expected no zero character", path: field) }
  }

  private static func folders(of path: String) -> [String] {
    let components = path.split(separator: "/")
    return (1..<max(components.count, 1)).map { components.prefix($0).joined(separator: "/") }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }
}
