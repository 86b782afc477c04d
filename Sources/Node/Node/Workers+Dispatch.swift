internal import Dispatch
internal import StateTree

extension Workers {
  /// The threads of Dispatch, one for each core.
  static let dispatch = Workers { pieces, piece in DispatchQueue.concurrentPerform(iterations: pieces, execute: piece) }
}
