internal import Cryptography
internal import Encoding

extension Row {
  static let signatures = Row(
    "signatures.verify", "signature checks of 200-byte messages on both cores, one at a time",
    peers: [.libsodium, .openSSL]
  ) { setting in
    var random = Random(seed: 1)
    let key = PrivateKey(using: &random)
    let message = random.bytes(200)
    let signature = key.sign(message)
    let verified = await sum(onThreads: 2) {
      rate(over: setting.briefSeconds, of: 100) {
        for _ in 0..<100 {
          precondition(key.publicKey.verifies(signature, of: message), "a sound signature is refused")
        }
      }
    }
    return [Reading("signatures.verify", verified, .perSecond)]
  }
}
