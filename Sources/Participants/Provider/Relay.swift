public import Client
public import Cryptography
public import LedgerKit
public import Operations

/// What a provider asks of a relay.
public protocol Relay: Sendable {
  func chain() async throws(ClientError) -> ChainStatus
  func ask<Q: Query>(_ query: Q) async throws(ClientError) -> Q.Answer
  func prepare(
    _ operations: [any Transaction], from sender: Address, fee: Amount?, maximumFee: Amount
  ) async throws(ClientError) -> TransactionBody
  func submit(_ envelope: Envelope) async throws(ClientError) -> Outcome
  func upload(_ bytes: [UInt8]) async throws(ClientError) -> Digest
  func download(_ digest: Digest, atMost maximumBytes: Int) async throws(ClientError) -> [UInt8]
  func events(after cursor: EventCursor?, account: Address?) -> AsyncStream<CommittedEvent>
}

extension RelayClient: Relay {}
