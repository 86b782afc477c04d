/* Double-entry transfers in SQLite with one durable commit a second: what a single-threaded embedded database does.
   Arguments: path of a new database, accounts, seconds. Prints transfers per second. */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sqlite3 *database;

static void require(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(database));
  exit(1);
}

static void run(const char *sql) { require(sqlite3_exec(database, sql, 0, 0, 0) == SQLITE_OK, sql); }

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  require(sqlite3_prepare_v2(database, sql, -1, &statement, 0) == SQLITE_OK, sql);
  return statement;
}

static void step(sqlite3_stmt *statement, int64_t first, int64_t second, int64_t third) {
  sqlite3_bind_int64(statement, 1, first);
  sqlite3_bind_int64(statement, 2, second);
  if (sqlite3_bind_parameter_count(statement) > 2) sqlite3_bind_int64(statement, 3, third);
  require(sqlite3_step(statement) == SQLITE_DONE, "step");
  sqlite3_reset(statement);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static uint64_t state = 1;
static int64_t below(int64_t bound) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return (int64_t)(state % (uint64_t)bound);
}

static void fill(int64_t accounts) {
  run("PRAGMA journal_mode = WAL");
  run("PRAGMA synchronous = FULL");
  run("PRAGMA cache_size = -262144");
  run("CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL)");
  run("CREATE TABLE transfer (id INTEGER PRIMARY KEY, debit INTEGER, credit INTEGER, amount INTEGER)");
  sqlite3_stmt *insert = prepare("INSERT INTO account VALUES (?, ?)");
  run("BEGIN");
  for (int64_t id = 0; id < accounts; id++) step(insert, id, 1000000, 0);
  run("COMMIT");
  sqlite3_finalize(insert);
}

int main(int count, char **arguments) {
  if (count != 4) return fprintf(stderr, "usage: sqlite-transfers PATH ACCOUNTS SECONDS\n"), 2;
  int64_t accounts = atoll(arguments[2]), transfers = 0;
  double seconds = atof(arguments[3]);
  require(sqlite3_open(arguments[1], &database) == SQLITE_OK, "open");
  fill(accounts);
  sqlite3_stmt *update = prepare("UPDATE account SET balance = balance + ? WHERE id = ?");
  sqlite3_stmt *insert = prepare("INSERT INTO transfer (debit, credit, amount) VALUES (?, ?, ?)");
  double start = now(), commit = start + 1;
  run("BEGIN");
  while (now() - start < seconds) {
    for (int index = 0; index < 100; index++, transfers++) {
      int64_t debit = below(accounts), credit = below(accounts);
      step(update, -1, debit, 0);
      step(update, 1, credit, 0);
      step(insert, debit, credit, 1);
    }
    if (now() < commit) continue;
    run("COMMIT");
    run("BEGIN");
    commit += 1;
  }
  run("COMMIT");
  printf("%.1f\n", (double)transfers / (now() - start));
  sqlite3_finalize(update);
  sqlite3_finalize(insert);
  sqlite3_close(database);
  return 0;
}
