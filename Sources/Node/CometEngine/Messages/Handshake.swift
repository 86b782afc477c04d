internal import Encoding
internal import LedgerKit

/// A message without content.
struct EmptyMessage: Record {
  static let schema = Schema("EmptyMessage", "A message without content.", EmptyMessage.init)
}

struct EchoMessage: Record {
  static let schema = Schema(
    "EchoMessage", "A text that comes back.", EchoMessage.init, Field(1, "text", \.text, "The text."))

  let text: String
}

/// Why the application cannot go on; the engine stops with it.
struct ExceptionMessage: Record {
  static let schema = Schema(
    "ExceptionMessage", "Why the application cannot go on.", ExceptionMessage.init,
    Field(1, "reason", \.reason, "What is wrong."))

  let reason: String
}

struct InfoRequest: Record {
  static let schema = Schema(
    "InfoRequest", "A question for the last committed block.", InfoRequest.init,
    Field(1, "version", \.version, "Version of the engine."),
    Field(4, "protocolVersion", \.protocolVersion, "Version of ABCI that it speaks."))

  let version: String
  let protocolVersion: String
}

struct InfoResponse: Record {
  static let schema = Schema(
    "InfoResponse", "The last committed block, from which the engine goes on.", InfoResponse.init,
    Field(1, "name", \.name, "What the application is."),
    Field(2, "version", \.version, "Its version."),
    Field(3, "protocolVersion", \.protocolVersion, "Version of its rules, which block headers carry."),
    Field(4, "height", \.height, "Height of the last committed block; 0 before the first."),
    Field(5, "appHash", \.appHash, "Root of the state after it."))

  let name: String
  let version: String
  let protocolVersion: UInt64
  let height: UInt64
  let appHash: Bytes
}

/// The first thing that an engine says of a new chain.
struct BeginRequest: Record {
  static let schema = Schema(
    "BeginRequest", "The first thing that an engine says of a new chain.", BeginRequest.init,
    Field(1, "time", \.time, "Time of the genesis document."),
    Field(2, "chain", \.chain, "Id of the chain."),
    Field(3, "parameters", \.parameters, "Parameters of consensus in the engine's genesis document."),
    Field(4, "validators", \.validators, "Validators in the engine's genesis document."),
    Field(5, "appState", \.appState, "The application's part of the engine's genesis document: JSON."),
    Field(6, "initialHeight", \.initialHeight, "Height of the first block."))

  let time: EngineTime?
  let chain: String
  let parameters: ConsensusParameters?
  let validators: [ValidatorUpdate]
  let appState: Bytes
  let initialHeight: UInt64
}

struct BeginResponse: Record {
  static let schema = Schema(
    "BeginResponse", "The first state of a chain.", BeginResponse.init,
    Field(1, "parameters", \.parameters, "Parameters of consensus from the first block on."),
    Field(2, "validators", \.validators, "The first validators."),
    Field(3, "appHash", \.appHash, "Root of the first state."))

  let parameters: ConsensusParameters?
  let validators: [ValidatorUpdate]
  let appHash: Bytes
}
