internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Storage

/// What can be said of a block without executing it: that it follows the one before, that the sequencer signed it, and that its
/// transactions and results are those that its header commits to.
struct BlockChecks {
  let genesis: Genesis
  let unions: Unions
  private(set) var last: Header?

  init(_ genesis: Genesis, _ unions: Unions) {
    self.genesis = genesis
    self.unions = unions
  }

  /// The block that is stored as `stored`, after those that were checked before.
  ///
  /// - Throws: an ``AuditFinding``.
  mutating func check(_ stored: StoredBlock) throws(AuditFinding) -> Block {
    let place = Place(stored)
    let block = try place.read { () throws in try Block(encoded: stored.block, unions: unions) }
    let results = try place.read { () throws in try BlockResults(encoded: stored.results, unions: unions) }
    let header = block.header
    try place.require(header.chain, "chain", is: genesis.chain)
    try place.require(header.height, "height", is: stored.height)
    try checkOrder(header, place)
    try checkSignature(of: block, place)
    try place.require(
      Digest(merkleRootOf: block.transactions.map(\.array)), "root of the transactions", is: header.transactions)
    try place.require(results.root, "root of the results", is: header.results)
    try place.require(block.report?.digest, "engine's report", is: results.report)
    last = header
    return block
  }

  /// The block before may have been pruned; then nothing can be said.
  private func checkOrder(_ header: Header, _ place: Place) throws(AuditFinding) {
    guard header.height > 0 else { return try place.require(header.previous, "genesis document", is: genesis.digest) }
    guard let last, last.height == header.height - 1 else { return }
    try place.require(header.previous, "digest of the block before", is: last.digest)
    guard header.time >= last.time else {
      throw place.finding("the block is older than the one before", last.time.milliseconds, header.time.milliseconds)
    }
  }

  private func checkSignature(of block: Block, _ place: Place) throws(AuditFinding) {
    guard block.header.height > 0, let sequencer = genesis.sequencer else { return }
    guard let signature = block.signature, sequencer.verifies(signature, of: block.header.bytesToSign) else {
      throw place.finding(
        "the sequencer did not sign this header", "a signature by \(sequencer.didKey)",
        block.signature.map { "\($0)" } ?? "none")
    }
  }
}

/// Where a block is, for what is found in it.
private struct Place {
  let height: UInt64
  let file: String

  init(_ stored: StoredBlock) {
    height = stored.height
    file = stored.file
  }

  func finding(_ fault: String, _ expected: some Any, _ found: some Any) -> AuditFinding {
    AuditFinding(
      part: "blocks", fault: fault, height: height, file: file, expected: "\(expected)", found: "\(found)")
  }

  func require<Value: Equatable>(_ found: Value, _ what: String, is expected: Value) throws(AuditFinding) {
    guard found == expected else { throw finding("another \(what)", expected, found) }
  }

  func read<Content>(_ body: () throws -> Content) throws(AuditFinding) -> Content {
    do { return try body() } catch {
      throw AuditFinding(part: "blocks", fault: "the block cannot be read: \(error)", height: height, file: file)
    }
  }
}
