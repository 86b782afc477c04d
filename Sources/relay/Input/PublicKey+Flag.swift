internal import Cryptography
internal import Encoding

extension PublicKey {
  /// The key that `--flag` gives: 64 hexadecimal digits or did:key.
  init(flag: String, _ text: String) throws(UsageError) {
    do { self = text.hasPrefix("did:") ? try PublicKey(didKey: text) : try PublicKey(text: text[...]) } catch {
      throw UsageError("--\(flag): \(error)")
    }
  }
}
