/// Where an application waits for its consensus engine, as CometBFT's `proxy_app` names it.
public enum ABCIAddress: Sendable, Equatable, CustomStringConvertible {
  /// `tcp://127.0.0.1:26658`
  case tcp(host: String, port: Int)
  /// `unix:///run/relay.sock`
  case unix(path: String)

  /// Returns `nil` for a text that is neither.
  public init?(_ text: String) {
    if let path = text.removing(prefix: "unix://"), !path.isEmpty {
      self = .unix(path: path)
    } else if let rest = text.removing(prefix: "tcp://"), let colon = rest.lastIndex(of: ":"),
      let port = UInt16(rest[rest.index(after: colon)...]), colon > rest.startIndex
    {
      self = .tcp(host: String(rest[..<colon]), port: Int(port))
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .tcp(let host, let port): "tcp://\(host):\(port)"
    case .unix(let path): "unix://\(path)"
    }
  }
}

extension String {
  fileprivate func removing(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
