internal import Cryptography

extension MerkleTree {
  /// A subtree as its parent holds it: the hash is kept here so that hashing a parent reads neither child.
  struct Node: Sendable {
    enum Link: Sendable {
      case empty
      case leaf(UInt32)
      case inner(UInt32)
    }

    static let empty = Node(hash: .zero, link: .empty)

    let hash: Digest
    let link: Link

    var isEmpty: Bool {
      if case .empty = link { true } else { false }
    }
  }

  /// A subtree with two leaves or more.
  struct Inner: Sendable {
    let left: Node
    let right: Node

    var hash: Digest { NodeHash.inner(left.hash, right.hash) }

    subscript(side: Side) -> Node { side == .left ? left : right }
  }

  /// Elements at stable 32-bit indices in one block of memory; removed ones leave room for new ones.
  struct Arena<Element: Sendable>: Sendable {
    private var slots: ContiguousArray<Element> = []
    private var free: ContiguousArray<UInt32> = []

    var count: Int { slots.count - free.count }

    mutating func insert(_ element: Element) -> UInt32 {
      guard let index = free.popLast() else {
        slots.append(element)
        return UInt32(slots.count - 1)
      }
      slots[Int(index)] = element
      return index
    }

    mutating func remove(at index: UInt32) { free.append(index) }

    subscript(index: UInt32) -> Element {
      get { slots[Int(index)] }
      set { slots[Int(index)] = newValue }
    }
  }
}
