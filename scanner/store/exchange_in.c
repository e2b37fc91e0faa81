/*
 * Reading an export.  It may come from anybody: each length is checked before
 * memory is spent, each row as a feed's, each edition against its digest, and
 * the whole against its last record; only then the transaction ends.
 */
#include "store/exchange.h"

#include <string.h>

#include "base/archive_in.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "store/edition.h"

#define FIELDS 12
#define LINE_BYTES 256

struct reader {
	struct store *store;
	struct archive_in *archive;
	struct str path;
	struct str piece;       /* unpacked and not read yet */
	struct sha256 *sum;
	struct strbuf record;   /* the bytes of its fields */
	struct str fields[FIELDS];
	size_t n;               /* fields of the record */
	char name[LINE_BYTES];  /* of the record, then the lengths */
	uint64_t records;
	bool has_feed, is_left_out, is_done;
	struct str feed;        /* being read */
	int64_t checked;
	unsigned char sha256[SHA256_BYTES]; /* that its edition states */
	struct arena arena;     /* texts of the feed */
	const struct exchange_accepted *accepted;
	struct exchange_counts *counts;
	enum err err;
};

static void refuse(struct reader *r, enum err e, const char *why)
{
	if (!r->err && !db_error(r->store->db))
		diag_add(r->store->diags, RW1825, diag_at(r->path),
			 "record %llu: %s",
			 (unsigned long long)r->records + 1, why);
	if (!r->err)
		r->err = e;
}

/* --- records -------------------------------------------------------------- */

/* The next n bytes, or fewer at the end. */
static struct str take(struct reader *r, size_t n)
{
	struct str got;

	if (!r->piece.n && !archive_piece(r->archive, &r->piece))
		r->piece = STR("");
	got = str_head(r->piece, n);
	r->piece = str_from(r->piece, got.n);
	return got;
}

/* A line, without its end, into r->name; the bytes count for the sum unless
 * it is the last record's. */
static bool read_line(struct reader *r)
{
	for (size_t n = 0; n < sizeof r->name; n++) {
		struct str c = take(r, 1);

		if (!c.n)
			break;
		r->name[n] = *c.p;
		if (*c.p != '\n')
			continue;
		r->name[n] = '\0';
		if (!str_has_prefix(str_c(r->name), STR("end ")) && r->sum) {
			sha256_add(r->sum, str_n(r->name, n));
			sha256_add(r->sum, STR("\n"));
		}
		return true;
	}
	refuse(r, ERR_FORMAT, "the file ends early, or is no export");
	return false;
}

/* The lengths after the name; their sum with the line's end, 0 when they
 * are no such list or too much. */
static size_t read_lengths(struct reader *r, size_t *lengths)
{
	struct str rest = str_c(r->name), word;
	size_t all = 1;

	r->n = 0;
	if (!str_split(&rest, ' ', &word) || !word.n)
		return 0;
	r->name[word.n] = '\0';
	while (str_split(&rest, ' ', &word)) {
		uint64_t n;

		if (r->n == FIELDS || !str_to_u64(word, &n) ||
		    n > LIMIT_DIGEST_BYTES - all)
			return 0;
		lengths[r->n++] = (size_t)n;
		all += (size_t)n;
	}
	return all;
}

static bool read_bytes(struct reader *r, size_t n)
{
	strbuf_clear(&r->record);
	while (r->record.n < n) {
		struct str got = take(r, n - r->record.n);

		if (!got.n) {
			refuse(r, ERR_FORMAT, "the file ends early");
			return false;
		}
		strbuf_add(&r->record, got);
	}
	if (r->record.p[n - 1] == '\n')
		return true;
	refuse(r, ERR_FORMAT, "its fields are not as long as it says");
	return false;
}

static bool read_record(struct reader *r)
{
	size_t lengths[FIELDS], all, at = 0;

	if (!read_line(r))
		return false;
	all = read_lengths(r, lengths);
	if (!all)
		refuse(r, ERR_FORMAT, "not a record");
	if (!all || !read_bytes(r, all))
		return false;
	for (size_t i = 0; i < r->n; i++, at += lengths[i - 1])
		r->fields[i] = str_n(r->record.p + at, lengths[i]);
	if (strcmp(r->name, "end") != 0)
		sha256_add(r->sum, strbuf_str(&r->record));
	return true;
}

static int64_t number(struct reader *r, size_t i)
{
	int64_t v = 0;

	if (!str_to_i64(r->fields[i], &v))
		refuse(r, ERR_FORMAT, "not a number where one belongs");
	return v;
}

