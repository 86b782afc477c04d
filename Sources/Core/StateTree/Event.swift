public import Cryptography
public import Encoding

/// Something that happened, in the past tense; kept in the history of every account it concerns.
public protocol Event: Member {
  /// The accounts that the event concerns.
  var accounts: [Address] { get }
}
