internal import Encoding
internal import LedgerKit

struct CheckRequest: Record {
  static let schema = Schema(
    "CheckRequest", "Whether a transaction may wait for a block.", CheckRequest.init,
    Field(1, "transaction", \.transaction, "Bytes of the transaction."),
    Field(2, "kind", \.kind, "0 for a new one, 1 for one that waits still after a block."))

  let transaction: Bytes
  let kind: UInt32

  var isRecheck: Bool { kind == 1 }
}

struct CheckResponse: Record {
  static let schema = Schema(
    "CheckResponse", "Whether a transaction may wait for a block.", CheckResponse.init,
    Field(1, "code", \.code, "0 when it may; else the number of the reason."),
    Field(3, "log", \.log, "Name of the reason, and what would be right."),
    Field(8, "codespace", \.codespace, "Module of the reason."))

  let code: UInt32
  let log: String
  let codespace: String
}

struct PrepareRequest: Record {
  static let schema = Schema(
    "PrepareRequest", "Which transactions to propose.", PrepareRequest.init,
    Field(1, "maximumBytes", \.maximumBytes, "Bytes of them at the most, with a few for each one's length."),
    Field(2, "transactions", \.transactions, "Those that wait, oldest first."),
    Field(5, "height", \.height, "Height of the block."),
    Field(6, "time", \.time, "Time of the block."))

  let maximumBytes: UInt64
  let transactions: [Bytes]
  let height: UInt64
  let time: EngineTime?
}

struct PrepareResponse: Record {
  static let schema = Schema(
    "PrepareResponse", "The transactions to propose.", PrepareResponse.init,
    Field(1, "transactions", \.transactions, "In the order of execution."))

  let transactions: [Bytes]
}

struct ProcessRequest: Record {
  static let schema = Schema(
    "ProcessRequest", "Whether a proposed block is well formed.", ProcessRequest.init,
    Field(1, "transactions", \.transactions, "In the order of execution."),
    Field(5, "height", \.height, "Height of the block."),
    Field(6, "time", \.time, "Time of the block."))

  let transactions: [Bytes]
  let height: UInt64
  let time: EngineTime?
}

/// Yes or no.
struct VerdictResponse: Record {
  static let schema = Schema(
    "VerdictResponse", "Yes or no.", VerdictResponse.init, Field(1, "status", \.status, "1 for yes, 2 for no."))

  let status: UInt32

  static let accept = VerdictResponse(status: 1)
  static let reject = VerdictResponse(status: 2)
}

struct ExtendVoteRequest: Record {
  static let schema = Schema(
    "ExtendVoteRequest", "A question for data to vote with.", ExtendVoteRequest.init,
    Field(1, "hash", \.hash, "Hash of the block."),
    Field(2, "height", \.height, "Height of the block."))

  let hash: Bytes
  let height: UInt64
}

struct ExtendVoteResponse: Record {
  static let schema = Schema(
    "ExtendVoteResponse", "Data to vote with.", ExtendVoteResponse.init,
    Field(1, "content", \.content, "The data."))

  let content: Bytes
}

struct VerifyVoteExtensionRequest: Record {
  static let schema = Schema(
    "VerifyVoteExtensionRequest", "Another's data in a vote.", VerifyVoteExtensionRequest.init,
    Field(1, "hash", \.hash, "Hash of the block."),
    Field(2, "validator", \.validator, "Address of the validator."),
    Field(3, "height", \.height, "Height of the block."),
    Field(4, "content", \.content, "The data."))

  let hash: Bytes
  let validator: Bytes
  let height: UInt64
  let content: Bytes
}

struct FinalizeRequest: Record {
  static let schema = Schema(
    "FinalizeRequest", "A block that was decided.", FinalizeRequest.init,
    Field(1, "transactions", \.transactions, "In the order of execution."),
    Field(2, "lastCommit", \.lastCommit, "Who signed the block before."),
    Field(3, "misbehavior", \.misbehavior, "Faults that the block proves."),
    Field(4, "hash", \.hash, "Hash of the block."),
    Field(5, "height", \.height, "Height of the block."),
    Field(6, "time", \.time, "Time of the block."),
    Field(8, "proposer", \.proposer, "Address of the validator that proposed it."))

  let transactions: [Bytes]
  let lastCommit: CommitInformation?
  let misbehavior: [Misbehavior]
  let hash: Bytes
  let height: UInt64
  let time: EngineTime?
  let proposer: Bytes
}

struct FinalizeResponse: Record {
  static let schema = Schema(
    "FinalizeResponse", "What came of a block.", FinalizeResponse.init,
    Field(2, "results", \.results, "One for each transaction, in their order."),
    Field(3, "validators", \.validators, "Validators whose power changes."),
    Field(4, "parameters", \.parameters, "Parameters of consensus that change."),
    Field(5, "appHash", \.appHash, "Root of the state after the block."))

  let results: [ExecutionResult]
  let validators: [ValidatorUpdate]
  let parameters: ConsensusParameters?
  let appHash: Bytes
}

struct ExecutionResult: Record {
  static let schema = Schema(
    "ExecutionResult", "What came of one transaction.", ExecutionResult.init,
    Field(1, "code", \.code, "0 when it took effect; else the number of the reason."),
    Field(3, "log", \.log, "Name of the reason, and what would be right; not agreed upon."),
    Field(8, "codespace", \.codespace, "Module of the reason; not agreed upon."))

  let code: UInt32
  let log: String
  let codespace: String
}

struct CommitResponse: Record {
  static let schema = Schema(
    "CommitResponse", "The block is durable.", CommitResponse.init,
    Field(3, "retainHeight", \.retainHeight, "The first block that the engine must keep; 0 for all."))

  let retainHeight: UInt64
}
