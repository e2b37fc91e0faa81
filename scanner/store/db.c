/*
 * SQLite 3.37 or later.  The file may come from somebody else: what it holds
 * is data, so nothing in its schema is trusted, no function or view of it
 * runs, and sizes are bounded before memory is spent.
 */
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/vec.h"

#define BUSY_MS 10000

struct db_query {
	struct db *db;
	sqlite3_stmt *stmt;
	const char *sql;
	bool is_open;     /* stands on a row */
};

struct db {
	sqlite3 *sqlite;
	VEC(struct db_query *) queries;
	enum err err;
	char message[LIMIT_DIAG_BYTES];
};

static enum err err_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_CONSTRAINT:
	case SQLITE_ERROR:
	case SQLITE_SCHEMA:
	case SQLITE_MISMATCH:
		return ERR_FORMAT;
	case SQLITE_TOOBIG:
		return ERR_LIMIT;
	default:
		return ERR_IO;
	}
}

static void fail(struct db *db, int code)
{
	if (db->err)
		return;
	db->err = err_of(code);
	snprintf(db->message, sizeof db->message, "%s",
		 db->sqlite ? sqlite3_errmsg(db->sqlite)
			    : sqlite3_errstr(code));
}

static void check(struct db *db, int code)
{
	if (code != SQLITE_OK)
		fail(db, code);
}

static void bound(struct db *db)
{
	static const struct { int what, most; } limits[] = {
		{SQLITE_LIMIT_LENGTH, (int)LIMIT_DIGEST_BYTES},
		{SQLITE_LIMIT_SQL_LENGTH, 65536},
		{SQLITE_LIMIT_COLUMN, 64},
		{SQLITE_LIMIT_EXPR_DEPTH, 64},
		{SQLITE_LIMIT_COMPOUND_SELECT, 8},
		{SQLITE_LIMIT_ATTACHED, 1}, /* VACUUM */
		{SQLITE_LIMIT_TRIGGER_DEPTH, 1},
		{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256},
		{SQLITE_LIMIT_WORKER_THREADS, 0}};

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		sqlite3_limit(db->sqlite, limits[i].what, limits[i].most);
}

/* What SQLite offers against a file that somebody else made. */
static void defend(struct db *db)
{
	sqlite3 *s = db->sqlite;

	sqlite3_extended_result_codes(s, 1);
	sqlite3_busy_timeout(s, BUSY_MS);
	check(db, sqlite3_db_config(s, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL));
	check(db, sqlite3_db_config(s, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0,
				    NULL));
	check(db, sqlite3_db_config(s, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0,
				    NULL));
	check(db, sqlite3_db_config(s, SQLITE_DBCONFIG_ENABLE_VIEW, 0,
				    NULL));
	bound(db);
	db_run(db, "PRAGMA cell_size_check = 1; PRAGMA mmap_size = 0;"
		   "PRAGMA cache_size = -32768;");
}

/* A path as a URI: '?', '#' and '%' would mean something else. */
static void uri_of(struct strbuf *b, const char *path, const char *query)
{
	strbuf_cstr(b, *path == '/' ? "file://" : "file:");
	for (; *path; path++)
		if (ascii_is_alnum(*path) || strchr("/._-", *path))
			strbuf_ch(b, *path);
		else
			strbuf_fmt(b, "%%%02X", (unsigned char)*path);
	strbuf_cstr(b, query);
}

/* Has a writer left something there that is not in the file yet?  The head
 * of a log alone is nothing. */
static bool has_rest(const char *path)
{
	static const struct { const char *suffix; off_t head; } rests[] = {
		{"-wal", 32}, {"-journal", 0}};
	struct strbuf b;
	struct stat st;
	bool is_there = false;

	strbuf_init(&b, 0);
	for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
		strbuf_clear(&b);
		strbuf_fmt(&b, "%s%s", path, rests[i].suffix);
		is_there |= !stat(b.p, &st) && st.st_size > rests[i].head;
	}
	strbuf_release(&b);
	return is_there;
}

