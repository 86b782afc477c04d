internal import CSodium

/// A SHA-512 digest in the making, by libsodium; it ends as eight numbers, the lowest first, as Ed25519 reads digests.
struct SHA512 {
  private var state = crypto_hash_sha512_state()

  init() { crypto_hash_sha512_init(&state) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    crypto_hash_sha512_update(&state, start, UInt64(bytes.count))
  }

  mutating func update<let count: Int>(_ words: InlineArray<count, UInt64>) {
    var words = words
    for index in words.indices { words[index] = words[index].littleEndian }
    withUnsafeBytes(of: words) { update($0) }
  }

  consuming func finalize() -> InlineArray<8, UInt64> {
    var digest = [UInt8](repeating: 0, count: 64)
    crypto_hash_sha512_final(&state, &digest)
    return Words<8>(copying: digest).numbers
  }
}
