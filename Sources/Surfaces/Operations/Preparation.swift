public import Cryptography
public import Encoding
public import LedgerKit

/// What to sign: the body of `POST /v1/transactions/prepare`.
public struct Preparation: Record {
  public static let schema = Schema(
    "Preparation", "What a transaction shall do; the node fills in the rest.", Preparation.init,
    Field(1, "sender", \.sender, "Account that acts and pays."),
    Field(2, "operations", \.operations, "What to do, in order; all of it or none."),
    Field(3, "fee", \.fee, "Fee to offer, in nano-CPTM; the minimum when it is missing."),
    Field(4, "validSeconds", \.validSeconds, "Length of the validity window, in seconds; 60 when it is missing."),
    Field(5, "nonce", \.nonce, "16 bytes that make the transaction unique; random when they are missing."))

  public let sender: Address
  public let operations: [Operation]
  public let fee: Amount?
  public let validSeconds: UInt64?
  public let nonce: Nonce?

  public init(sender: Address, operations: [Operation], fee: Amount?, validSeconds: UInt64?, nonce: Nonce?) {
    self.sender = sender
    self.operations = operations
    self.fee = fee
    self.validSeconds = validSeconds
    self.nonce = nonce
  }
}

/// A transaction ready to be signed: the answer of `POST /v1/transactions/prepare`.
public struct PreparedTransaction: Record {
  public static let schema = Schema(
    "PreparedTransaction", "A transaction ready to be signed.", PreparedTransaction.init,
    Field(1, "id", \.id, "Id that the transaction will have."),
    Field(2, "body", \.body, "What will be signed, readable."),
    Field(3, "bodyBytes", \.bodyBytes, "The body's canonical bytes."),
    Field(
      4, "bytesToSign", \.bytesToSign,
      "The exact bytes to sign with Ed25519: the signing domain, then the body's bytes."))

  public let id: Digest
  public let body: TransactionBody
  public let bodyBytes: Bytes
  public let bytesToSign: Bytes

  public init(_ body: TransactionBody) {
    self.init(id: body.id, body: body, bodyBytes: Bytes(body.encoded), bytesToSign: Bytes(body.bytesToSign))
  }

  init(id: Digest, body: TransactionBody, bodyBytes: Bytes, bytesToSign: Bytes) {
    self.id = id
    self.body = body
    self.bodyBytes = bodyBytes
    self.bytesToSign = bytesToSign
  }
}
