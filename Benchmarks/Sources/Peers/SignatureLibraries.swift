internal import CSodium
internal import Foundation

extension Peer {
  /// OpenSSL's own speed test, in two processes.
  static let openSSL = Peer("OpenSSL, two processes") { setting in
    let text = try Program(named: "openssl").output(
      ["speed", "-mr", "-seconds", "\(Int(setting.briefSeconds))", "-multi", "2", "ed25519"])
    // The last line sums the processes: signatures and then verifications a second.
    let sums = text.matches(of: #/(?m)^\+F\d+:\d+:\d+:Ed25519:[0-9.]+:([0-9.]+)$/#)
    guard let rate = sums.last.flatMap({ Double($0.1) }) else {
      throw ProgramFailed("openssl printed no rate: \(text)")
    }
    return rate
  }

  /// The library's single verification on both cores.
  static let libsodium = Peer("libsodium, two threads") { setting in
    let message = [UInt8](repeating: 7, count: 200)
    var publicKey = [UInt8](repeating: 0, count: 32)
    var secretKey = [UInt8](repeating: 0, count: 64)
    var signature = [UInt8](repeating: 0, count: 64)
    crypto_sign_keypair(&publicKey, &secretKey)
    crypto_sign_detached(&signature, nil, message, UInt64(message.count), secretKey)
    return await sum(onThreads: 2) { [publicKey, signature] in
      rate(over: setting.briefSeconds, of: 100) {
        for _ in 0..<100 {
          let verdict = crypto_sign_verify_detached(signature, message, UInt64(message.count), publicKey)
          precondition(verdict == 0, "libsodium refuses its own signature")
        }
      }
    }
  }
}

/// The sum of what `body` returns on so many threads at once.
func sum(onThreads count: Int, _ body: @escaping @Sendable () -> Double) async -> Double {
  await withTaskGroup(of: Double.self) { group in
    for _ in 0..<count { group.addTask(operation: body) }
    return await group.reduce(0, +)
  }
}
