public import Cryptography
public import Encoding
public import StateTree

/// What one state key holds, or that it holds nothing, with the proof under a header's state root.
public struct Evidence: Record {
  public static let schema = Schema(
    "Evidence", "What one state key holds, or that it holds nothing, with the proof under a header's state root.",
    Evidence.init,
    Field(1, "key", \.key, "The state key."),
    Field(2, "value", \.value, "What it holds; missing when it holds nothing."),
    Field(3, "proof", \.proof, "ICS-23 commitment proof under SmtSpec."))

  public let key: Bytes
  public let value: Bytes?
  public let proof: CommitmentProof

  public init(key: Bytes, value: Bytes?, proof: CommitmentProof) {
    self.key = key
    self.value = value
    self.proof = proof
  }

  /// Throws unless the proof shows what is claimed under `header`.
  public func verify(under header: Header) throws(ProofError) {
    if let value {
      try proof.verifyMembership(key: key.array, value: value.array, root: header.state)
    } else {
      try proof.verifyNonMembership(key: key.array, root: header.state)
    }
  }
}

/// A committed header, with what vouches for it and proofs of state keys under its root.
public struct ProvenState: Record {
  public static let schema = Schema(
    "ProvenState", "A committed header, with what vouches for it and proofs of state keys under its root.",
    ProvenState.init,
    Field(1, "header", \.header, "Header whose state root the proofs lead to."),
    Field(
      2, "signature", \.signature,
      "Signature of the header by the sequencer; missing at height 0, and where validators certify the root."),
    Field(3, "evidence", \.evidence, "What the keys hold, one proof each."),
    Field(4, "lineage", \.lineage, "Proof that the state holds the rest of the header; missing where it is signed."),
    Field(
      5, "certificate", \.certificate, "The validators' certificate of the state root, once somebody has added it."))

  public let header: Header
  public let signature: Signature?
  public let evidence: [Evidence]
  public let lineage: Evidence?
  public let certificate: Certificate?

  public init(
    header: Header, signature: Signature?, evidence: [Evidence], lineage: Evidence? = nil,
    certificate: Certificate? = nil
  ) {
    self.header = header
    self.signature = signature
    self.evidence = evidence
    self.lineage = lineage
    self.certificate = certificate
  }

  /// The same with the validators' certificate.
  public func certified(by certificate: Certificate) -> ProvenState {
    ProvenState(
      header: header, signature: signature, evidence: evidence, lineage: lineage, certificate: certificate)
  }
}
