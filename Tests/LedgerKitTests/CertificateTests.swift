import Cryptography
import Encoding
import LedgerKit
import Testing

/// A certificate holds when it is the validators' of this state root, and names what is wrong otherwise.
@Suite("A certificate")
struct CertificateTests {
  private static let keys = (0..<4).map { index in
    var random = Random(seed: UInt64(index))
    return PrivateKey(using: &random)
  }

  private static let header = Header(
    chain: "test-chain", height: 6, time: Timestamp(milliseconds: 1_767_225_606_000), previous: Digest(of: [1]),
    transactions: Digest(of: [2]), results: Digest(of: [3]), state: Digest(of: [4]))

  /// One that the validators of `signers` signed, each of power 10.
  private static func certificate(signers: [Int] = [0, 1, 2], round: UInt32 = 0) throws -> Certificate {
    let validators = keys.map { ValidatorPower(key: $0.publicKey, power: 10) }
    let draft = EngineHeader(
      blockVersion: 11, rulesVersion: 1, chain: header.chain, height: 7,
      time: EngineTime(seconds: 1_767_225_607, nanoseconds: 5), lastBlock: reference(9), lastCommit: Bytes([1]),
      data: Bytes([2]), validators: hash(of: validators), nextValidators: Bytes([3]), consensus: Bytes([4]),
      app: header.state, results: Bytes([]), evidence: Bytes([5]), proposer: ConsensusAddress(keys[0].publicKey))
    let block = BlockReference(hash: Bytes(draft.hash.bytes), partCount: 1, partsHash: Bytes([7]))
    let votes = keys.indices.map { index in
      let time = EngineTime(seconds: 1_767_225_608, nanoseconds: UInt32(index))
      let isSigner = signers.contains(index)
      return CertificateVote(
        time: time, signature: isSigner ? keys[index].sign(message(block, at: time, round: round)) : nil)
    }
    return Certificate(header: draft, round: round, block: block, validators: validators, votes: votes)
  }

  private static func reference(_ byte: UInt8) -> BlockReference {
    BlockReference(hash: Bytes([byte]), partCount: 1, partsHash: Bytes([byte]))
  }

  /// Field by field as CometBFT's specification writes it, by hand.
  private static func message(_ block: BlockReference, at time: EngineTime, round: UInt32) -> [UInt8] {
    let parts: [UInt8] = [0x08, 1, 0x12, 1] + block.partsHash.array
    let reference: [UInt8] = [0x0A, 32] + block.hash.array + [0x12, UInt8(parts.count)] + parts
    var content: [UInt8] = [0x08, 2, 0x11, 7, 0, 0, 0, 0, 0, 0, 0]
    if round > 0 { content += [0x19, UInt8(round), 0, 0, 0, 0, 0, 0, 0] }
    content += [0x22, UInt8(reference.count)] + reference
    content += [0x2A, UInt8(time.encoded.count)] + time.encoded
    content += [0x32, 10] + Array("test-chain".utf8)
    return [UInt8(content.count)] + content
  }

  private static func hash(of validators: [ValidatorPower]) -> Digest {
    Digest(merkleRootOf: validators.map { [0x0A, 34, 0x0A, 32] + $0.key.bytes + [0x10, UInt8($0.power)] })
  }

  @Test("says who stands behind it", arguments: [0, 3] as [UInt32])
  func holds(round: UInt32) throws {
    let quorum = try Self.certificate(round: round).verify(Self.header)
    #expect(quorum.signed == 30)
    #expect(quorum.total == 40)
    #expect(try Self.certificate(signers: [0, 1, 2, 3]).verify(Self.header).signed == 40)
  }

  @Test("of two thirds of the power or less does not hold")
  func tooFew() throws {
    let error = #expect(throws: CertificateError.self) { try Self.certificate(signers: [0, 1]).verify(Self.header) }
    #expect(error?.part == "votes")
  }

  @Test("of another header, root or chain does not hold")
  func others() throws {
    let header = Self.header
    func other(chain: String = "test-chain", height: UInt64 = 6, state: Digest = Digest(of: [4])) -> Header {
      Header(
        chain: chain, height: height, time: header.time, previous: header.previous, transactions: header.transactions,
        results: header.results, state: state)
    }
    let cases = [
      (other(chain: "elsewhere"), "header.chain"), (other(height: 5), "header.height"),
      (other(state: Digest(of: [5])), "header.app")
    ]
    for (header, part) in cases {
      let error = #expect(throws: CertificateError.self) { try Self.certificate().verify(header) }
      #expect(error?.part == part)
    }
  }

  @Test("does not hold when any byte of it is changed that somebody signed")
  func spoilt() throws {
    let bytes = try Self.certificate(signers: [0, 1, 2, 3]).encoded
    var held = 0
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      guard let certificate = try? Certificate(encoded: changed) else { continue }
      if (try? certificate.verify(Self.header)) != nil { held += 1 }
    }
    #expect(held == 0)
  }
}
