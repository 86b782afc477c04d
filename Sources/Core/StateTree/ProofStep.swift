public import Cryptography

/// One of the two sides of an inner node.
public enum Side: Sendable {
  case left
  case right

  var opposite: Side { self == .left ? .right : .left }
}

extension Digest {
  /// The side on which this path leaves the inner node at `depth`: its bit there, most significant first.
  func side(at depth: Int) -> Side {
    bit(at: depth) ? .right : .left
  }
}

/// One inner node between a leaf and the root: the side the leaf lies on, and the hash of the other side.
public struct ProofStep: Hashable, Sendable {
  public let side: Side
  /// Hash of the other child; ``/Cryptography/Digest/zero`` when that side is empty.
  public let sibling: Digest

  /// The hash of the inner node whose child on ``side`` is `child`.
  func parent(of child: Digest) -> Digest {
    switch side {
    case .left: NodeHash.inner(child, sibling)
    case .right: NodeHash.inner(sibling, child)
    }
  }
}

/// The two hashes of ICS-23's `SmtSpec`; their prefixes keep a leaf from passing for an inner node.
enum NodeHash {
  static let leafPrefix: UInt8 = 0
  static let innerPrefix: UInt8 = 1

  /// - Parameters:
  ///   - path: SHA-256 of the key.
  ///   - value: SHA-256 of the value.
  static func leaf(_ path: Digest, _ value: Digest) -> Digest { Digest(prefix: leafPrefix, path, value) }

  static func inner(_ left: Digest, _ right: Digest) -> Digest { Digest(prefix: innerPrefix, left, right) }
}
