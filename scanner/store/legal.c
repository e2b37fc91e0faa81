/* Look-ups of legal entities: each is a few pages of the file. */
#include "store/legal.h"

#include <string.h>

#include "base/limits.h"
#include "base/sha256.h"
#include "model/facts_name.h"
#include "store/schema.h"

bool legal_form(struct str name, struct arena *scratch, int64_t *ret_form)
{
	unsigned char digest[SHA256_BYTES];
	struct str form = facts_name_short(facts_name_form(scratch, name));
	uint64_t v = 0;

	sha256_of(form, digest);
	/* the same on every machine: a store may come from another one */
	for (size_t i = 0; i < sizeof v; i++)
		v = v << 8 | digest[i];
	*ret_form = (int64_t)v;
	return form.n != 0;
}

static int64_t edition_with(struct store *s, const char *sql)
{
	struct db_query *q = db_query(s->db, sql);
	int64_t id = db_row(q) ? db_i64(q, 0) : 0;

	db_reset(q);
	return id;
}

bool legal_open(struct store *s, struct legal *ret)
{
	*ret = (struct legal){.store = s};
	ret->entities = edition_with(s,
		"SELECT edition FROM feed WHERE EXISTS (SELECT 1 FROM entity"
		" WHERE entity.edition = feed.edition) ORDER BY name");
	ret->relations = edition_with(s,
		"SELECT edition FROM feed WHERE EXISTS (SELECT 1 FROM relation"
		" WHERE relation.edition = feed.edition) ORDER BY name");
	if (schema_has(s->db, "exception"))
		ret->exceptions = edition_with(s,
			"SELECT edition FROM feed WHERE EXISTS (SELECT 1 FROM"
			" exception WHERE exception.edition = feed.edition)"
			" ORDER BY name");
	return ret->entities || ret->relations;
}

bool legal_find(const struct legal *l, struct str lei, struct arena *a,
		struct legal_entity *ret)
{
	struct db_query *q = db_query(l->store->db,
		"SELECT name, country, seat, category, updated, confidence"
		" FROM entity WHERE edition = ? AND lei = ?");
	bool is_there;

	db_bind_i64(q, 1, l->entities);
	db_bind_text(q, 2, lei);
	is_there = db_row(q);
	*ret = (struct legal_entity){
		.lei = lei,
		.name = arena_dup(a, db_text(q, 0)),
		.country = arena_dup(a, db_text(q, 1)),
		.seat = arena_dup(a, db_text(q, 2)),
		.category = arena_dup(a, db_text(q, 3)),
		.updated = arena_dup(a, db_text(q, 4)),
		.confidence = arena_dup(a, db_text(q, 5))};
	db_reset(q);
	return is_there;
}

static void take_texts(struct db_query *q, struct arena *a,
		       struct legal_texts *ret)
{
	while (db_row(q))
		vec_push(&ret->list, arena_dup(a, db_text(q, 0)));
}

void legal_aliases(const struct legal *l, struct str lei, struct arena *a,
		   struct legal_texts *ret)
{
	struct db_query *q = db_query(l->store->db,
		"SELECT name FROM alias WHERE edition = ? AND lei = ?"
		" ORDER BY name");

	db_bind_i64(q, 1, l->entities);
	db_bind_text(q, 2, lei);
	take_texts(q, a, ret);
}

void legal_named(const struct legal *l, struct str name, struct arena *a,
		 struct legal_texts *ret)
{
	struct db_query *q;
	int64_t form;

	if (!legal_form(name, a, &form))
		return;
	q = db_query(l->store->db, "SELECT lei FROM form WHERE edition = ?"
				   " AND form = ? ORDER BY lei LIMIT ?");
	db_bind_i64(q, 1, l->entities);
	db_bind_i64(q, 2, form);
	db_bind_i64(q, 3, LIMIT_NAMESAKES);
	take_texts(q, a, ret);
}

void legal_holders(const struct legal *l, struct str lei, struct arena *a,
		   struct legal_relations *ret)
{
	struct db_query *q = db_query(l->store->db,
		"SELECT holder, kind, begins, ends, updated, confidence"
		" FROM relation WHERE edition = ? AND held = ?"
		" ORDER BY holder, kind");

	db_bind_i64(q, 1, l->relations);
	db_bind_text(q, 2, lei);
	while (db_row(q))
		vec_push(&ret->list, ((struct legal_relation){
			.holder = arena_dup(a, db_text(q, 0)),
			.kind = arena_dup(a, db_text(q, 1)),
			.from = arena_dup(a, db_text(q, 2)),
			.to = arena_dup(a, db_text(q, 3)),
			.updated = arena_dup(a, db_text(q, 4)),
			.confidence = arena_dup(a, db_text(q, 5))}));
}

void legal_exceptions(const struct legal *l, struct str lei, struct arena *a,
		      struct legal_exceptions *ret)
{
	struct db_query *q;

	if (!l->exceptions)
		return; /* there may be no such table */
	q = db_query(l->store->db, "SELECT level, reason FROM exception"
		     " WHERE edition = ? AND lei = ? ORDER BY level");
	db_bind_i64(q, 1, l->exceptions);
	db_bind_text(q, 2, lei);
	while (db_row(q))
		vec_push(&ret->list, ((struct legal_exception){
			.level = arena_dup(a, db_text(q, 0)),
			.reason = arena_dup(a, db_text(q, 1))}));
}
