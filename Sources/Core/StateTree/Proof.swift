public import Encoding

/// Shows that a key has a value under a root: ICS-23's message of the same name.
public struct ExistenceProof: Record {
  public static let schema = Schema(
    "ExistenceProof", "Shows that a key has a value under a root.", ExistenceProof.init(key:value:leaf:path:),
    Field(1, "key", \.key, "The key, as it is before hashing."),
    Field(2, "value", \.value, "The value, as it is before hashing."),
    Field(3, "leaf", \.leaf, "How key and value become the hash of the leaf."),
    Field(4, "path", \.path, "How the hash of the leaf becomes the root, from the leaf up."))
  public let key: Bytes, value: Bytes, leaf: LeafOp, path: [InnerOp]
}

extension ExistenceProof {
  init(key: [UInt8], value: [UInt8], steps: [ProofStep]) {
    self.init(key: Bytes(key), value: Bytes(value), leaf: .sparseMerkleTree, path: steps.map(InnerOp.init))
  }
}

/// Shows that a key has no value under a root, by the two leaves between which it would be: ICS-23's message of the same name.
public struct NonExistenceProof: Record {
  public static let schema = Schema(
    "NonExistenceProof", "Shows that a key has no value, by the two leaves next to it.", NonExistenceProof.init,
    Field(1, "key", \.key, "SHA-256 of the key."),
    Field(2, "left", \.left, "The leaf before the key; missing when the key comes before all leaves."),
    Field(3, "right", \.right, "The leaf after the key; missing when the key comes after all leaves."))
  public let key: Bytes, left: ExistenceProof?, right: ExistenceProof?
}

/// Shows what a key holds under a root, in the byte form that verifiers of ICS-23 read.
public enum CommitmentProof: Variant {
  case exist(ExistenceProof)
  case nonexist(NonExistenceProof)

  public static let cases = Cases(
    "CommitmentProof", "Shows what a key holds under a root; ICS-23 with its SmtSpec.",
    Case(1, "exist", CommitmentProof.exist, \.existence, "The key has the value."),
    Case(2, "nonexist", CommitmentProof.nonexist, \.nonexistence, "The key has no value."))
}

extension CommitmentProof {
  var existence: ExistenceProof? {
    if case .exist(let proof) = self { proof } else { nil }
  }

  var nonexistence: NonExistenceProof? {
    if case .nonexist(let proof) = self { proof } else { nil }
  }
}

extension CommitmentProof {
  /// The canonical protobuf message.
  public var encoded: [UInt8] {
    var message = Writer()
    switch self {
    case .exist(let proof): proof.write(field: 1, to: &message)
    case .nonexist(let proof): proof.write(field: 2, to: &message)
    }
    return message.bytes
  }

  /// Reads a canonical protobuf message, and refuses every other form of it.
  public init(encoded bytes: [UInt8]) throws(DecodingError) {
    var framed = Writer(reserving: bytes.count + 4)
    framed.varint(UInt64(bytes.count))
    framed.append(bytes)
    var reader = Reader(framed.bytes)
    try self.init(from: &reader)
  }
}
