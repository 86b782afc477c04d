import Chain
import Cryptography
import Encoding
import LedgerKit
import Money
import Testing

@testable import Engine

struct MempoolTests {
  /// A transaction of sender number `sender`.
  private static func transaction(
    _ sender: Int, fee: UInt64, until: UInt64 = 100, length: Int = 0
  ) throws -> VerifiedEnvelope {
    var random = Random(seed: UInt64(sender))
    let key = PrivateKey(using: &random)
    let to = Address(key.publicKey)
    let body = TransactionBody(
      chain: "mempool" + String(repeating: "l", count: length), sender: to, fee: Amount(nano: fee),
      validFrom: Timestamp(milliseconds: 1), validUntil: Timestamp(milliseconds: until),
      nonce: try Nonce(validating: PrivateKey().publicKey.bytes.prefix(16)),
      operations: [Operation(Transfer(to: to, amount: Amount(nano: 1)))])
    let ledger = Ledger(
      chain: body.chain, policy: .managed, modules: Ledger.standardModules, accounts: Money.self)
    return try VerifiedEnvelope(Envelope(signing: body, with: key).encoded, for: ledger)
  }

  private func pool(count: Int = 100, bytes: Int = .max, countPerSender: Int = 100) -> Mempool {
    Mempool(limits: MempoolLimits(count: count, bytes: bytes, countPerSender: countPerSender))
  }

  private func reason(_ body: () throws -> some Any) -> String? {
    do { _ = try body() } catch { return (error as? Rejection)?.name }
    return nil
  }

  /// A transaction of `sender` that offers `fee` in thousandths of a token.
  struct Offer {
    let sender: Int
    let fee: UInt64
    init(_ sender: Int, _ fee: UInt64) {
      self.sender = sender
      self.fee = fee
    }
    func transaction() throws -> VerifiedEnvelope { try MempoolTests.transaction(sender, fee: 1_000_000 * fee) }
  }

  /// Offers as they come, and the order in which blocks take them, by place.
  struct OrderRow {
    let coming: [Offer]
    let order: [Int]
  }

  private static let orders: [OrderRow] = [
    OrderRow(coming: [Offer(1, 5), Offer(1, 9), Offer(2, 7)], order: [2, 0, 1]),
    OrderRow(
      coming: [Offer(1, 5), Offer(1, 5), Offer(1, 5), Offer(2, 5), Offer(3, 5), Offer(2, 5)], order: [0, 3, 4, 1, 5, 2]),
    OrderRow(coming: [Offer(1, 1), Offer(1, 1000), Offer(2, 2), Offer(2, 3)], order: [2, 3, 0, 1]),
    OrderRow(coming: [Offer(1, 9), Offer(2, 9), Offer(1, 1), Offer(2, 1), Offer(3, 4)], order: [0, 1, 4, 2, 3])
  ]

  @Test(arguments: orders) func blocksTakeByFeeAndInTurn(row: OrderRow) throws {
    let transactions = try row.coming.map { try $0.transaction() }
    var mempool = pool()
    for transaction in transactions { _ = try mempool.insert(transaction) }
    #expect(mempool.take(upTo: .max).map(\.id) == row.order.map { transactions[$0].id })
    #expect(mempool.count == 0 && mempool.bytes == 0)
  }

  @Test func turnsGoOnInTheNextBlock() throws {
    var mempool = pool()
    let transactions = try [1, 1, 2, 2].map { try Self.transaction($0, fee: 5) }
    for transaction in transactions { _ = try mempool.insert(transaction) }
    let size = UInt64(transactions[0].encoded.count)
    let blocks = (0..<4).map { _ in mempool.take(upTo: size).map(\.id) }
    #expect(blocks == [0, 2, 1, 3].map { [transactions[$0].id] })
    #expect(mempool.take(upTo: size).isEmpty)
  }

