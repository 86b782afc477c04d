/// Why the history has no answer.
public enum HistoryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The index lacks too many of the newest blocks to tell; it catches up by itself.
  case behind(indexed: UInt64?, head: UInt64)
  /// The node keeps no index.
  case notIndexed
  /// The block was deleted, as the node was told to; the text names the first one that it keeps.
  case pruned(String)
  /// The blocks or their index cannot be read.
  case unreadable(String)

  public var description: String {
    switch self {
    case .behind(let indexed, let head):
      "the index has blocks up to \(indexed.map { "\($0)" } ?? "none") of \(head); ask again when it has caught up"
    case .notIndexed: "this node keeps no index of its history; ask another, or run it without --no-index"
    case .pruned(let why): why
    case .unreadable(let why): "the history cannot be read: \(why)"
    }
  }

  /// What `error`, thrown while the history was read, means for it.
  init(_ error: any Error) { self = error as? HistoryError ?? .unreadable("\(error)") }
}
