/* While editions are added, terms that are open stand in d->terms by a list of
 * their places, in the order of role, host and company. */
#include "model/digest_terms.h"

#include "base/limits.h"

static int compare_key(const struct digest_term *a,
		       const struct digest_term *b)
{
	int d = (int)a->role - (int)b->role;

	d = d ? d : str_cmp(a->host, b->host);
	return d ? d : str_cmp(a->company, b->company);
}

static int compare_terms(const void *va, const void *vb)
{
	const struct digest_term *a = va, *b = vb;
	int d = compare_key(a, b);

	return d ? d : (a->from > b->from) - (a->from < b->from);
}

/* --- adding --------------------------------------------------------------- */

static struct digest_term term_of(const struct digest_seat *s, int32_t month)
{
	return (struct digest_term){
		.role = s->role, .host = s->host, .company = s->company,
		.from = month, .to = month, .is_open = true,
		.seats = s->seats, .organisation = SIZE_MAX};
}

static void begin(struct digest *d, struct digest_term t, struct arena *a)
{
	t.host = arena_dup(a, t.host);
	t.company = arena_dup(a, t.company);
	vec_push(&d->open_terms, d->terms.n);
	vec_push(&d->terms, t);
}

/* An edition does not name an open term. */
static void miss(struct digest *d, size_t at, const struct digest_edition *e)
{
	if (e->is_whole) {
		d->terms.v[at].to = e->month;
		d->terms.v[at].is_open = false;
	} else {
		vec_push(&d->open_terms, at);
	}
}

bool digest_terms_add(struct digest *d, const struct digest_edition *e,
		      struct arena *a)
{
	size_t *was = d->open_terms.v, n = d->open_terms.n, i = 0;

	if (d->terms.n + e->seats->seats.n > LIMIT_TERMS)
		return false;
	d->has_terms = true;
	d->open_terms.v = NULL;
	d->open_terms.n = d->open_terms.cap = 0;
	for (size_t k = 0; k < e->seats->seats.n; k++) {
		struct digest_term t = term_of(&e->seats->seats.v[k],
					       e->month);
		struct digest_term *old;

		while (i < n && compare_key(&d->terms.v[was[i]], &t) < 0)
			miss(d, was[i++], e);
		old = i < n ? &d->terms.v[was[i]] : NULL;
		if (old && !compare_key(old, &t)) {
			old->seats = t.seats > old->seats ? t.seats
							  : old->seats;
			vec_push(&d->open_terms, was[i++]);
		} else {
			begin(d, t, a);
		}
	}
	while (i < n)
		miss(d, was[i++], e);
	free(was);
	return true;
}

/* Terms of one key that meet are one; with `adds` seats of those that overlap
 * are added up. */
static void join(struct digest *d, bool adds)
{
	size_t n = 0;

	vec_sort(&d->terms, compare_terms);
	for (size_t i = 0; i < d->terms.n; i++) {
		struct digest_term *t = &d->terms.v[i];
		struct digest_term *last = n ? &d->terms.v[n - 1] : NULL;

		if (!last || compare_key(last, t) ||
		    (!last->is_open && last->to < t->from)) {
			d->terms.v[n++] = *t;
			continue;
		}
		if (adds && (last->is_open || last->to > t->from))
			last->seats += t->seats;
		else if (t->seats > last->seats)
			last->seats = t->seats;
		last->is_open |= t->is_open;
		last->to = t->to > last->to ? t->to : last->to;
	}
	d->terms.n = n;
}

void digest_terms_end(struct digest *d)
{
	vec_release(&d->open_terms);
	join(d, false);
}

void digest_terms_fold(struct digest *d, const struct digest_listed *l)
{
	for (size_t i = 0; i < d->terms.n; i++) {
		struct digest_term *t = &d->terms.v[i];

		if (t->host.n && !l->host(t->host, l->with))
			t->host = STR(DIGEST_UNLISTED);
		if (t->company.n && !l->company(t->company, l->with))
			t->company = STR("");
	}
	join(d, true);
}

/* --- writing -------------------------------------------------------------- */

void digest_terms_write_one(const struct digest_term *t, struct json_out *j)
{
	json_out_array(j);
	j->compact = true; /* a row is one line */
	json_out_str(j, str_c(component_role_name(t->role)));
	json_out_str(j, t->host);
	if (t->company.n)
		json_out_str(j, t->company);
	else
		json_out_null(j);
	digest_part_write_month(j, t->from);
	if (t->is_open)
		json_out_null(j);
	else
		digest_part_write_month(j, t->to);
	json_out_i64(j, (int64_t)t->seats);
	json_out_array_end(j);
	j->compact = false;
}

void digest_terms_write(const struct digest *d, struct json_out *j)
{
	json_out_key(j, "terms");
	if (!d->has_terms) {
		json_out_null(j);
		return;
	}
	json_out_array(j);
	for (size_t i = 0; i < d->terms.n; i++)
		digest_terms_write_one(&d->terms.v[i], j);
	json_out_array_end(j);
}

/* --- reading -------------------------------------------------------------- */

static const char *read_who(const struct json_raw *of, struct digest_term *t,
			    struct arena *a)
{
	t->host = json_raw_str(of[1], a);
	t->company = json_raw_str(of[2], a);
	if (!component_find_role(json_raw_str(of[0], a), &t->role))
		return "the role of a term is not one of the format";
	if (of[1].type != JSON_STRING || !digest_part_is_host(t->host))
		return "the host of a term is not a lower-case name "
		       "without '@'";
	if ((of[2].type != JSON_NULL && !t->company.n) ||
	    t->company.n > LIMIT_NAME_BYTES ||
	    str_find_ch(t->company, '@') != SIZE_MAX)
		return "the company of a term is not a text without '@' or "
		       "null";
	return NULL;
}

const char *digest_terms_read_one(struct json_raw raw, struct arena *a,
				  struct digest_term *ret)
{
	struct digest_term t = {.organisation = SIZE_MAX};
	struct json_raw of[6];
	const char *why;

	if (!json_walk_take(raw, of, 6))
		return "a term is not an array of six";
	why = read_who(of, &t, a);
	if (why)
		return why;
	t.is_open = of[4].type == JSON_NULL;
	if (!digest_part_month(of[3], &t.from) ||
	    (!t.is_open && (!digest_part_month(of[4], &t.to) ||
			    t.to < t.from)) ||
	    !digest_part_count(of[5], &t.seats) || !t.seats)
		return "a term is not from a month to a later one or null, "
		       "and of some seats";
	*ret = t;
	return NULL;
}

static const char *read_term(struct digest_reading *r, struct json_raw raw)
{
	struct digest *d = r->d;
	struct digest_term t, *last;
	const char *why = digest_terms_read_one(raw, r->a, &t);

	if (why)
		return why;
	last = d->terms.n ? &d->terms.v[d->terms.n - 1] : NULL;
	if (last && (compare_terms(last, &t) >= 0 ||
		     (!compare_key(last, &t) &&
		      (last->is_open || last->to >= t.from))))
		return "terms are not ascending";
	vec_push(&d->terms, t);
	return NULL;
}

const char *digest_terms_read(struct digest_reading *r, struct json_raw raw)
{
	r->line = raw.line;
	if (raw.type == JSON_ABSENT || raw.type == JSON_NULL)
		return NULL;
	if (raw.type != JSON_ARRAY)
		return "terms are not an array or null";
	r->d->has_terms = true;
	return digest_part_rows(r, raw, read_term);
}
