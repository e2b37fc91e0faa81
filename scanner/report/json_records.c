/* The records of the JSON report. */
#include "report/json_records.h"

#include "base/diag_json.h"
#include "base/mem.h"
#include "model/digest_links.h"
#include "model/digest_terms.h"
#include "report/json_parts.h"
#include "report/shown.h"

static void kplace(struct json_out *j, const char *key, const struct cited *c,
		   size_t fact)
{
	json_out_ki64_or_null(j, key, fact == SIZE_MAX
				      ? -1 : (int64_t)c->place[fact]);
}

static void korganisation(struct json_out *j, const struct facts *f, size_t o)
{
	json_out_kstr_or_null(j, "organisation", o == SIZE_MAX ? STR("")
			      : f->organisations.v[o].id);
}

/* --- histories ------------------------------------------------------------ */

static void write_host(const struct scan *s, const struct used_digest *d,
		       const struct used_host *h, const struct cited *c,
		       struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "host", h->host);
	korganisation(j, s->facts, h->organisation);
	kplace(j, "fact", c, h->fact);
	json_out_ki64(j, "commits", (int64_t)h->commits);
	json_out_ki64(j, "churn", (int64_t)h->churn);
	json_out_ki64(j, "reviews", (int64_t)h->reviews);
	shown_json_host(d, h, j);
	json_out_object_end(j);
}

static void write_digest(const struct scan *s, const struct used_digest *d,
			 const struct cited *c, struct json_out *j)
{
	json_out_kstr_or_null(j, "repository", d->repository);
	json_out_kstr_or_null(j, "head", d->head);
	json_out_kbool(j, "bundled", d->is_bundled);
	json_out_kbool(j, "clone", d->is_clone);
	json_parts_kdate(j, "fetched", d->fetched);
	json_out_kbool(j, "incomplete", d->is_incomplete);
	json_out_ki64(j, "commits", (int64_t)d->commits);
	json_out_ki64(j, "merges", (int64_t)d->merges);
	json_out_ki64(j, "excluded", (int64_t)d->excluded);
	json_out_ki64(j, "hosts", (int64_t)d->hosts);
	json_out_key(j, "attributed");
	json_out_array(j);
	for (size_t k = d->first; k < d->first + d->n; k++)
		write_host(s, d, &s->used.hosts.v[k], c, j);
	json_out_array_end(j);
}

/* What each tier of links settles; null where they were not looked for. */
static void write_links(const struct used_digest *d, struct json_out *j)
{
	json_out_key(j, "links");
	if (!d->has_links) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	for (size_t t = DIGEST_OPEN + 1; t < DIGEST_TIERS; t++) {
		const struct used_linked *l = &d->linked[t];

		if (t == DIGEST_CLAIM && !l->commits)
			continue;
		json_out_key(j, digest_links_tier_name((enum digest_tier)t));
		json_out_object(j);
		json_out_ki64(j, "commits", (int64_t)l->commits);
		json_out_ki64(j, "weighed", (int64_t)l->weighed);
		json_out_ki64(j, "surviving", (int64_t)l->surviving);
		json_out_object_end(j);
	}
	json_out_object_end(j);
}

static void write_terms(const struct scan *s, const struct used_digest *d,
			struct json_out *j)
{
	json_out_key(j, "terms");
	if (!d->has_terms) {
		json_out_null(j);
		return;
	}
	json_out_array(j);
	for (size_t i = 0; i < d->n_terms; i++)
		digest_terms_write_one(&s->used.terms.v[d->first_term + i],
				       j);
	json_out_array_end(j);
}

/* Components by the digest that they have. */
struct having {
	size_t *first; /* by digest: a component, one more than its index */
	size_t *next;  /* by component: the same */
};

static struct having sort_components(const struct scan *s)
{
	size_t n = s->parts.components.n;
	struct having h = {mem_new(s->used.digests.n + 1, sizeof(size_t)),
			   mem_new(n + 1, sizeof(size_t))};

