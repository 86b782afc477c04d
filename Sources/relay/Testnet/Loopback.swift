internal import Foundation

/// The machine's own network.
enum Loopback {
  /// Bytes of a Unix socket's path at the most.
  static let longestSocketPath = 107

  /// Whether a port can be listened on.
  static func isFree(port: Int) -> Bool {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    // As servers do it: a connection that ended a moment ago does not occupy its port.
    var isReused: Int32 = 1
    setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(handle, $0, length) == 0 }
    }
  }
}
