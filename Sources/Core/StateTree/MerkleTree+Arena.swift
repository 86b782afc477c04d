extension MerkleTree {
  /// Elements at stable 29-bit indices in blocks that never move; removed ones leave room for new ones.
  struct Arena<Element: Sendable>: Sendable {
    private static var blockLength: Int { 256 }

    private var blocks: ContiguousArray<ContiguousArray<Element>> = []
    private var used = 0
    private var free: ContiguousArray<UInt32> = []

    var count: Int { used - free.count }

    mutating func insert(_ element: Element) -> UInt32 {
      if let index = free.popLast() {
        self[index] = element
        return index
      }
      if used % Self.blockLength == 0 {
        blocks.append([])
        blocks[blocks.count - 1].reserveCapacity(Self.blockLength)
      }
      blocks[blocks.count - 1].append(element)
      used += 1
      return UInt32(used - 1)
    }

    mutating func remove(at index: UInt32) { free.append(index) }

    subscript(index: UInt32) -> Element {
      get { blocks[Int(index) / Self.blockLength][Int(index) % Self.blockLength] }
      set { blocks[Int(index) / Self.blockLength][Int(index) % Self.blockLength] = newValue }
    }
  }
}
