public import Cryptography
public import Encoding
public import StateTree

/// One domain of the ledger: a caseless enum that lists what it consists of.
public protocol Module: SendableMetatype {
  associatedtype Reason: RejectionReason
  associatedtype Genesis: GenesisRecord

  /// Frozen; the first byte of every state key, and the hundreds of every code.
  static var number: UInt8 { get }
  static var name: String { get }
  static var transactions: [any Transaction.Type] { get }
  static var queries: [any Query.Type] { get }
  static var events: [any Event.Type] { get }
  static var tables: [any TableDescription] { get }
  static var invariants: [Invariant] { get }

  /// Writes the first rows.
  static func begin(_ genesis: Genesis, in state: inout State) throws(Rejection)
  /// Runs before the transactions of every block; its work never grows with the size of a table.
  static func beginBlock(_ state: inout State, in block: BlockContext)
  /// Runs after the transactions of every block; its work never grows with the size of a table.
  static func endBlock(_ state: inout State, at moment: Moment)
}

extension Module {
  public static func reject(_ reason: Reason, _ detail: String) -> Rejection {
    reason.rejection(detail)
  }
  public static var queries: [any Query.Type] { [] }
  public static var events: [any Event.Type] { [] }
  public static var invariants: [Invariant] { [] }
  public static func beginBlock(_ state: inout State, in block: BlockContext) {}
  public static func endBlock(_ state: inout State, at moment: Moment) {}
}

/// A verb of the ledger: the only thing that changes its state.
public protocol Transaction: Member {
  /// The policy that a network needs to take it.
  static var policy: Policy { get }

  /// Changes the state, or throws and leaves it as it was.
  func apply(to state: inout State, in context: Context) throws(Rejection)

  /// A transaction that may make sense to `sender` in `state`: what simulations submit.
  static func plausible(_ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment)
    -> Self
}

extension Transaction {
  public static var policy: Policy { .managed }
  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> Self { .sample(&random) }
}

/// A question to the committed state, answered without changing it.
public protocol Query: Record {
  associatedtype Answer: Record
  func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> Answer

  /// The state keys that the answer rests on: what a proof of it proves.
  var evidence: [[UInt8]] { get }
}

extension Query {
  public var evidence: [[UInt8]] { [] }
}

/// What a module takes from the genesis document.
public protocol GenesisRecord: Member {
  /// What a network gets that says nothing.
  static var standard: Self { get }
}

/// A rule that holds after every block.
public struct Invariant: Sendable {
  public let name: String
  /// What is wrong, or `nil` when the rule holds.
  public let violation: @Sendable (borrowing State) -> String?

  public init(_ name: String, _ violation: @escaping @Sendable (borrowing State) -> String?) {
    self.name = name
    self.violation = violation
  }
}

/// What the ledger asks of the module that keeps accounts.
public protocol AccountKeeper: Module {
  /// Throws unless `keys` together may sign for `account`.
  static func authorize(_ keys: [PublicKey], for account: Address, in state: borrowing State) throws(Rejection)

  /// Takes the fee of a transaction of `size` bytes from its sender.
  static func charge(_ fee: Amount, to sender: Address, size: Int, in state: inout State) throws(Rejection)

  /// The least fee of a transaction of `size` bytes.
  static func minimumFee(size: Int, in state: borrowing State) throws(Rejection) -> Amount
}

/// What the ledger asks of the module that elects validators.
public protocol ValidatorKeeper: Module {
  /// The validators and their powers, in the order of their keys.
  static func validators(in state: borrowing State) -> [ValidatorPower]

  /// The powers that the block at `moment`, executed on `state`, changed, in the order of the keys.
  static func powerChanges(at moment: Moment, in state: borrowing State) -> [ValidatorPower]

  /// How long a fault can be punished after it happened: evidence of older ones is of no use.
  static func evidenceAgeBlocks(in state: borrowing State) -> UInt64
}

/// What a block's own work may know beside the state.
public struct BlockContext: Sendable {
  public let moment: Moment
  /// What the engine said of the validators.
  public let report: EngineReport

  public init(moment: Moment, report: EngineReport = .none) {
    self.moment = moment
    self.report = report
  }
}

/// What a transaction may know beside the state.
public struct Context: Sendable {
  public let chain: String
  public let moment: Moment
  public let sender: Address
  /// Id of the envelope.
  public let transaction: Digest
  /// Position of the operation in the envelope, from zero.
  public let operation: Int

  public init(chain: String, moment: Moment, sender: Address, transaction: Digest, operation: Int) {
    self.chain = chain
    self.moment = moment
    self.sender = sender
    self.transaction = transaction
    self.operation = operation
  }

  /// The id of what this operation creates: known to the signer beforehand, and never given twice.
  public var newIdentifier: Identifier { .created(by: transaction, operation: operation) }
}

extension Identifier {
  /// The id of what operation number `operation` of a transaction creates.
  public static func created(by transaction: Digest, operation: Int) -> Identifier {
    var position: [UInt8] = []
    UInt64(operation).append(to: &position)
    return Identifier(of: Array("conductor-relay/identifier".utf8), transaction.bytes, position)
  }
}
