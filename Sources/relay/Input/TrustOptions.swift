internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import LedgerKit

/// Whom a person trusts to vouch for headers.
struct TrustOptions: ParsableArguments {
  @Option(help: "The sequencer's key as its operator publishes it: 64 hexadecimal digits or did:key.")
  var sequencer: String?
  @Option(help: "CometBFT's hash of the validators that are known to be the network's: 64 hexadecimal digits.")
  var validators: String?

  /// The key that must have signed, where one was given.
  func key() throws -> PublicKey? { try sequencer.map { try PublicKey(flag: "sequencer", $0) } }

  /// Whether the voucher is one that was given.
  ///
  /// - Throws: when another was given.
  func confirm(_ voucher: Voucher) throws -> Bool {
    let (given, found): (String?, String)
    switch voucher {
    case .sequencer(let key): (given, found) = (try self.key().map { $0.didKey }, key.didKey)
    case .validators(let quorum): (given, found) = (validators?.lowercased(), "\(quorum.validators)")
    }
    guard let given else {
      guard sequencer == nil, validators == nil else {
        throw Failure(
          "the header rests on \(voucher.kind) (\(voucher.name)); give --\(voucher.flag) to say whose it must be")
      }
      return false
    }
    guard given == found else {
      throw Failure("\(voucher.flag): the header rests on \(found), not on the trusted \(given)")
    }
    return true
  }
}

extension Voucher {
  fileprivate var kind: String {
    switch self {
    case .sequencer: "a sequencer"
    case .validators: "validators"
    }
  }

  /// What to compare with what the network publishes.
  var name: String {
    switch self {
    case .sequencer(let key): key.didKey
    case .validators(let quorum): "\(quorum.validators)"
    }
  }

  /// The flag by which it is given.
  var flag: String {
    switch self {
    case .sequencer: "sequencer"
    case .validators: "validators"
    }
  }
}
