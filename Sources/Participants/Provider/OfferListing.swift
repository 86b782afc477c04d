internal import Client
internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Logging
internal import Market

extension Provider {
  /// Finds the offer that the journal names, or lists one.
  func establishOffer() async throws(ProviderError) {
    guard let listing = journal.listing, let listed = try await find(listing) else {
      offer = try await list()
      return
    }
    guard listed.provider == account else {
      let detail = "its offer \(listing.offer) is of \(listed.provider); use that account, or another folder"
      throw .folder(path: configuration.folder, detail: detail)
    }
    offer = listed
    let metadata: Logger.Metadata = ["offer": "\(listing.offer)"]
    logger.info("offer found", metadata: metadata)
    if listed.isClosed {
      logger.warning("the offer is closed: its jobs are finished, new orders are not taken", metadata: metadata)
    } else if !configuration.listing.hasTerms(of: listed) {
      logger.warning("the offer has other terms than configured; close it to list those", metadata: metadata)
    }
  }

  /// Replaces an offer that takes no more orders because penalties have eaten its bond; waits for the jobs it still has.
  func renewOffer() async throws(ProviderError) {
    guard !isStopping, running.isEmpty, !orders.values.contains(where: \.isPending) else { return }
    if let listing = journal.listing {
      guard let bond = try await insufficientBond(of: listing.offer) else { return }
      logger.warning(
        "the offer's bond is below the network's minimum after penalties; closing it and listing a new one",
        metadata: ["offer": "\(listing.offer)", "bond": "\(bond)"])
      try await perform(CloseOffer(offer: listing.offer))
      try update { $0.listing = nil }
    }
    try await establishOffer()
  }

  /// What is left of an offer's bond, when that is too little.
  private func insufficientBond(of id: Identifier) async throws(ProviderError) -> Amount? {
    do throws(ProviderError) {
      let quote = try await relay.ask(QuoteOf(offer: id, seconds: 1))
      // An idle offer that is closed is gone, and one with free places lacks only the bond.
      let isIdle = quote.freeCapacity == offer?.capacity
      return isIdle && !quote.isAvailable ? quote.bond : nil
    } catch {
      guard error.isRejection(for: .unknownOffer) else { throw error }
      return nil
    }
  }

  /// The offer of a listing, or `nil` when it is gone or never came; waits while it may still appear.
  private func find(_ listing: Listing) async throws(ProviderError) -> Offer? {
    while true {
      let now = try await relay.now()
      do throws(ProviderError) { return try await relay.ask(OfferOf(offer: listing.offer)) } catch {
        guard error.isRejection(for: .unknownOffer) else { throw error }
        guard now <= listing.validUntil else { return nil }
        do { try await Task.sleep(for: configuration.pollInterval) } catch _ { throw error }
      }
    }
  }

  /// Lists the offer, which the journal knows before the ledger does: a crash in between never makes a second one.
  private func list() async throws(ProviderError) -> Offer {
    var id = Identifier(of: [])
    do throws(ProviderError) {
      try await perform(configuration.listing) { (transaction, validUntil) throws(ProviderError) in
        id = .created(by: transaction, operation: 0)
        try update { $0.listing = Listing(offer: id, validUntil: validUntil) }
      }
    } catch {
      if case .relay(.rejected(_)) = error { try update { $0.listing = nil } }
      throw error
    }
    logger.info("offer listed", metadata: ["offer": "\(id)", "title": "\(configuration.listing.title)"])
    return try await relay.ask(OfferOf(offer: id))
  }
}

extension ListOffer {
  fileprivate func hasTerms(of offer: Offer) -> Bool {
    title == offer.title && resources.encoded == offer.resources.encoded && pricePerSecond == offer.pricePerSecond
      && capacity == offer.capacity
  }
}
