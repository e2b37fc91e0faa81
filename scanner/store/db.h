/*
 * SQLite databases; db.c is its only door.  A failure sticks to the database:
 * what follows does nothing and hands back the same error, so that a caller
 * may look once, at the end of a piece of work.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/err.h"
#include "base/str.h"

struct db;
struct db_query;  /* a prepared statement; belongs to its database */

enum db_mode {
	DB_READ,  /* the file must be there and nothing is written */
	DB_WRITE  /* made when absent (mode 0600); WAL, synchronous FULL */
};

/*
 * Opens a database file with all defences on.  ERR_NOTFOUND: there is none.
 * Otherwise *ret is set, also after a failure: db_message says what is wrong.
 */
NODISCARD enum err db_open(const char *path, enum db_mode mode,
			   struct db **ret);
/* Looks at a database once as somebody who may write: what a writer that was
 * killed has left is rolled back or taken over.  Where that fails, nothing has
 * happened. */
void db_recover(const char *path);
void db_close(struct db *db);
/* The first failure, and what SQLite says of it. */
enum err db_error(const struct db *db);
const char *db_message(const struct db *db);
/* Forgets the failure; an open transaction is rolled back. */
void db_clear(struct db *db);

/* Runs statements that take no values and give no rows. */
void db_run(struct db *db, const char *sql);
/* One transaction: db_commit rolls back after a failure and returns it. */
void db_begin(struct db *db);
NODISCARD enum err db_commit(struct db *db);
void db_rollback(struct db *db);

/* A statement, prepared when it is first asked for and kept; it starts anew,
 * without values.  `sql` must be a constant: it is compared by address. */
struct db_query *db_query(struct db *db, const char *sql);
/* The value of parameter i, from 1.  Texts must live until db_row ends. */
void db_bind_i64(struct db_query *q, int i, int64_t v);
void db_bind_text(struct db_query *q, int i, struct str s);
void db_bind_blob(struct db_query *q, int i, struct str s);
/* The next row; false at the end and after a failure. */
bool db_row(struct db_query *q);
/* Runs a statement that gives no rows. */
void db_step(struct db_query *q);
/* Column i of the row, from 0; texts live until the next db_row. */
int64_t db_i64(struct db_query *q, int i);
struct str db_text(struct db_query *q, int i);
/* Ends the use of a query before its last row. */
void db_reset(struct db_query *q);
/* The version of SQLite, in static storage. */
const char *db_library_version(void);

#endif
