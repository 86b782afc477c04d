internal import Cryptography
internal import Encoding
internal import Engine
internal import LedgerKit
internal import StateTree
internal import Storage

/// What validators ask of the ledger beside executing blocks.
extension LedgerApplication {
  var validators: [ValidatorPower] { ledger.validators(in: committedState) }

  var evidenceAgeBlocks: UInt64? { ledger.evidenceAgeBlocks(in: committedState) }

  private var committedState: State { State(committed.state, unions: ledger.unions) }

  /// The first height whose block others may still want of this machine; 0 for all.
  var retainHeight: UInt64 {
    guard pruning.keepBlocks > 0 else { return 0 }
    let kept = max(pruning.keepBlocks, evidenceAgeBlocks ?? 0)
    return head.height > kept ? head.height - kept + 1 : 0
  }

  /// What `key` holds in the last committed state, with a proof.
  func prove(_ key: [UInt8]) async throws(Rejection) -> ProvenState {
    let (last, proofs) = try await prove([key])
    return last.proven([key], by: proofs)
  }
}

extension LedgerApplication.Committed {
  /// What `keys` hold, with `proofs` of that, one for each; the lineage's comes last where no signature vouches for the header.
  func proven(_ keys: [[UInt8]], by proofs: [CommitmentProof]) -> ProvenState {
    let evidence = zip(keys, proofs).map { key, proof in
      Evidence(key: Bytes(key), value: state.value(at: key).map { Bytes($0) }, proof: proof)
    }
    guard signature == nil, keys.last == Lineage.key else {
      return ProvenState(header: header, signature: signature, evidence: evidence)
    }
    return ProvenState(header: header, signature: nil, evidence: evidence.dropLast(), lineage: evidence.last)
  }
}
