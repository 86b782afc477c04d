public import Cryptography
public import Encoding
public import StateTree

/// All that a header says except the state root, kept in the state itself: so the root of a block commits to its transactions,
/// their results and every block before, and an engine that agrees on the root agrees on all of it.
public struct Lineage: Record {
  public static let schema = Schema(
    "Lineage", "All that a header says except the state root, kept in the state itself.", Lineage.init,
    Field(1, "height", \.height, "Blocks since genesis."),
    Field(2, "time", \.time, "Block time, in milliseconds since the Unix epoch."),
    Field(3, "previous", \.previous, "SHA-256 of the previous header's bytes."),
    Field(4, "transactions", \.transactions, "RFC 6962 root over the transactions' bytes."),
    Field(5, "results", \.results, "RFC 6962 root over the results' bytes, without their details."))

  public let height: UInt64
  public let time: Timestamp
  public let previous: Digest
  public let transactions: Digest
  public let results: Digest

  public init(height: UInt64, time: Timestamp, previous: Digest, transactions: Digest, results: Digest) {
    self.height = height
    self.time = time
    self.previous = previous
    self.transactions = transactions
    self.results = results
  }

  /// What `header` says.
  public init(of header: Header) {
    self.init(
      height: header.height, time: header.time, previous: header.previous, transactions: header.transactions,
      results: header.results)
  }

  static let table = Table<Only, Lineage>(0, 2, "ledger/lineage")

  /// The state key that holds it.
  public static let key = table.path(Only())

  /// Writes it into the state of its block, after everything else.
  public func write(to state: inout State) { state[Self.table, Only()] = self }

  /// The lineage of the block that `state` follows from; `nil` before the first one.
  public static func last(in state: borrowing State) -> Lineage? { state[table, Only()] }

  /// The header of the block, once the root of its state is known.
  public func header(chain: String, state: Digest) -> Header {
    Header(
      chain: chain, height: height, time: time, previous: previous, transactions: transactions, results: results,
      state: state)
  }
}
