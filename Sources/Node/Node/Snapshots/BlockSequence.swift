internal import Cryptography
internal import Encoding
internal import LedgerKit

/// The blocks of a snapshot as they come in: each follows the one before, and the last one is the snapshot's own.
struct BlockSequence {
  private let genesis: GenesisBlock
  /// Whose signature each block needs; `nil` where the state vouches for the last one, and that for all before.
  private let sequencer: PublicKey?
  private var first: Header?
  private var last: Header?

  init(from genesis: GenesisBlock, sequencer: PublicKey?) {
    self.genesis = genesis
    self.sequencer = sequencer
  }

  /// Throws unless the block is the next one, with its own transactions and results.
  mutating func append(_ next: SnapshotBlock) throws(SnapshotError) {
    let header = next.block.header
    try requirePlace(of: header)
    guard sequencer?.hasSigned(header, next.block.signature) ?? (next.block.signature == nil) else {
      throw .content("block \(header.height) is not signed by the sequencer that the genesis document names")
    }
    guard next.block.report?.digest == next.results.report else {
      throw .content("block \(header.height) has another report of the engine than its header commits to")
    }
    guard Digest(merkleRootOf: next.block.transactions.map(\.array)) == header.transactions else {
      throw .content("block \(header.height) has other transactions than its header commits to")
    }
    guard next.results.root == header.results, next.results.encoded == next.results.withoutDetails.encoded else {
      throw .content("block \(header.height) has other results than its header commits to")
    }
    first = first ?? header
    last = header
  }

  private func requirePlace(of header: Header) throws(SnapshotError) {
    guard let before = last ?? (header.height == 1 ? genesis.block.header : nil) else {
      guard header.height > 0 else { throw .content("block 0 is among its blocks, which the genesis document gives") }
      return
    }
    guard header.height > 0, header.height - 1 == before.height, header.previous == before.digest else {
      throw .content("block \(header.height) does not follow block \(before.height)")
    }
  }

  /// Throws unless the blocks end with `head`, and begin at the chain's first or before the validity window.
  func requireWindow(_ seconds: UInt64, before head: Header) throws(SnapshotError) {
    guard let first, let last, last == head else {
      throw .content("its last block is not that of its manifest, of height \(head.height)")
    }
    guard first.height == 1 || !first.isInWindow(of: seconds, before: head) else {
      throw .content(
        "its blocks begin at height \(first.height), within the validity window of \(seconds) seconds, so a transaction "
          + "could be executed twice")
    }
  }
}

extension PublicKey {
  /// Whether `signature` is there, and one of `header` by this key.
  func hasSigned(_ header: Header, _ signature: Signature?) -> Bool {
    signature.map { verifies($0, of: header.bytesToSign) } ?? false
  }
}
