/* Rows of the editions that readers see, with the ids of organisations that
 * are at hand already. */
#include "store/facts_feed.h"

#include "base/limits.h"
#include "model/facts_name.h"
#include "store/facts_legal.h"
#include "store/facts_store.h"
#include "store/known.h"
#include "store/legal.h"

/* An organisation of an edition. */
struct meaning {
	size_t org;             /* of known */
	bool is_by_name, is_new;
};

struct loader {
	struct facts *f;
	struct store *store;
	struct diags *ds;
	struct known known;
	int64_t edition;
	struct map meant;       /* id in this edition -> index of meanings */
	VEC(struct meaning) meanings;
	struct map sources, lists; /* that are declared */
	struct map hosts;       /* of which the rows at hand speak */
	struct facts_origin at;
};

/* --- organisations -------------------------------------------------------- */

/* The values of an organisation's rows of a kind. */
#define TAKE_VALUES(l, kind, id, to) do { \
	struct db_query *q_ = db_query((l)->store->db, \
		"SELECT value FROM fact WHERE edition = ? AND kind = '" kind \
		"' AND subject = ? AND state = ''"); \
	db_bind_i64(q_, 1, (l)->edition); \
	db_bind_text(q_, 2, id); \
	while (db_row(q_)) \
		vec_push(to, arena_dup(&(l)->known.arena, db_text(q_, 0))); \
} while (0)

static void take_meaning(struct loader *l, struct str id, struct str kind,
			 struct str name)
{
	struct known_org o = {.id = id,
			      .has_holders = facts_has_holders(kind)};
	const size_t *same = map_get(&l->known.ids, id);
	struct meaning m = {SIZE_MAX, false, false};
	struct legal_texts leis = {0};

	vec_push(&o.names, name);
	TAKE_VALUES(l, "alias", id, &o.names);
	TAKE_VALUES(l, "establishes", id, &o.countries);
	TAKE_VALUES(l, "lei", id, &leis.list);
	o.lei = leis.list.n ? leis.list.v[0] : STR("");
	m.org = same ? *same : known_find(&l->known, &o, &m.is_by_name);
	m.is_new = m.org == SIZE_MAX;
	if (m.is_new)
		m.org = known_add(&l->known, &o);
	map_put(&l->meant, id, l->meanings.n, NULL);
	vec_push(&l->meanings, m);
	vec_release(&leis.list);
	known_release_record(&o);
}

static void take_meanings(struct loader *l)
{
	struct db_query *q = db_query(l->store->db,
		"SELECT subject, object, value FROM fact WHERE edition = ?"
		" AND kind = 'organisation' AND state = ''");
	struct arena *a = &l->known.arena;

	db_bind_i64(q, 1, l->edition);
	while (db_row(q))
		take_meaning(l, arena_dup(a, db_text(q, 0)),
			     arena_dup(a, db_text(q, 1)),
			     arena_dup(a, db_text(q, 2)));
}

/* --- rows ----------------------------------------------------------------- */

/* Puts the id of the organisation at hand in the place of the feed's. */
static const struct meaning *translate(const struct loader *l,
				       struct str *id)
{
	const size_t *at = map_get(&l->meant, *id);

	if (!at)
		return NULL;
	*id = l->known.orgs.v[l->meanings.v[*at].org].id;
	return &l->meanings.v[*at];
}

/* The name is one that the organisation has already. */
static bool has_name(const struct known_org *o, struct str name,
		     struct arena *a)
{
	struct str form = facts_name_form(a, name);

	for (size_t i = 0; i < o->names.n; i++)
		if (str_eq(form, facts_name_form(a, o->names.v[i])))
			return true;
	return false;
}

/*
 * A row about an organisation that is at hand: its name becomes an alias, or
 * is left out where it says nothing new.
 */
static bool settle(struct loader *l, enum fact_kind kind, struct str *fields,
		   const struct meaning *m)
{
	if (!m || m->is_new)
		return true;
	if (kind == FACT_ESTABLISHES)
		return !m->is_by_name;
	if (kind != FACT_ORGANISATION)
		return true;
	fields[COLUMN_KIND] = str_c(facts_kind_name(FACT_ALIAS));
	fields[COLUMN_OBJECT] = STR("");
	return !has_name(&l->known.orgs.v[m->org], fields[COLUMN_VALUE],
			 &l->known.arena);
}

