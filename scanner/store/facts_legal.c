/*
 * Holders are followed upwards from what is asked for, breadth first, each
 * entity once; nothing is followed downwards, so what a run loads depends on
 * what it names and not on the size of the register.
 */
#include "store/facts_legal.h"

#include "base/limits.h"
#include "model/facts_name.h"
#include "store/facts_store.h"
#include "store/legal.h"

struct entity {
	struct str lei;
	size_t org;             /* of known */
	size_t relations, n;    /* in the list of them: who holds it */
};

struct walk {
	struct facts *f;
	struct known *known;
	struct legal legal;
	struct diags *ds;
	struct str entities, relations; /* ids of their sources */
	struct str exceptions;
	struct str read;        /* the day the register was fetched */
	struct str speaks_for;  /* and the day it speaks for */
	VEC(struct entity) queue;
	struct map seen;        /* LEI -> index of the queue */
	struct legal_relations holders;
	struct facts_origin at;
};

/* --- rows ----------------------------------------------------------------- */

static void put(struct walk *w, const struct str *fields)
{
	enum facts_column column;
	const char *problem = facts_store_put(w->f, fields, &w->at, &column);

	if (problem)
		diag_add(w->ds, RW1823, diag_at(w->at.file), "%.*s: %s",
			 STR_ARG(fields[COLUMN_SUBJECT]), problem);
}

/* What a record says: subject, object and value. */
static void say(struct walk *w, enum fact_kind kind, struct str subject,
		struct str object, struct str value,
		const struct legal_entity *e, struct str confidence)
{
	struct str fields[COLUMN_COUNT] = {
		[COLUMN_KIND] = str_c(facts_kind_name(kind)),
		[COLUMN_SUBJECT] = subject, [COLUMN_OBJECT] = object,
		[COLUMN_VALUE] = value, [COLUMN_SOURCE] = w->entities,
		[COLUMN_SPEAKS_FOR] = e->updated, [COLUMN_READ] = w->read,
		[COLUMN_CONFIDENCE] = confidence};

	put(w, fields);
}

/* No proven bound rests on a name. */
static struct str at_most(struct str confidence, bool is_by_name)
{
	return is_by_name && str_is(confidence, "A") ? STR("B") : confidence;
}

static struct str kind_of(struct str category)
{
	return str_is(category, "RESIDENT_GOVERNMENT_ENTITY")
		? STR("state-body") : STR("company");
}

/* An organisation that no row has declared. */
static void declare(struct walk *w, const struct legal_entity *e,
		    const struct known_org *o)
{
	const struct str none = STR("");

	say(w, FACT_ORGANISATION, o->id, kind_of(e->category), e->name, e,
	    e->confidence);
	if (e->country.n)
		say(w, FACT_ESTABLISHES, o->id, none, e->country, e,
		    e->confidence);
	if (e->seat.n && !str_eq(e->seat, e->country))
		say(w, FACT_LOCATED, o->id, none, e->seat, e, e->confidence);
	for (size_t i = 1; i < o->names.n; i++)
		say(w, FACT_ALIAS, o->id, none, o->names.v[i], e,
		    e->confidence);
}

/* --- entities ------------------------------------------------------------- */

/* The record as an organisation; its names need a release. */
static struct known_org record_of(struct walk *w,
				  const struct legal_entity *e)
{
	struct known_org o = {.lei = e->lei, .has_holders = true};
	struct legal_texts names = {0};

	vec_push(&o.names, e->name);
	legal_aliases(&w->legal, e->lei, &w->known->arena, &names);
	for (size_t i = 0; i < names.list.n; i++)
		vec_push(&o.names, names.list.v[i]);
	if (e->country.n)
		vec_push(&o.countries, e->country);
	vec_release(&names.list);
	return o;
}

/* Which organisation an entity is; makes one where there is none yet. */
static size_t organisation_of(struct walk *w, const struct legal_entity *e)
{
	struct known_org record = record_of(w, e);
	bool by_name;
	size_t org = known_find(w->known, &record, &by_name);

	if (org == SIZE_MAX) {
		record.id = arena_fmt(&w->known->arena, "lei-%s",
				      arena_lower(&w->known->arena, e->lei).p);
		org = known_add(w->known, &record);
		declare(w, e, &record);
	} else if (by_name) {
		known_set_lei(w->known, org, e->lei);
		w->known->orgs.v[org].is_by_name = true;
	}
	known_release_record(&record);
	return org;
}

