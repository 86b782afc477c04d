internal import Foundation

/// A throw-away PostgreSQL cluster on a socket of its own, with as many accounts as the ledger.
final class PostgreSQL {
  private static let folder = "/usr/lib/postgresql/15/bin"
  private let home: TemporaryFolder
  private let server: Server
  private let socket: String

  init(accounts: Int) async throws {
    home = try TemporaryFolder()
    socket = home.path
    let data = home.path + "/data"
    if getuid() == 0 { try Program(named: "chown").output(["postgres:", home.path]) }
    try Self.run("initdb", ["--pgdata", data, "--auth", "trust", "--username", "postgres"])
    let (program, prefix) = try Self.command("postgres")
    let memory = ["-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB"]
    server = try Server(
      program, prefix + ["-D", data, "-k", socket, "-h", "", "-c", "synchronous_commit=on"] + memory,
      log: home.path + "/log")
    try await server.wait(seconds: 30) { (try? sql("SELECT 1")) != nil }
    try sql(
      """
      CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL);
      CREATE TABLE transfer (id bigserial PRIMARY KEY, debit int, credit int, amount bigint);
      INSERT INTO account SELECT id, 1000000 FROM generate_series(1, \(accounts)) id;
      VACUUM ANALYZE account; CHECKPOINT;
      """)
  }

  /// PostgreSQL refuses to run as root, so root runs it as the user that its package made.
  private static func command(_ name: String) throws -> (program: Program, prefix: [String]) {
    let program = try Program(at: "\(folder)/\(name)")
    guard getuid() == 0 else { return (program, []) }
    return (
      try Program(named: "setpriv"), ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", program.path]
    )
  }

  @discardableResult
  private static func run(_ name: String, _ arguments: [String]) throws -> String {
    let (program, prefix) = try command(name)
    return try program.output(prefix + arguments)
  }

  private func sql(_ text: String) throws {
    // One statement a command: VACUUM takes no other company.
    let commands = text.split(separator: ";").flatMap { ["-c", String($0)] }
    try Self.run("psql", ["-q", "-h", socket, "-U", "postgres", "-v", "ON_ERROR_STOP=1"] + commands)
  }

  /// Transactions of `script` a second.
  func rate(of script: String, clients: Int, seconds: Int) throws -> Double {
    let path = home.path + "/script.sql"
    try script.write(toFile: path, atomically: true, encoding: .utf8)
    let text = try Self.run(
      "pgbench",
      [
        "-n", "-h", socket, "-U", "postgres", "-f", path, "-c", "\(clients)", "-j", "\(min(clients, 2))",
        "-T", "\(seconds)", "-M", "prepared", "postgres"
      ])
    guard let match = text.firstMatch(of: #/tps = ([0-9.]+)/#), let rate = Double(match.1) else {
      throw ProgramFailed("pgbench printed no rate: \(text)")
    }
    return rate
  }
}

extension Peer {
  /// Two updates and an insert in each transaction, from 16 clients.
  static let postgreSQL = Peer("PostgreSQL 15, 16 clients") { setting in
    let script = """
      \\set debit random(1, \(setting.accounts))
      \\set credit random(1, \(setting.accounts))
      \\set low least(:debit, :credit)
      \\set high greatest(:debit, :credit)
      BEGIN;
      UPDATE account SET balance = balance - 1 WHERE id = :low;
      UPDATE account SET balance = balance + 1 WHERE id = :high;
      INSERT INTO transfer (debit, credit, amount) VALUES (:debit, :credit, 1);
      COMMIT;
      """
    let cluster = try await PostgreSQL(accounts: setting.accounts)
    return try cluster.rate(of: script, clients: 16, seconds: setting.seconds)
  }

  static let postgreSQLBatchOf10000 = postgreSQL(batch: 10_000)
  static let postgreSQLBatchOf100000 = postgreSQL(batch: 100_000)

  /// So many transfers in one statement and one commit.
  private static func postgreSQL(batch: Int) -> Peer {
    Peer("PostgreSQL 15, batches of \(batch)") { setting in
      let account = "1 + floor(random() * \(setting.accounts))::int"
      let script = """
        WITH placed AS (
          INSERT INTO transfer (debit, credit, amount)
          SELECT \(account), \(account), 1 FROM generate_series(1, \(batch)) RETURNING debit, credit, amount
        ), moved AS (
          SELECT id, sum(amount) AS amount FROM (
            SELECT debit AS id, -amount AS amount FROM placed UNION ALL SELECT credit, amount FROM placed
          ) AS entry GROUP BY id
        ) UPDATE account SET balance = balance + moved.amount FROM moved WHERE account.id = moved.id;
        """
      let cluster = try await PostgreSQL(accounts: setting.accounts)
      return try cluster.rate(of: script, clients: 1, seconds: setting.seconds) * Double(batch)
    }
  }
}
