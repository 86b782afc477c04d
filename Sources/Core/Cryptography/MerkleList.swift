extension Digest {
  /// The Merkle tree hash of a list, as RFC 6962 section 2.1 defines it.
  public init(merkleRootOf entries: [[UInt8]]) {
    self = Self.merkleRoot(entries.map { Digest(of: [0], $0) }[...])
  }

  private static func merkleRoot(_ leaves: ArraySlice<Digest>) -> Digest {
    guard leaves.count > 1 else { return leaves.first ?? Digest(of: []) }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    return Digest(prefix: 1, merkleRoot(leaves[..<middle]), merkleRoot(leaves[middle...]))
  }
}
