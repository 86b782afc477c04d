internal import Cryptography
internal import Encoding
internal import Engine
internal import Foundation
internal import LedgerKit

extension CometRPC {
  /// Validators on one page of CometBFT's answer.
  private static let page = 100

  /// The certificate of the ledger's block of `height`, which the engine's next block carries; `nil` while there is none.
  func certificate(of height: UInt64) async throws(Rejection) -> Certificate? {
    do {
      let status = try await ask("status").member("sync_info")
      guard try status.number("latest_block_height") > height else { return nil }
      return try Certificate(try await ask("commit?height=\(height + 1)"), try await validators(at: height + 1))
    } catch {
      throw NodeReason.engineUnavailable.rejection("CometBFT at \(url) gives no certificate of \(height): \(error)")
    }
  }

  private func validators(at height: UInt64) async throws -> [ValidatorPower] {
    var validators: [ValidatorPower] = []
    var total = 1
    while validators.count < total {
      let number = validators.count / Self.page + 1
      let answer = try await ask("validators?height=\(height)&per_page=\(Self.page)&page=\(number)")
      guard case .array(let entries)? = answer["validators"], !entries.isEmpty else {
        throw EngineError("the validators of \(height) are not known")
      }
      total = Int(try answer.text("total")) ?? 0
      validators += try entries.map { try ValidatorPower(comet: $0) }
    }
    return validators
  }
}

extension Certificate {
  fileprivate init(_ answer: JSON, _ validators: [ValidatorPower]) throws {
    let signed = try answer.member("signed_header")
    let commit = try signed.member("commit")
    guard case .array(let signatures) = try commit.member("signatures"), let round = UInt32(try commit.text("round"))
    else { throw EngineError("a commit without signatures or round") }
    self.init(
      header: try EngineHeader(try signed.member("header")), round: round,
      block: try BlockReference(try commit.member("block_id")), validators: validators,
      votes: try signatures.map { try CertificateVote($0) })
  }
}

extension EngineHeader {
  fileprivate init(_ header: JSON) throws {
    let version = try header.member("version")
    self.init(
      blockVersion: try version.number("block"),
      rulesVersion: UInt64(try version["app"].map { try $0.text } ?? "0") ?? 0,
      chain: try header.text("chain_id"), height: try header.number("height"), time: try header.time("time"),
      lastBlock: try BlockReference(try header.member("last_block_id")), lastCommit: try header.hex("last_commit_hash"),
      data: try header.hex("data_hash"), validators: try Digest(validating: header.hex("validators_hash").array[...]),
      nextValidators: try header.hex("next_validators_hash"), consensus: try header.hex("consensus_hash"),
      app: try Digest(validating: header.hex("app_hash").array[...]), results: try header.hex("last_results_hash"),
      evidence: try header.hex("evidence_hash"),
      proposer: try ConsensusAddress(validating: header.hex("proposer_address").array[...]))
  }
}

extension BlockReference {
  fileprivate init(_ reference: JSON) throws {
    let parts = try reference.member("parts")
    self.init(
      hash: try reference.hex("hash"), partCount: UInt32(try parts.text("total")) ?? 0,
      partsHash: try parts.hex("hash"))
  }
}

extension CertificateVote {
  /// A vote for the block.
  private static let forBlock = "2"

  fileprivate init(_ vote: JSON) throws {
    guard try vote.text("block_id_flag") == Self.forBlock, let bytes = Base64.decode(try vote.text("signature")) else {
      self.init(time: EngineTime(seconds: 0, nanoseconds: 0), signature: nil)
      return
    }
    self.init(time: try vote.time("timestamp"), signature: try Signature(validating: bytes[...]))
  }
}

extension ValidatorPower {
  fileprivate init(comet validator: JSON) throws {
    guard let bytes = Base64.decode(try validator.member("pub_key").text("value")) else {
      throw EngineError("a validator's key is not base64")
    }
    self.init(key: try PublicKey(validating: bytes[...]), power: try validator.number("voting_power"))
  }
}

extension JSON {
  /// A text, or the digits of a number.
  fileprivate var text: String {
    get throws {
      switch self {
      case .string(let text), .number(let text): text
      default: throw EngineError("CometBFT gives \(self) where a text or a number belongs")
      }
    }
  }

  fileprivate func member(_ name: String) throws -> JSON {
    guard let member = self[name] else { throw EngineError("CometBFT gives no \(name)") }
    return member
  }

  fileprivate func text(_ name: String) throws -> String { try member(name).text }

  fileprivate func number(_ name: String) throws -> UInt64 {
    guard let number = UInt64(try text(name)) else { throw EngineError("CometBFT's \(name) is no number") }
    return number
  }

  fileprivate func hex(_ name: String) throws -> Bytes {
    guard let bytes = Hex.decode(try text(name).lowercased()) else {
      throw EngineError("CometBFT's \(name) is not hexadecimal")
    }
    return Bytes(bytes)
  }

  /// A moment as RFC 3339 writes it, to the nanosecond.
  fileprivate func time(_ name: String) throws -> EngineTime {
    let text = try text(name)
    guard let match = text.wholeMatch(of: /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z/),
      let date = try? Date("\(match.1)Z", strategy: .iso8601)
    else { throw EngineError("CometBFT's \(name) is no time: \(text)") }
    let digits = String(match.2 ?? "")
    let padded = digits + String(repeating: "0", count: 9 - digits.count)
    return EngineTime(seconds: UInt64(date.timeIntervalSince1970), nanoseconds: UInt32(padded) ?? 0)
  }
}
