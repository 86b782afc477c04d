public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
internal import StateTree

/// What a job may use of a provider's machine.
public struct Resources: Record {
  public static let schema = Schema(
    "Resources", "What a job may use of a provider's machine.", Resources.init,
    Field(1, "processors", \.processors, "Virtual processors."),
    Field(2, "memoryMebibytes", \.memoryMebibytes, "Main memory, in MiB."),
    Field(3, "diskMebibytes", \.diskMebibytes, "Disk for inputs, working files and outputs, in MiB."))

  public let processors: UInt32
  public let memoryMebibytes: UInt32
  public let diskMebibytes: UInt32

  public init(processors: UInt32, memoryMebibytes: UInt32, diskMebibytes: UInt32) {
    self.processors = processors
    self.memoryMebibytes = memoryMebibytes
    self.diskMebibytes = diskMebibytes
  }
}

/// A provider's standing promise to run jobs; its bond is the hold of the same id.
public struct Offer: Record {
  public static let schema = Schema(
    "Offer", "A provider's standing promise to run jobs; its bond is the hold of the same id.", Offer.init,
    Field(1, "provider", \.provider, "Account that runs the jobs and is paid."),
    Field(2, "title", \.title, "What is offered, for people."),
    Field(3, "resources", \.resources, "What each job may use."),
    Field(4, "pricePerSecond", \.pricePerSecond, "Price of a second of use, in nano-CPTM."),
    Field(5, "capacity", \.capacity, "Jobs that run at once at the most."),
    Field(6, "running", \.running, "Jobs that run now."),
    Field(7, "isClosed", \.isClosed, "Whether it takes no more orders."))

  public let provider: Address
  public let title: String
  public let resources: Resources
  public let pricePerSecond: Amount
  public let capacity: UInt32
  public internal(set) var running: UInt32
  public internal(set) var isClosed: Bool

  public init(
    provider: Address, title: String, resources: Resources, pricePerSecond: Amount, capacity: UInt32, running: UInt32,
    isClosed: Bool
  ) {
    self.provider = provider
    self.title = title
    self.resources = resources
    self.pricePerSecond = pricePerSecond
    self.capacity = capacity
    self.running = running
    self.isClosed = isClosed
  }

  /// Price of so many milliseconds of use, rounded down in favour of the buyer; `nil` when it does not fit in 64 bits.
  public func cost(milliseconds: UInt64) -> Amount? { pricePerSecond.scaled(by: milliseconds, over: 1000) }
}

extension Market {
  static func offer(_ id: Identifier, in state: borrowing State) throws(Rejection) -> Offer {
    guard let offer = state[offers, id] else { throw reject(.unknownOffer, "no offer has the id \(id)") }
    return offer
  }

  /// The offer, when it takes orders: open, and with the bond that the network asks for.
  static func openOffer(_ id: Identifier, in state: borrowing State) throws(Rejection) -> Offer {
    let offer = try offer(id, in: state)
    guard !offer.isClosed else { throw reject(.offerClosed, "offer \(id) is closed") }
    try requireBond(of: id, in: state)
    return offer
  }

  /// Takes capacity for one more job.
  static func startJob(of id: Identifier, in state: inout State) throws(Rejection) {
    var offer = try openOffer(id, in: state)
    guard offer.running < offer.capacity else {
      throw reject(.capacityExhausted, "offer \(id) runs \(offer.running) jobs and has capacity for \(offer.capacity)")
    }
    offer.running += 1
    state[offers, id] = offer
  }

  /// Frees the capacity that a job took, and the bond of a closed offer whose last job this was.
  static func finishJob(of id: Identifier, in state: inout State) throws(Rejection) {
    var offer = try offer(id, in: state)
    offer.running -= 1
    state[offers, id] = offer
    try releaseBondIfDone(id, in: &state)
  }

  static func releaseBondIfDone(_ id: Identifier, in state: inout State) throws(Rejection) {
    let offer = try offer(id, in: state)
    guard offer.isClosed, offer.running == 0 else { return }
    if Money.remaining(of: id, in: state) > .zero { try Money.release(id, in: &state) }
    state[offers, id] = nil
  }
}
