internal import Client
internal import CometEngine
internal import Encoding
internal import LedgerKit
internal import Operations
internal import Staking

/// What can be seen of a validator from outside; what did not answer is missing.
struct ValidatorStatus: Sendable {
  let name: String
  let restarts: Int
  /// Why its processes ended last.
  let note: String?
  /// Ids of the processes that run.
  let processes: [(name: String, identifier: Int32)]
  var head: Header?
  /// Height, round and step of CometBFT: `12/0/3`.
  var round: String?
  var peers: Int?
  var entry: ValidatorEntry?
  /// Blocks of the window that it missed; `nil` outside the active set.
  var missed: UInt64?
}

extension ValidatorStatus {
  static let columns = [
    "validator", "height", "round", "peers", "stake", "power", "missed", "jailed", "app hash", "restarts"
  ]

  var cells: [String] {
    let values: [(any CustomStringConvertible)?] = [
      head?.height, round, peers, entry?.validator.tokens, entry?.power, missed, entry.map { Self.jail($0.validator) },
      head.map { "\($0.state)".prefix(12) }, restarts
    ]
    return [name] + values.map { $0.map { "\($0)" } ?? "-" }
  }

  private static func jail(_ validator: Validator) -> String {
    if validator.isTombstoned { return "for ever" }
    return validator.jailedUntil.map { "until \($0.readable.dropFirst(11).prefix(8))" } ?? "no"
  }

  var json: JSON {
    let processes = JSON.object(processes.map { .init($0.name, .number("\($0.identifier)")) })
    return [
      "name": .string(name), "processes": processes, "restarts": .number("\(restarts)"),
      "height": Self.number(head?.height), "appHash": head?.state.json ?? .null,
      "round": round.map { .string($0) } ?? .null, "peers": Self.number(peers),
      "stake": entry?.validator.tokens.json ?? .null, "power": Self.number(entry?.power),
      "missedBlocks": Self.number(missed), "isJailed": Self.flag(entry.map { $0.validator.jailedUntil != nil }),
      "isTombstoned": Self.flag(entry?.validator.isTombstoned), "note": note.map { .string($0) } ?? .null
    ]
  }

  private static func number(_ value: (some BinaryInteger)?) -> JSON { value.map { .number("\($0)") } ?? .null }
  private static func flag(_ value: Bool?) -> JSON { value.map { .boolean($0) } ?? .null }
}
