internal import Cryptography

extension MerkleTree {
  /// Where a reader stands on the way down.
  enum Place {
    case empty
    /// A leaf, or an inner node within a shard.
    case shard(Int, Shard.Link)
    /// An inner node of the crown.
    case crown(Int)

    var isEmpty: Bool {
      if case .empty = self { true } else { false }
    }
  }

  /// What the node of the crown at `index` is; the root of a shard and a lone leaf lie in a shard.
  private func place(inCrown index: Int) -> Place {
    switch crown[index].size {
    case .empty: .empty
    case .lone where index < Crown.width: place(inCrown: crown[2 * index].size == .empty ? 2 * index + 1 : 2 * index)
    case .many where index < Crown.width: .crown(index)
    case .lone, .many: .shard(index - Crown.width, shards[index - Crown.width].root)
    }
  }

  func hash(of place: Place) -> Digest {
    switch place {
    case .empty: .zero
    case .shard(let number, let link): shards[number].hash(of: link)
    case .crown(let index): crown[index].hash
    }
  }

  /// The path of the leaf at `place`, or `nil` when there is none.
  func path(at place: Place) -> Digest? {
    guard case .shard(let number, let link) = place, link.kind == .leaf else { return nil }
    return shards[number].leaves[link.index].path
  }

  /// What lies below the inner node at `place`, or `nil` when it is none.
  private func sides(of place: Place) -> Sides? {
    switch place {
    case .empty: return nil
    case .shard(_, let link) where link.kind == .leaf: return nil
    case .shard(let number, let link):
      let (left, right) = shards[number].children(of: link)
      return Sides(left: left.place(in: number), right: right.place(in: number))
    case .crown(let index):
      return Sides(left: self.place(inCrown: 2 * index), right: self.place(inCrown: 2 * index + 1))
    }
  }
}

extension MerkleTree.Shard.Link {
  fileprivate func place(in shard: Int) -> MerkleTree.Place { kind == .empty ? .empty : .shard(shard, self) }
}

extension MerkleTree {
  /// What lies below an inner node.
  struct Sides {
    let left: Place
    let right: Place

    subscript(side: Side) -> Place { side == .left ? left : right }
  }

  /// The choice made at one inner node.
  struct Turn {
    let sides: Sides
    let side: Side

    var sibling: Place { sides[side.opposite] }
  }

  /// A way from the root down to a leaf or an empty subtree.
  struct Trail {
    private(set) var turns: [Turn]
    private(set) var end: Place

    /// Goes on from `turns`, choosing a side at each inner node by its depth.
    init(in tree: borrowing MerkleTree, after turns: [Turn] = [], choosing side: (Sides, Int) -> Side) {
      self.turns = turns
      end = turns.last.map { $0.sides[$0.side] } ?? tree.place(inCrown: Crown.top)
      while let sides = tree.sides(of: end) {
        let turn = Turn(sides: sides, side: side(sides, self.turns.count))
        self.turns.append(turn)
        end = sides[turn.side]
      }
    }
  }
}
