internal import CSodium

/// Argon2id version 1.3 by libsodium.
enum PasswordHash {
  static let saltLength = 16

  /// libsodium chooses the fastest code for this processor once.
  private static let isReady = sodium_init() >= 0

  /// 32 bytes from `passphrase`; `nil` when the memory cannot be had.
  static func key(from passphrase: String, salt: [UInt8], cost: KeyFile.Cost) -> [UInt8]? {
    precondition(isReady && salt.count == saltLength)
    var key = [UInt8](repeating: 0, count: 32)
    let text = passphrase.utf8.map { CChar(bitPattern: $0) }
    let status = crypto_pwhash(
      &key, UInt64(key.count), text, UInt64(text.count), salt, UInt64(cost.passes), Int(cost.memoryBytes),
      crypto_pwhash_ALG_ARGON2ID13)
    return status == 0 ? key : nil
  }
}
