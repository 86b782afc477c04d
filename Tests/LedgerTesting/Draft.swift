public import Cryptography
internal import Encoding
public import LedgerKit

/// A transaction whose every part a test may spoil before it is signed.
public struct Draft: Sendable {
  public var chain: String
  public var sender: Address
  public var fee: Amount
  public var validFrom: Timestamp
  public var validUntil: Timestamp
  public var nonce: Nonce
  public var operations: [any Transaction]
  public var signers: [PrivateKey]

  public init(
    chain: String, sender: Address, fee: Amount, validFrom: Timestamp, validUntil: Timestamp, nonce: Nonce,
    operations: [any Transaction], signers: [PrivateKey]
  ) {
    self.chain = chain
    self.sender = sender
    self.fee = fee
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.nonce = nonce
    self.operations = operations
    self.signers = signers
  }

  public var body: TransactionBody {
    TransactionBody(
      chain: chain, sender: sender, fee: fee, validFrom: validFrom, validUntil: validUntil, nonce: nonce,
      operations: operations.map { Operation($0) })
  }

  public var envelope: Envelope {
    let body = body
    let message = body.bytesToSign
    let signatures = signers.map { SignatureEntry(publicKey: $0.publicKey, signature: $0.sign(message)) }
    return Envelope(body: body, signatures: signatures)
  }

  public var encoded: [UInt8] { envelope.encoded }
}
