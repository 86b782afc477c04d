public import Cryptography
internal import Encoding
public import LedgerKit
internal import StateTree

/// Why a proof or a receipt does not hold.
public struct ReceiptError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path of the part that is wrong: `state.signature`.
  public let part: String
  public let detail: String
  public var description: String { "\(part): \(detail)" }

  func within(_ outer: String) -> ReceiptError { ReceiptError(part: "\(outer).\(part)", detail: detail) }
}

extension ProvenState {
  /// Checks that `sequencer` signed the header and that each piece of evidence is proven under its state root.
  public func verify(signedBy sequencer: PublicKey) throws(ReceiptError) {
    guard let signature, sequencer.verifies(signature, of: header.bytesToSign) else {
      throw ReceiptError(part: "signature", detail: "header, signature and sequencer do not belong together")
    }
    for (index, evidence) in evidence.enumerated() {
      do { try evidence.verify(under: header) } catch {
        throw ReceiptError(part: "evidence.\(index).proof", detail: "\(error)")
      }
    }
  }
}
