/*
 * Each step leads from one version (user_version) to the next, only adds
 * tables, and is never changed once it has been released.  Rows of an edition
 * stand together: the number of the edition comes first in each key, so that
 * an edition is appended and removed as a whole.  Nothing uses the table
 * `partial` any more.
 */
#include "store/schema.h"

#include "base/strbuf.h"

/* "RanW", the application_id of a store. */
#define APPLICATION 1382116951

static const char *const steps[SCHEMA_VERSION] = {
	/* 1: feeds, their editions and rows; answers; digests */
	"CREATE TABLE feed(name TEXT PRIMARY KEY, edition INTEGER,"
	" error TEXT NOT NULL DEFAULT '',"
	" error_at INTEGER NOT NULL DEFAULT 0,"
	" checked_at INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;"
	"CREATE TABLE edition(id INTEGER PRIMARY KEY, feed TEXT NOT NULL,"
	" name TEXT NOT NULL, speaks_for TEXT NOT NULL,"
	" fetched INTEGER NOT NULL, rows INTEGER NOT NULL,"
	" sha256 BLOB NOT NULL, licence TEXT NOT NULL, url TEXT NOT NULL)"
	" STRICT;"
	"CREATE TABLE fact(edition INTEGER, kind TEXT, subject TEXT,"
	" object TEXT, value TEXT, begins TEXT, ends TEXT, source TEXT,"
	" speaks_for TEXT, read TEXT, confidence TEXT, state TEXT,"
	" note TEXT, PRIMARY KEY(edition, kind, subject, object, value,"
	" begins, ends, source, speaks_for, read, confidence, state, note))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE entity(edition INTEGER, lei TEXT, name TEXT NOT NULL,"
	" country TEXT NOT NULL, seat TEXT NOT NULL, category TEXT NOT NULL,"
	" confidence TEXT NOT NULL, updated TEXT NOT NULL,"
	" PRIMARY KEY(edition, lei)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE alias(edition INTEGER, lei TEXT, name TEXT,"
	" PRIMARY KEY(edition, lei, name)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE form(edition INTEGER, form INTEGER, lei TEXT,"
	" PRIMARY KEY(edition, form, lei)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE relation(edition INTEGER, held TEXT, holder TEXT,"
	" kind TEXT, begins TEXT NOT NULL, ends TEXT NOT NULL,"
	" confidence TEXT NOT NULL, updated TEXT NOT NULL,"
	" PRIMARY KEY(edition, held, holder, kind)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE answer(id INTEGER PRIMARY KEY, feed TEXT NOT NULL,"
	" key TEXT NOT NULL, url TEXT NOT NULL, time INTEGER NOT NULL,"
	" status INTEGER NOT NULL, etag TEXT NOT NULL,"
	" last_modified TEXT NOT NULL, next TEXT NOT NULL,"
	" sha256 BLOB NOT NULL,"
	" size INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE(feed, key))"
	" STRICT;"
	"CREATE TABLE partial(feed TEXT, key TEXT, url TEXT NOT NULL,"
	" etag TEXT NOT NULL, last_modified TEXT NOT NULL,"
	" file TEXT NOT NULL, size INTEGER NOT NULL,"
	" PRIMARY KEY(feed, key)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE digest(key BLOB PRIMARY KEY, repository TEXT NOT NULL,"
	" head TEXT NOT NULL, used INTEGER NOT NULL, size INTEGER NOT NULL,"
	" body BLOB NOT NULL) STRICT;",
	/* 2: what a run worked out and a later one goes on from */
	"CREATE TABLE kept(kind TEXT, key BLOB, used INTEGER NOT NULL,"
	" size INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(kind, key))"
	" STRICT;",
	/* 3: why a register names no parent of an entity */
	"CREATE TABLE IF NOT EXISTS exception(edition INTEGER, lei TEXT,"
	" level TEXT, reason TEXT NOT NULL, PRIMARY KEY(edition, lei, level))"
	" STRICT, WITHOUT ROWID;",
};

static int64_t pragma(struct db *db, const char *sql)
{
	struct db_query *q = db_query(db, sql);
	int64_t v = db_row(q) ? db_i64(q, 0) : -1;

	db_reset(q);
	return v;
}

/* A file without a table is a store that nobody has filled yet. */
static bool is_empty(struct db *db)
{
	return pragma(db, "SELECT count(*) FROM sqlite_schema") == 0;
}

static enum err look(struct db *db, int64_t *ret_version)
{
	int64_t application = pragma(db, "PRAGMA application_id");

	*ret_version = pragma(db, "PRAGMA user_version");
	if (db_error(db))
		return db_error(db);
	if (application == 0 && *ret_version == 0 && is_empty(db))
		return ERR_NOTFOUND;
	if (application != APPLICATION || *ret_version < 1)
		return ERR_FORMAT;
	return *ret_version == SCHEMA_VERSION ? OK : ERR_UNSUPPORTED;
}

enum err schema_check(struct db *db, int64_t *ret_version)
{
	enum err e = look(db, ret_version);

	return e == ERR_UNSUPPORTED && *ret_version < SCHEMA_VERSION ? OK : e;
}

bool schema_has(struct db *db, const char *table)
{
	struct db_query *q = db_query(db,
		"SELECT 1 FROM sqlite_schema WHERE type = 'table'"
		" AND name = ?");
	bool has;

	db_bind_text(q, 1, str_c(table));
	has = db_row(q);
	db_reset(q);
	return has;
}

static void set(struct db *db, const char *name, int64_t value)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "PRAGMA %s = %lld", name, (long long)value);
	db_run(db, b.p);
	strbuf_release(&b);
}

enum err schema_upgrade(struct db *db, int64_t *ret_version)
{
	enum err e;

	/* under the lock: two programs may open a new store at once */
	db_begin(db);
	e = look(db, ret_version);
	if (!e || e == ERR_FORMAT || *ret_version > SCHEMA_VERSION) {
		db_rollback(db);
		return db_error(db) ? db_error(db) : e;
	}
	for (int64_t v = *ret_version; v >= 0 && v < SCHEMA_VERSION; v++)
		db_run(db, steps[v]);
	set(db, "application_id", APPLICATION);
	set(db, "user_version", SCHEMA_VERSION);
	*ret_version = SCHEMA_VERSION;
	return db_commit(db);
}
