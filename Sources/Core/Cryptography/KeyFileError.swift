/// Why a key file was not made or opened.
public enum KeyFileError: Error, Equatable, Sendable {
  /// The file's format is not one this program knows.
  case unsupportedVersion(UInt32)
  /// The address in the file is not the one of its public key.
  case addressMismatch(expected: Address, found: Address)
  /// The cost is outside the limits of ``KeyFile/Cost``.
  case costOutOfRange(KeyFile.Cost)
  /// The machine does not have the memory that the cost asks for.
  case outOfMemory(KeyFile.Cost)
  /// AES-GCM refused to encrypt.
  case encryptionFailed
  /// The seed does not decrypt; the cipher cannot tell the two causes apart.
  case wrongPassphraseOrAltered
}

extension KeyFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unsupportedVersion(let version):
      "version: \(version) is not supported, expected \(KeyFile.currentVersion)"
    case .addressMismatch(let expected, let found):
      "address: \(found) does not belong to the public key, expected \(expected)"
    case .costOutOfRange(let cost):
      "cost: \(cost.passes) passes over \(cost.memoryBytes) bytes; expected \(KeyFile.Cost.limits)"
    case .outOfMemory(let cost):
      "cost: \(cost.memoryBytes) bytes of memory are not available"
    case .encryptionFailed:
      "the cipher could not encrypt the key"
    case .wrongPassphraseOrAltered:
      "the passphrase is wrong, or the file was altered"
    }
  }
}
