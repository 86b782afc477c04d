internal import Cryptography
public import Encoding

/// How a key and a value become the hash of a leaf: ICS-23's message of the same name.
public struct LeafOp: Record {
  public static let schema = Schema(
    "LeafOp", "How the key and the value become the hash of a leaf; numbers as in ICS-23.", LeafOp.init,
    Field(1, "hash", \.hash, "HashOp over the whole leaf: 1 is SHA-256."),
    Field(2, "prehashKey", \.prehashKey, "HashOp over the key beforehand: 0 is none, 1 is SHA-256."),
    Field(3, "prehashValue", \.prehashValue, "HashOp over the value beforehand: 0 is none, 1 is SHA-256."),
    Field(4, "length", \.length, "LengthOp, how lengths are written before key and value: 0 is not at all."),
    Field(5, "prefix", \.prefix, "Bytes that come before the key."))
  public let hash: UInt32, prehashKey: UInt32, prehashValue: UInt32, length: UInt32, prefix: Bytes
}

extension LeafOp {
  /// The one that the tree uses.
  static let sparseMerkleTree = LeafOp(
    hash: HashOp.sha256, prehashKey: HashOp.sha256, prehashValue: HashOp.sha256, length: 0,
    prefix: Bytes([NodeHash.leafPrefix]))
}

/// How the hash of a child becomes the hash of its parent: ICS-23's message of the same name.
public struct InnerOp: Record {
  public static let schema = Schema(
    "InnerOp", "How the hash of a child becomes the hash of its parent; numbers as in ICS-23.", InnerOp.init,
    Field(1, "hash", \.hash, "HashOp over prefix, child and suffix: 1 is SHA-256."),
    Field(2, "prefix", \.prefix, "Bytes before the child: 01, then the left sibling when the child is on the right."),
    Field(3, "suffix", \.suffix, "Bytes after the child: the right sibling when the child is on the left."))
  public let hash: UInt32, prefix: Bytes, suffix: Bytes
}

extension InnerOp {
  init(_ step: ProofStep) {
    let sibling = step.sibling.bytes
    self.init(
      hash: HashOp.sha256,
      prefix: Bytes([NodeHash.innerPrefix] + (step.side == .right ? sibling : [])),
      suffix: Bytes(step.side == .left ? sibling : []))
  }

  /// The step that this operation stands for, or `nil` when the tree has no such step.
  var step: ProofStep? {
    guard hash == HashOp.sha256, prefix.array.first == NodeHash.innerPrefix else { return nil }
    let before = prefix.array.dropFirst()
    guard before.isEmpty != suffix.array.isEmpty else { return nil }
    guard let sibling = try? Digest(validating: before + suffix.array) else { return nil }
    return ProofStep(side: before.isEmpty ? .left : .right, sibling: sibling)
  }
}

/// ICS-23's numbers of hash functions: plain numbers because they count from zero and foreign proofs may name any.
private enum HashOp {
  static let sha256: UInt32 = 1
}