  @Test func aBlockTakesOneThatIsTooLarge() throws {
    var mempool = pool()
    let transactions = try [1, 1, 1].map { try Self.transaction($0, fee: 5) }
    for transaction in transactions { _ = try mempool.insert(transaction) }
    let size = UInt64(transactions[0].encoded.count)
    #expect(mempool.take(upTo: size * 2 + 1).map(\.id) == transactions[..<2].map(\.id))
    #expect(mempool.take(upTo: size - 1).map(\.id) == [transactions[2].id])
  }

  @Test func aTransactionIsKnownUntilItsBlockIsCommitted() throws {
    let first = try Self.transaction(1, fee: 5)
    var mempool = pool()
    _ = try mempool.insert(first)
    #expect(reason { try mempool.insert(first) } == "node.alreadyPending")
    let taken = mempool.take(upTo: .max)
    #expect(reason { try mempool.requireRoom(for: first.decoded) } == "node.alreadyPending")
    mempool.forget(taken)
    #expect(reason { try mempool.insert(first) } == nil)
  }

  @Test func aSenderHasItsShare() throws {
    var mempool = pool(countPerSender: 2)
    for _ in 0..<2 { _ = try mempool.insert(Self.transaction(1, fee: 5)) }
    #expect(reason { try mempool.insert(Self.transaction(1, fee: 500)) } == "node.senderLimit")
    #expect(reason { try mempool.insert(Self.transaction(2, fee: 5)) } == nil)
  }

  /// What waits in a pool of four, who comes, and the place of the one that makes room, if any does.
  struct RoomRow {
    let waiting: [Offer]
    let newcomer: Offer
    let evicted: Int?
    init(_ waiting: [Offer], _ newcomer: Offer, evicts evicted: Int?) {
      self.waiting = waiting
      self.newcomer = newcomer
      self.evicted = evicted
    }
  }

  private static let rooms: [RoomRow] = [
    RoomRow([Offer(1, 5), Offer(2, 6), Offer(3, 7), Offer(4, 8)], Offer(5, 5), evicts: nil),
    RoomRow([Offer(1, 5), Offer(2, 6), Offer(3, 7), Offer(4, 8)], Offer(5, 6), evicts: 0),
    RoomRow([Offer(1, 9), Offer(1, 6), Offer(2, 7), Offer(2, 7)], Offer(3, 7), evicts: 1),
    RoomRow([Offer(1, 1), Offer(1, 9), Offer(2, 8), Offer(2, 7)], Offer(3, 8), evicts: 3),
    RoomRow([Offer(1, 5), Offer(1, 5), Offer(1, 5), Offer(2, 5)], Offer(3, 5), evicts: 2),
    RoomRow([Offer(1, 5), Offer(1, 5), Offer(2, 5), Offer(2, 5)], Offer(3, 5), evicts: 3),
    RoomRow([Offer(1, 5), Offer(1, 5), Offer(2, 5), Offer(3, 5)], Offer(2, 5), evicts: nil),
    RoomRow([Offer(1, 5), Offer(1, 5), Offer(2, 5), Offer(3, 5)], Offer(4, 4), evicts: nil),
    RoomRow([Offer(1, 5), Offer(1, 5), Offer(1, 5), Offer(1, 5)], Offer(1, 6), evicts: 3)
  ]

  @Test(arguments: rooms) func theCheapestMakesRoom(row: RoomRow) throws {
    let transactions = try row.waiting.map { try $0.transaction() }
    var mempool = pool(count: 4)
    for transaction in transactions { _ = try mempool.insert(transaction) }
    let newcomer = try row.newcomer.transaction()
    let refusal = row.evicted == nil ? "node.mempoolFull" : nil
    #expect(reason { try mempool.requireRoom(for: newcomer.decoded) } == refusal)
    var gone: [Digest] = []
    #expect(reason { gone = try mempool.insert(newcomer).map(\.id) } == refusal)
    #expect(gone == [row.evicted].compactMap { $0.map { transactions[$0].id } })
    #expect(mempool.count == 4)
  }

