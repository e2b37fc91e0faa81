/*
 * Writing an export: a first line, then records, each a line of its name and
 * the lengths of its fields, the bytes of the fields, and a line's end; the
 * last record has the number and the SHA-256 of all before.  Everything is
 * sorted by its keys.  The whole is one gzip file.
 */
#include "store/exchange.h"

#include <string.h>

#include "base/archive_in.h"
#include "base/fs.h"
#include "base/sha256.h"
#include "store/schema.h"

/* Free, or free with attribution. */
static const char *const open_licences[] = {
	"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "CC0-1.0",
	"CDLA-Permissive-2.0", "MIT", "MPL-2.0", "attribution",
	"facts about public histories", "free", "public-domain"};

struct writer {
	struct store *store;
	const struct exchange_licences *asked;
	struct archive_out *out;
	struct sha256 *sum;
	struct strbuf line, fields;
	uint64_t records;
};

static void put(struct writer *w, struct str s)
{
	sha256_add(w->sum, s);
	archive_put(w->out, s);
}

static void field(struct writer *w, struct str s)
{
	strbuf_fmt(&w->line, " %zu", s.n);
	strbuf_add(&w->fields, s);
}

static void end_record(struct writer *w)
{
	strbuf_ch(&w->line, '\n');
	strbuf_ch(&w->fields, '\n');
	put(w, strbuf_str(&w->line));
	put(w, strbuf_str(&w->fields));
	strbuf_clear(&w->line);
	strbuf_clear(&w->fields);
	w->records++;
}

/* A record for each row; numbers come as texts. */
static void put_rows(struct writer *w, const char *name, int columns,
		     struct db_query *q)
{
	while (db_row(q)) {
		strbuf_cstr(&w->line, name);
		for (int i = 0; i < columns; i++)
			field(w, db_text(q, i));
		end_record(w);
	}
}

static bool is_open(struct str licence)
{
	for (size_t i = 0; i < sizeof open_licences / sizeof *open_licences;
	     i++)
		if (str_is(licence, open_licences[i]))
			return true;
	return false;
}

static bool is_asked(const struct writer *w, struct str licence)
{
	if (!w->asked->n)
		return is_open(licence);
	for (size_t i = 0; i < w->asked->n; i++)
		if (str_is(licence, w->asked->v[i]) ||
		    (!strcmp(w->asked->v[i], "open") &&
		     is_open(licence)))
			return true;
	return false;
}

static void put_edition(struct writer *w, int64_t id)
{
	static const struct {
		const char *name, *sql;
		int columns;
	} tables[] = {
		{"edition", "SELECT name, speaks_for, CAST(fetched AS TEXT),"
		 " CAST(rows AS TEXT), lower(hex(sha256)), licence, url"
		 " FROM edition WHERE id = ?", 7},
		{"fact", "SELECT kind, subject, object, value, begins, ends,"
		 " source, speaks_for, read, confidence, state, note FROM fact"
		 " WHERE edition = ? ORDER BY kind, subject, object, value,"
		 " begins, ends, source, speaks_for, read, confidence, state,"
		 " note", 12},
		{"entity", "SELECT lei, name, country, seat, category,"
		 " confidence, updated FROM entity WHERE edition = ?"
		 " ORDER BY lei", 7},
		{"alias", "SELECT lei, name FROM alias WHERE edition = ?"
		 " ORDER BY lei, name", 2},
		{"relation", "SELECT held, holder, kind, begins, ends,"
		 " confidence, updated FROM relation WHERE edition = ?"
		 " ORDER BY held, holder, kind", 7},
		{"exception", "SELECT lei, level, reason FROM exception"
		 " WHERE edition = ? ORDER BY lei, level", 3}};
	size_t n = sizeof tables / sizeof *tables;

	n -= !schema_has(w->store->db, "exception"); /* the last of them */
	for (size_t i = 0; i < n; i++) {
		struct db_query *q = db_query(w->store->db, tables[i].sql);

		db_bind_i64(q, 1, id);
		put_rows(w, tables[i].name, tables[i].columns, q);
	}
}