	for (size_t i = n; i-- > 0;) {
		size_t d = s->parts.components.v[i].digest;

		if (d >= s->used.digests.n)
			continue;
		h.next[i] = h.first[d];
		h.first[d] = i + 1;
	}
	return h;
}

void json_records_digests(const struct scan *s, const struct cited *c,
			  struct json_out *j)
{
	struct having h = sort_components(s);

	json_out_key(j, "digests");
	json_out_array(j);
	for (size_t i = 0; i < s->used.digests.n; i++) {
		json_out_object(j);
		write_digest(s, &s->used.digests.v[i], c, j);
		json_out_key(j, "components");
		json_out_array(j);
		for (size_t k = h.first[i]; k; k = h.next[k - 1])
			json_out_i64(j, (int64_t)k - 1);
		json_out_array_end(j);
		shown_json(&s->used.digests.v[i], j);
		write_links(&s->used.digests.v[i], j);
		write_terms(s, &s->used.digests.v[i], j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
	free(h.first);
	free(h.next);
}

/* --- who supplies --------------------------------------------------------- */

void json_records_supply(const struct scan *s, const struct cited *c,
			 struct json_out *j)
{
	static const char *const roles[] = {
		[SUPPLY_SUPPLIER] = "supplier", [SUPPLY_PRODUCER] = "producer",
		[SUPPLY_PUBLISHER] = "publisher"};

	json_out_key(j, "supply");
	json_out_array(j);
	for (size_t i = 0; i < s->parts.components.n; i++)
		for (size_t k = 0; k < SUPPLY_COUNT; k++) {
			const struct supply *x =
				&s->parts.components.v[i].supply[k];

			if (!x->is_stated)
				continue;
			json_out_object(j);
			json_out_ki64(j, "component", (int64_t)i);
			json_out_kstr(j, "role", str_c(roles[k]));
			korganisation(j, s->facts, x->organisation);
			kplace(j, "fact", c, x->fact);
			json_out_object_end(j);
		}
	json_out_array_end(j);
}

/* --- who was asked in vain ------------------------------------------------ */

void json_records_inquiries(const struct scan *s, struct json_out *j)
{
	json_out_key(j, "asked");
	json_out_array(j);
	for (size_t i = 0; i < s->inquiries.list.n; i++)
		json_parts_inquiry(&s->inquiries.list.v[i], j);
	json_out_array_end(j);
}

/* --- facts ---------------------------------------------------------------- */

void json_records_facts(const struct facts *f, const struct cited *c,
			struct str key, struct json_out *j)
{
	json_out_kstr_or_null(j, "assertions_key", key);
	json_out_key(j, "assertions");
	json_out_array(j);
	for (size_t i = 0; i < c->rows_n; i++)
		if (f->rows.v[i].is_assumed)
			json_parts_fact(f, i, j);
	json_out_array_end(j);
	json_out_key(j, "facts");
	json_out_array(j);
	for (size_t i = 0; i < c->rows_n; i++)
		if (c->place[i] != SIZE_MAX)
			json_parts_fact(f, i, j);
	json_out_array_end(j);
}

/* --- diagnostics ---------------------------------------------------------- */

static void write_dropped(const struct diags *ds, struct json_out *j)
{
	unsigned long kept[DIAG_CODE_COUNT] = {0};

	for (size_t i = 0; i < ds->kept.n; i++)
		kept[ds->kept.v[i].code]++;
	json_out_key(j, "dropped");
	json_out_array(j);
	for (size_t c = 0; c < DIAG_CODE_COUNT; c++) {
		if (ds->counts[c] == kept[c])
			continue;
		json_out_object(j);
		json_out_kstr(j, "code",
			      str_c(diag_name((enum diag_code)c)));
		json_out_ki64(j, "count", (int64_t)(ds->counts[c] - kept[c]));
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

void json_records_diagnostics(const struct diags *ds, struct json_out *j)
{
	json_out_key(j, "diagnostics");
	diag_json_write(ds, j);
	json_out_ki64(j, "diagnostics_dropped", (int64_t)diag_dropped(ds));
	write_dropped(ds, j);
}