static void from_hex(struct reader *r, size_t i, unsigned char *to)
{
	static const char digits[] = "0123456789abcdef";
	struct str s = r->fields[i];

	memset(to, 0, SHA256_BYTES);
	for (size_t k = 0; k < s.n && k < 2 * SHA256_BYTES; k++) {
		const char *d = memchr(digits, s.p[k], 16);

		if (!d)
			break;
		to[k / 2] |= (unsigned char)((d - digits) << (k % 2 ? 0 : 4));
		if (k + 1 == s.n && s.n == 2 * SHA256_BYTES)
			return;
	}
	refuse(r, ERR_FORMAT, "not a SHA-256 where one belongs");
}

/* --- feeds ---------------------------------------------------------------- */

/* Does the new edition have the rows that its record says? */
static void check_edition(struct reader *r)
{
	struct db_query *q = db_query(r->store->db,
		"SELECT sha256 FROM edition WHERE id ="
		" (SELECT edition FROM feed WHERE name = ?)");
	bool is_right;

	db_bind_text(q, 1, r->feed);
	is_right = db_row(q) && str_eq(db_text(q, 0),
				       str_n((const char *)r->sha256,
					     SHA256_BYTES));
	db_reset(q);
	if (!is_right)
		refuse(r, ERR_FORMAT, "the rows of the feed before are not "
				      "those of its edition");
}

static void end_feed(struct reader *r)
{
	struct db_query *q;

	if (!r->has_feed)
		return;
	r->has_feed = false;
	if (r->err || r->is_left_out)
		return;
	if (!r->store->stage) {
		refuse(r, ERR_FORMAT, "a feed without an edition");
		return;
	}
	if (edition_settle(r->store)) {
		if (r->store->diags->counts[RW1832])
			r->err = ERR_LIMIT;
		refuse(r, ERR_FORMAT, "the edition has no rows");
		return;
	}
	edition_drop(r->store);
	check_edition(r);
	q = db_query(r->store->db,
		     "UPDATE feed SET checked_at = ? WHERE name = ?");
	db_bind_i64(q, 1, r->checked);
	db_bind_text(q, 2, r->feed);
	db_step(q);
	r->counts->feeds++;
}

/* What the sender says of licences; each edition says it again. */
static void take_licence(struct reader *r)
{
	if (!str_is(r->fields[2], "yes") && !str_is(r->fields[2], "no"))
		refuse(r, ERR_FORMAT, "a licence that is neither in nor out");
}

static void take_feed(struct reader *r)
{
	end_feed(r);
	arena_release(&r->arena);
	if (!r->fields[0].n || r->fields[0].n > LIMIT_FEED_BYTES)
		refuse(r, ERR_FORMAT, "a feed without a sound name");
	r->feed = arena_dup(&r->arena, r->fields[0]);
	r->checked = number(r, 1);
	r->has_feed = true;
	r->is_left_out = false;
}

static bool is_accepted(const struct reader *r)
{
	for (size_t i = 0; r->accepted && i < r->accepted->n; i++)
		if (str_is(r->feed, r->accepted->v[i]))
			return true;
	return false;
}

/* Was it fetched before the edition that the store has, or has it the rows of
 * one that was replaced, under whatever dates? */
static bool is_older(struct reader *r, const struct edition *e)
{
	struct db_query *q = db_query(r->store->db,
		"SELECT coalesce(max(n.fetched > ?2), 0) OR (n.sha256 <> ?3"
		" AND EXISTS(SELECT 1 FROM edition o WHERE o.feed = ?1"
		" AND o.sha256 = ?3 AND o.id < n.id)) FROM edition n WHERE"
		" n.id = (SELECT edition FROM feed WHERE name = ?1)");
	bool is;

	db_bind_text(q, 1, r->feed);
	db_bind_i64(q, 2, e->fetched);
	db_bind_blob(q, 3, str_n((const char *)r->sha256, SHA256_BYTES));
	is = db_row(q) && db_i64(q, 0) != 0;
	db_reset(q);
	return is;
}

static void leave_out(struct reader *r)
{
	r->is_left_out = true;
	r->counts->left_out++;
}

