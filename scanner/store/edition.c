/*
 * Rows of an edition wait in temporary tables of this connection, in the
 * order in which they come; publishing sorts them into the tables of the
 * store.  The order makes that fast (the new edition is only appended) and
 * what is stored independent of the order in which a feed lists its rows.
 */
#include "store/edition.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "model/facts_name.h"
#include "store/legal.h"
#include "store/schema.h"
#include "store/withdrawn.h"

struct edition_stage {
	struct edition info;
	int64_t base;      /* the edition it begins with, 0 for none */
	bool has_all_relations, has_all_exceptions;
	struct arena arena, scratch;
};

static const char make_tables[] =
	"CREATE TEMP TABLE stage_fact(kind, subject, object, value, begins,"
	" ends, source, speaks_for, read, confidence, state, note);"
	"CREATE TEMP TABLE stage_entity(lei, name, country, seat, category,"
	" confidence, updated);"
	"CREATE TEMP TABLE stage_alias(lei, name);"
	"CREATE TEMP TABLE stage_form(form, lei);"
	"CREATE TEMP TABLE stage_relation(held, holder, kind, begins, ends,"
	" confidence, updated);"
	"CREATE TEMP TABLE stage_exception(lei, level, reason);"
	/* of the edition it begins with, but this one has them anew */
	"CREATE TEMP TABLE gone_entity(lei PRIMARY KEY) WITHOUT ROWID;";

static const char drop_tables[] =
	"DROP TABLE IF EXISTS temp.stage_fact;"
	"DROP TABLE IF EXISTS temp.stage_entity;"
	"DROP TABLE IF EXISTS temp.stage_alias;"
	"DROP TABLE IF EXISTS temp.stage_form;"
	"DROP TABLE IF EXISTS temp.stage_relation;"
	"DROP TABLE IF EXISTS temp.stage_exception;"
	"DROP TABLE IF EXISTS temp.gone_entity;";

static const char *const relation_names[] = {"direct", "ultimate", "branch"};

bool edition_find_relation(struct str name, enum edition_relation_kind *ret)
{
	for (size_t i = 0;
	     i < sizeof relation_names / sizeof *relation_names; i++)
		if (str_is(name, relation_names[i])) {
			*ret = (enum edition_relation_kind)i;
			return true;
		}
	return false;
}

/* --- filling -------------------------------------------------------------- */

/* The edition of a feed that readers see, 0 for none. */
static int64_t current_of(struct store *s, struct str feed)
{
	struct db_query *q = db_query(s->db,
		"SELECT edition FROM feed WHERE name = ?");
	int64_t id;

	db_bind_text(q, 1, feed);
	id = db_row(q) ? db_i64(q, 0) : 0;
	db_reset(q);
	return id;
}

static struct edition copy(struct arena *a, const struct edition *e)
{
	return (struct edition){
		.feed = arena_dup(a, str_head(e->feed, LIMIT_FEED_BYTES)),
		.name = arena_dup(a, e->name),
		.speaks_for = arena_dup(a, e->speaks_for),
		.licence = arena_dup(a, e->licence),
		.url = arena_dup(a, e->url),
		.fetched = e->fetched, .may_shrink = e->may_shrink,
		.hold = e->hold, .holds_lists_only = e->holds_lists_only};
}

static struct db_query *query_current(struct store *s, struct str feed)
{
	struct db_query *q = db_query(s->db,
		"SELECT name, speaks_for, fetched FROM edition WHERE id ="
		" (SELECT edition FROM feed WHERE name = ?)");

	db_bind_text(q, 1, feed);
	return q;
}

static bool has_day(struct str s, int32_t *ret_day)
{
	struct date_span span;

	if (!s.n || date_parse_span(s, &span))
		return false;
	*ret_day = span.first;
	return true;
}

/* What speaks for the day of its fetching is of now, whatever the clock. */
static bool is_older(struct store *s, const struct edition *e)
{
	struct db_query *q = query_current(s, e->feed);
	int32_t day, before;
	bool is = has_day(e->speaks_for, &day) && db_row(q) &&
		  has_day(db_text(q, 1), &before) && day < before &&
		  day < date_of_seconds(e->fetched);

	db_reset(q);
	return is;
}

static void add_dates(struct strbuf *b, struct str name,
		      struct str speaks_for, int64_t fetched)
{
	strbuf_fmt(b, "%.*s (speaks for %.*s, fetched ", STR_ARG(name),
		   STR_ARG(speaks_for.n ? speaks_for : STR("no day")));
	date_write(b, date_of_seconds(fetched));
	strbuf_ch(b, ')');
}

