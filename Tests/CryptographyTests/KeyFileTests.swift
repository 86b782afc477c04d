import Cryptography
import Encoding
import Testing

@Suite struct KeyFileTests {
  private static let cheap = KeyFile.Cost(passes: 1, memoryBytes: 8 << 10)
  private let key: PrivateKey
  private let file: KeyFile

  init() throws {
    var random = Random(seed: 12)
    key = PrivateKey(using: &random)
    file = try KeyFile(encrypting: key, passphrase: "corréct horse", cost: Self.cheap)
  }

  /// The file with the member `name` of its JSON replaced.
  private func altered(_ name: String, _ value: JSON) throws -> KeyFile {
    guard case .object(let members) = file.json else { throw FieldError("expected an object") }
    return try KeyFile(json: .object(members.map { $0.name == name ? JSON.Member(name, value) : $0 }))
  }

  @Test func opensWithItsPassphrase() throws {
    let read = try KeyFile(json: JSON(parsing: file.json.text(indent: 2)))
    #expect(try read.decrypt(passphrase: "corréct horse") == key)
    #expect(read.address == Address(key.publicKey))
    #expect(read.publicKey == key.publicKey)
  }

  @Test func theDefaultCostOpens() throws {
    let file = try KeyFile(encrypting: key, passphrase: "")
    #expect(file.cost == .interactive)
    #expect(try file.decrypt(passphrase: "") == key)
  }

  @Test func saltAndNonceAreFresh() throws {
    let other = try KeyFile(encrypting: key, passphrase: "corréct horse", cost: Self.cheap)
    #expect(other.salt != file.salt)
    #expect(other.nonce != file.nonce)
    #expect(other.ciphertext != file.ciphertext)
  }

  @Test(arguments: ["", "correct horse", "corréct horse ", "Corréct horse"]) func refusesOtherPassphrases(text: String)
  {
    #expect(throws: KeyFileError.wrongPassphraseOrAltered) { try file.decrypt(passphrase: text) }
  }

  @Test(arguments: [("salt", 16), ("nonce", 12), ("ciphertext", 48)])
  func refusesFlippedAndMissingBytes(name: String, length: Int) throws {
    let member = try #require(file.json[name])
    let bytes = try Bytes(json: member, unions: .none).array
    #expect(bytes.count == length)
    let flips = bytes.indices.map { index in
      var flipped = bytes
      flipped[index] ^= 1
      return flipped
    }
    for changed in flips + [[], Array(bytes.dropLast()), bytes + [0]] {
      let file = try altered(name, Bytes(changed).json)
      #expect(throws: KeyFileError.wrongPassphraseOrAltered) { try file.decrypt(passphrase: "corréct horse") }
    }
  }

  @Test func refusesAnotherCost() throws {
    let file = try altered("cost", KeyFile.Cost(passes: 2, memoryBytes: 8 << 10).json)
    #expect(throws: KeyFileError.wrongPassphraseOrAltered) { try file.decrypt(passphrase: "corréct horse") }
  }

  @Test func refusesAnotherVersion() throws {
    let file = try altered("version", 2)
    #expect(throws: KeyFileError.unsupportedVersion(2)) { try file.decrypt(passphrase: "corréct horse") }
    #expect("\(KeyFileError.unsupportedVersion(2))" == "version: 2 is not supported, expected 1")
  }

  @Test func refusesAnotherAddressOrPublicKey() throws {
    let other = PrivateKey().publicKey
    let renamed = try altered("address", Address(other).json)
    #expect(throws: KeyFileError.addressMismatch(expected: Address(key.publicKey), found: Address(other))) {
      try renamed.decrypt(passphrase: "corréct horse")
    }
    let replaced = try altered("publicKey", other.json)
    #expect(throws: KeyFileError.addressMismatch(expected: Address(other), found: Address(key.publicKey))) {
      try replaced.decrypt(passphrase: "corréct horse")
    }
  }

  @Test(arguments: [
    KeyFile.Cost(passes: 0, memoryBytes: 8 << 10), KeyFile.Cost(passes: 17, memoryBytes: 8 << 10),
    KeyFile.Cost(passes: 1, memoryBytes: 8 << 10 - 1), KeyFile.Cost(passes: 1, memoryBytes: 1 << 30 + 1),
    KeyFile.Cost(passes: .max, memoryBytes: .max)
  ]) func refusesCostsOutOfRange(cost: KeyFile.Cost) throws {
    let file = try altered("cost", cost.json)
    #expect(throws: KeyFileError.costOutOfRange(cost)) { try file.decrypt(passphrase: "corréct horse") }
    #expect(throws: KeyFileError.costOutOfRange(cost)) { try KeyFile(encrypting: key, passphrase: "", cost: cost) }
  }

  @Test func unknownFieldsAreNamed() {
    #expect(throws: FieldError.self) { try KeyFile(json: ["vesion": 1]) }
  }
}