static void take_edition(struct reader *r)
{
	bool is_free = is_accepted(r);
	struct edition e = {.feed = r->feed, .name = r->fields[0],
			    .speaks_for = r->fields[1],
			    .licence = r->fields[5], .url = r->fields[6],
			    .fetched = number(r, 2), .may_shrink = true,
			    .hold = is_free ? 0 : EDITION_HOLD,
			    .holds_lists_only = true, .may_be_older = is_free};
	enum err err;

	from_hex(r, 4, r->sha256);
	if (!r->has_feed || r->store->stage || r->is_left_out) {
		refuse(r, ERR_FORMAT, "an edition without its feed");
	} else if (!is_free && is_older(r, &e)) {
		edition_tell_older(r->store, &e, diag_at(r->path));
		leave_out(r);
	} else {
		err = edition_begin(r->store, &e);
		if (err == ERR_LIMIT)
			leave_out(r);
		else if (err)
			r->err = ERR_IO;
	}
}

/* --- rows ----------------------------------------------------------------- */

static enum fact_confidence confidence_of(struct str s)
{
	return str_is(s, "A") ? FACT_A : str_is(s, "B") ? FACT_B : FACT_C;
}

static const char *add_fact(struct reader *r)
{
	enum facts_column ignored;

	return edition_add_fact(r->store, r->fields, &ignored);
}

static const char *add_entity(struct reader *r)
{
	return edition_add_entity(r->store, &(struct edition_entity){
		.lei = r->fields[0], .name = r->fields[1],
		.country = r->fields[2], .seat = r->fields[3],
		.category = r->fields[4], .updated = r->fields[6],
		.confidence = confidence_of(r->fields[5])});
}

static const char *add_alias(struct reader *r)
{
	return edition_add_alias(r->store, r->fields[0], r->fields[1]);
}

static const char *add_relation(struct reader *r)
{
	struct edition_relation relation = {
		.held = r->fields[0], .holder = r->fields[1],
		.from = r->fields[3], .to = r->fields[4],
		.confidence = confidence_of(r->fields[5]),
		.updated = r->fields[6]};

	if (!edition_find_relation(r->fields[2], &relation.kind))
		return "is of an unknown kind";
	return edition_add_relation(r->store, &relation);
}

static const char *add_exception(struct reader *r)
{
	struct edition_exception x = {.lei = r->fields[0],
				      .reason = r->fields[2]};

	if (!edition_find_relation(r->fields[1], &x.level))
		return "is of an unknown level";
	return edition_add_exception(r->store, &x);
}

static void take_row(struct reader *r, const char *(*add)(struct reader *r))
{
	const char *problem;

	if (r->is_left_out)
		return;
	problem = r->store->stage ? add(r) : "belongs to no edition";
	if (problem)
		refuse(r, ERR_FORMAT, problem);
}

static void take_fact(struct reader *r)
{
	take_row(r, add_fact);
}

static void take_entity(struct reader *r)
{
	take_row(r, add_entity);
}

static void take_alias(struct reader *r)
{
	take_row(r, add_alias);
}

static void take_relation(struct reader *r)
{
	take_row(r, add_relation);
}

static void take_exception(struct reader *r)
{
	take_row(r, add_exception);
}

/* --- answers and digests -------------------------------------------------- */

/* A compressed body: is it what its record says?  With `digest` it must have
 * that, too. */
static void check_body(struct reader *r, size_t body, size_t size,
		       const unsigned char *digest)
{
	unsigned char got[SHA256_BYTES];
	struct strbuf b;
	enum err e;

	strbuf_init(&b, 0);
	e = archive_gunzip(r->fields[body], digest ? LIMIT_ANSWER_BYTES
						   : LIMIT_DIGEST_BYTES,
			   r->path, r->store->diags, &b);
	sha256_of(strbuf_str(&b), got);
	if (e || number(r, size) != (int64_t)b.n ||
	    (digest && memcmp(digest, got, sizeof got) != 0))
		refuse(r, ERR_FORMAT, "its body is not what it says");
	strbuf_release(&b);
}

static void take_answer(struct reader *r)
{
	static const int texts[] = {0, 1, 2, 5, 6, 7};
	unsigned char digest[SHA256_BYTES];
	struct db_query *q;

	end_feed(r);
	from_hex(r, 8, digest);
	check_body(r, 10, 9, digest);
	q = db_query(r->store->db,
		"INSERT INTO answer(feed, key, url, time, status, etag,"
		" last_modified, next, sha256, size, body)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
		" ON CONFLICT(feed, key) DO UPDATE SET url = excluded.url,"
		" time = excluded.time, status = excluded.status,"
		" etag = excluded.etag, next = excluded.next,"
		" last_modified = excluded.last_modified,"
		" sha256 = excluded.sha256, size = excluded.size,"
		" body = excluded.body WHERE excluded.time >= time");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		db_bind_text(q, texts[i] + 1, r->fields[texts[i]]);
	db_bind_i64(q, 4, number(r, 3));
	db_bind_i64(q, 5, number(r, 4));
	db_bind_blob(q, 9, str_n((const char *)digest, sizeof digest));
	db_bind_i64(q, 10, number(r, 9));
	db_bind_blob(q, 11, r->fields[10]);
	db_step(q);
	r->counts->answers++;
}

