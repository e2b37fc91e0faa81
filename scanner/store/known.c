/* Organisations by LEI, and by name and country. */
#include "store/known.h"

#include <string.h>

#include "model/facts_name.h"

void known_release_record(struct known_org *record)
{
	vec_release(&record->names);
	vec_release(&record->countries);
	vec_release(&record->keys);
}

void known_release(struct known *k)
{
	for (size_t i = 0; i < k->orgs.n; i++)
		known_release_record(&k->orgs.v[i]);
	vec_release(&k->orgs);
	map_release(&k->ids);
	map_release(&k->leis);
	map_release(&k->names);
	arena_release(&k->arena);
}

static struct str key_of(struct known *k, char sort, struct str country,
			 struct str form)
{
	size_t n = form.n ? country.n + form.n + 2 : 0;
	char *p = arena_alloc(&k->arena, n + 1);

	if (!n)
		return STR("");
	p[0] = sort;
	memcpy(p + 1, country.p, country.n);
	p[country.n + 1] = ' ';
	memcpy(p + country.n + 2, form.p, form.n);
	return str_n(p, n);
}

/* Two for each name in each country; "" where a name has no letters. */
static void make_keys(struct known *k, struct known_org *o)
{
	if (o->keys.n)
		return;
	for (size_t n = 0; n < o->names.n; n++)
		for (size_t c = 0; c < o->countries.n; c++) {
			struct str form = facts_name_form(&k->arena,
							  o->names.v[n]);
			struct str in = o->countries.v[c];

			vec_push(&o->keys, key_of(k, '=', in, form));
			vec_push(&o->keys, key_of(k, '~', in,
						  facts_name_short(form)));
		}
}

static void put_names(struct known *k, size_t org)
{
	struct known_org *o = &k->orgs.v[org];

	make_keys(k, o);
	for (size_t i = 0; i < o->keys.n; i++) {
		size_t *at;

		if (!o->keys.v[i].n)
			continue;
		at = map_put(&k->names, o->keys.v[i], org, NULL);
		if (*at != org)
			*at = SIZE_MAX;
	}
}

void known_set_lei(struct known *k, size_t org, struct str lei)
{
	k->orgs.v[org].lei = lei;
	map_put(&k->leis, lei, org, NULL);
}

size_t known_add(struct known *k, struct known_org *org)
{
	size_t i = k->orgs.n;
	struct known_org *o = vec_add(&k->orgs);

	*o = (struct known_org){.id = org->id,
				.has_holders = org->has_holders,
				.is_by_name = org->is_by_name};
	for (size_t n = 0; n < org->names.n; n++)
		vec_push(&o->names, org->names.v[n]);
	for (size_t n = 0; n < org->countries.n; n++)
		vec_push(&o->countries, org->countries.v[n]);
	for (size_t n = 0; n < org->keys.n; n++)
		vec_push(&o->keys, org->keys.v[n]);
	map_put(&k->ids, o->id, i, NULL);
	if (org->lei.n)
		known_set_lei(k, i, org->lei);
	put_names(k, i);
	return i;
}

/* --- what rows say -------------------------------------------------------- */

static void take_declared(struct known *k, const struct fact *r)
{
	struct known_org o = {.id = r->subject,
			      .has_holders = facts_has_holders(r->object)};
	bool is_new;

	map_put(&k->ids, r->subject, k->orgs.n, &is_new);
	if (is_new)
		vec_push(&k->orgs, o);
}

static void take_said(struct known *k, const struct fact *r)
{
	const size_t *at = map_get(&k->ids, r->subject);
	struct known_org *o = at ? &k->orgs.v[*at] : NULL;

	if (!o)
		return;
	if (r->kind == FACT_LEI)
		known_set_lei(k, *at, r->value);
	else if (r->kind == FACT_ESTABLISHES)
		vec_push(&o->countries, r->value);
	else
		vec_push(&o->names, r->value);
}

void known_init(struct known *k, const struct facts *f)
{
	*k = (struct known){0};
	for (size_t i = 0; i < f->rows.n; i++)
		if (f->rows.v[i].kind == FACT_ORGANISATION &&
		    f->rows.v[i].state == FACT_ACCEPTED)
			take_declared(k, &f->rows.v[i]);
	for (size_t i = 0; i < f->rows.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->state == FACT_ACCEPTED && r->confidence >= FACT_B &&
		    (r->kind == FACT_ORGANISATION || r->kind == FACT_ALIAS ||
		     r->kind == FACT_LEI || r->kind == FACT_ESTABLISHES))
			take_said(k, r);
	}
	for (size_t i = 0; i < k->orgs.n; i++)
		put_names(k, i);
}

/* --- finding -------------------------------------------------------------- */

/* The one organisation that names of one sort mean: 0 exact, 1 brief.
 * SIZE_MAX for none; *several when they mean more than one. */
static size_t by_names(struct known *k, const struct known_org *record,
		       size_t sort, bool *several)
{
	size_t found = SIZE_MAX;

	for (size_t i = sort; i < record->keys.n; i += 2) {
		const size_t *at = map_get(&k->names, record->keys.v[i]);

		if (!at)
			continue;
		*several = *several || *at == SIZE_MAX ||
			   (found != SIZE_MAX && found != *at);
		found = *at;
	}
	return found;
}

size_t known_find(struct known *k, struct known_org *record,
		  bool *ret_by_name)
{
	const size_t *at = record->lei.n ? map_get(&k->leis, record->lei)
					 : NULL;
	bool several = false;
	size_t found;

	*ret_by_name = false;
	if (at)
		return *at;
	make_keys(k, record);
	found = by_names(k, record, 0, &several);
	if (found == SIZE_MAX && !several)
		found = by_names(k, record, 1, &several);
	if (several || found == SIZE_MAX ||
	    (record->lei.n && k->orgs.v[found].lei.n))
		return SIZE_MAX;
	*ret_by_name = true;
	return found;
}