void edition_tell_older(struct store *s, const struct edition *e,
			struct place place)
{
	struct db_query *q = query_current(s, e->feed);
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%.*s: the edition ", STR_ARG(e->feed));
	add_dates(&b, e->name, e->speaks_for, e->fetched);
	strbuf_cstr(&b, " is older than, or was replaced by, ");
	if (db_row(q))
		add_dates(&b, db_text(q, 0), db_text(q, 1), db_i64(q, 2));
	db_reset(q);
	diag_add(s->diags, RW1826, place, "%.*s, which stays; --accept=%.*s "
		 "takes it", STR_ARG(strbuf_str(&b)), STR_ARG(e->feed));
	strbuf_release(&b);
}

enum err edition_check_age(struct store *s, const struct edition *e)
{
	if (e->may_be_older || !is_older(s, e))
		return OK;
	edition_tell_older(s, e, diag_at(s->path));
	return ERR_LIMIT;
}

enum err edition_begin(struct store *s, const struct edition *e)
{
	edition_drop(s);
	if (edition_check_age(s, e))
		return ERR_LIMIT;
	s->stage = mem_new(1, sizeof *s->stage);
	s->stage->info = copy(&s->stage->arena, e);
	db_run(s->db, make_tables);
	return store_settle(s);
}

enum err edition_begin_from_current(struct store *s, const struct edition *e)
{
	enum err err = edition_begin(s, e);

	if (!s->stage)
		return err;
	s->stage->base = current_of(s, s->stage->info.feed);
	return err ? err : store_settle(s);
}

void edition_drop(struct store *s)
{
	enum err told;

	if (!s->stage)
		return;
	/* after a failure only: it ends a transaction of the caller's */
	if (db_error(s->db))
		db_clear(s->db);
	db_run(s->db, drop_tables);
	told = store_settle(s);
	(void)told;
	arena_release(&s->stage->arena);
	arena_release(&s->stage->scratch);
	free(s->stage);
	s->stage = NULL;
}

const char *edition_add_fact(struct store *s, const struct str *fields,
			     enum facts_column *ret_column)
{
	struct fact_evidence evidence;
	struct fact fact;
	const char *problem = facts_row_parse(fields, &fact, &evidence,
					      ret_column);
	struct db_query *q;

	if (problem)
		return problem;
	q = db_query(s->db, "INSERT INTO temp.stage_fact"
			    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	for (int i = 0; i < COLUMN_COUNT; i++)
		db_bind_text(q, i + 1, fields[i]);
	db_step(q);
	return NULL;
}

static bool is_date(struct str s)
{
	struct date_span ignored;

	return !s.n || !date_parse_span(s, &ignored);
}

/* Can a period that begins and ends so hold on some day?  Dates that are
 * open always can. */
static bool is_after(struct str to, struct str from)
{
	struct date_span first, last;

	return !from.n || !to.n || date_parse_span(from, &first) ||
	       date_parse_span(to, &last) || first.first < last.last;
}

static struct str letter_of(enum fact_confidence c)
{
	return c == FACT_A ? STR("A") : c == FACT_B ? STR("B") : STR("C");
}

static void add_form(struct store *s, struct str lei, struct str name)
{
	struct db_query *q;
	int64_t form;

	arena_release(&s->stage->scratch);
	if (!legal_form(name, &s->stage->scratch, &form))
		return;
	q = db_query(s->db, "INSERT INTO temp.stage_form VALUES(?, ?)");
	db_bind_i64(q, 1, form);
	db_bind_text(q, 2, lei);
	db_step(q);
}

const char *edition_add_alias(struct store *s, struct str lei,
			      struct str name)
{
	const char *problem = facts_row_check_text(name);
	struct db_query *q;

