import Cryptography
import Encoding
import Foundation

@testable import StateTree

/// A claim about a key, its proof in bytes, and the root it is about; an empty value claims that there is none.
struct ProofCase: Codable, Equatable, Sendable {
  var key: [UInt8], value: [UInt8], proof: [UInt8], root: [UInt8]

  /// Whether our verifier accepts it; bytes that are no proof are refused like a wrong one.
  var isValid: Bool {
    guard let proof = try? CommitmentProof(encoded: proof), let root = try? Digest(validating: root[...]) else {
      return false
    }
    do throws(ProofError) {
      if value.isEmpty {
        try proof.verifyNonMembership(key: key, root: root)
      } else {
        try proof.verifyMembership(key: key, value: value, root: root)
      }
      return true
    } catch { return false }
  }
}

extension ProofCase {
  init(key: [UInt8], value: [UInt8], proof: [UInt8], root: Digest) {
    self.init(key: key, value: value, proof: proof, root: root.bytes)
  }

  private enum Name: CodingKey { case key, value, proof, root }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Name.self)
    func bytes(_ name: Name) throws -> [UInt8] {
      let text = try fields.decode(String.self, forKey: name)
      guard let bytes = Hex.decode(text) else { throw FieldError("expected hexadecimal", path: [name.stringValue]) }
      return bytes
    }
    try self.init(key: bytes(.key), value: bytes(.value), proof: bytes(.proof), root: bytes(.root))
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Name.self)
    try fields.encode(Hex.encode(key), forKey: .key)
    try fields.encode(Hex.encode(value), forKey: .value)
    try fields.encode(Hex.encode(proof), forKey: .proof)
    try fields.encode(Hex.encode(root), forKey: .root)
  }
}

extension ProofCase {
  /// The places where a byte can be wrong.
  static var parts: [WritableKeyPath<ProofCase, [UInt8]>] { [\.key, \.value, \.proof, \.root] }

  /// The same claim with one bit of one byte of one part turned.
  func flipping(_ position: Int, of part: WritableKeyPath<ProofCase, [UInt8]>, bit: Int) -> ProofCase {
    var flipped = self
    flipped[keyPath: part][position] ^= 1 << UInt8(bit)
    return flipped
  }
}

/// ICS-23's own vectors for a sparse Merkle tree (cosmos/ics23, testdata/smt).
enum Vectors {
  static let names = [
    "exist_left", "exist_middle", "exist_right", "nonexist_left", "nonexist_middle", "nonexist_right"
  ]

  static func load(_ name: String) throws -> ProofCase {
    let url = Bundle.module.bundleURL.appending(path: "Vectors/\(name).json")
    return try JSONDecoder().decode(ProofCase.self, from: Data(contentsOf: url))
  }
}
