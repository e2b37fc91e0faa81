/*
 * From the host of an address to an organisation, at a date.  Of the rows
 * about the host and the hosts above it the longest match decides, whatever
 * it says: a disputed or inferred row makes the host unknown and does not let
 * a shorter one speak for it.
 */
#include "attribute/attribute.h"

#include <string.h>

#include "base/limits.h"
#include "model/facts_index.h"

/* Rows of one host that may hold in the time asked for; more of them leave
 * it undecided. */
#define CANDIDATES 64

struct candidates {
	const struct facts *f;
	struct date_span when;
	size_t rows[CANDIDATES];
	size_t n;
	bool is_dated; /* another time might have another answer */
};

static void collect(struct candidates *c, enum fact_kind kind,
		    struct str host)
{
	struct facts_run run = facts_index_subject(c->f, kind, host);

	for (size_t i = 0; i < run.n; i++) {
		const struct fact *r = &c->f->rows.v[run.first + i];

		if (r->state == FACT_WITHDRAWN)
			continue;
		c->is_dated |= r->from.first != DATE_MIN ||
			       r->to.last != DATE_MAX;
		if (r->from.first > c->when.last ||
		    r->to.last <= c->when.first)
			continue;
		if (c->n < CANDIDATES)
			c->rows[c->n] = run.first + i;
		c->n++;
	}
}

/* From this day on, the time up to where is covered? */
static int32_t covered_to(const struct candidates *c, int32_t day)
{
	int32_t to = day;

	for (size_t i = 0; i < c->n; i++) {
		const struct fact *r = &c->f->rows.v[c->rows[i]];

		if (r->from.last <= day && r->to.first > to)
			to = r->to.first;
	}
	return to;
}

/* One of the rows holds for sure on each day asked for. */
static bool is_covered(const struct candidates *c)
{
	int32_t day = c->when.first, to;

	while ((to = covered_to(c, day)) > day) {
		if (to > c->when.last)
			return true;
		day = to;
	}
	return false;
}

/* The candidates say one and the same for all the time asked for; *ret_row
 * is the weakest of them. */
static bool agree(const struct candidates *c, size_t *ret_row)
{
	const struct fact *weakest = &c->f->rows.v[c->rows[0]];

	if (c->n > CANDIDATES)
		return false;
	for (size_t i = 1; i < c->n; i++) {
		const struct fact *r = &c->f->rows.v[c->rows[i]];

		if (r->kind != weakest->kind ||
		    !str_eq(r->object, weakest->object))
			return false;
		if (r->state > weakest->state ||
		    (r->state == weakest->state &&
		     r->confidence < weakest->confidence))
			weakest = r;
	}
	*ret_row = (size_t)(weakest - c->f->rows.v);
	return is_covered(c);
}

/* The host with its end, of `wrong` bytes, replaced. */
static bool respell(struct str host, size_t wrong, struct str right,
		    char *buffer, struct str *ret)
{
	size_t kept = host.n - wrong;

	if (kept + right.n > LIMIT_HOST_BYTES)
		return false;
	memcpy(buffer, host.p, kept);
	memcpy(buffer + kept, right.p, right.n);
	*ret = str_n(buffer, kept + right.n);
	return true;
}

static void resolve(const struct facts *f, struct str host,
		    struct date_span when, bool follow,
		    struct attribution *ret, bool *ret_is_dated);

/* The rows about one host decide. */
static void decide(const struct candidates *c, struct str host, size_t wrong,
		   bool follow, struct attribution *ret)
{
	char buffer[LIMIT_HOST_BYTES];
	const struct fact *r;
	struct str right;
	bool is_dated;
	size_t row;

	if (!agree(c, &row)) {
		ret->is_ambiguous = true;
		return;
	}
	r = &c->f->rows.v[row];
	ret->fact = row;
	if (r->kind == FACT_NEUTRAL) {
		ret->class = HOST_NEUTRAL;
	} else if (r->state != FACT_ACCEPTED || r->confidence == FACT_C) {
		return;
	} else if (r->kind == FACT_HOST) {
		ret->class = HOST_ORGANISATION;
		ret->organisation = r->object_org;
	} else if (follow && respell(host, wrong, r->object, buffer, &right)) {
		resolve(c->f, right, c->when, false, ret, &is_dated);
		if (ret->fact == SIZE_MAX ||
		    c->f->rows.v[ret->fact].confidence > r->confidence)
			ret->fact = row;
	}
}

static bool has_rule(const struct facts *f, struct str host, const char *rule)
{
	struct facts_run run = facts_index_subject(f, FACT_SUFFIX, host);

	for (size_t i = run.first; i < run.first + run.n; i++)
		if (f->rows.v[i].state == FACT_ACCEPTED &&
		    str_is(f->rows.v[i].value, rule))
			return true;
	return false;
}

/* Anybody registers names below a public suffix: a row about one speaks for
 * none of them. */
static bool is_public_suffix(const struct facts *f, struct str host)
{
	size_t dot = str_find_ch(host, '.');

	if (has_rule(f, host, "except"))
		return false;
	return has_rule(f, host, "exact") ||
	       (dot != SIZE_MAX && has_rule(f, str_from(host, dot + 1),
					    "below"));
}

/* A typo is followed once: rows that lead in a circle end at a typo. */
static void resolve(const struct facts *f, struct str host,
		    struct date_span when, bool follow,
		    struct attribution *ret, bool *ret_is_dated)
{
	struct candidates c = {.f = f, .when = when};
	struct str rest = host;
	size_t dot;

	*ret = (struct attribution){HOST_UNKNOWN, SIZE_MAX, SIZE_MAX, false};
	while (rest.n && !c.n && !is_public_suffix(f, rest)) {
		collect(&c, FACT_HOST, rest);
		collect(&c, FACT_NEUTRAL, rest);
		if (follow)
			collect(&c, FACT_TYPO, rest);
		if (c.n)
			decide(&c, host, rest.n, follow, ret);
		dot = str_find_ch(rest, '.');
		rest = dot == SIZE_MAX ? STR("") : str_from(rest, dot + 1);
	}
	*ret_is_dated = c.is_dated;
}

static void resolve_written(const struct facts *f, struct str host,
			    struct date_span when, struct attribution *ret,
			    bool *ret_is_dated)
{
	char lower[LIMIT_HOST_BYTES];

	if (host.n && host.p[host.n - 1] == '.')
		host.n--;
	if (host.n > sizeof lower)
		host.n = 0;
	for (size_t i = 0; i < host.n; i++)
		lower[i] = ascii_lower(host.p[i]);
	resolve(f, str_n(lower, host.n), when, true, ret, ret_is_dated);
}

void attribute_host(const struct facts *f, struct str host,
		    struct date_span when, struct attribution *ret)
{
	bool is_dated;

	resolve_written(f, host, when, ret, &is_dated);
}

void attribute_digest(const struct facts *f, struct digest *d)
{
	for (size_t i = 0; i < d->hosts.n; i++) {
		struct digest_host *h = &d->hosts.v[i];
		bool is_dated = true;

		for (size_t k = 0; k < h->months.n; k++) {
			struct digest_month *m = &h->months.v[k];
			struct date_span when = {
				date_month_first(m->month),
				date_month_first(m->month + 1) - 1};

			if (is_dated)
				resolve_written(f, h->host, when, &m->by,
						&is_dated);
			else
				m->by = m[-1].by;
		}
	}
	attribute_links(f, d);
}
