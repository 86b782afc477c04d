import Client
import Cryptography
import Foundation
import Testing

struct KeyStoreTests {
  private func withStore(_ body: (KeyStore) throws -> Void) rethrows {
    let folder = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(KeyStore(folder: folder))
  }

  @Test func aKeyIsKeptAndOpened() throws {
    try withStore { store in
      let key = PrivateKey()
      try store.add(key, as: "alice", passphrase: "secret")
      #expect(store.names == ["alice"])
      #expect(try store.open("alice", passphrase: "secret") == key)
      #expect(try store.file("alice").address == Address(key.publicKey))
      let mode = try FileManager.default.attributesOfItem(atPath: store.folder + "/alice.json")[.posixPermissions]
      #expect(mode as? Int == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder) == ["alice.json"], "a draft is left")
    }
  }

  @Test func faultsAreNamed() throws {
    try withStore { store in
      try store.add(PrivateKey(), as: "alice", passphrase: "secret")
      let faults: [(String, () throws -> Void)] = [
        ("is there already", { try store.add(PrivateKey(), as: "alice", passphrase: "secret") }),
        ("is no key name", { try store.add(PrivateKey(), as: "../alice", passphrase: "secret") }),
        ("known are alice", { _ = try store.file("bob") }),
        ("the passphrase is wrong", { _ = try store.open("alice", passphrase: "guess") })
      ]
      for (message, attempt) in faults {
        let error = #expect(throws: KeyStoreError.self) { try attempt() }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
      }
    }
  }
}
