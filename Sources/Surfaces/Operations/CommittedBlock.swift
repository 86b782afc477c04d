public import Cryptography
public import Encoding
public import LedgerKit

/// A committed block with readable transactions: the answer of `GET /v1/blocks/{height}`.
public struct CommittedBlock: Record {
  public static let schema = Schema(
    "CommittedBlock", "A header, its signature, and the transactions of its block.", CommittedBlock.init,
    Field(1, "header", \.header, "What the block commits to."),
    Field(
      2, "signature", \.signature, "By the genesis document's sequencer key; missing where an engine certifies blocks."),
    Field(3, "transactions", \.transactions, "The envelopes, in order of execution."))

  public let header: Header
  public let signature: Signature?
  public let transactions: [Envelope]

  public init(header: Header, signature: Signature?, transactions: [Envelope]) {
    self.header = header
    self.signature = signature
    self.transactions = transactions
  }

  public init(_ block: Block, unions: Unions) throws(DecodingError) {
    var transactions: [Envelope] = []
    for bytes in block.transactions { transactions.append(try Envelope(encoded: bytes.array, unions: unions)) }
    self.init(header: block.header, signature: block.signature, transactions: transactions)
  }
}

extension BlockResults {
  /// Every event of the block that `header` heads, in the order of their cursors.
  public func committedEvents(at header: Header) -> [CommittedEvent] {
    transactions.enumerated().flatMap { position, result in
      Self.committed(result.events, of: result.id, position, header)
    } + Self.committed(events, of: nil, transactions.count, header)
  }

  private static func committed(
    _ events: [EventEntry], of transaction: Digest?, _ position: Int, _ header: Header
  ) -> [CommittedEvent] {
    events.enumerated().map { index, event in
      CommittedEvent(
        cursor: EventCursor(height: header.height, position: UInt32(position), index: UInt32(index)),
        time: header.time, transaction: transaction, event: event)
    }
  }
}