/*
 * A reader in WAL mode needs the two files beside the database, and makes
 * them.  Where it may not (a folder or a medium that cannot be written) and
 * no writer has left them there, the file is whole and stays as it is.
 */
static bool is_still(const char *path)
{
	size_t slash = str_rfind_ch(str_c(path), '/');
	struct strbuf b;
	bool may_write;

	strbuf_init(&b, 0);
	strbuf_add(&b, slash == SIZE_MAX ? STR(".")
		   : str_head(str_c(path), slash + 1));
	may_write = !faccessat(AT_FDCWD, b.p, W_OK, AT_EACCESS);
	strbuf_release(&b);
	return !may_write && !has_rest(path);
}

/* The file may tell what a site looks at: it is its owner's alone. */
static void make_file(struct db *db, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0) {
		db->err = ERR_IO;
		snprintf(db->message, sizeof db->message, "%s",
			 strerror(errno));
		return;
	}
	close(fd);
}

static void open_file(struct db *db, const char *path, enum db_mode mode,
		      bool still)
{
	int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
		    (mode == DB_READ ? SQLITE_OPEN_READONLY
				     : SQLITE_OPEN_READWRITE);
	struct strbuf uri;
	struct stat st;

	if (mode == DB_WRITE)
		make_file(db, path);
	/* a FIFO would be waited for */
	if (!db->err && !stat(path, &st) && !S_ISREG(st.st_mode)) {
		db->err = ERR_IO;
		snprintf(db->message, sizeof db->message, "not a file");
	}
	if (db->err)
		return;
	strbuf_init(&uri, 0);
	uri_of(&uri, path, still ? "?immutable=1" : "");
	check(db, sqlite3_open_v2(uri.p, &db->sqlite, flags, NULL));
	strbuf_release(&uri);
}

/* A writer that was killed left a journal, which a reader cannot roll back,
 * or the reader is confined and cannot take part in the lock. */
static bool is_locked_out(const struct db *db)
{
	int code = db->sqlite ? sqlite3_errcode(db->sqlite) & 0xff : 0;

	return code == SQLITE_READONLY || code == SQLITE_PROTOCOL ||
	       code == SQLITE_CANTOPEN;
}

static void open_once(struct db *db, const char *path, enum db_mode mode,
		      bool still)
{
	if (db->sqlite)
		sqlite3_close(db->sqlite);
	*db = (struct db){0};
	open_file(db, path, mode, still);
	if (!db->err)
		defend(db);
	if (mode == DB_WRITE)
		/* sorting takes as much once more */
		db_run(db, "PRAGMA temp_store = FILE;"
			   "PRAGMA cache_size = -16384;"
			   "PRAGMA journal_mode = WAL;"
			   "PRAGMA synchronous = FULL;"
			   "PRAGMA journal_size_limit = 4194304;");
	else
		/* the first look at the file: is it a database at all? */
		db_run(db, "PRAGMA query_only = 1; PRAGMA schema_version;"
			   "PRAGMA temp_store = MEMORY;");
}

void db_recover(const char *path)
{
	struct db db = {0};

	if (sqlite3_open_v2(path, &db.sqlite, SQLITE_OPEN_NOMUTEX |
			    SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
		defend(&db);
		db_run(&db, "PRAGMA schema_version;");
	}
	sqlite3_close(db.sqlite);
}

enum err db_open(const char *path, enum db_mode mode, struct db **ret)
{
	struct db *db;
	struct stat st;

	*ret = NULL;
	if (mode == DB_READ && stat(path, &st) &&
	    (errno == ENOENT || errno == ENOTDIR))
		return ERR_NOTFOUND;
	db = mem_new(1, sizeof *db);
	*ret = db;
	open_once(db, path, mode, mode == DB_READ && is_still(path));
	if (db->err && mode == DB_READ && is_locked_out(db)) {
		db_recover(path);
		open_once(db, path, mode, false);
	}
	if (db->err && mode == DB_READ && is_locked_out(db) && !has_rest(path))
		open_once(db, path, mode, true);
	return db->err;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->queries.n; i++) {
		sqlite3_finalize(db->queries.v[i]->stmt);
		free(db->queries.v[i]);
	}
	vec_release(&db->queries);
	sqlite3_close(db->sqlite);
	free(db);
}

