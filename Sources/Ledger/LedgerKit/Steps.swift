/// Many transactions that go through one step after the other together, each on its own account.
extension Array {
  /// What succeeded so far, in order.
  public func successes<Success>() -> [Success] where Element == Result<Success, Rejection> {
    compactMap { try? $0.get() }
  }

  /// The results of the next step in the places of what succeeded so far; what failed stays as it failed.
  ///
  /// - Parameter next: one result for each of ``successes()``, in their order.
  public func followed<Success, Next>(
    by next: [Result<Next, Rejection>]
  ) -> [Result<Next, Rejection>] where Element == Result<Success, Rejection> {
    var rest = next[...]
    return map { $0.flatMap { _ in rest.removeFirst() } }
  }
}
