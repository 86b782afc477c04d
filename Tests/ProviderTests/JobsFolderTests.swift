import Foundation
import Market
import Provider
import Testing

@Suite(.timeLimit(.minutes(1)))
struct JobsFolderTests {
  private let rig: Rig
  private let jobs: URL

  init() throws {
    rig = try Rig()
    jobs = rig.folder.appendingPathComponent("elsewhere")
    try FileManager.default.createDirectory(at: jobs, withIntermediateDirectories: true)
  }

  @Test func leavesWhatIsNotItsOwn() async throws {
    let letter = jobs.appendingPathComponent("letter")
    try Data("mine".utf8).write(to: letter)
    let provider = rig.provider(CountingExecutor(), jobsFolder: jobs)
    let running = Task { try await provider.run() }
    _ = try await rig.deal(try await rig.order(Rig.job("true")), reaching: .submitted)
    running.cancel()
    try await running.value
    #expect(FileManager.default.fileExists(atPath: letter.path))
    #expect(FileManager.default.fileExists(atPath: rig.folder.appendingPathComponent("journal.json").path))
    await rig.finish()
  }

  @Test func refusesALinkToAFolder() async throws {
    let link = rig.folder.appendingPathComponent("link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: jobs)
    await #expect { try await rig.provider(CountingExecutor(), jobsFolder: link).run() } throws: {
      "\($0)".contains("it is not a folder itself")
    }
    await rig.finish()
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a folder away; run the tests as root"))
  func refusesAFolderOfAnotherUser() async throws {
    try #require(chown(jobs.path, 65_534, 65_534) == 0)
    await #expect { try await rig.provider(CountingExecutor(), jobsFolder: jobs).run() } throws: {
      "\($0)".contains("it belongs to user 65534")
    }
    await rig.finish()
  }
}
