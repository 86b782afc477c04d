public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// What operations of the money module cost and may do; part of the state.
public struct MoneyParameters: Record {
  public static let schema = Schema(
    "MoneyParameters", "What operations of the money module cost and may do.", MoneyParameters.init,
    Field(1, "feeBase", \.feeBase, "Least fee of a transaction, in nano-CPTM, before its size counts."),
    Field(2, "feePerByte", \.feePerByte, "Least fee for each byte of a transaction, in nano-CPTM."),
    Field(3, "maximumHoldSeconds", \.maximumHoldSeconds, "Longest time that a hold may stay pending, in seconds."),
    Field(4, "mintLimit", \.mintLimit, "Most that one Mint creates on a devnet, in nano-CPTM."))

  public let feeBase: Amount
  public let feePerByte: Amount
  public let maximumHoldSeconds: UInt64
  public let mintLimit: Amount

  public init(feeBase: Amount, feePerByte: Amount, maximumHoldSeconds: UInt64, mintLimit: Amount) {
    self.feeBase = feeBase
    self.feePerByte = feePerByte
    self.maximumHoldSeconds = maximumHoldSeconds
    self.mintLimit = mintLimit
  }

  public static let standard = MoneyParameters(
    feeBase: Amount(nano: 10_000), feePerByte: Amount(nano: 10), maximumHoldSeconds: 30 * 86_400,
    mintLimit: Amount(nano: 1_000 * Amount.unitsPerToken))
}

/// One account's first balance.
public struct GenesisAccount: Record {
  public static let schema = Schema(
    "GenesisAccount", "One account's first balance.", GenesisAccount.init,
    Field(1, "address", \.address, "Account."),
    Field(2, "balance", \.balance, "Its first balance, in nano-CPTM."))

  public let address: Address
  public let balance: Amount

  public init(address: Address, balance: Amount) {
    self.address = address
    self.balance = balance
  }
}

/// First balances and parameters.
public struct MoneyGenesis: GenesisRecord {
  public static let code: UInt32 = 100
  public static let schema = Schema(
    "MoneyGenesis", "First balances and parameters of the money module.", MoneyGenesis.init,
    Field(1, "accounts", \.accounts, "First balances; each address once."),
    Field(2, "parameters", \.parameters, "Fees and limits."))

  public let accounts: [GenesisAccount]
  public let parameters: MoneyParameters

  public init(accounts: [GenesisAccount], parameters: MoneyParameters = .standard) {
    self.accounts = accounts
    self.parameters = parameters
  }

  public static let standard = MoneyGenesis(accounts: [])
}

extension Money {
  public static func begin(_ genesis: MoneyGenesis, in state: inout State) throws(Rejection) {
    state[parameters, Only()] = genesis.parameters
    var total = Amount.zero
    for entry in genesis.accounts {
      guard state[accounts, entry.address] == nil else {
        throw reject(.duplicateAccount, "\(entry.address) is listed twice; give each address one balance")
      }
      total = try total.adding(entry.balance)
      try credit(entry.balance, to: entry.address, in: &state)
    }
    state[supply, Only()] = Supply(total: total)
  }

  static func parameters(in state: borrowing State) -> MoneyParameters { state[parameters, Only()] ?? .standard }
}