  @Test func theFeeThatIsNamedGetsIn() throws {
    var mempool = pool(count: 1)
    _ = try mempool.insert(Self.transaction(1, fee: 1_000_001))
    let refused = #expect(throws: Rejection.self) { try mempool.insert(Self.transaction(2, fee: 900_000, length: 9)) }
    let size = try Self.transaction(2, fee: 1_100_000, length: 9).encoded.count
    let least = FeeRate(try Self.transaction(1, fee: 1_000_001).decoded).leastFee(toBeatWith: size)
    #expect(refused?.detail.contains("\(Amount(nano: least))") == true, "\(refused?.detail ?? "")")
    #expect(reason { try mempool.insert(Self.transaction(2, fee: least - 1, length: 9)) } == "node.mempoolFull")
    #expect(reason { try mempool.insert(Self.transaction(2, fee: least, length: 9)) } == nil)
  }

  @Test func bytesAreBoundedTooAndNobodyGoesInVain() throws {
    let small = try (1...3).map { try Self.transaction($0, fee: UInt64($0) * 1_000_000) }
    var mempool = pool(bytes: small.map(\.encoded.count).reduce(0, +))
    for transaction in small { _ = try mempool.insert(transaction) }
    let greedy = try Self.transaction(4, fee: 2_500_000, length: 300)
    #expect(reason { try mempool.insert(greedy) } == "node.mempoolFull")
    #expect(mempool.count == 3)
    let generous = try Self.transaction(4, fee: 20_000_000, length: 300)
    #expect(try mempool.insert(generous).map(\.id) == small.map(\.id))
    #expect(mempool.count == 1 && mempool.bytes == generous.encoded.count)
  }

  @Test func whatExpiresIsDropped() throws {
    var mempool = pool()
    let ends: [(sender: Int, until: UInt64)] = [(1, 50), (1, 30), (2, 20), (1, 40)]
    let transactions = try ends.map { try Self.transaction($0.sender, fee: 5, until: $0.until) }
    for transaction in transactions { _ = try mempool.insert(transaction) }
    #expect(mempool.dropExpired(at: Timestamp(milliseconds: 20)).isEmpty)
    let dropped = mempool.dropExpired(at: Timestamp(milliseconds: 41))
    #expect(Set(dropped.map(\.id)) == Set(transactions[1...].map(\.id)))
    #expect(reason { try mempool.requireRoom(for: transactions[1].decoded) } == nil)
    #expect(mempool.take(upTo: .max).map(\.id) == [transactions[0].id])
    #expect(mempool.bytes == 0)
  }

  /// Any sequence of calls gives what a model without any cleverness gives.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func agreesWithAModel(seed: UInt64) throws {
    var random = Random(seed: seed)
    let limits = MempoolLimits(count: 12, bytes: 4000, countPerSender: 6)
    var mempool = Mempool(limits: limits)
    var model = MempoolModel(limits: limits)
    for step in 0..<300 {
      switch random.below(10) {
      case 0:
        let limit = UInt64(random.below(2000))
        #expect(mempool.take(upTo: limit).map(\.id) == model.take(upTo: limit), "take \(step)")
      case 1:
        let time = Timestamp(milliseconds: UInt64(step))
        #expect(Set(mempool.dropExpired(at: time).map(\.id)) == model.dropExpired(at: time), "expire \(step)")
      default:
        let transaction = try Self.transaction(
          Int(random.below(4)), fee: 1000 * UInt64(1 + random.below(5)),
          until: UInt64(step) + UInt64(2 + random.below(60)),
          length: Int(random.below(3)) * 100)
        var evicted: [Digest]?
        do { evicted = try mempool.insert(transaction).map(\.id) } catch {}
        #expect(evicted == model.insert(transaction), "insert \(step)")
      }
      #expect(mempool.count == model.waiting.count)
    }
  }
}