static void say_lei(struct walk *w, const struct legal_entity *e, size_t org)
{
	const struct known_org *o = &w->known->orgs.v[org];

	say(w, FACT_LEI, o->id, STR(""), e->lei, e,
	    at_most(e->confidence, o->is_by_name));
}

/* Takes an entity in, once; `is_said`: a row of facts has its LEI. */
static void add_one(struct walk *w, struct str lei, bool is_said)
{
	struct legal_entity e;
	bool is_new;
	size_t org;

	if (w->queue.n == LIMIT_LEGAL)
		return;
	lei = arena_dup(&w->known->arena, lei);
	map_put(&w->seen, lei, w->queue.n, &is_new);
	if (!is_new)
		return;
	/* a register that was filtered may lack the holder's own record */
	if (!legal_find(&w->legal, lei, &w->known->arena, &e))
		e = (struct legal_entity){.lei = lei, .name = lei,
					  .confidence = STR("B")};
	org = organisation_of(w, &e);
	if (!is_said)
		say_lei(w, &e, org);
	vec_push(&w->queue, ((struct entity){.lei = lei, .org = org}));
}

static void add(struct walk *w, struct str lei)
{
	add_one(w, lei, map_get(&w->known->leis, lei) != NULL);
}

/* --- what is asked for ---------------------------------------------------- */

/* Has the entity exactly this name? */
static bool has_name(struct walk *w, const struct legal_entity *e,
		     struct str name)
{
	struct str form = facts_name_form(&w->known->arena, name);
	struct legal_texts names = {0};
	bool found = str_eq(form, facts_name_form(&w->known->arena, e->name));

	legal_aliases(&w->legal, e->lei, &w->known->arena, &names);
	for (size_t i = 0; !found && i < names.list.n; i++)
		found = str_eq(form, facts_name_form(&w->known->arena,
						     names.list.v[i]));
	vec_release(&names.list);
	return found;
}

static bool is_in(const struct known_org *o, struct str country)
{
	for (size_t i = 0; i < o->countries.n; i++)
		if (str_eq(o->countries.v[i], country))
			return true;
	return false;
}

/* What is found for a name: one entity, or several. */
struct found {
	struct str exact, brief;
	size_t exact_n, brief_n;
};

static void look_for(struct walk *w, const struct known_org *o,
		     struct str name, struct found *to)
{
	struct legal_texts leis = {0};
	struct legal_entity e;

	legal_named(&w->legal, name, &w->known->arena, &leis);
	for (size_t i = 0; i < leis.list.n; i++) {
		if (!legal_find(&w->legal, leis.list.v[i], &w->known->arena,
				&e) ||
		    !is_in(o, e.country) || map_get(&w->known->leis, e.lei))
			continue;
		if (!str_eq(to->brief, e.lei))
			to->brief_n++;
		to->brief = e.lei;
		if (!has_name(w, &e, name))
			continue;
		if (!str_eq(to->exact, e.lei))
			to->exact_n++;
		to->exact = e.lei;
	}
	/* so many that the list is not whole: none of them is meant */
	if (leis.list.n == LIMIT_NAMESAKES)
		to->brief_n += 2;
	vec_release(&leis.list);
}

/* The entity that an organisation without LEI is, by name and country. */
static struct str entity_of(struct walk *w, const struct known_org *o)
{
	struct found found = {0};

	for (size_t i = 0; i < o->names.n; i++)
		look_for(w, o, o->names.v[i], &found);
	if (found.exact_n == 1)
		return found.exact;
	return !found.exact_n && found.brief_n == 1 ? found.brief : STR("");
}

static void add_known(struct walk *w, size_t own)
{
	size_t n = w->known->orgs.n;

	for (size_t i = 0; i < n; i++) {
		/* known grows on the way: what it holds may move */
		struct known_org o = w->known->orgs.v[i];

		if (!o.has_holders)
			continue;
		if (!o.lei.n && i < own && w->legal.entities) {
			o.lei = entity_of(w, &o);
			if (!o.lei.n)
				continue;
			known_set_lei(w->known, i, o.lei);
			w->known->orgs.v[i].is_by_name = true;
			add_one(w, o.lei, false);
		} else if (o.lei.n) {
			add(w, o.lei);
		}
	}
}