/* Under which licence each feed is, and whether it is in the file. */
static void put_licences(struct writer *w, struct arena *a,
			 struct exchange_manifest *ret)
{
	struct db_query *q = db_query(w->store->db,
		"SELECT f.name, e.licence, e.rows FROM feed f JOIN edition e"
		" ON e.id = f.edition ORDER BY f.name");

	while (db_row(q)) {
		struct exchange_part part = {
			.feed = arena_dup(a, db_text(q, 0)),
			.licence = arena_dup(a, db_text(q, 1)),
			.rows = (uint64_t)db_i64(q, 2)};

		part.leaves = is_asked(w, part.licence);
		strbuf_cstr(&w->line, "licence");
		field(w, part.feed);
		field(w, part.licence);
		field(w, part.leaves ? STR("yes") : STR("no"));
		end_record(w);
		vec_push(&ret->list, part);
	}
}

static void put_answers(struct writer *w, struct str feed)
{
	struct db_query *q = db_query(w->store->db,
		"SELECT feed, key, url, CAST(time AS TEXT),"
		" CAST(status AS TEXT), etag, last_modified, next,"
		" lower(hex(sha256)), CAST(size AS TEXT), body FROM answer"
		" WHERE feed = ? ORDER BY key");

	db_bind_text(q, 1, feed);
	put_rows(w, "answer", 11, q);
}

static void put_feeds(struct writer *w)
{
	struct db_query *q = db_query(w->store->db,
		"SELECT f.edition, f.name, CAST(f.checked_at AS TEXT),"
		" e.licence FROM feed f JOIN edition e ON e.id = f.edition"
		" ORDER BY f.name");

	while (db_row(q)) {
		if (!is_asked(w, db_text(q, 3)))
			continue;
		strbuf_cstr(&w->line, "feed");
		field(w, db_text(q, 1));
		field(w, db_text(q, 2));
		end_record(w);
		put_edition(w, db_i64(q, 0));
	}
}

static void put_all(struct writer *w, struct arena *a,
		    struct exchange_manifest *ret)
{
	put(w, STR("ranwhence-store 1\n"));
	put_licences(w, a, ret);
	put_feeds(w);
	for (size_t i = 0; i < ret->list.n; i++)
		if (ret->list.v[i].leaves)
			put_answers(w, ret->list.v[i].feed);
	put_rows(w, "digest", 5, db_query(w->store->db,
		"SELECT lower(hex(key)), repository, head,"
		" CAST(size AS TEXT), body FROM digest ORDER BY key"));
}

static void put_end(struct writer *w)
{
	unsigned char digest[SHA256_BYTES];
	struct strbuf hex, n;

	sha256_end(w->sum, digest);
	w->sum = sha256_begin(); /* end_record adds to it */
	strbuf_init(&hex, 0);
	strbuf_init(&n, 0);
	sha256_hex(&hex, digest, sizeof digest);
	strbuf_fmt(&n, "%llu", (unsigned long long)w->records);
	strbuf_cstr(&w->line, "end");
	field(w, strbuf_str(&n));
	field(w, strbuf_str(&hex));
	end_record(w);
	sha256_end(w->sum, digest);
	strbuf_release(&hex);
	strbuf_release(&n);
}

enum err store_export(struct store *s, const char *path,
		      const struct exchange_licences *asked, struct arena *a,
		      struct exchange_manifest *ret)
{
	struct strbuf file;
	struct writer w = {.store = s, .asked = asked,
			   .sum = sha256_begin()};
	enum err e, written;

	*ret = (struct exchange_manifest){0};

	strbuf_init(&file, 0);
	strbuf_init(&w.line, 0);
	strbuf_init(&w.fields, 0);
	w.out = archive_create(-1, &file);
	db_run(s->db, "BEGIN"); /* one snapshot */
	put_all(&w, a, ret);
	put_end(&w);
	e = store_settle(s);
	db_rollback(s->db);
	written = archive_finish(w.out);
	if (!e && written)
		diag_add(s->diags, RW1008, diag_at(str_c(path)),
			 "the file cannot be compressed");
	if (!e)
		e = written ? written : fs_write(path, strbuf_str(&file),
						 s->diags);
	strbuf_release(&w.line);
	strbuf_release(&w.fields);
	strbuf_release(&file);
	return e;
}
