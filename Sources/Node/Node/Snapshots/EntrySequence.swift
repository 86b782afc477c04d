internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import StateTree

/// The entries of a snapshot as they come in, in the order of their keys, under a tree.
struct EntrySequence: ~Copyable {
  private(set) var count: UInt64 = 0
  private var tree = MerkleTree()
  private var lastKey: [UInt8]?
  /// The rules of the chain and the lineage of its last block, as soon as they have come in.
  private var known = MemoryBacking()

  mutating func append(_ entries: [StateEntry]) throws(SnapshotError) {
    for entry in entries { try requireOrder(of: entry.key.array) }
    let changes = entries.map { StateChange(key: $0.key.array, value: $0.value.array) }
    tree.apply(changes, with: .dispatch)
    known.apply(changes.filter { $0.key == ChainParameters.key || $0.key == Lineage.key })
    count += UInt64(entries.count)
  }

  private mutating func requireOrder(of key: [UInt8]) throws(SnapshotError) {
    if let lastKey, !lastKey.lexicographicallyPrecedes(key) {
      throw .content("its entries are not in the order of their keys")
    }
    lastKey = key
  }

  /// Throws unless the entries are all of the state that `manifest` names.
  func requireState(of manifest: SnapshotManifest, _ ledger: Ledger) throws(SnapshotError) {
    guard count == manifest.entryCount else {
      throw .content("it has \(count) entries; its manifest says \(manifest.entryCount)")
    }
    guard tree.root == manifest.header.state else {
      throw .content("its entries have the root \(tree.root); its header commits to \(manifest.header.state)")
    }
    guard Lineage.last(in: State(known, unions: ledger.unions)) == Lineage(of: manifest.header) else {
      throw .content("its entries follow from another block than the one that its manifest names")
    }
  }

  /// The validity window of a transaction; only of entries that are under a header's root.
  func windowSeconds(_ ledger: Ledger) -> UInt64 {
    ledger.parameters(in: State(known, unions: ledger.unions)).maximumWindowSeconds
  }
}
