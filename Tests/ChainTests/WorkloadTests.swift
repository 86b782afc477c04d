import Dispatch
import Encoding
import LedgerTesting
import StateTree
import Testing

/// One fixed workload of 50,000 transactions comes to one state, however it is run; the benchmark runs it in release mode.
@Suite("The fixed workload")
struct WorkloadTests {
  private static let twoThreads = Workers { count, piece in
    DispatchQueue.concurrentPerform(iterations: count) { piece($0) }
  }

  @Test("has its golden root, in order and on two threads, the first time and again")
  func root() throws {
    let workload = Workload.blocksOfTransactions()
    let inOrder = try Workload.run(workload, on: .one)
    #expect(inOrder.root.description == Workload.goldenRoot)
    #expect(try Workload.run(workload, on: Self.twoThreads) == inOrder)
    // A workload that is mostly refused, or never, would say little.
    #expect((20_000..<50_000).contains(inOrder.effective))
  }
}
