public import Encoding

/// What a network promises about the value of its CPTM; set at genesis.
public enum Policy: UInt32, Enumeration {
  /// CPTM is an internal credit: nothing moves in or out.
  case managed = 1
  /// A local test network that may also mint and cross borders.
  case devnet = 2

  public static let name = "Policy"
  public static let doc = "What a network promises about the value of its CPTM."

  /// Whether a network under this policy takes operations that need `other`.
  public func allows(_ other: Policy) -> Bool { self == other || self == .devnet }
}