/* All entities that have a name: what a name means when several have it is
 * for those to say who read the facts. */
static void add_named(struct walk *w, const struct facts_feed_names *names)
{
	for (size_t i = 0; names && i < names->list.n; i++) {
		struct legal_texts leis = {0};

		if (facts_row_is_lei(names->list.v[i]))
			vec_push(&leis.list, names->list.v[i]);
		legal_named(&w->legal, names->list.v[i], &w->known->arena,
			    &leis);
		for (size_t k = 0; k < leis.list.n; k++)
			add(w, leis.list.v[k]);
		vec_release(&leis.list);
	}
}

/* --- holders -------------------------------------------------------------- */

static void say_holds(struct walk *w, const struct legal_relation *r,
		      size_t holder, size_t held, struct str basis)
{
	const struct known_org *a = &w->known->orgs.v[holder];
	const struct known_org *b = &w->known->orgs.v[held];
	struct str fields[COLUMN_COUNT] = {
		[COLUMN_KIND] = str_c(facts_kind_name(FACT_CONTROLS)),
		[COLUMN_SUBJECT] = a->id, [COLUMN_OBJECT] = b->id,
		[COLUMN_VALUE] = basis, [COLUMN_FROM] = r->from,
		[COLUMN_TO] = r->to, [COLUMN_SOURCE] = w->relations,
		[COLUMN_SPEAKS_FOR] = r->updated, [COLUMN_READ] = w->read,
		[COLUMN_CONFIDENCE] = at_most(r->confidence,
					      a->is_by_name ||
					      b->is_by_name)};

	if (holder != held)
		put(w, fields);
}

static struct str basis_of(struct str kind)
{
	if (str_is(kind, "branch"))
		return STR("it is a branch of it");
	return str_is(kind, "ultimate")
		? STR("consolidates it as ultimate parent")
		: STR("consolidates it as direct parent");
}

static void follow(struct walk *w)
{
	for (size_t i = 0; i < w->queue.n; i++) {
		size_t first = w->holders.list.n;

		legal_holders(&w->legal, w->queue.v[i].lei, &w->known->arena,
			      &w->holders);
		w->queue.v[i].relations = first;
		w->queue.v[i].n = w->holders.list.n - first;
		for (size_t k = first; k < w->holders.list.n; k++)
			add(w, w->holders.list.v[k].holder);
	}
	if (w->queue.n == LIMIT_LEGAL)
		diag_add(w->ds, RW1901, diag_at(w->at.file),
			 "more than %d legal entities: some holders are "
			 "missing", LIMIT_LEGAL);
}

/* The organisation of an LEI that was met, SIZE_MAX past the limit. */
static size_t met(const struct walk *w, struct str lei)
{
	const size_t *at = map_get(&w->seen, lei);

	return at ? w->queue.v[*at].org : SIZE_MAX;
}

/*
 * A direct parent of which the register says nothing itself is consolidated
 * by the ultimate parent, too: else it would count as its own master.
 */
static void say_between(struct walk *w, const struct entity *e,
			const struct legal_relation *ultimate)
{
	for (size_t k = 0; k < e->n; k++) {
		const struct legal_relation *direct =
			&w->holders.list.v[e->relations + k];
		const size_t *at = map_get(&w->seen, direct->holder);
		struct legal_relation r = *ultimate;

		if (!str_is(direct->kind, "direct") || !at ||
		    w->queue.v[*at].n ||
		    str_eq(direct->holder, ultimate->holder))
			continue;
		r.confidence = at_most(r.confidence, true);
		say_holds(w, &r, met(w, ultimate->holder),
			  w->queue.v[*at].org,
			  STR("ultimate parent of what it consolidates"));
	}
}

static void say_relations(struct walk *w)
{
	for (size_t i = 0; i < w->queue.n; i++) {
		const struct entity *e = &w->queue.v[i];

		for (size_t k = 0; k < e->n; k++) {
			const struct legal_relation *r =
				&w->holders.list.v[e->relations + k];
			size_t holder = met(w, r->holder);

			if (holder == SIZE_MAX)
				continue;
			say_holds(w, r, holder, e->org, basis_of(r->kind));
			if (str_is(r->kind, "ultimate"))
				say_between(w, e, r);
		}
	}
}

