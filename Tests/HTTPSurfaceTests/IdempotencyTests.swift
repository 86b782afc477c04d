import Cryptography
import Encoding
import LedgerKit
import Money
import NIOHTTP1
import Node
import Operations
import Testing

@testable import HTTPSurface

@Suite struct IdempotencyTests {
  private let transfer = Transfer(to: Address(module: "test/receiver"), amount: Amount(nano: 5))

  @Test func theFirstResultIsReplayed() async throws {
    try await Relay.run { relay in
      let path = "/v1/money/transfer?sender=\(relay.owner)"
      let key = ["Idempotency-Key": "\"one\""]
      let first = try await relay.post(path, transfer, key)
      let second = try await relay.post(path, transfer, key)
      let other = try await relay.post(path, transfer, ["Idempotency-Key": "two"])
      #expect(first.body == second.body && first.body != other.body)
      #expect(first.headers.first(name: "Idempotency-Replayed") == nil)
      #expect(second.headers.first(name: "Idempotency-Replayed") == "true")
    }
  }

  @Test func aSubmissionTakesEffectOnce() async throws {
    try await Relay.run { relay in
      let envelope = try await relay.transfer(5)
      let key = ["Idempotency-Key": "\"one\""]
      let first = try await relay.post("/v1/transactions?wait=true", envelope, key)
      let second = try await relay.post("/v1/transactions?wait=true", envelope, key)
      #expect(first.status == 200 && first.body == second.body && relay.node.head.height == 1)
      let another = try await relay.transfer(6)
      #expect(try await relay.post("/v1/transactions?wait=true", another, key).problem.status == 422)
      #expect(try await relay.post("/v1/transactions", another, ["Idempotency-Key": "a b"]).problem.status == 400)
    }
  }

  @Test func aKeyIsTakenWhileItsRequestRuns() throws {
    let store = IdempotencyStore()
    #expect(try store.begin("key", .zero) == nil)
    #expect(throws: Refused.self) { try store.begin("key", .zero) }
    store.end("key", nil)
    #expect(try store.begin("key", .zero) == nil)
  }

  @Test func memoryIsBounded() throws {
    let reply = Reply(text: "0123456789", type: "text/plain")
    let cases: [(IdempotencyStore.Limits, kept: [Bool])] = [
      (.init(count: 2), [false, true, true]), (.init(bytes: 15), [false, false, true]),
      (.init(age: .zero), [false, false, false])
    ]
    for (limits, kept) in cases {
      let store = IdempotencyStore(limits: limits)
      for key in ["a", "b", "c"] {
        _ = try store.begin(key, .zero)
        store.end(key, reply)
      }
      #expect(try ["a", "b", "c"].map { try store.begin($0, .zero) != nil } == kept)
    }
  }
}