static void take_digest(struct reader *r)
{
	unsigned char key[SHA256_BYTES];
	struct db_query *q;

	end_feed(r);
	from_hex(r, 0, key);
	check_body(r, 4, 3, NULL);
	q = db_query(r->store->db,
		     "INSERT OR IGNORE INTO digest VALUES(?, ?, ?, 0, ?, ?)");
	db_bind_blob(q, 1, str_n((const char *)key, sizeof key));
	db_bind_text(q, 2, r->fields[1]);
	db_bind_text(q, 3, r->fields[2]);
	db_bind_i64(q, 4, number(r, 3));
	db_bind_blob(q, 5, r->fields[4]);
	db_step(q);
	r->counts->digests++;
}

static void take_end(struct reader *r)
{
	unsigned char digest[SHA256_BYTES], stated[SHA256_BYTES];

	end_feed(r);
	sha256_end(r->sum, digest);
	r->sum = NULL;
	from_hex(r, 1, stated);
	if (number(r, 0) != (int64_t)r->records ||
	    memcmp(digest, stated, sizeof digest) != 0)
		refuse(r, ERR_FORMAT, "the file was changed or is not whole");
	if (take(r, 1).n)
		refuse(r, ERR_FORMAT, "something follows the last record");
	r->is_done = true;
}

/* --- the whole ------------------------------------------------------------ */

struct record {
	const char *name;
	size_t n;
	void (*take)(struct reader *r);
};
static const struct record records[] = {
	{"licence", 3, take_licence},
	{"feed", 2, take_feed}, {"edition", 7, take_edition},
	{"fact", COLUMN_COUNT, take_fact}, {"entity", 7, take_entity},
	{"alias", 2, take_alias}, {"relation", 7, take_relation},
	{"exception", 3, take_exception},
	{"answer", 11, take_answer}, {"digest", 5, take_digest},
	{"end", 2, take_end}};

static void take_record(struct reader *r)
{
	for (size_t i = 0; i < sizeof records / sizeof *records; i++)
		if (!strcmp(r->name, records[i].name) &&
		    r->n == records[i].n) {
			records[i].take(r);
			r->records++;
			return;
		}
	refuse(r, ERR_FORMAT, "a record of an unknown kind");
}

static void read_all(struct reader *r)
{
	if (!read_line(r))
		return;
	if (strcmp(r->name, "ranwhence-store 1") != 0) {
		refuse(r, ERR_UNSUPPORTED,
		       str_has_prefix(str_c(r->name), STR("ranwhence-store "))
		       ? "the file is of another version"
		       : "the file is no export of a store");
		return;
	}
	while (!r->err && !r->is_done && read_record(r))
		take_record(r);
}

static enum err run(struct reader *r)
{
	struct store *s = r->store;
	struct str name;

	db_begin(s->db);
	if (!archive_next_name(r->archive, &name))
		refuse(r, ERR_FORMAT, "the file is empty");
	else
		read_all(r);
	if (!r->err)
		r->err = db_commit(s->db);
	if (db_error(s->db))
		r->err = store_settle(s);
	db_rollback(s->db);
	edition_drop(s);
	return r->err;
}

enum err store_import(struct store *s, struct str bytes, struct str path,
		      const struct exchange_accepted *accepted,
		      struct exchange_counts *ret)
{
	struct reader r = {.store = s, .path = path, .accepted = accepted,
			   .counts = ret};
	unsigned char ignored[SHA256_BYTES];
	enum err e;

	*ret = (struct exchange_counts){0};
	r.archive = archive_open(bytes, path, s->diags);
	if (!r.archive) {
		refuse(&r, ERR_FORMAT, "not a gzip file");
		return ERR_FORMAT;
	}
	r.sum = sha256_begin();
	strbuf_init(&r.record, 0);
	e = run(&r);
	if (r.sum)
		sha256_end(r.sum, ignored);
	strbuf_release(&r.record);
	arena_release(&r.arena);
	archive_close(r.archive);
	return e;
}
