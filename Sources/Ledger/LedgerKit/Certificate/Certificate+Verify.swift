internal import Cryptography
internal import Encoding

extension Certificate {
  /// Checks that more than two thirds of the validators' power signed the engine's header, and that it carries the state root of
  /// `header`. Whether these are the network's validators is for the caller to know.
  ///
  /// - Returns: who signed.
  public func verify(_ header: Header) throws(CertificateError) -> Quorum {
    try require("header.chain", self.header.chain, is: header.chain)
    guard self.header.height > header.height, self.header.height - header.height == 1 else {
      throw CertificateError(
        part: "header.height", detail: "it is \(self.header.height); expected the one after \(header.height)")
    }
    try require("header.app", self.header.app, is: header.state)
    try require("header.validators", self.header.validators, is: validatorsHash)
    try require("block.hash", Bytes(self.header.hash.bytes), is: block.hash)
    guard votes.count == validators.count else {
      throw CertificateError(part: "votes", detail: "\(votes.count) votes of \(validators.count) validators")
    }
    return try quorum()
  }

  private func quorum() throws(CertificateError) -> Quorum {
    var signed: UInt64 = 0
    var total: UInt64 = 0
    for (index, validator) in validators.enumerated() {
      let (sum, overflow) = total.addingReportingOverflow(validator.power)
      guard !overflow else { throw CertificateError(part: "validators", detail: "their power does not fit in 64 bits") }
      total = sum
      guard let signature = votes[index].signature else { continue }
      guard validator.key.verifies(signature, of: message(of: votes[index])) else {
        throw CertificateError(part: "votes.\(index).signature", detail: "it is not one of this vote by the validator")
      }
      signed += validator.power
    }
    guard signed.multipliedFullWidth(by: 3) > total.multipliedFullWidth(by: 2) else {
      throw CertificateError(part: "votes", detail: "\(signed) of \(total) power signed; more than two thirds must")
    }
    return Quorum(validators: header.validators, signed: signed, total: total)
  }

  /// The bytes that a validator signs: CometBFT's canonical precommit, behind its length.
  private func message(of vote: CertificateVote) -> [UInt8] {
    let precommit: UInt64 = 2
    let content = [UInt8].message { writer in
      writer.number(1, precommit)
      writer.fixed(2, header.height)
      writer.fixed(3, UInt64(round))
      writer.bytes(4, block.message)
      writer.tag(5, .delimited)
      writer.delimited { $0.append(vote.time.encoded) }
      writer.text(6, header.chain)
    }
    return .message { writer in writer.delimited { $0.append(content) } }
  }

  /// CometBFT's hash of the validators: the root over their keys and powers.
  private var validatorsHash: Digest {
    Digest(
      merkleRootOf: validators.map { validator in
        .message { writer in
          writer.bytes(1, .message { $0.bytes(1, validator.key.bytes) })
          writer.number(2, validator.power)
        }
      })
  }

  private func require<Value: Equatable>(
    _ part: String, _ found: Value, is expected: Value
  ) throws(CertificateError) {
    guard found == expected else {
      throw CertificateError(part: part, detail: "it is \(found); expected \(expected)")
    }
  }
}

/// Numbers of 128 bits.
private func > (one: (high: UInt64, low: UInt64), other: (high: UInt64, low: UInt64)) -> Bool {
  one.high == other.high ? one.low > other.low : one.high > other.high
}