	if (!facts_row_is_lei(lei))
		return "has no LEI";
	if (problem || !str_trim(name).n)
		return problem ? problem : "has no name";
	q = db_query(s->db, "INSERT INTO temp.stage_alias VALUES(?, ?)");
	db_bind_text(q, 1, lei);
	db_bind_text(q, 2, name);
	db_step(q);
	add_form(s, lei, name);
	return NULL;
}

static const char *check_entity(const struct edition_entity *e)
{
	const char *problem = facts_row_check_text(e->name);

	if (!facts_row_is_lei(e->lei))
		return "has no LEI";
	if (problem || !str_trim(e->name).n)
		return problem ? problem : "has no name";
	if ((e->country.n && !facts_is_country(e->country)) ||
	    (e->seat.n && !facts_is_country(e->seat)))
		return "has a country that ISO 3166-1 does not know";
	if (e->category.n > LIMIT_FEED_BYTES || !is_date(e->updated))
		return "has a bad category or date";
	return NULL;
}

/* Its row in the edition before, if any, is not copied. */
static void replace_entity(struct store *s, struct str lei)
{
	struct db_query *q = db_query(s->db,
		"INSERT OR IGNORE INTO temp.gone_entity VALUES(?)");

	db_bind_text(q, 1, lei);
	db_step(q);
}

const char *edition_add_entity(struct store *s,
			       const struct edition_entity *e)
{
	const char *problem = check_entity(e);
	struct db_query *q;

	if (problem)
		return problem;
	if (s->stage->base)
		replace_entity(s, e->lei);
	q = db_query(s->db, "INSERT INTO temp.stage_entity"
			    " VALUES(?, ?, ?, ?, ?, ?, ?)");
	db_bind_text(q, 1, e->lei);
	db_bind_text(q, 2, e->name);
	db_bind_text(q, 3, e->country);
	db_bind_text(q, 4, e->seat);
	db_bind_text(q, 5, e->category);
	db_bind_text(q, 6, letter_of(e->confidence));
	db_bind_text(q, 7, e->updated);
	db_step(q);
	add_form(s, e->lei, e->name);
	for (size_t i = 0; i < e->aliases_n; i++)
		if (!str_eq(e->aliases[i], e->name))
			(void)edition_add_alias(s, e->lei, e->aliases[i]);
	return NULL;
}

const char *edition_add_relation(struct store *s,
				 const struct edition_relation *r)
{
	struct db_query *q;

	if (!facts_row_is_lei(r->held) || !facts_row_is_lei(r->holder))
		return "does not join two LEIs";
	if (str_eq(r->held, r->holder))
		return "joins an entity to itself";
	if (!is_date(r->from) || !is_date(r->to) || !is_date(r->updated))
		return "has a bad date";
	if (!is_after(r->to, r->from))
		return "ends before it begins";
	q = db_query(s->db, "INSERT INTO temp.stage_relation"
			    " VALUES(?, ?, ?, ?, ?, ?, ?)");
	db_bind_text(q, 1, r->held);
	db_bind_text(q, 2, r->holder);
	db_bind_text(q, 3, str_c(relation_names[r->kind]));
	db_bind_text(q, 4, r->from);
	db_bind_text(q, 5, r->to);
	db_bind_text(q, 6, letter_of(r->confidence));
	db_bind_text(q, 7, r->updated);
	db_step(q);
	return NULL;
}

const char *edition_add_exception(struct store *s,
				  const struct edition_exception *x)
{
	const char *problem = facts_row_check_text(x->reason);
	struct db_query *q;

	if (!facts_row_is_lei(x->lei))
		return "has no LEI";
	if (problem || !x->reason.n || x->reason.n > LIMIT_FEED_BYTES)
		return "has no reason";
	q = db_query(s->db, "INSERT INTO temp.stage_exception"
			    " VALUES(?, ?, ?)");
	db_bind_text(q, 1, x->lei);
	db_bind_text(q, 2, str_c(relation_names[x->level]));
	db_bind_text(q, 3, x->reason);
	db_step(q);
	return NULL;
}

void edition_renew_relations(struct store *s)
{
	s->stage->has_all_relations = true;
}

void edition_renew_exceptions(struct store *s)
{
	s->stage->has_all_exceptions = true;
}

void edition_each_entity(struct store *s,
			 void (*take)(void *context, struct str lei),
			 void *context)
{
	struct db_query *q = db_query(s->db,
		"SELECT lei FROM temp.stage_entity UNION ALL"
		" SELECT lei FROM entity WHERE edition = ? AND lei NOT IN"
		" (SELECT lei FROM temp.gone_entity)");

	db_bind_i64(q, 1, s->stage->base);
	while (db_row(q))
		take(context, db_text(q, 0));
}

/* --- publishing ----------------------------------------------------------- */

/* Parameter 1 is the new edition, 2 the one it begins with. */
static const char *const copy_base[] = {
	"INSERT INTO fact SELECT ?1, kind, subject, object, value, begins,"
	" ends, source, speaks_for, read, confidence, state, note FROM fact"
	" WHERE edition = ?2 ORDER BY edition, kind, subject, object, value,"
	" begins, ends, source, speaks_for, read, confidence, state, note",
	"INSERT INTO entity SELECT ?1, lei, name, country, seat, category,"
	" confidence, updated FROM entity WHERE edition = ?2 AND lei NOT IN"
	" (SELECT lei FROM temp.gone_entity) ORDER BY edition, lei",
	"INSERT INTO alias SELECT ?1, lei, name FROM alias WHERE edition = ?2"
	" AND lei NOT IN (SELECT lei FROM temp.gone_entity)"
	" ORDER BY edition, lei, name",
	"INSERT INTO form SELECT ?1, form, lei FROM form WHERE edition = ?2"
	" AND lei NOT IN (SELECT lei FROM temp.gone_entity)"
	" ORDER BY edition, form, lei",
};

static const char copy_relations[] =
	"INSERT INTO relation SELECT ?1, held, holder, kind, begins, ends,"
	" confidence, updated FROM relation WHERE edition = ?2"
	" ORDER BY edition, held, holder, kind";
static const char copy_exceptions[] =
	"INSERT INTO exception SELECT ?1, lei, level, reason FROM exception"
	" WHERE edition = ?2 ORDER BY edition, lei, level";

static const char *const take_stage[] = {
	"INSERT OR IGNORE INTO fact SELECT ?1, kind, subject, object, value,"
	" begins, ends, source, speaks_for, read, confidence, state, note"
	" FROM temp.stage_fact ORDER BY kind, subject, object, value, begins,"
	" ends, source, speaks_for, read, confidence, state, note",
	"INSERT OR REPLACE INTO entity SELECT ?1, lei, name, country, seat,"
	" category, confidence, updated FROM temp.stage_entity"
	" ORDER BY lei, rowid",
	"INSERT OR IGNORE INTO alias SELECT ?1, lei, name"
	" FROM temp.stage_alias ORDER BY lei, name",
	"INSERT OR IGNORE INTO form SELECT ?1, form, lei"
	" FROM temp.stage_form ORDER BY form, lei",
	"INSERT OR REPLACE INTO relation SELECT ?1, held, holder, kind,"
	" begins, ends, confidence, updated FROM temp.stage_relation"
	" ORDER BY held, holder, kind, rowid",
	"INSERT OR REPLACE INTO exception SELECT ?1, lei, level, reason"
	" FROM temp.stage_exception ORDER BY lei, level, rowid",
};

static void run_with(struct store *s, const char *sql, int64_t id,
		     int64_t base)
{
	struct db_query *q = db_query(s->db, sql);

	db_bind_i64(q, 1, id);
	if (base)
		db_bind_i64(q, 2, base);
	db_step(q);
}

/* An edition that is replaced; the number is not used again while a row of
 * it may be left. */
static int64_t next_id(struct store *s)
{
	struct db_query *q = db_query(s->db,
		"SELECT coalesce(max(id), 0) + 1 FROM edition");
	int64_t id = db_row(q) ? db_i64(q, 0) : 0;

	db_reset(q);
	return id;
}

static int64_t rows_of(struct store *s, int64_t edition)
{
	struct db_query *q = db_query(s->db,
		"SELECT rows FROM edition WHERE id = ?");
	int64_t n;

	db_bind_i64(q, 1, edition);
	n = db_row(q) ? db_i64(q, 0) : 0;
	db_reset(q);
	return n;
}

static void register_edition(struct store *s, int64_t id,
			     const unsigned char *digest, uint64_t rows)
{
	const struct edition *e = &s->stage->info;
	struct db_query *q = db_query(s->db,
		"INSERT INTO edition VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");

	db_bind_i64(q, 1, id);
	db_bind_text(q, 2, e->feed);
	db_bind_text(q, 3, e->name);
	db_bind_text(q, 4, e->speaks_for);
	db_bind_i64(q, 5, e->fetched);
	db_bind_i64(q, 6, (int64_t)rows);
	db_bind_blob(q, 7, str_n((const char *)digest, SHA256_BYTES));
	db_bind_text(q, 8, e->licence);
	db_bind_text(q, 9, e->url);
	db_step(q);
	q = db_query(s->db,
		"INSERT INTO feed(name, edition, checked_at) VALUES(?, ?, ?)"
		" ON CONFLICT(name) DO UPDATE SET edition = excluded.edition,"
		" checked_at = excluded.checked_at, error = '',"
		" error_at = 0");
	db_bind_text(q, 1, e->feed);
	db_bind_i64(q, 2, id);
	db_bind_i64(q, 3, e->fetched);
	db_step(q);
}

static bool is_too_small(struct store *s, int64_t old, uint64_t rows)
{
	const struct edition *e = &s->stage->info;
	int64_t before = rows_of(s, old);

	if (db_error(s->db) || (rows && e->may_shrink) ||
	    (rows && rows >= (uint64_t)before / 2))
		return false;
	diag_add(s->diags, RW1822, diag_at(s->path),
		 "the edition %.*s of %.*s has %llu rows, the one before %lld",
		 STR_ARG(e->name), STR_ARG(e->feed),
		 (unsigned long long)rows, (long long)before);
	return true;
}

enum err edition_settle(struct store *s)
{
	unsigned char digest[SHA256_BYTES];
	int64_t id = next_id(s), base = s->stage->base;
	int64_t before = current_of(s, s->stage->info.feed);
	uint64_t rows;
	enum err e;