/* Sources and lists are declared once, by whoever comes first. */
static bool is_second(struct loader *l, enum fact_kind kind,
		      struct str subject)
{
	struct map *m = kind == FACT_SOURCE ? &l->sources : &l->lists;

	if (kind != FACT_SOURCE && kind != FACT_LIST)
		return false;
	if (map_get(m, subject))
		return true;
	map_put(m, arena_dup(&l->known.arena, subject), 1, NULL);
	return false;
}

/* Which columns hold ids of organisations. */
static bool is_subject(enum fact_kind k)
{
	return k != FACT_SOURCE && k != FACT_HOST && k != FACT_NEUTRAL &&
	       k != FACT_BOT && k != FACT_TYPO && k != FACT_LIST &&
	       k != FACT_LISTS && k != FACT_PUBLISHES &&
	       k != FACT_MIRROR && k != FACT_PACKAGE && k != FACT_SUFFIX &&
	       k != FACT_REGISTRANT && k != FACT_FORK;
}

static bool is_object(enum fact_kind k)
{
	return k == FACT_OWNS || k == FACT_CONTROLS || k == FACT_HOST ||
	       k == FACT_LISTS || k == FACT_PUBLISHES;
}

static bool is_about_host(enum fact_kind k)
{
	return k == FACT_HOST || k == FACT_NEUTRAL || k == FACT_TYPO;
}

/* The rows at hand were read by somebody: where they speak of a host, or of
 * one above it, no feed contradicts them. */
static bool is_spoken_for(const struct loader *l, struct str host)
{
	size_t dot = 0;

	while (dot != SIZE_MAX) {
		if (map_get(&l->hosts, host))
			return true;
		dot = str_find_ch(host, '.');
		host = str_from(host, dot == SIZE_MAX ? dot : dot + 1);
	}
	return false;
}

/* What a row names that no row declares; "" when all is there. */
static struct str missing_of(struct loader *l, enum fact_kind kind,
			     const struct str *fields)
{
	struct str rest = fields[COLUMN_SOURCE], id;

	if (is_subject(kind) &&
	    !map_get(&l->known.ids, fields[COLUMN_SUBJECT]))
		return fields[COLUMN_SUBJECT];
	if (is_object(kind) && !map_get(&l->known.ids, fields[COLUMN_OBJECT]))
		return fields[COLUMN_OBJECT];
	if (kind == FACT_LISTS &&
	    !map_get(&l->lists, fields[COLUMN_SUBJECT]))
		return fields[COLUMN_SUBJECT];
	if (!rest.n && kind != FACT_SOURCE &&
	    str_is(fields[COLUMN_CONFIDENCE], "A"))
		return STR("a source");
	while (rest.n && facts_row_next_source(&rest, &id))
		if (!map_get(&l->sources, id))
			return id;
	return STR("");
}

static void refuse(struct loader *l, const struct str *fields,
		   const char *what, struct str why)
{
	diag_add(l->ds, RW1823, diag_at(l->at.file), "%.*s %.*s: %s%.*s",
		 STR_ARG(fields[COLUMN_KIND]),
		 STR_ARG(fields[COLUMN_SUBJECT]), what, STR_ARG(why));
}

static void put(struct loader *l, struct str *fields)
{
	const struct meaning *a = NULL, *b = NULL;
	enum facts_column column;
	const char *problem;
	enum fact_kind kind;
	struct str missing;

	if (!facts_find_kind(fields[COLUMN_KIND], &kind)) {
		refuse(l, fields, "not a kind of fact", STR(""));
		return;
	}
	if (is_about_host(kind) && is_spoken_for(l, fields[COLUMN_SUBJECT]))
		return;
	if (is_subject(kind))
		a = translate(l, &fields[COLUMN_SUBJECT]);
	if (is_object(kind))
		b = translate(l, &fields[COLUMN_OBJECT]);
	missing = missing_of(l, kind, fields);
	if (missing.n) {
		refuse(l, fields, "there is no ", missing);
		return;
	}
	if (!settle(l, kind, fields, a))
		return;
	if (((a && a->is_by_name) || (b && b->is_by_name)) &&
	    str_is(fields[COLUMN_CONFIDENCE], "A"))
		fields[COLUMN_CONFIDENCE] = STR("B");
	problem = facts_store_put(l->f, fields, &l->at, &column);
	if (problem)
		refuse(l, fields, problem, STR(""));
}

