internal import Cryptography
internal import DequeModule
internal import HeapModule
public import LedgerKit

/// Transactions that wait for a block: those of one sender in the order they came, those of several by what they pay.
public struct Mempool {
  private let limits: MempoolLimits
  private var lanes: [Address: Lane] = [:]
  /// What waits, and what is in the block under way.
  private var ids: Set<Digest> = []
  public private(set) var count = 0
  public private(set) var bytes = 0
  /// Counts arrivals and turns.
  private var clock: UInt64 = 0
  /// The last transaction of each lane, and some that no longer are; nothing until one has to make room.
  private var tails: Heap<Tail>?

  public init(limits: MempoolLimits) { self.limits = limits }

  /// Throws when the transaction waits already, or would find no place.
  public mutating func requireRoom(for transaction: DecodedEnvelope) throws(Rejection) {
    guard !ids.contains(transaction.id) else {
      throw NodeReason.alreadyPending.rejection("transaction \(transaction.id) waits for a block; look up its result")
    }
    let sender = transaction.body.sender
    guard waiting(of: sender) < limits.countPerSender else {
      throw NodeReason.senderLimit.rejection("\(limits.countPerSender) transactions of \(sender) wait; send it later")
    }
    guard !fits(transaction), let cheapest = cheapest() else { return }
    guard outbids(transaction, cheapest) else { throw full(for: transaction, cheapest) }
  }

  /// Takes a transaction in.
  ///
  /// - Returns: those that had to make room for it, which wait no longer.
  /// - Throws: when it waits already, or pays too little to get in.
  public mutating func insert(_ transaction: VerifiedEnvelope) throws(Rejection) -> [VerifiedEnvelope] {
    try requireRoom(for: transaction.decoded)
    let evicted = try makeRoom(for: transaction.decoded)
    ids.insert(transaction.id)
    let arrival = tick()
    append(Waiting(transaction: transaction, arrival: arrival), turn: arrival)
    return evicted
  }

  /// Forgets transactions whose block is committed; from then on the ledger knows them.
  public mutating func forget(_ committed: [VerifiedEnvelope]) {
    for transaction in committed { ids.remove(transaction.id) }
  }

  private func waiting(of sender: Address) -> Int { lanes[sender]?.queue.count ?? 0 }

  private mutating func tick() -> UInt64 {
    clock += 1
    return clock
  }

  /// - Parameter turn: where its sender stands among equals, unless others of it wait.
  private mutating func append(_ entry: Waiting, turn: UInt64) {
    let sender = entry.transaction.body.sender
    lanes[sender, default: Lane(turn: turn)].append(entry)
    count += 1
    bytes += entry.transaction.encoded.count
    noteTail(of: sender)
  }

  private mutating func release(_ transaction: VerifiedEnvelope) {
    count -= 1
    bytes -= transaction.encoded.count
  }
}

extension Mempool {
  /// Takes what pays most for its bytes, of each sender the oldest first and among equals each sender in turn, as far as it
  /// fits in a block of `limit` bytes; it stays known until it is forgotten.
  ///
  /// One is always taken, so that a transaction larger than the limit does not hold up the others for ever.
  public mutating func take(upTo limit: UInt64) -> [VerifiedEnvelope] {
    var taken: [VerifiedEnvelope] = []
    var size: UInt64 = 0
    var heads = Heap(lanes.compactMap { sender, lane in Head(sender, lane) })
    while let head = heads.max {
      size += UInt64(head.bytes)
      guard size <= limit || taken.isEmpty, let next = takeFirst(of: head.sender) else { break }
      taken.append(next)
      if let lane = lanes[head.sender], let following = Head(head.sender, lane) {
        heads.replaceMax(with: following)
      } else {
        heads.removeMax()
      }
    }
    tails = nil
    return taken
  }

  private mutating func takeFirst(of sender: Address) -> VerifiedEnvelope? {
    guard let entry = lanes[sender]?.queue.popFirst() else { return nil }
    let turn = tick()
    if waiting(of: sender) == 0 { lanes[sender] = nil } else { lanes[sender]?.turn = turn }
    release(entry.transaction)
    return entry.transaction
  }

  /// Takes out what no block at `time` or later may include.
  public mutating func dropExpired(at time: Timestamp) -> [VerifiedEnvelope] {
    let late = lanes.compactMap { sender, lane in lane.firstEnd < time ? sender : nil }
    guard !late.isEmpty else { return [] }
    tails = nil
    var dropped: [VerifiedEnvelope] = []
    for sender in late {
      dropped += lanes[sender]?.dropExpired(at: time) ?? []
      if waiting(of: sender) == 0 { lanes[sender] = nil }
    }
    for transaction in dropped { release(transaction) }
    forget(dropped)
    return dropped
  }
}

extension Mempool {
  private func fits(_ transaction: DecodedEnvelope) -> Bool {
    count < limits.count && bytes + transaction.encoded.count <= limits.bytes
  }

  /// Whether a newcomer may take the place of `tail`: it pays more, or as much and its sender has less that waits.
  private func outbids(_ newcomer: DecodedEnvelope, _ tail: Tail) -> Bool {
    let rate = FeeRate(newcomer)
    return rate > tail.rate || rate == tail.rate && waiting(of: newcomer.body.sender) + 1 < tail.waiting
  }

  private func full(for newcomer: DecodedEnvelope, _ cheapest: Tail?) -> Rejection {
    let fee = cheapest?.rate.leastFee(toBeatWith: newcomer.encoded.count) ?? 0
    return NodeReason.mempoolFull.rejection(
      "\(count) transactions wait, all of which pay as much for a byte; offer \(Amount(nano: fee)), or send it later")
  }

  /// Takes out the cheapest until the newcomer fits, or leaves everything as it is and throws.
  private mutating func makeRoom(for newcomer: DecodedEnvelope) throws(Rejection) -> [VerifiedEnvelope] {
    var evicted: [(entry: Waiting, turn: UInt64)] = []
    while !fits(newcomer) {
      let cheapest = cheapest()
      guard let cheapest, outbids(newcomer, cheapest), let last = removeLast(of: cheapest.sender) else {
        for (entry, turn) in evicted.reversed() { append(entry, turn: turn) }
        throw full(for: newcomer, cheapest)
      }
      evicted.append(last)
    }
    forget(evicted.map(\.entry.transaction))
    return evicted.map(\.entry.transaction)
  }

  private mutating func removeLast(of sender: Address) -> (entry: Waiting, turn: UInt64)? {
    guard let turn = lanes[sender]?.turn, let entry = lanes[sender]?.queue.popLast() else { return nil }
    if waiting(of: sender) == 0 { lanes[sender] = nil }
    release(entry.transaction)
    noteTail(of: sender)
    return (entry, turn)
  }

  /// The first to make room.
  private mutating func cheapest() -> Tail? {
    var tails = tails.take() ?? Heap(lanes.compactMap { sender, lane in Tail(sender, lane) })
    while let tail = tails.min, tail != lanes[tail.sender].flatMap({ Tail(tail.sender, $0) }) { tails.removeMin() }
    self.tails = tails
    return tails.min
  }

  private mutating func noteTail(of sender: Address) {
    guard let lane = lanes[sender], let tail = Tail(sender, lane) else { return }
    tails?.insert(tail)
  }
}
