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

/// Who stands behind a proof: what its reader has to trust.
public enum Voucher: Sendable, Equatable {
  /// The key that signed the header.
  case sequencer(PublicKey)
  /// The validators who agreed on the state root.
  case validators(Quorum)
}

extension ProvenState {
  /// Checks that somebody vouches for the header, and that each piece of evidence is proven under its state root.
  ///
  /// - Parameter sequencer: the key that must have signed the header; without one, validators must have certified it.
  /// - Returns: who vouches for it; that they are the network's is for the caller to know.
  @discardableResult
  public func verify(signedBy sequencer: PublicKey?) throws(ReceiptError) -> Voucher {
    let voucher = if let sequencer { try verifySignature(by: sequencer) } else { try verifyCertificate() }
    for (index, evidence) in evidence.enumerated() { try verify(evidence, "evidence.\(index)") }
    return voucher
  }

  private func verifySignature(by sequencer: PublicKey) throws(ReceiptError) -> Voucher {
    guard let signature, sequencer.verifies(signature, of: header.bytesToSign) else {
      throw ReceiptError(part: "signature", detail: "header, signature and sequencer do not belong together")
    }
    return .sequencer(sequencer)
  }

  /// The validators certify the state root; the rest of the header must be what the state says of it.
  private func verifyCertificate() throws(ReceiptError) -> Voucher {
    guard let certificate else {
      throw ReceiptError(part: "certificate", detail: "neither a sequencer nor validators vouch for the header")
    }
    guard let lineage, lineage.key.array == Lineage.key, lineage.value == Bytes(Lineage(of: header).row) else {
      throw ReceiptError(part: "lineage", detail: "it is not what the state must say of this header")
    }
    try verify(lineage, "lineage")
    do throws(CertificateError) { return .validators(try certificate.verify(header)) } catch {
      throw ReceiptError(part: "certificate.\(error.part)", detail: error.detail)
    }
  }

  private func verify(_ evidence: Evidence, _ part: String) throws(ReceiptError) {
    do { try evidence.verify(under: header) } catch { throw ReceiptError(part: "\(part).proof", detail: "\(error)") }
  }
}

extension Lineage {
  /// The bytes of the row that holds it.
  fileprivate var row: [UInt8] {
    var writer = Writer()
    write(to: &writer)
    return writer.bytes
  }
}
