import Foundation
import Sandbox
import Testing

/// What the tests use of the machine that they run on.
enum TestMachine {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Whether jobs can run in a sandbox.
  static let hasSandbox: @Sendable () async -> Bool = { (try? await BubblewrapExecutor().check()) != nil }
  static let sandboxReason: Comment =
    "needs bubblewrap, util-linux and user namespaces; BubblewrapExecutor.check() says which is missing"

  /// CometBFT, when it is in the search path.
  static let cometBFT: URL? = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
    .map { "\($0)/cometbft" }.first(where: FileManager.default.isExecutableFile).map { URL(filePath: $0) }
  static let cometReason: Comment =
    "needs the program cometbft, v0.38, in PATH: https://github.com/cometbft/cometbft/releases"

  /// The Python that has the tools: the one that the variable PYTHON names, or `python3`.
  static func python(_ words: [String]) async throws -> RelayProcess.Ending {
    let name = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"
    return try await RelayProcess([name] + words, executable: URL(filePath: "/usr/bin/env")).end()
  }

  /// Calls `body` with a folder that everyone may pass through and that is removed afterwards.
  static func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "relay-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  /// A port on loopback that nobody listens on.
  static func freePort() throws -> Int {
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withSocket(port: 0) { handle, address in
      bind(handle, address, length) == 0 && getsockname(handle, address, &length) == 0
    }
    guard let port else { throw POSIXError(.EADDRINUSE) }
    return port
  }

  /// The first of so many ports on loopback in a row that nobody listens on, below those that the system gives away.
  static func freePorts(_ count: Int) throws -> Int {
    for _ in 0..<100 {
      let first = Int.random(in: 20_000..<32_000 - count)
      if (first..<first + count).allSatisfy(isFree) { return first }
    }
    throw POSIXError(.EADDRINUSE)
  }

  private static func isFree(_ port: Int) -> Bool {
    withSocket(port: port) { bind($0, $1, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 } != nil
  }

  /// Whether somebody listens on a port on loopback; an HTTP client would retry for seconds.
  static func isListening(on port: Int) -> Bool {
    withSocket(port: port) { connect($0, $1, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 } != nil
  }

  /// The port of the socket's address after `body`, or `nil` when that fails.
  private static func withSocket(port: Int, _ body: (Int32, UnsafeMutablePointer<sockaddr>) -> Bool) -> Int? {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isDone = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body(handle, $0) }
    }
    return isDone ? Int(UInt16(bigEndian: address.sin_port)) : nil
  }
}
