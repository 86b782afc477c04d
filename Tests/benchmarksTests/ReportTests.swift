internal import Foundation
internal import Testing

@testable import benchmarks

@Suite("The benchmark") struct ReportTests {
  static let setting = Setting(seconds: 1, accounts: 1_000, growth: [], relay: "")

  @Test("writes a list of lines of the stated form, and a copy")
  func form() async throws {
    var session = Session(setting: Self.setting, runs: 1, hasPeers: false)
    await session.measure([.proofVerification])
    let folder = try TemporaryFolder()
    try session.report.write(to: folder.path)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(files.count == 2)
    let data = try Data(contentsOf: URL(filePath: folder.path + "/latest.json"))
    let lines = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(lines.map { $0["row"] as? String } == ["proofs.verify"])
    #expect(lines.allSatisfy { Set($0.keys) == ["row", "figure", "unit", "peer", "peerFigure", "ratio"] })
    #expect(lines.first?["peer"] is NSNull)
  }

  @Test("says which peers are missing, and by how much it wins or loses")
  func peers() async {
    let slower = Peer("slower") { _ in 50 }
    let missing = Peer("another") { _ in throw NotInstalled(program: "another") }
    let row = Row("row", "", peers: [slower, missing]) { _ in [Reading("row", 100, .perSecond)] }
    var session = Session(setting: Self.setting, runs: 3, hasPeers: true)
    await session.measure([row])
    #expect(
      session.report.lines == [
        Report.Line("row", 100, .perSecond, peer: "slower", peerFigure: 50),
        Report.Line("row", 100, .perSecond, peer: "another (not installed)")
      ])
    #expect(session.report.lines.map(\.ratio) == [2, nil])
    #expect(!session.hasFailures)
  }

  @Test("counts a smaller time as the better one")
  func direction() {
    #expect(Report.Line("row", 2, .milliseconds, peer: "peer", peerFigure: 1).ratio == 0.5)
  }

  @Test(
    "takes medians and percentiles",
    arguments: [([3.0, 1, 2], 2.0, 3.0), ([4, 1, 2, 3], 2.5, 4), ([7], 7, 7)])
  func statistics(values: [Double], median: Double, last: Double) {
    #expect(values.median == median)
    #expect(values.percentile(0.99) == last)
  }

  @Test("counts the transactions of a batch that took effect")
  func batch() {
    let effective: [UInt8] = [0x0A, 4, 0x10, 1, 0x18, 2]
    let waiting: [UInt8] = [0x0A, 3, 0x0A, 1, 9]
    let rejected: [UInt8] = [0x0A, 5, 0x10, 1, 0x22, 1, 7]
    #expect(BatchAnswer(effective + waiting + rejected + effective).effectiveCount == 2)
  }
}
