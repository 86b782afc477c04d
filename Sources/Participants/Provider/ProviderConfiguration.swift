public import LedgerKit
public import Market

/// What an operator decides about a provider.
public struct ProviderConfiguration: Sendable {
  /// Absolute path of the folder for the journal, which must last; one provider uses it at a time.
  public let folder: String
  /// Absolute path of the folder for running jobs, which the user that runs them can enter; one provider uses it at a time.
  public let jobsFolder: String
  /// The offer to list when the folder's journal names none that is on the ledger.
  public let listing: ListOffer
  /// Time between two looks at the ledger; events bring them forward.
  public let pollInterval: Duration
  /// Time that running jobs have to end after a shutdown was asked for; later they are cancelled and run again after the next start.
  public let shutdownGrace: Duration
  /// Seconds of an order's delivery time that the job does not get: half to start it, half to deliver its result.
  public let deliveryMarginSeconds: UInt32
  /// The most that one transaction may cost.
  public let maximumFee: Amount

  /// - Parameter jobsFolder: `jobs` in `folder` when it is missing.
  public init(
    folder: String, jobsFolder: String? = nil, listing: ListOffer, pollInterval: Duration = .seconds(2),
    shutdownGrace: Duration = .seconds(30),
    deliveryMarginSeconds: UInt32 = 15, maximumFee: Amount = Amount(nano: 10_000_000)
  ) {
    self.folder = folder
    self.jobsFolder = jobsFolder ?? folder + "/jobs"
    self.listing = listing
    self.pollInterval = pollInterval
    self.shutdownGrace = shutdownGrace
    self.deliveryMarginSeconds = deliveryMarginSeconds
    self.maximumFee = maximumFee
  }
}
