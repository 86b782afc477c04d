internal import Glibc
internal import Jobs

/// How a job's world is laid out, and the command line that makes it so.
///
/// The machine's programs and the inputs are read-only; the only writable place is one file system in memory, whose size is the job's
/// disk limit. It vanishes with the job, so the outputs leave as an archive through a file descriptor: the provider never opens
/// a path that the job made.
struct SandboxLayout: Sendable {
  /// The job's current folder, inside.
  static let folder = "/tmp/job"
  /// The inputs, inside; the current folder has a symbolic link to each.
  private static let inputs = "/job"
  /// Written before the job starts, to tell its failure from the sandbox's.
  static let marker: UInt8 = UInt8(ascii: "s")
  /// An unprivileged user and group that own nothing: `nobody`.
  private static let nobody = 65_534

  let tools: Tools
  let job: Job
  let program: Program
  /// The folder of the machine that holds the inputs.
  let inputFolder: String

  var commandLine: [String] { identity + deadline + isolation + machine + workspace + environment + limits + script }

  /// The parent-death signal is set even without root: `timeout` would outlive a provider that is killed.
  /// The other identity is needed for root only, for whom process limits have no effect and whose files a breakout would own;
  /// an ordinary user cannot change identity and need not.
  private var identity: [String] {
    let base = [tools.setpriv, "--pdeathsig", "KILL", "--no-new-privs"]
    guard geteuid() == 0 else { return base }
    return base + ["--reuid=\(Self.nobody)", "--regid=\(Self.nobody)", "--clear-groups"]
  }

  private var deadline: [String] { [tools.timeout, "-s", "KILL", String(job.limits.wallSeconds)] }

  private var isolation: [String] {
    [
      tools.bubblewrap, "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session",
      "--cap-drop", "ALL", "--clearenv"
    ]
  }

  private var machine: [String] {
    let links = ["/bin", "/sbin", "/lib", "/lib64"].flatMap(Self.show)
    let settings = ["/etc/alternatives", "/etc/ld.so.cache"].flatMap { ["--ro-bind-try", $0, $0] }
    return ["--ro-bind", "/usr", "/usr"] + links + settings
  }

  /// `/dev` is a file system of its own without a size, so it must not be writable. The program's installation comes after `/tmp`,
  /// which would hide one that lies there.
  private var workspace: [String] {
    let size = String(UInt64(job.limits.diskMebibytes) << 20)
    let links = job.inputs.flatMap { ["--symlink", "\(Self.inputs)/\($0.path)", "\(Self.folder)/\($0.path)"] }
    let installation = program.installation.map { ["--ro-bind", $0, $0] } ?? []
    return ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--ro-bind", inputFolder, Self.inputs]
      + ["--size", size, "--tmpfs", "/tmp", "--dir", Self.folder] + links + installation
      + ["--chdir", Self.folder, "--remount-ro", "/"]
  }

  private var environment: [String] {
    let path = Program.standardFolders.joined(separator: ":")
    let basic = ["PATH": path, "HOME": Self.folder, "TMPDIR": "/tmp", "LANG": "C.UTF-8"]
    return basic.flatMap { ["--setenv", $0, $1] } + job.environment.flatMap { ["--setenv", $0.name, $0.value] }
  }

  /// Set inside, where processes are counted per sandbox and not with everything else the user runs.
  /// The second processor limit is where the kernel stops asking; one process's share is limited here, the sum by ``Watch``.
  private var limits: [String] {
    let limits = job.limits
    return [
      tools.limits, "--as=\(UInt64(limits.memoryMebibytes) << 20)",
      "--cpu=\(limits.cpuSeconds):\(limits.cpuSeconds + 1)",
      "--nproc=\(limits.processes + 1)", "--fsize=\(UInt64(limits.diskMebibytes + 1) << 20)", "--nofile=256", "--core=0"
    ]
  }

  /// The shell needs no quoting of outputs: a valid path has only portable characters.
  private var script: [String] {
    let archive =
      "tar --create --format=ustar --no-recursion --hard-dereference --directory=\(Self.folder) -- "
      + job.outputs.joined(separator: " ") + " >&3 2>/dev/null"
    let mark = "printf %s \(Character(UnicodeScalar(Self.marker))) >&3"
    let steps = [mark, "\"$@\" 3>&-", "status=$?"] + (job.outputs.isEmpty ? [] : [archive]) + ["exit $status"]
    return [tools.shell, "-c", steps.joined(separator: "; "), "sh", program.path] + job.command.dropFirst()
  }

  /// A folder that is a link into `/usr`, as on Debian, stays one.
  private static func show(_ path: String) -> [String] {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(path, &target, target.count)
    guard length > 0 else { return ["--ro-bind-try", path, path] }
    return ["--symlink", String(decoding: target.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self), path]
  }
}
