import Cryptography
import Encoding
import HTTPSurface
import LedgerKit
import Money
import NIOHTTP1
import Node
import Operations
import Testing

@Suite struct TransactionRouteTests {
  @Test func aWaitingSubmissionGivesTheOutcome() async throws {
    try await Relay.run { relay in
      let envelope = try await relay.transfer(7)
      let reply = try await relay.post("/v1/transactions?wait=true", envelope)
      let outcome = try reply.read(Outcome.self, relay.node.ledger.unions)
      #expect(reply.status == 200 && outcome.result.id == envelope.body.id && outcome.result.rejection == nil)
      let found = try await relay.get("/v1/transactions/\(envelope.body.id)")
      #expect(try found.read(CommittedTransaction.self, relay.node.ledger.unions).outcome == outcome)
    }
  }

  @Test(arguments: ["application/protobuf", "application/x-protobuf"])
  func bytesAreTakenToo(type: String) async throws {
    try await Relay.run { relay in
      let envelope = try await relay.transfer(7)
      let reply = try await relay.send(.POST, "/v1/transactions", envelope.encoded, ["Content-Type": type])
      #expect(reply.status == 202)
      #expect(try reply.read(Submitted.self).id == envelope.body.id)
    }
  }

  @Test func waitingEndsAtTheLimit() async throws {
    var options = Relay.Options()
    options.isSequencing = false
    options.surface.waitLimit = .milliseconds(1)
    try await Relay.run(options) { relay in
      let envelope = try await relay.transfer(7)
      let reply = try await relay.post("/v1/transactions?wait=true", envelope)
      #expect(reply.status == 202)
      #expect(try reply.read(Submitted.self).id == envelope.body.id)
      let again = try await relay.post("/v1/transactions", envelope).problem
      #expect(again.status == 409 && again.reason == "alreadyPending")
    }
  }

  @Test func refusalsNameTheirReason() async throws {
    try await Relay.run { relay in
      let sent = try await relay.transfer(1)
      _ = try await relay.post("/v1/transactions?wait=true", sent)
      let good = try await relay.transfer(1)
      let cases: [(Envelope, UInt32, String)] = [
        (sent, 409, "duplicate"), (Envelope(body: good.body, signatures: []), 422, "missingSignature"),
        (Envelope(signing: good.body, with: PrivateKey()), 422, "notAuthorized"),
        (try await relay.transfer(2_000_000_000_000), 422, "insufficientFunds")
      ]
      for (envelope, status, reason) in cases {
        for path in ["/v1/transactions", "/v1/transactions?wait=true", "/v1/transactions/check"] {
          let problem = try await relay.post(path, envelope).problem
          #expect(problem.status == status && problem.reason == reason && problem.code != nil, "\(path): \(problem)")
        }
      }
      let bytes = ["Content-Type": "application/protobuf"]
      #expect(try await relay.send(.POST, "/v1/transactions", [1, 2], bytes).problem.status == 400)
      let large = [UInt8](repeating: 0, count: 65_537)
      #expect(try await relay.send(.POST, "/v1/transactions", large, bytes).problem.reason == "tooLarge")
    }
  }

  @Test func aDryRunChangesNothing() async throws {
    try await Relay.run { relay in
      let envelope = try await relay.transfer(7)
      let reply = try await relay.post("/v1/transactions/check", envelope)
      let run = try reply.read(DryRun.self, relay.node.ledger.unions)
      #expect(run.fee == envelope.body.fee)
      #expect(run.events.map { type(of: $0.event).name } == ["FeeCharged", "Transferred"])
      #expect(await relay.node.pendingCount == 0 && relay.node.head.height == 0)
    }
  }

  @Test func preparingAndSigningIsEnough() async throws {
    try await Relay.run { relay in
      let mint = Operation(Mint(amount: Amount(nano: 3)))
      let preparation = Preparation(
        sender: relay.owner, operations: [mint, mint], fee: nil, validSeconds: nil, nonce: nil)
      let reply = try await relay.post("/v1/transactions/prepare", preparation)
      let prepared = try reply.read(PreparedTransaction.self, relay.node.ledger.unions)
      #expect(prepared.bytesToSign.array == prepared.body.bytesToSign && prepared.id == prepared.body.id)
      let signed = Envelope(signing: prepared.body, with: relay.key)
      let outcome = try await relay.post("/v1/transactions?wait=true", signed)
      #expect(try outcome.read(Outcome.self, relay.node.ledger.unions).result.rejection == nil)
    }
  }

  @Test func whatCannotBePreparedIsRefused() async throws {
    let mint = #"{"amount":"3"}"#
    try await Relay.run { relay in
      let path = "/v1/money/mint"
      let cases: [(String, String, UInt32, String)] = [
        (path, mint, 400, "sender"), (path + "?sender=\(relay.owner)&validSeconds=601", mint, 422, "601"),
        (path + "?sender=\(relay.owner)&fee=a", mint, 400, "fee"),
        (path + "?sender=\(relay.owner)", #"{"sum":1}"#, 400, "sum")
      ]
      for (path, body, status, word) in cases {
        let problem = try await relay.post(path, body).problem
        #expect(problem.status == status && problem.detail.contains(word), "\(path): \(problem)")
      }
    }
  }

  @Test func historyIsPaged() async throws {
    try await Relay.run { relay in
      for amount in 1...3 { try await relay.pay(UInt64(amount)) }
      let unions = relay.node.ledger.unions
      let path = "/v1/accounts/\(relay.owner)/events?kind=transferred&limit=2"
      let page = try await relay.get(path).read(EventPage.self, unions)
      #expect(page.events.map(\.cursor.height) == [3, 2])
      let rest = try await relay.get(path + "&before=\(try #require(page.next))").read(EventPage.self, unions)
      #expect(rest.events.map(\.cursor.height) == [1] && rest.next == nil)
      for wrong in ["before=1", "kind=nothing", "limit=-1"] {
        #expect(try await relay.get("/v1/accounts/\(relay.owner)/events?\(wrong)").problem.status == 400, "\(wrong)")
      }
      #expect(try await relay.get("/v1/transactions/\(Digest.zero)").problem.status == 404)
    }
  }
}
