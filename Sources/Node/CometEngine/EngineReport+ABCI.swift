internal import Cryptography
internal import Encoding
internal import Engine
internal import LedgerKit

extension EngineReport {
  /// What CometBFT says of the validators with a block.
  init(_ request: FinalizeRequest) throws(EngineError) {
    var votes: [CommitVote] = []
    for vote in request.lastCommit?.votes ?? [] { votes.append(try CommitVote(vote)) }
    var faults: [Fault] = []
    for fault in request.misbehavior { faults.append(try Fault(fault)) }
    try Self.requirePower(votes.map(\.power) + faults.map(\.power))
    let proposer = request.proposer.array.isEmpty ? nil : try ConsensusAddress(engine: request.proposer)
    self.init(proposer: proposer, votes: votes, faults: faults)
  }
}

extension EngineReport {
  /// The most that CometBFT lets all validators have together.
  private static let maximumPower: UInt64 = (1 << 60) - 1

  private static func requirePower(_ powers: [UInt64]) throws(EngineError) {
    var left = maximumPower
    for power in powers {
      guard power <= left else { throw EngineError("the validators have more power than \(maximumPower)") }
      left -= power
    }
  }
}

extension CommitVote {
  /// One for no block counts like one for the block: the validator was there.
  fileprivate init(_ vote: VoteInformation) throws(EngineError) {
    guard let validator = vote.validator else { throw EngineError("a vote of the last block names no validator") }
    self.init(
      validator: try ConsensusAddress(engine: validator.address), power: validator.power,
      hasSigned: vote.flag > VoteInformation.absent)
  }
}

extension Fault {
  fileprivate init(_ fault: Misbehavior) throws(EngineError) {
    guard let kind = Kind(rawValue: fault.kind), let validator = fault.validator, let time = fault.time?.timestamp
    else {
      throw EngineError("a fault at height \(fault.height) lacks its kind, its validator or its time")
    }
    self.init(
      kind: kind, validator: try ConsensusAddress(engine: validator.address), power: validator.power,
      height: fault.height, time: time)
  }
}

extension ConsensusAddress {
  fileprivate init(engine bytes: Bytes) throws(EngineError) {
    do { try self.init(validating: bytes.array[...]) } catch {
      throw EngineError("the address of a validator: \(error)")
    }
  }
}
