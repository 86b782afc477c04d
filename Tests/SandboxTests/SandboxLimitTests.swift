import Jobs
import Sandbox
import Testing

@Suite(
  .enabled(
    "needs bubblewrap, util-linux and user namespaces; `relay provider` says which is missing", SandboxRig.isAvailable))
struct SandboxLimitTests {
  @Test func endsAtTheWallTime() async throws {
    let result = try await SandboxRig.shell("sleep 1000", limits: SandboxRig.limits(wall: 1)).result
    #expect(result.outcome == .timedOut)
    #expect(result.exitCode == 137)
  }

  @Test(arguments: ["while :; do :; done", "(while :; do :; done) & while :; do :; done"])
  func endsAtTheProcessorTime(script: String) async throws {
    let result = try await SandboxRig.shell(script, limits: SandboxRig.limits(wall: 60, cpu: 1)).result
    #expect(result.outcome == .cpuExhausted)
    // The kernel counts the limit in ticks and the usage exactly, so they differ a little.
    #expect(result.cpuMilliseconds >= 500)
  }

  /// One process meets its own limit: the failing call is the program's affair.
  @Test func refusesMemoryBeyondTheLimit() async throws {
    let script = "dd if=/dev/zero of=/dev/null bs=200M count=1"
    let result = try await SandboxRig.shell(script, limits: SandboxRig.limits(memory: 64)).result
    #expect(result.outcome == .failed)
  }

  @Test func endsJobsWhoseProcessesTogetherUseTooMuchMemory() async throws {
    let greedy =
      "for i in 1 2 3 4; do (head -c 40000000 /dev/zero; sleep 1000) | tail -c 40000000 > /dev/null & done; wait"
    let result = try await SandboxRig.shell(greedy, limits: SandboxRig.limits(memory: 80)).result
    #expect(result.outcome == .outOfMemory)
    #expect(try #require(result.peakMemoryKibibytes) > 80 * 1_024)
  }

  @Test func stopsForkBombs() async throws {
    let bomb = "for i in $(seq 100); do sleep 1000 & done; echo survived"
    let execution = try await SandboxRig.shell(bomb)
    #expect(execution.result.outcome == .failed)
    #expect(String(decoding: execution.standardError, as: UTF8.self).contains("fork"))
  }

  @Test(arguments: [
    "head -c 5000000 /dev/zero > big", "head -c 3000000 /dev/zero > a && head -c 3000000 /dev/zero > /tmp/b"
  ])
  func boundsAllFilesTogether(script: String) async throws {
    let result = try await SandboxRig.shell(script).result
    #expect([.failed, .killed].contains(result.outcome))
  }

  @Test(arguments: ["/", "/usr", "/job", "/dev", "/dev/shm", "/etc", "/proc/sys/kernel"])
  func writesNowhereElse(folder: String) async throws {
    #expect(try await SandboxRig.shell("echo x > \(folder)/planted").result.outcome == .failed)
  }

  @Test func reachesNoNetwork() async throws {
    let execution = try await SandboxRig.shell("tail -n +3 /proc/net/dev | grep -v lo: ; cat /proc/net/route | wc -l")
    #expect(String(decoding: execution.standardOutput, as: UTF8.self).filter(\.isWholeNumber) == "1")
  }

  @Test(arguments: ["/root", "/home", "/var", "/etc/passwd", "/etc/shadow", "/proc/1/root/root", "/sys"])
  func seesNoFilesOfTheMachine(path: String) async throws {
    #expect(try await SandboxRig.shell("ls \(path)").result.outcome == .failed)
  }

  @Test func inheritsNothing() async throws {
    let execution = try await SandboxRig.shell("ls /proc/self/fd; env | cut -d= -f1 | sort")
    let expected = ["0", "1", "2", "3", "HOME", "LANG", "PATH", "PWD", "TMPDIR"]
    #expect(
      String(decoding: execution.standardOutput, as: UTF8.self).split(separator: "\n").map(String.init) == expected)
  }
}
