internal import Cryptography
internal import Encoding
internal import LedgerKit

/// What a provider must not forget, and the ledger does not tell it.
///
/// Which orders it accepted stands on the ledger: an active deal without a delivery here is run again from its inputs.
struct Journal: Record {
  static let schema = Schema(
    "Journal", "What a provider must not forget, and the ledger does not tell it.", Journal.init,
    Field(1, "listing", \.listing, "The offer it listed."),
    Field(2, "deliveries", \.deliveries, "Results of deals that are not settled."),
    Field(3, "finished", \.finished, "Deals that were paid."),
    Field(4, "earned", \.earned, "What these paid, in nano-CPTM."))

  var listing: Listing?
  var deliveries: [Delivery]
  var finished: UInt64
  var earned: Amount

  static let empty = Journal(listing: nil, deliveries: [], finished: 0, earned: .zero)

  func delivery(of deal: Identifier) -> Delivery? { deliveries.first { $0.deal == deal } }
}

/// An offer that was listed, or is about to be.
struct Listing: Record {
  static let schema = Schema(
    "Listing", "An offer that was listed, or is about to be.", Listing.init,
    Field(1, "offer", \.offer, "Id of the offer, known before the ledger has it."),
    Field(2, "validUntil", \.validUntil, "Until when it may appear there, in milliseconds since the Unix epoch."))

  let offer: Identifier
  let validUntil: Timestamp
}

/// A result that is stored at the relay, with everything it names.
struct Delivery: Record {
  static let schema = Schema(
    "Delivery", "A result that is stored at the relay, with everything it names.", Delivery.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "result", \.result, "SHA-256 of the result's canonical bytes."),
    Field(3, "usageMilliseconds", \.usageMilliseconds, "Metered use, in milliseconds."))

  let deal: Identifier
  let result: Digest
  let usageMilliseconds: UInt64
}
