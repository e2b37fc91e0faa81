/* Checking and cleaning the store. */
#include "store/verify.h"

#include <string.h>

#include "base/archive_in.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "store/edition.h"
#include "store/kept.h"
#include "store/schema.h"

struct verifier {
	struct store *store;
	struct verify_counts *counts;
	enum err err;
};

static void complain(struct verifier *v, struct str what, const char *why)
{
	diag_add(v->store->diags, RW1824, diag_at(v->store->path),
		 "%.*s%s", STR_ARG(what), why);
	v->err = ERR_FORMAT;
}

/* --- checking ------------------------------------------------------------- */

static void check_file(struct verifier *v)
{
	struct db_query *q = db_query(v->store->db,
				      "PRAGMA integrity_check(20)");

	while (db_row(q))
		if (!str_is(db_text(q, 0), "ok"))
			complain(v, db_text(q, 0), "");
}

static void check_edition(struct verifier *v, int64_t id, struct str feed,
			  struct str stated, uint64_t rows)
{
	unsigned char digest[SHA256_BYTES];
	uint64_t n;

	if (edition_digest(v->store, id, digest, &n)) {
		v->err = ERR_IO;
		return;
	}
	v->counts->editions++;
	v->counts->rows += n;
	if (n != rows || !str_eq(stated, str_n((const char *)digest,
					       sizeof digest)))
		complain(v, feed, ": an edition has not the rows that were "
				  "published");
}

static void check_editions(struct verifier *v)
{
	struct db_query *q = db_query(v->store->db,
		"SELECT id, feed, sha256, rows FROM edition ORDER BY id");

	while (db_row(q))
		check_edition(v, db_i64(q, 0), db_text(q, 1), db_text(q, 2),
			      (uint64_t)db_i64(q, 3));
	q = db_query(v->store->db,
		"SELECT name FROM feed WHERE edition IS NOT NULL AND NOT"
		" EXISTS (SELECT 1 FROM edition WHERE id = feed.edition"
		" AND edition.feed = feed.name) ORDER BY name");
	while (db_row(q))
		complain(v, db_text(q, 0), ": its edition is not there");
}

/* A compressed body; `sha256` is "" when only its size is known. */
static void check_body(struct verifier *v, struct db_query *q)
{
	unsigned char digest[SHA256_BYTES];
	struct str sha256 = db_text(q, 1);
	struct diags unsaid = {0};
	struct strbuf b;
	enum err e;

	strbuf_init(&b, 0);
	e = archive_gunzip(db_text(q, 3), LIMIT_DIGEST_BYTES, v->store->path,
			   &unsaid, &b);
	sha256_of(strbuf_str(&b), digest);
	if (e || db_i64(q, 2) != (int64_t)b.n ||
	    (sha256.n && !str_eq(sha256, str_n((const char *)digest,
					       sizeof digest))))
		complain(v, db_text(q, 0), ": its body is not what was kept");
	strbuf_release(&b);
	diag_release(&unsaid);
}

static void check_bodies(struct verifier *v)
{
	struct db_query *q = db_query(v->store->db,
		"SELECT feed || ' ' || key, sha256, size, body FROM answer"
		" ORDER BY feed, key");

	for (; db_row(q); v->counts->answers++)
		check_body(v, q);
	q = db_query(v->store->db,
		"SELECT 'digest of ' || repository, '', size, body"
		" FROM digest ORDER BY key");
	for (; db_row(q); v->counts->digests++)
		check_body(v, q);
	if (!schema_has(v->store->db, "kept"))
		return;
	q = db_query(v->store->db, /* not compressed */
		"SELECT 'what was kept of a ' || kind FROM kept"
		" WHERE length(body) <> size ORDER BY kind, key");
	while (db_row(q))
		complain(v, db_text(q, 0), ": its body is not what was kept");
}

enum err verify_store(struct store *s, struct verify_counts *ret)
{
	struct verifier v = {.store = s, .counts = ret};

	*ret = (struct verify_counts){0};
	check_file(&v);
	check_editions(&v);
	check_bodies(&v);
	if (store_settle(s))
		v.err = ERR_FORMAT;
	return v.err;
}

/* --- cleaning ------------------------------------------------------------- */

static int64_t number(struct store *s, const char *sql)
{
	struct db_query *q = db_query(s->db, sql);
	int64_t n = db_row(q) ? db_i64(q, 0) : 0;

	db_reset(q);
	return n;
}

static int64_t size_of(struct store *s)
{
	return number(s, "PRAGMA page_count") * number(s, "PRAGMA page_size");
}

/* Rows of editions that are gone. */
static void remove_rows(struct store *s, struct verify_freed *freed)
{
	static const char *const sql[] = {
		"DELETE FROM fact WHERE edition NOT IN"
		" (SELECT id FROM edition)",
		"DELETE FROM entity WHERE edition NOT IN"
		" (SELECT id FROM edition)",
		"DELETE FROM alias WHERE edition NOT IN"
		" (SELECT id FROM edition)",
		"DELETE FROM relation WHERE edition NOT IN"
		" (SELECT id FROM edition)",
		"DELETE FROM exception WHERE edition NOT IN"
		" (SELECT id FROM edition)",
		"DELETE FROM form WHERE edition NOT IN"
		" (SELECT id FROM edition)"};

	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
		db_step(db_query(s->db, sql[i]));
		/* what is found again from names is no row of a feed */
		if (i + 1 < sizeof sql / sizeof *sql)
			freed->rows += (uint64_t)number(s, "SELECT changes()");
	}
}

static void remove_digests(struct store *s, struct verify_freed *freed)
{
	struct db_query *q = db_query(s->db,
		"DELETE FROM digest WHERE key NOT IN (SELECT key FROM digest"
		" ORDER BY used DESC, key LIMIT ?)");

	db_bind_i64(q, 1, LIMIT_DIGESTS);
	db_step(q);
	freed->digests = (uint64_t)number(s, "SELECT changes()");
}

enum err verify_gc(struct store *s, struct verify_freed *ret)
{
	int64_t before = size_of(s);
	enum err e;

	*ret = (struct verify_freed){0};
	db_begin(s->db);
	db_step(db_query(s->db, "DELETE FROM edition WHERE id NOT IN"
		" (SELECT edition FROM feed WHERE edition IS NOT NULL)"));
	ret->editions = (uint64_t)number(s, "SELECT changes()");
	remove_rows(s, ret);
	remove_digests(s, ret);
	kept_trim(s, LIMIT_KEPT_STORE_BYTES);
	e = db_commit(s->db);
	if (!e)
		db_run(s->db, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
	ret->bytes = before - size_of(s);
	return store_settle(s) ? ERR_IO : e;
}
