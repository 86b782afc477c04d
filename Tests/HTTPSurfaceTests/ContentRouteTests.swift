import ContentStore
import Cryptography
import Encoding
import HTTPSurface
import NIOHTTP1
import Node
import Operations
import Testing

@Suite struct ContentRouteTests {
  private let blob = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  @Test func blobsComeBack() async throws {
    try await Relay.run { [blob] relay in
      let digest = Digest(of: blob)
      let announced = ["Content-Digest": "sha-256=:\(Base64.encode(digest.bytes)):", "Content-Type": "image/png"]
      let stored = try await relay.send(.POST, "/v1/content", blob, announced)
      #expect(stored.status == 201)
      #expect(try stored.read(StoredContent.self) == StoredContent(digest: digest, sizeBytes: UInt64(blob.count)))
      let path = "/v1/content/\(digest)"
      let reply = try await relay.get(path)
      #expect(reply.body == blob && reply.type == "application/octet-stream")
      #expect(reply.headers.first(name: "Cache-Control")?.contains("immutable") == true)
      let tag = try #require(reply.headers.first(name: "ETag"))
      #expect(try await relay.get(path, ["If-None-Match": tag]).status == 304)
      let head = try await relay.send(.HEAD, path)
      #expect(head.status == 200 && head.body.isEmpty)
      #expect(head.headers.first(name: "Content-Length") == "\(blob.count)")
    }
  }

  @Test(.timeLimit(.minutes(1))) func expiredBlobsAreSweptInTime() async throws {
    var options = Relay.Options()
    options.content.lifetimeSeconds = 0
    options.surface.sweepPeriod = .milliseconds(5)
    try await Relay.run(options) { relay in
      #expect(try await relay.send(.POST, "/v1/content", [1]).status == 201)
      while relay.node.content.usedBytes > 0 { try await Task.sleep(for: .milliseconds(2)) }
    }
  }

  @Test func limitsHaveReasons() async throws {
    var options = Relay.Options()
    options.content = ContentStore.Limits(totalBytes: 150, blobBytes: 100, lifetimeSeconds: 60, chargeBytes: 0)
    try await Relay.run(options) { relay in
      for (count, status) in [(101, 413), (100, 201), (60, 507)] {
        let reply = try await relay.send(.POST, "/v1/content", [UInt8](repeating: 1, count: count))
        #expect(reply.status == UInt(status), "\(count) bytes: \(reply.text)")
      }
    }
  }

  @Test func wrongDigestsAreRefused() async throws {
    try await Relay.run { relay in
      for value in ["sha-256=:x:", "md5=:aa==:", "sha-256=:\(Base64.encode(Digest.zero.bytes)):"] {
        let reply = try await relay.send(.POST, "/v1/content", [1], ["Content-Digest": value])
        #expect(try reply.problem.status == 400, "\(value)")
      }
      #expect(try await relay.get("/v1/content/\(Digest.zero)").problem.status == 404)
      #expect(try await relay.get("/v1/content/zero").problem.status == 400)
    }
  }
}