/* --- no parent ------------------------------------------------------------ */

/* Does the register have a parent of this level after all? */
static bool has_parent(const struct walk *w, const struct entity *e,
		       struct str level)
{
	for (size_t k = 0; k < e->n; k++)
		if (str_eq(w->holders.list.v[e->relations + k].kind, level))
			return true;
	return false;
}

/* That none is named, and why: it is shown and proves nothing. */
static void say_exceptions(struct walk *w)
{
	for (size_t i = 0; i < w->queue.n; i++) {
		const struct entity *e = &w->queue.v[i];
		const struct known_org *o = &w->known->orgs.v[e->org];
		struct legal_exceptions found = {0};

		legal_exceptions(&w->legal, e->lei, &w->known->arena, &found);
		for (size_t k = 0; k < found.list.n; k++) {
			struct str fields[COLUMN_COUNT] = {
				[COLUMN_KIND] = str_c(facts_kind_name(
					FACT_UNDISCLOSED)),
				[COLUMN_SUBJECT] = o->id,
				[COLUMN_OBJECT] = found.list.v[k].level,
				[COLUMN_VALUE] = found.list.v[k].reason,
				[COLUMN_SOURCE] = w->exceptions,
				[COLUMN_SPEAKS_FOR] = w->speaks_for,
				[COLUMN_READ] = w->read,
				[COLUMN_CONFIDENCE] = at_most(STR("A"),
							      o->is_by_name)};

			if (!has_parent(w, e, found.list.v[k].level))
				put(w, fields);
		}
		vec_release(&found.list);
	}
}

/* --- sources -------------------------------------------------------------- */

/* The edition as a source of its rows; its id. */
static struct str say_source(struct walk *w, int64_t edition)
{
	struct db_query *q = db_query(w->legal.store->db,
		"SELECT feed, name, licence, url,"
		" date(fetched, 'unixepoch'), speaks_for FROM edition"
		" WHERE id = ?");
	struct str fields[COLUMN_COUNT] = {
		[COLUMN_KIND] = str_c(facts_kind_name(FACT_SOURCE))};
	struct str id;

	db_bind_i64(q, 1, edition);
	if (!db_row(q))
		return STR("");
	id = arena_fmt(&w->known->arena, "store-%.*s", STR_ARG(db_text(q, 0)));
	w->at.file = arena_fmt(&w->known->arena, "store/%.*s",
			       STR_ARG(db_text(q, 0)));
	w->read = arena_dup(&w->known->arena, db_text(q, 4));
	w->speaks_for = arena_dup(&w->known->arena, db_text(q, 5));
	fields[COLUMN_SUBJECT] = id;
	fields[COLUMN_OBJECT] = db_text(q, 2);
	fields[COLUMN_VALUE] = db_text(q, 3).n ? db_text(q, 3) : db_text(q, 0);
	fields[COLUMN_READ] = w->read;
	fields[COLUMN_NOTE] = arena_fmt(&w->known->arena, "%.*s, edition %.*s",
					STR_ARG(db_text(q, 0)),
					STR_ARG(db_text(q, 1)));
	put(w, fields);
	db_reset(q);
	return id;
}

void facts_legal_add(struct facts *f, struct store *s, struct known *known,
		     size_t own, const struct facts_feed_names *names,
		     struct diags *ds)
{
	struct walk w = {.f = f, .known = known, .ds = ds};

	if (!legal_open(s, &w.legal))
		return;
	w.entities = say_source(&w, w.legal.entities);
	w.relations = w.legal.relations == w.legal.entities
		? w.entities : say_source(&w, w.legal.relations);
	if (w.legal.exceptions)
		w.exceptions = w.legal.exceptions == w.legal.entities
			? w.entities : say_source(&w, w.legal.exceptions);
	add_known(&w, own);
	add_named(&w, names);
	follow(&w);
	say_relations(&w);
	say_exceptions(&w);
	vec_release(&w.queue);
	vec_release(&w.holders.list);
	map_release(&w.seen);
}