#define COLUMNS "kind, subject, object, value, begins, ends, source," \
	" speaks_for, read, confidence, state, note"

/* What other rows name comes first, and sources before the lists that cite
 * them. */
static void put_declared(struct loader *l)
{
	struct db_query *q = db_query(l->store->db,
		"SELECT " COLUMNS " FROM fact WHERE edition = ?"
		" AND kind IN ('list', 'source')"
		" ORDER BY kind DESC, " COLUMNS);
	struct str fields[COLUMN_COUNT];

	db_bind_i64(q, 1, l->edition);
	while (db_row(q)) {
		enum fact_kind kind;

		for (int i = 0; i < COLUMN_COUNT; i++)
			fields[i] = db_text(q, i);
		if (facts_find_kind(fields[COLUMN_KIND], &kind) &&
		    !is_second(l, kind, fields[COLUMN_SUBJECT]))
			put(l, fields);
	}
}

static void put_rows(struct loader *l)
{
	struct db_query *q = db_query(l->store->db,
		"SELECT " COLUMNS " FROM fact WHERE edition = ?"
		" AND kind NOT IN ('list', 'source') ORDER BY " COLUMNS);
	struct str fields[COLUMN_COUNT];

	db_bind_i64(q, 1, l->edition);
	while (db_row(q)) {
		for (int i = 0; i < COLUMN_COUNT; i++)
			fields[i] = db_text(q, i);
		put(l, fields);
	}
}

static void put_editions(struct loader *l)
{
	struct db_query *q = db_query(l->store->db,
		"SELECT edition, name FROM feed WHERE edition IS NOT NULL"
		" ORDER BY name");

	while (db_row(q)) {
		l->edition = db_i64(q, 0);
		/* not the path of the store: what is shown is the same
		 * wherever it lies */
		l->at.file = arena_fmt(&l->known.arena, "store/%.*s",
				       STR_ARG(db_text(q, 1)));
		take_meanings(l);
		put_declared(l);
		put_rows(l);
		map_release(&l->meant);
		vec_clear(&l->meanings);
	}
}

static void take_declared(struct loader *l)
{
	for (size_t i = 0; i < l->f->rows.n; i++) {
		const struct fact *r = &l->f->rows.v[i];

		(void)is_second(l, r->kind, r->subject);
		if (is_about_host(r->kind))
			map_put(&l->hosts, r->subject, 1, NULL);
	}
}

/* Most stores of histories hold no edition of any feed. */
static bool has_editions(struct store *s)
{
	struct db_query *q = db_query(s->db,
		"SELECT 1 FROM feed WHERE edition IS NOT NULL");
	bool is_there = db_row(q);

	db_reset(q);
	return is_there;
}

void facts_feed_load(struct facts *f, struct store *s,
		     const struct facts_feed_names *names, struct diags *ds)
{
	struct loader l = {.f = f, .store = s, .ds = ds};
	size_t own;

	if (!has_editions(s) && !db_error(s->db))
		return;
	known_init(&l.known, f);
	own = l.known.orgs.n;
	take_declared(&l);
	/* one snapshot: an edition that is published meanwhile is not seen */
	db_run(s->db, "BEGIN");
	put_editions(&l);
	facts_legal_add(f, s, &l.known, own, names, ds);
	if (store_settle(s))
		diag_add(ds, RW1823, diag_at(s->path),
			 "some rows cannot be read");
	db_rollback(s->db);
	known_release(&l.known);
	map_release(&l.sources);
	map_release(&l.lists);
	map_release(&l.hosts);
	vec_release(&l.meanings);
}

bool facts_feed_has_entities(struct store *s)
{
	struct legal ignored;

	return legal_open(s, &ignored);
}
