import Cryptography
import Encoding
import Testing

/// A key, a signature (R and S) and a message in hex, and whether the rule accepts them.
struct EdgeCase: Sendable, CustomTestStringConvertible {
  let name: String
  let isAccepted: Bool
  let key, point, scalar, message: String

  init(_ name: String, isAccepted: Bool, key: String, point: String, scalar: String, message: String) {
    self.name = name
    self.isAccepted = isAccepted
    self.key = key
    self.point = point
    self.scalar = scalar
    self.message = message
  }

  var testDescription: String { name }

  var claim: SignatureClaim {
    get throws {
      SignatureClaim(
        key: try PublicKey(text: key[...]), signature: try Signature(text: "\(point)\(scalar)"),
        message: try #require(Hex.decode(message)))
    }
  }

  /// All encodings of the eight points whose order divides 8: y, y + p where that fits, and both signs.
  static let smallOrderEncodings = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
  ]
}
