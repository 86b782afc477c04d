/// Equations of signatures that are checked together: a sum of them, each times a weight, is zero if all of them hold,
/// and otherwise only with a probability of 2^−128 (Bernstein et al., "High-speed high-security signatures").
///
/// As every equation holds or fails times the cofactor 8, so does the sum: batches and single checks agree.
struct SignatureBatch {
  /// In the order of their keys, so that terms of the same key come together.
  private let equations: [SignatureEquation]
  private let weights: [Scalar]

  init(_ claims: [SignatureClaim]) {
    equations = Self.equations(of: claims)
    weights = Self.weights(of: equations)
  }

  /// The claims whose key and R decode and whose S is canonical; the others are false.
  private static func equations(of claims: [SignatureClaim]) -> [SignatureEquation] {
    var equations: [SignatureEquation] = []
    equations.reserveCapacity(claims.count)
    var last: (key: PublicKey, negative: EdwardsPoint?)?
    for position in claims.indices.sorted(by: { claims[$0].key < claims[$1].key }) {
      let claim = claims[position]
      let negative = last?.key == claim.key ? last?.negative : EdwardsPoint(decoding: claim.key.numbers).map { -$0 }
      last = (claim.key, negative)
      guard let negative, let equation = SignatureEquation(claim, at: position, negativeKey: negative) else { continue }
      equations.append(equation)
    }
    return equations
  }

  /// A number of 128 bits for each equation, unknown before all equations are: from a hash of everything in them.
  private static func weights(of equations: [SignatureEquation]) -> [Scalar] {
    guard equations.count > 1 else { return [.one] }
    var hash = SHA512()
    for equation in equations {
      hash.update(equation.key.numbers)
      hash.update(equation.response.words)
      hash.update(equation.challenge.words)
    }
    let seed = hash.finalize()
    var block = seed
    return equations.indices.map { index in
      let part = index % 4
      if part == 0 { block = Self.block(index / 4, of: seed) }
      let words: InlineArray<2, UInt64> = [block[2 * part], block[2 * part + 1]]
      return Scalar(reducing: words)
    }
  }

  private static func block(_ index: Int, of seed: InlineArray<8, UInt64>) -> InlineArray<8, UInt64> {
    var hash = SHA512()
    hash.update(seed)
    hash.update([UInt64(index)] as InlineArray<1, UInt64>)
    return hash.finalize()
  }
}

extension SignatureBatch {
  /// The positions of the true claims, in no order that matters.
  var truePositions: [Int] {
    var positions: [Int] = []
    collectTrue(in: equations.indices, isKnownToFail: false, into: &positions)
    return positions
  }

  /// Bisects until every failing equation is alone; says whether all of `range` hold.
  @discardableResult
  private func collectTrue(in range: Range<Int>, isKnownToFail: Bool, into positions: inout [Int]) -> Bool {
    if !isKnownToFail && holds(range) {
      positions += equations[range].map(\.position)
      return true
    }
    guard range.count > 1 else { return false }
    let middle = range.lowerBound + range.count / 2
    let firstHolds = collectTrue(in: range.lowerBound..<middle, isKnownToFail: false, into: &positions)
    collectTrue(in: middle..<range.upperBound, isKnownToFail: firstHolds, into: &positions)
    return false
  }

  /// Whether the weighted sum of the equations is zero. The first weighs 1, so that one alone is just itself.
  private func holds(_ range: Range<Int>) -> Bool {
    var products = ScalarProducts(capacity: 2 * range.count)
    var keyScalar = Scalar.zero
    for index in range {
      let equation = equations[index]
      let weight = index == range.lowerBound ? .one : weights[index]
      products.baseScalar = .product(weight, equation.response, plus: products.baseScalar)
      products.add(weight, times: equation.negativeCommitment)
      keyScalar = .product(weight, equation.challenge, plus: keyScalar)
      guard index + 1 == range.upperBound || equations[index + 1].key != equation.key else { continue }
      products.add(keyScalar, times: equation.negativeKey)
      keyScalar = .zero
    }
    return products.sum.isOfSmallOrder
  }
}
