public import Cryptography
public import Encoding
public import StateTree

/// The first rows of one module.
public struct GenesisSection: OpenUnion, Sendable {
  public let member: any Member
  public init?(_ content: any Member) { member = content }

  public static let unionName = "GenesisSection"
  public static let unionDoc = "The first rows of one module."
}

/// The document from which every node of a network derives the same first state.
public struct Genesis: Record {
  public static let schema = Schema(
    "Genesis", "The document from which every node of a network derives the same first state.", Genesis.init,
    Field(1, "chain", \.chain, "Id of the chain: 3 to 40 lowercase letters, digits and hyphens."),
    Field(2, "policy", \.policy, "What the network promises about the value of its CPTM."),
    Field(3, "time", \.time, "Time of the genesis block, in milliseconds since the Unix epoch."),
    Field(4, "sequencer", \.sequencer, "Key that signs block headers when one process sequences the chain."),
    Field(5, "parameters", \.parameters, "Limits of blocks and transactions."),
    Field(6, "sections", \.sections, "First rows of modules; a module without a section starts with its standard one."))

  public let chain: String
  public let policy: Policy
  public let time: Timestamp
  public let sequencer: PublicKey?
  public let parameters: ChainParameters
  public let sections: [GenesisSection]

  public init(
    chain: String, policy: Policy, time: Timestamp, sequencer: PublicKey?, parameters: ChainParameters,
    sections: [GenesisSection]
  ) {
    self.chain = chain
    self.policy = policy
    self.time = time
    self.sequencer = sequencer
    self.parameters = parameters
    self.sections = sections
  }

  /// Throws when the chain id is not one, a limit is zero, or two sections are of one module.
  public func validate() throws(FieldError) {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
    guard (3...40).contains(chain.count), chain.allSatisfy(allowed.contains) else {
      throw FieldError("expected 3 to 40 lowercase letters, digits and hyphens", path: ["chain"])
    }
    try parameters.validate()
    let codes = sections.map { type(of: $0.member).code }
    guard Set(codes).count == codes.count else {
      throw FieldError("expected at most one section of each module", path: ["sections"])
    }
  }

  /// The predecessor that the first block names.
  public var digest: Digest { Digest(of: encoded) }
}

/// Limits of blocks and transactions; part of the state, so that governance can change them.
public struct ChainParameters: Record {
  public static let schema = Schema(
    "ChainParameters", "Limits of blocks and transactions.", ChainParameters.init,
    Field(1, "maximumBlockBytes", \.maximumBlockBytes, "Transactions in one block, in bytes at the most."),
    Field(2, "maximumWindowSeconds", \.maximumWindowSeconds, "Longest validity window of a transaction, in seconds."))

  public let maximumBlockBytes: UInt64
  public let maximumWindowSeconds: UInt64

  public init(maximumBlockBytes: UInt64, maximumWindowSeconds: UInt64) {
    self.maximumBlockBytes = maximumBlockBytes
    self.maximumWindowSeconds = maximumWindowSeconds
  }

  func validate() throws(FieldError) {
    for (name, limit) in [("maximumBlockBytes", maximumBlockBytes), ("maximumWindowSeconds", maximumWindowSeconds)]
    where limit == 0 {
      throw FieldError("expected more than zero; nothing would be taken", path: ["parameters", name])
    }
  }

  public static let standard = ChainParameters(maximumBlockBytes: 16_777_216, maximumWindowSeconds: 600)

  static let table = Table<Only, ChainParameters>(0, 1, "ledger/parameters")

  /// The state key that holds them.
  public static let key = table.path(Only())
}

extension Ledger {
  /// Writes the first state of the network that `genesis` describes.
  public func begin(_ genesis: Genesis, in state: inout State) throws(Rejection) {
    state[ChainParameters.table, Only()] = genesis.parameters
    for module in modules { try begin(module, genesis, in: &state) }
  }

  private func begin<M: Module>(_ module: M.Type, _ genesis: Genesis, in state: inout State) throws(Rejection) {
    let given = genesis.sections.lazy.compactMap { $0.member as? M.Genesis }.first
    try M.begin(given ?? .standard, in: &state)
  }

  /// The limits in force.
  public func parameters(in state: borrowing State) -> ChainParameters {
    state[ChainParameters.table, Only()] ?? .standard
  }
}