	for (size_t i = 0; base && i < sizeof copy_base / sizeof *copy_base;
	     i++)
		run_with(s, copy_base[i], id, base);
	if (base && !s->stage->has_all_relations)
		run_with(s, copy_relations, id, base);
	if (base && !s->stage->has_all_exceptions)
		run_with(s, copy_exceptions, id, base);
	for (size_t i = 0; i < sizeof take_stage / sizeof *take_stage; i++)
		run_with(s, take_stage[i], id, 0);
	e = edition_digest(s, id, digest, &rows);
	if (!e && is_too_small(s, before, rows))
		return ERR_LIMIT;
	if (!e && withdrawn_is_too_much(s, &s->stage->info, before, id)) {
		withdrawn_tell(s, s->stage->info.feed, before, id);
		return ERR_LIMIT;
	}
	if (!e) {
		register_edition(s, id, digest, rows);
		withdrawn_tell(s, s->stage->info.feed, before, id);
	}
	return e;
}

enum err edition_publish(struct store *s)
{
	enum err e;

	db_begin(s->db);
	e = edition_settle(s);
	if (!e)
		e = db_commit(s->db);
	db_rollback(s->db);
	if (db_error(s->db))
		e = store_settle(s);
	edition_drop(s);
	return e;
}

/* --- digest --------------------------------------------------------------- */

/* In the order of their keys; the first column says what it is. */
struct canonical {
	const char *sql;
	int columns;
};
static const struct canonical canonical[] = {
	{"SELECT 'fact', kind, subject, object, value, begins, ends, source,"
	 " speaks_for, read, confidence, state, note FROM fact"
	 " WHERE edition = ? ORDER BY edition, kind, subject, object, value,"
	 " begins, ends, source, speaks_for, read, confidence, state, note",
	 13},
	{"SELECT 'entity', lei, name, country, seat, category, confidence,"
	 " updated FROM entity WHERE edition = ? ORDER BY edition, lei", 8},
	{"SELECT 'alias', lei, name FROM alias WHERE edition = ?"
	 " ORDER BY edition, lei, name", 3},
	{"SELECT 'relation', held, holder, kind, begins, ends, confidence,"
	 " updated FROM relation WHERE edition = ?"
	 " ORDER BY edition, held, holder, kind", 8},
	{"SELECT 'exception', lei, level, reason FROM exception"
	 " WHERE edition = ? ORDER BY edition, lei, level", 4},
};

enum err edition_digest(struct store *s, int64_t edition,
			unsigned char ret_digest[SHA256_BYTES],
			uint64_t *ret_rows)
{
	struct sha256 *h = sha256_begin();

	size_t n = sizeof canonical / sizeof *canonical;

	n -= !schema_has(s->db, "exception"); /* the last of them */
	*ret_rows = 0;
	for (size_t i = 0; i < n; i++) {
		struct db_query *q = db_query(s->db, canonical[i].sql);

		db_bind_i64(q, 1, edition);
		for (; db_row(q); ++*ret_rows)
			for (int c = 0; c < canonical[i].columns; c++) {
				sha256_add(h, db_text(q, c));
				sha256_add(h, c + 1 < canonical[i].columns
					   ? STR("\t") : STR("\n"));
			}
	}
	sha256_end(h, ret_digest);
	return store_settle(s);
}
