/* Opening the store, and what it knows of each feed. */
#include "store/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/path.h"
#include "base/sha256.h"
#include "store/edition.h"
#include "store/schema.h"

const char *store_path(const char *given, struct arena *a)
{
	const char *named = getenv("RANWHENCE_STORE");
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

	if (given)
		return given;
	if (named && *named)
		return named;
	/* a relative one is to be ignored, says the XDG specification */
	if (data && *data == '/')
		return arena_fmt(a, "%s/ranwhence/store.db", data).p;
	if (home && *home == '/')
		return arena_fmt(a, "%s/.local/share/ranwhence/store.db",
				 home).p;
	return NULL;
}

static void make_folders(const char *path)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_cstr(&b, path);
	for (size_t i = 1; i < b.n; i++) {
		if (b.p[i] != '/')
			continue;
		b.p[i] = '\0';
		/* what cannot be made shows when the file is opened */
		if (mkdir(b.p, 0700) && errno != EEXIST)
			break;
		b.p[i] = '/';
	}
	strbuf_release(&b);
}

enum err store_settle(struct store *s)
{
	enum err e = db_error(s->db);

	if (e)
		diag_add(s->diags, RW1820, diag_at(s->path), "%s",
			 db_message(s->db));
	if (e)
		db_clear(s->db);
	return e;
}

static enum err say_version(struct store *s, enum err e, int64_t version)
{
	if (e == ERR_UNSUPPORTED)
		diag_add(s->diags, RW1821, diag_at(s->path),
			 "the store has version %lld, this program reads %d",
			 (long long)version, SCHEMA_VERSION);
	else if (e == ERR_FORMAT && !db_error(s->db))
		diag_add(s->diags, RW1820, diag_at(s->path),
			 "a database, but not a store of ranwhence");
	else if (e != ERR_NOTFOUND)
		return store_settle(s);
	return e;
}

enum err store_open(const char *path, enum db_mode mode, struct diags *ds,
		    struct store **ret)
{
	struct store *s;
	struct db *db;
	int64_t version = 0;
	enum err e;

	*ret = NULL;
	if (mode == DB_WRITE)
		make_folders(path);
	e = db_open(path, mode, &db);
	if (!db)
		return e;
	s = mem_new(1, sizeof *s);
	*s = (struct store){.db = db, .diags = ds};
	s->path = arena_dup(&s->arena, str_c(path));
	if (!e)
		e = mode == DB_WRITE ? schema_upgrade(db, &version)
				     : schema_check(db, &version);
	if (!e) {
		*ret = s;
		return OK;
	}
	e = say_version(s, e, version);
	store_close(s);
	/* one that was never finished: its log is in nobody's way then */
	if (e == ERR_NOTFOUND)
		db_recover(path);
	return e;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	edition_drop(s);
	db_close(s->db);
	arena_release(&s->arena);
	free(s);
}

/* --- feeds ---------------------------------------------------------------- */

static struct str hex_of(struct arena *a, struct str bytes)
{
	struct strbuf b;
	struct str hex;

	strbuf_init(&b, 0);
	sha256_hex(&b, (const unsigned char *)bytes.p, bytes.n);
	hex = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return hex;
}

enum err store_list_feeds(struct store *s, struct arena *a,
			  struct store_feeds *ret)
{
	struct db_query *q = db_query(s->db,
		"SELECT f.name, e.name, e.speaks_for, e.licence, e.url,"
		" e.sha256, e.rows, e.fetched, f.checked_at, f.error,"
		" f.error_at FROM feed f LEFT JOIN edition e"
		" ON e.id = f.edition ORDER BY f.name");

	*ret = (struct store_feeds){0};
	while (db_row(q))
		vec_push(&ret->list, ((struct store_feed){
			.name = arena_dup(a, db_text(q, 0)),
			.edition = arena_dup(a, db_text(q, 1)),
			.speaks_for = arena_dup(a, db_text(q, 2)),
			.licence = arena_dup(a, db_text(q, 3)),
			.url = arena_dup(a, db_text(q, 4)),
			.sha256 = hex_of(a, db_text(q, 5)),
			.rows = (uint64_t)db_i64(q, 6),
			.fetched = db_i64(q, 7), .checked = db_i64(q, 8),
			.error = arena_dup(a, db_text(q, 9)),
			.error_at = db_i64(q, 10)}));
	return store_settle(s);
}

enum err store_feed_failed(struct store *s, struct str feed,
			   struct str error, int64_t now)
{
	struct db_query *q = db_query(s->db,
		"INSERT INTO feed(name, error, error_at) VALUES(?, ?, ?)"
		" ON CONFLICT(name) DO UPDATE SET error = excluded.error,"
		" error_at = excluded.error_at");

	db_bind_text(q, 1, str_head(feed, LIMIT_FEED_BYTES));
	db_bind_text(q, 2, str_head(error, LIMIT_DIAG_BYTES));
	db_bind_i64(q, 3, now);
	db_step(q);
	return store_settle(s);
}

enum err store_feed_checked(struct store *s, struct str feed, int64_t now)
{
	struct db_query *q = db_query(s->db,
		"INSERT INTO feed(name, checked_at) VALUES(?, ?)"
		" ON CONFLICT(name) DO UPDATE SET error = '', error_at = 0,"
		" checked_at = excluded.checked_at");

	db_bind_text(q, 1, str_head(feed, LIMIT_FEED_BYTES));
	db_bind_i64(q, 2, now);
	db_step(q);
	return store_settle(s);
}
