public import Cryptography
internal import Encoding
internal import Foundation

/// A folder of key files, one for each name, encrypted and readable by their owner only.
public struct KeyStore: Sendable {
  public let folder: String

  public init(folder: String) { self.folder = folder }

  /// Names of the keys, in order.
  public var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// Writes a new key; a name that is taken is refused.
  public func add(_ key: PrivateKey, as name: String, passphrase: String) throws(KeyStoreError) {
    let path = try path(of: name)
    guard !FileManager.default.fileExists(atPath: path) else {
      throw KeyStoreError("a key named \(name) is there already")
    }
    do {
      let file = try KeyFile(encrypting: key, passphrase: passphrase)
      let readableByOwner: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: readableByOwner)
      try PrivateFile.write(Array(file.json.text(indent: 2).utf8), name: "\(name).json", in: folder)
    } catch { throw KeyStoreError("\(error)") }
  }

  /// The file of a key, without its secret.
  public func file(_ name: String) throws(KeyStoreError) -> KeyFile {
    let path = try path(of: name)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw KeyStoreError("no key named \(name) in \(folder); known are \(names.joined(separator: ", "))")
    }
    do { return try KeyFile(json: JSON(parsing: Array(data))) } catch { throw KeyStoreError("\(path): \(error)") }
  }

  public func open(_ name: String, passphrase: String) throws(KeyStoreError) -> PrivateKey {
    let file = try file(name)
    do { return try file.decrypt(passphrase: passphrase) } catch { throw KeyStoreError("key \(name): \(error)") }
  }

  private func path(of name: String) throws(KeyStoreError) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
      default: false
      }
    }
    guard isPlain, (1...40).contains(name.utf8.count) else {
      throw KeyStoreError("\"\(name)\" is no key name: 1 to 40 lowercase letters, digits and hyphens")
    }
    return folder + "/\(name).json"
  }
}

/// Why a key cannot be used.
public struct KeyStoreError: Error, Sendable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}