enum err db_error(const struct db *db)
{
	return db->err;
}

const char *db_message(const struct db *db)
{
	return db->message;
}

void db_clear(struct db *db)
{
	for (size_t i = 0; i < db->queries.n; i++)
		db_reset(db->queries.v[i]);
	db->err = OK;
	db->message[0] = '\0';
	db_rollback(db);
}

void db_run(struct db *db, const char *sql)
{
	if (!db->err)
		check(db, sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL));
}

void db_begin(struct db *db)
{
	db_run(db, "BEGIN IMMEDIATE");
}

void db_rollback(struct db *db)
{
	/* nothing is left to roll back after some failures */
	if (db->sqlite && !sqlite3_get_autocommit(db->sqlite))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

enum err db_commit(struct db *db)
{
	db_run(db, "COMMIT");
	if (db->err)
		db_rollback(db);
	return db->err;
}

static struct db_query *prepare(struct db *db, const char *sql)
{
	struct db_query *q = mem_new(1, sizeof *q);

	*q = (struct db_query){.db = db, .sql = sql};
	vec_push(&db->queries, q);
	return q;
}

struct db_query *db_query(struct db *db, const char *sql)
{
	struct db_query *q = NULL;

	for (size_t i = 0; !q && i < db->queries.n; i++)
		if (db->queries.v[i]->sql == sql)
			q = db->queries.v[i];
	if (!q)
		q = prepare(db, sql);
	if (!q->stmt && !db->err)
		check(db, sqlite3_prepare_v3(db->sqlite, sql, -1,
					     SQLITE_PREPARE_PERSISTENT,
					     &q->stmt, NULL));
	db_reset(q);
	if (q->stmt)
		sqlite3_clear_bindings(q->stmt);
	return q;
}

void db_bind_i64(struct db_query *q, int i, int64_t v)
{
	if (!q->db->err)
		check(q->db, sqlite3_bind_int64(q->stmt, i, v));
}

void db_bind_text(struct db_query *q, int i, struct str s)
{
	if (!q->db->err)
		check(q->db, sqlite3_bind_text64(q->stmt, i, s.n ? s.p : "",
						 s.n, SQLITE_STATIC,
						 SQLITE_UTF8));
}

void db_bind_blob(struct db_query *q, int i, struct str s)
{
	if (!q->db->err)
		check(q->db, sqlite3_bind_blob64(q->stmt, i, s.n ? s.p : "",
						 s.n, SQLITE_STATIC));
}

bool db_row(struct db_query *q)
{
	int code;

	if (q->db->err)
		return false;
	code = sqlite3_step(q->stmt);
	q->is_open = code == SQLITE_ROW;
	if (q->is_open)
		return true;
	if (code != SQLITE_DONE)
		fail(q->db, code);
	db_reset(q);
	return false;
}

void db_step(struct db_query *q)
{
	(void)db_row(q);
	db_reset(q);
}

int64_t db_i64(struct db_query *q, int i)
{
	return q->is_open ? sqlite3_column_int64(q->stmt, i) : 0;
}

struct str db_text(struct db_query *q, int i)
{
	const char *p;

	if (!q->is_open)
		return STR("");
	p = sqlite3_column_blob(q->stmt, i);
	return str_n(p ? p : "", p ? (size_t)sqlite3_column_bytes(q->stmt, i)
				   : 0);
}

void db_reset(struct db_query *q)
{
	if (q->stmt)
		sqlite3_reset(q->stmt); /* repeats the failure of db_row */
	q->is_open = false;
}

const char *db_library_version(void)
{
	return sqlite3_libversion();
}
