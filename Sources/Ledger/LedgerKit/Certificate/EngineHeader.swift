public import Cryptography
public import Encoding

/// The header of a block as CometBFT has it: its app hash is the state root of the ledger's block before.
public struct EngineHeader: Record {
  public static let schema = Schema(
    "EngineHeader", "The header of a block as CometBFT has it.", EngineHeader.init,
    Field(1, "blockVersion", \.blockVersion, "Version of CometBFT's block."),
    Field(2, "rulesVersion", \.rulesVersion, "Version of the application's rules."),
    Field(3, "chain", \.chain, "Id of the chain."),
    Field(4, "height", \.height, "Height of the block."),
    Field(5, "time", \.time, "Time of the block."),
    Field(6, "lastBlock", \.lastBlock, "The block before."),
    Field(7, "lastCommit", \.lastCommit, "Root over the signatures of the block before."),
    Field(8, "data", \.data, "Root over the transactions."),
    Field(9, "validators", \.validators, "Hash of the validators who may sign it."),
    Field(10, "nextValidators", \.nextValidators, "Hash of the validators of the block after."),
    Field(11, "consensus", \.consensus, "Hash of the parameters of consensus."),
    Field(12, "app", \.app, "Root of the ledger's state after the block before."),
    Field(13, "results", \.results, "Root over the results of the block before."),
    Field(14, "evidence", \.evidence, "Root over the evidence of faults."),
    Field(15, "proposer", \.proposer, "Validator that proposed it."))

  public let blockVersion: UInt64
  public let rulesVersion: UInt64
  public let chain: String
  public let height: UInt64
  public let time: EngineTime
  public let lastBlock: BlockReference
  public let lastCommit: Bytes
  public let data: Bytes
  public let validators: Digest
  public let nextValidators: Bytes
  public let consensus: Bytes
  public let app: Digest
  public let results: Bytes
  public let evidence: Bytes
  public let proposer: ConsensusAddress

  public init(
    blockVersion: UInt64, rulesVersion: UInt64, chain: String, height: UInt64, time: EngineTime,
    lastBlock: BlockReference, lastCommit: Bytes, data: Bytes, validators: Digest, nextValidators: Bytes,
    consensus: Bytes, app: Digest, results: Bytes, evidence: Bytes, proposer: ConsensusAddress
  ) {
    self.blockVersion = blockVersion
    self.rulesVersion = rulesVersion
    self.chain = chain
    self.height = height
    self.time = time
    self.lastBlock = lastBlock
    self.lastCommit = lastCommit
    self.data = data
    self.validators = validators
    self.nextValidators = nextValidators
    self.consensus = consensus
    self.app = app
    self.results = results
    self.evidence = evidence
    self.proposer = proposer
  }

  /// The hash that validators sign: the root over the encoded fields, as CometBFT's specification has it.
  public var hash: Digest {
    let fields: [[UInt8]] = [
      .message { writer in
        writer.number(1, blockVersion)
        writer.number(2, rulesVersion)
      },
      .message { $0.text(1, chain) }, .message { $0.number(1, height) }, time.encoded, lastBlock.message,
      .message { $0.bytes(1, lastCommit.array) }, .message { $0.bytes(1, data.array) },
      .message { $0.bytes(1, validators.bytes) }, .message { $0.bytes(1, nextValidators.array) },
      .message { $0.bytes(1, consensus.array) }, .message { $0.bytes(1, app.bytes) },
      .message { $0.bytes(1, results.array) }, .message { $0.bytes(1, evidence.array) },
      .message { $0.bytes(1, proposer.bytes) }
    ]
    return Digest(merkleRootOf: fields)
  }
}

/// A moment to the nanosecond, or a span: `google.protobuf.Timestamp` and `Duration`, by which engines tell time.
public struct EngineTime: Record {
  public static let schema = Schema(
    "EngineTime", "A moment to the nanosecond, or a span.", EngineTime.init,
    Field(1, "seconds", \.seconds, "Whole seconds, since the Unix epoch where it is a moment."),
    Field(2, "nanoseconds", \.nanoseconds, "Nanoseconds after them."))

  public let seconds: UInt64
  public let nanoseconds: UInt32

  public init(seconds: UInt64, nanoseconds: UInt32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}

/// How CometBFT names a block: by the hash of its header, and of the parts that it is sent in.
public struct BlockReference: Record {
  public static let schema = Schema(
    "BlockReference", "How CometBFT names a block: by the hash of its header, and of the parts that it is sent in.",
    BlockReference.init,
    Field(1, "hash", \.hash, "Hash of the header; nothing for the block before the first."),
    Field(2, "partCount", \.partCount, "Parts of the block."),
    Field(3, "partsHash", \.partsHash, "Root over them."))

  public let hash: Bytes
  public let partCount: UInt32
  public let partsHash: Bytes

  public init(hash: Bytes, partCount: UInt32, partsHash: Bytes) {
    self.hash = hash
    self.partCount = partCount
    self.partsHash = partsHash
  }

  var message: [UInt8] {
    .message { writer in
      writer.bytes(1, hash.array)
      writer.tag(2, .delimited)
      writer.delimited { writer in
        writer.number(1, UInt64(partCount))
        writer.bytes(2, partsHash.array)
      }
    }
  }
}

extension [UInt8] {
  /// A protobuf message of what `body` writes.
  static func message(_ body: (inout Writer) -> Void) -> [UInt8] {
    var writer = Writer()
    body(&writer)
    return writer.bytes
  }
}

/// Fields of messages of CometBFT; what equals the default is left out.
extension Writer {
  mutating func number(_ field: UInt32, _ value: UInt64) { value.write(field: field, to: &self) }
  mutating func text(_ field: UInt32, _ value: String) { value.write(field: field, to: &self) }
  mutating func bytes(_ field: UInt32, _ value: [UInt8]) { Bytes(value).write(field: field, to: &self) }

  /// A number of eight bytes, the first weighing least.
  mutating func fixed(_ field: UInt32, _ value: UInt64) {
    guard value != 0 else { return }
    varint(UInt64(field) << 3 | 1)
    withUnsafeBytes(of: value.littleEndian) { append($0) }
  }
}
