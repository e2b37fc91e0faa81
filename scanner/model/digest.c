/*
 * Digests: adding up, folding for publication, and ranwhence.digest/3
 * (docs/digest.md).  A digest may come from anybody: what does not follow the
 * format or does not add up is refused as a whole.
 */
#include "model/digest.h"

#include <string.h>

#include "base/count.h"
#include "base/diag_json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "model/digest_asked.h"
#include "model/digest_authorship.h"
#include "model/digest_links.h"
#include "model/digest_ownership.h"
#include "model/digest_row.h"
#include "model/digest_seats.h"
#include "model/digest_terms.h"

#define SCHEMA "ranwhence.digest/3"
#define OLDER "ranwhence.digest/2" /* the same without optional keys */

void digest_release(struct digest *d)
{
	for (size_t i = 0; i < d->hosts.n; i++)
		vec_release(&d->hosts.v[i].months);
	vec_release(&d->hosts);
	vec_release(&d->seats);
	ownership_release(&d->ownership);
	vec_release(&d->links);
	vec_release(&d->authorship);
	vec_release(&d->terms);
	vec_release(&d->open_terms);
	vec_release(&d->told);
	vec_release(&d->asked.paths);
	vec_release(&d->asked.beyond);
	vec_release(&d->asked.classes.list);
}

bool digest_is_part(const struct digest *d)
{
	const struct digest_asked *q = &d->asked;

	return d->range_from.n || q->has_since ||
	       q->scope != DIGEST_ALL || q->paths.n || q->beyond.n;
}

void digest_counts_add(struct digest_counts *a, const struct digest_counts *b)
{
	count_add(&a->commits, b->commits);
	count_add(&a->credits, b->credits);
	count_add(&a->excluded, b->excluded);
	count_add(&a->added, b->added);
	count_add(&a->deleted, b->deleted);
	count_add(&a->weighed, b->weighed);
	count_add(&a->surviving, b->surviving);
	count_add(&a->surviving_source, b->surviving_source);
	count_add(&a->reviews, b->reviews);
	count_add(&a->submits, b->submits);
}

void digest_rest_add(struct digest_rest *a, const struct digest_rest *b)
{
	count_add(&a->flags.co_authored, b->flags.co_authored);
	count_add(&a->flags.squashed, b->flags.squashed);
	count_add(&a->flags.imports, b->flags.imports);
	count_add(&a->contributors, b->contributors);
	for (size_t i = 0; i < LINE_CLASS_COUNT; i++) {
		count_add(&a->lines[i].added, b->lines[i].added);
		count_add(&a->lines[i].deleted, b->lines[i].deleted);
		count_add(&a->lines[i].surviving, b->lines[i].surviving);
	}
}

/* --- folding -------------------------------------------------------------- */

static int compare_months(const void *va, const void *vb)
{
	const struct digest_month *a = va, *b = vb;

	return (a->month > b->month) - (a->month < b->month);
}

static void merge_months(struct digest_host *h)
{
	size_t n = 0;

	vec_sort(&h->months, compare_months);
	for (size_t i = 0; i < h->months.n; i++) {
		struct digest_month *m = &h->months.v[i];

		if (n && h->months.v[n - 1].month == m->month)
			digest_counts_add(&h->months.v[n - 1].counts,
					  &m->counts);
		else
			h->months.v[n++] = *m;
	}
	h->months.n = n;
}

static void take_host(struct digest_host *to, struct digest_host *from)
{
	digest_counts_add(&to->counts, &from->counts);
	digest_rest_add(&to->rest, &from->rest);
	for (size_t i = 0; i < from->months.n; i++) {
		struct digest_month m = from->months.v[i];

		m.by = (struct attribution){
			.class = HOST_UNKNOWN, .organisation = SIZE_MAX,
			.fact = SIZE_MAX};
		vec_push(&to->months, m);
	}
	vec_release(&from->months);
}

static int compare_hosts(const void *va, const void *vb)
{
	const struct digest_host *a = va, *b = vb;

	return str_cmp(a->host, b->host);
}

void digest_fold(struct digest *d,
		 bool (*is_listed)(const struct digest_host *h, void *with),
		 void *with)
{
	struct digest_host rest = {.host = STR(DIGEST_UNLISTED)};
	size_t n = 0, all = d->hosts.n;

	for (size_t i = 0; i < all; i++) {
		struct digest_host *h = &d->hosts.v[i];

		if (str_is(h->host, DIGEST_UNLISTED) ||
		    (h->rest.contributors < DIGEST_FEWEST_PERSONS &&
		     !is_listed(h, with)))
			take_host(&rest, h);
		else
			d->hosts.v[n++] = *h;
	}
	d->hosts.n = n;
	if (n == all)
		return;
	merge_months(&rest);
	vec_push(&d->hosts, rest);
	vec_sort(&d->hosts, compare_hosts);
	digest_ownership_fold(d);
}

/* --- sums ----------------------------------------------------------------- */

/* Both are made of uint64_t only. */
static bool counts_eq(const struct digest_counts *a,
		      const struct digest_counts *b)
{
	return !memcmp(a, b, sizeof *a);
}

static bool rest_eq(const struct digest_rest *a, const struct digest_rest *b)
{
	return !memcmp(a, b, sizeof *a);
}

/* --- writing -------------------------------------------------------------- */

static void write_months(struct json_out *j, const struct digest_host *h,
			 unsigned axes)
{
	json_out_key(j, "months");
	json_out_array(j);
	for (size_t i = 0; i < h->months.n; i++) {
		const struct digest_month *m = &h->months.v[i];
		struct digest_row r = {.counts = m->counts};

		json_out_array(j);
		j->compact = true; /* a month is one line */
		digest_part_write_month(j, m->month);
		digest_row_write(&r, axes, ROW_IN_MONTHS, j);
		json_out_array_end(j);
		j->compact = false;
	}
	json_out_array_end(j);
}

static void write_host(struct json_out *j, const struct digest_host *h,
		       const struct digest_name *n, unsigned axes)
{
	static const char *const classes[] = {"unknown", "organisation",
					      "neutral"};
	struct digest_row r = {.counts = h->counts, .rest = h->rest};

	json_out_object(j);
	json_out_kstr(j, "host", h->host);
	json_out_kstr_or_null(j, "organisation", n->organisation);
	json_out_kstr(j, "class", str_c(classes[n->class]));
	digest_row_write(&r, axes, ROW_IN_HOSTS, j);
	digest_row_write_lines(&h->rest, axes, j);
	write_months(j, h, axes);
	json_out_object_end(j);
}

void digest_write(const struct digest *d, const struct digest_names *names,
		  const struct diags *ds, struct strbuf *out)
{
	struct digest_row r = {.counts = d->totals, .rest = d->rest,
			       .merges = d->merges};
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR(SCHEMA));
	json_out_kstr(&j, "repository", d->repository);
	json_out_kstr(&j, "head", d->head);
	json_out_key(&j, "range");
	json_out_object(&j);
	json_out_kstr_or_null(&j, "from", d->range_from);
	json_out_kstr_or_null(&j, "to", d->range_to);
	json_out_object_end(&j);
	digest_asked_write(d, &j);
	json_out_key(&j, "totals");
	json_out_object(&j);
	digest_row_write(&r, d->axes, ROW_IN_TOTALS, &j);
	digest_row_write_lines(&d->rest, d->axes, &j);
	json_out_object_end(&j);
	json_out_key(&j, "hosts");
	json_out_array(&j);
	for (size_t i = 0; i < d->hosts.n; i++)
		write_host(&j, &d->hosts.v[i], &names->hosts.v[i], d->axes);
	json_out_array_end(&j);
	digest_seats_write(d, &j);
	digest_ownership_write(d, &j);
	digest_links_write(d, &j);
	digest_terms_write(d, &j);
	digest_authorship_write(d, &j);
	json_out_key(&j, "diagnostics");
	diag_json_write(ds, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}

/* --- reading -------------------------------------------------------------- */

/* The members of an object, all of which must be there. */
static const char *collect(struct digest_reading *r, struct json_raw object,
			   const char *const *keys, size_t n,
			   struct json_raw *ret)
{
	return digest_part_members(r, object,
				   (struct digest_keys){keys, n, n}, ret);
}

/* A full object id; with `or_null`, null gives "". */
static bool read_object_id(struct digest_reading *r, struct json_raw raw,
			   bool or_null, struct str *ret)
{
	*ret = json_raw_str(raw, r->a);
	return (or_null && raw.type == JSON_NULL) || digest_part_is_id(*ret);
}

static const char *read_range(struct digest_reading *r, struct json_raw raw)
{
	static const char *const keys[] = {"from", "to"};
	struct json_raw end[2];
	const char *why = collect(r, raw, keys, 2, end);

	if (why)
		return why;
	return read_object_id(r, end[0], true, &r->d->range_from) &&
	       read_object_id(r, end[1], true, &r->d->range_to)
		? NULL : "the range is not two full object ids or null";
}

/* The members of an object with counts and lines: of[0..] are the counts,
 * then come the lines. */
static const char *read_counts(struct digest_reading *r,
			       const struct json_raw *of,
			       enum digest_row_in in, struct digest_row *ret)
{
	const char *keys[DIGEST_ROW_MOST], *why;
	unsigned line = r->line;
	size_t n = digest_row_keys(in, keys);

	why = digest_row_read(of, r->d->axes, in, ret);
	if (!why)
		why = digest_row_read_lines(r, of[n], &ret->rest);
	if (why)
		return why;
	r->line = line;
	return digest_row_adds_up(ret)
		? NULL : "the classes of lines do not add up";
}

/* Of a commit no more is given away than there is, and no less. */
static const char *check_shares(const struct digest *d)
{
	return d->totals.credits / DIGEST_CREDITS != d->totals.commits ||
	       d->totals.credits % DIGEST_CREDITS
		? "the credits are not those of the commits" : NULL;
}

static const char *read_totals(struct digest_reading *r, struct json_raw raw)
{
	const char *keys[DIGEST_ROW_MOST + 1], *why;
	size_t n = digest_row_keys(ROW_IN_TOTALS, keys);
	struct json_raw of[DIGEST_ROW_MOST + 1];
	struct digest *d = r->d;
	struct digest_row row;

	keys[n] = "lines";
	why = collect(r, raw, keys, n + 1, of);
	if (why)
		return why;
	d->axes |= digest_row_axes(of);
	why = read_counts(r, of, ROW_IN_TOTALS, &row);
	if (why)
		return why;
	d->totals = row.counts;
	d->rest = row.rest;
	d->merges = row.merges;
	return check_shares(d);
}

static const char *read_month(struct digest_reading *r, struct json_raw raw,
			      struct digest_host *h)
{
	const char *keys[DIGEST_ROW_MOST], *why;
	size_t n = 1 + digest_row_keys(ROW_IN_MONTHS, keys);
	struct json_raw of[DIGEST_ROW_MOST + 1];
	struct digest_month m = {
		.by = {.organisation = SIZE_MAX, .fact = SIZE_MAX}};
	struct digest_row row;

	r->line = raw.line;
	if (!json_walk_take(raw, of, n))
		return "a month is not an array of a name and its counts";
	if (!digest_part_month(of[0], &m.month))
		return "a month is not named YYYY-MM";
	if (h->months.n && h->months.v[h->months.n - 1].month >= m.month)
		return "months are not ascending";
	why = digest_row_read(of + 1, r->d->axes, ROW_IN_MONTHS, &row);
	if (why)
		return why;
	m.counts = row.counts;
	vec_push(&h->months, m);
	return NULL;
}

static const char *read_months(struct digest_reading *r, struct json_raw raw,
			       struct digest_host *h)
{
	struct digest_counts sum = {0};
	struct json_raw month;
	struct json_walk w;

	if (raw.type != JSON_ARRAY)
		return "months are not an array";
	json_walk_begin(&w, raw);
	while (json_walk_next(&w, NULL, &month)) {
		const char *why = read_month(r, month, h);

		if (why)
			return why;
		digest_counts_add(&sum,
				  &h->months.v[h->months.n - 1].counts);
	}
	r->line = raw.line;
	return counts_eq(&sum, &h->counts)
		? NULL : "the months of a host do not add up to it";
}

static const char *read_host_name(struct digest_reading *r,
				  const struct json_raw *of,
				  struct digest_host *h)
{
	struct str class = json_raw_str(of[2], r->a);
	size_t n = r->d->hosts.n;

	if (of[0].type != JSON_STRING || !digest_part_is_host(h->host))
		return "a host is not a lower-case name without '@'";
	if (n > 1 && str_cmp(r->d->hosts.v[n - 2].host, h->host) >= 0)
		return "hosts are not ascending";
	if (of[1].type != JSON_STRING && of[1].type != JSON_NULL)
		return "an organisation is not a text or null";
	if (!str_is(class, "organisation") && !str_is(class, "neutral") &&
	    !str_is(class, "unknown"))
		return "a class is not one of the format";
	return NULL;
}

static const char *read_host(struct digest_reading *r, struct json_raw raw)
{
	enum { NAMES = 3, N = NAMES + DIGEST_ROW_MOST + 2 };
	const char *keys[N] = {"host", "organisation", "class"}, *why;
	size_t n = NAMES + digest_row_keys(ROW_IN_HOSTS, keys + NAMES);
	struct json_raw of[N];
	struct digest_host *h;
	struct digest_row row;

	keys[n] = "lines";
	keys[n + 1] = "months";
	why = collect(r, raw, keys, n + 2, of);
	if (why)
		return why;
	h = vec_add(&r->d->hosts);
	*h = (struct digest_host){.host = json_raw_str(of[0], r->a)};
	why = read_host_name(r, of, h);
	if (!why)
		why = read_counts(r, of + NAMES, ROW_IN_HOSTS, &row);
	if (why)
		return why;
	h->counts = row.counts;
	h->rest = row.rest;
	return read_months(r, of[n + 1], h);
}

static const char *read_hosts(struct digest_reading *r, struct json_raw raw)
{
	struct digest_counts sum = {0};
	struct digest_rest rest = {0};
	struct json_raw host;
	struct json_walk w;

	r->line = raw.line;
	if (raw.type != JSON_ARRAY)
		return "hosts are not an array";
	json_walk_begin(&w, raw);
	while (json_walk_next(&w, NULL, &host)) {
		const char *why = read_host(r, host);
		const struct digest_host *h;

		if (why)
			return why;
		h = &r->d->hosts.v[r->d->hosts.n - 1];
		digest_counts_add(&sum, &h->counts);
		digest_rest_add(&rest, &h->rest);
	}
	r->line = raw.line;
	return counts_eq(&sum, &r->d->totals) &&
	       rest_eq(&rest, &r->d->rest)
		? NULL : "the hosts do not add up to the totals";
}

/* What its maker could not read is missing from the counts, of all axes where
 * it does not say from which; a code that is not known counts as such. */
static const char *read_diagnostics(struct digest_reading *r,
				    struct json_raw raw)
{
	static const char *const keys[] = {"code", "severity", "path", "line",
					   "column", "message"};
	unsigned missed = r->d->incomplete ? 0 : r->d->axes;
	struct json_raw of[6], one;
	struct json_walk w;

	r->line = raw.line;
	if (raw.type != JSON_ARRAY)
		return "diagnostics are not an array";
	json_walk_begin(&w, raw);
	while (json_walk_next(&w, NULL, &one)) {
		const char *why = collect(r, one, keys, 6, of);
		enum diag_code code;

		if (why)
			return why;
		if (!diag_find(json_raw_str(of[0], r->a), &code) ||
		    diag_effect(code) != DIAG_HARMLESS)
			r->d->incomplete |= missed;
		else
			vec_push(&r->d->told, ((struct digest_told){
				code, json_raw_str(of[5], r->a)}));
	}
	return NULL;
}

enum { SCHEMA_KEY, REPOSITORY, HEAD, RANGE, ENGINE, ASKED, INCOMPLETE, TOTALS,
       HOSTS, SEATS, DIAGNOSTICS, NEEDED, OWNERSHIP = NEEDED, LINKS,
       TERMS, AUTHORSHIP, KEYS };

/* What it is of, and what was asked. */
static const char *read_head(struct digest_reading *r,
			     const struct json_raw *of)
{
	struct digest *d = r->d;
	struct str schema = json_raw_str(of[SCHEMA_KEY], r->a);
	const char *why;

	if (!str_is(schema, SCHEMA) && !str_is(schema, OLDER))
		return "the schema is not " SCHEMA;
	d->repository = json_raw_str(of[REPOSITORY], r->a);
	if (!d->repository.n || d->repository.n > LIMIT_NAME_BYTES)
		return "the repository is missing or too long";
	if (!read_object_id(r, of[HEAD], false, &d->head))
		return "the head is not a full object id";
	why = read_range(r, of[RANGE]);
	if (!why)
		why = digest_asked_read_engine(r, of[ENGINE]);
	return why ? why : digest_asked_read(r, of[ASKED]);
}

static const char *read_digest(struct digest_reading *r, struct json_raw root)
{
	static const char *const keys[KEYS] = {
		"schema", "repository", "head", "range", "engine", "asked",
		"incomplete", "totals", "hosts", "seats", "diagnostics",
		"ownership", "links", "terms", "authorship"};
	struct json_raw of[KEYS];
	const char *why = digest_part_members(
		r, root, (struct digest_keys){keys, KEYS, NEEDED}, of);

	if (!why)
		why = read_head(r, of);
	if (!why)
		why = read_totals(r, of[TOTALS]);
	if (!why)
		why = read_hosts(r, of[HOSTS]);
	if (!why)
		why = digest_seats_read(r, of[SEATS]);
	if (!why)
		why = digest_ownership_read(r, of[OWNERSHIP]);
	if (!why)
		why = digest_links_read(r, of[LINKS]);
	if (!why)
		why = digest_terms_read(r, of[TERMS]);
	if (!why)
		why = digest_authorship_read(r, of[AUTHORSHIP]);
	if (!why)
		why = digest_asked_read_incomplete(r, of[INCOMPLETE]);
	return why ? why : read_diagnostics(r, of[DIAGNOSTICS]);
}

/* What is not spotless JSON is not repaired: the counts could be wrong. */
static bool is_sound_json(struct str text, struct place at, struct diags *ds,
			  struct json_raw *ret)
{
	struct diags found = {0};
	enum err e = json_open(text, at, &found, ret);
	bool is_sound = !e && !found.kept.n;

	if (!is_sound && found.kept.n)
		diag_add(ds, RW1803, found.kept.v[0].place, "%.*s",
			 STR_ARG(found.kept.v[0].message));
	else if (!is_sound)
		diag_add(ds, RW1803, at, "not JSON");
	diag_release(&found);
	return is_sound;
}

enum err digest_parse(struct str json, struct str path, struct arena *a,
		      struct diags *ds, struct digest *ret)
{
	struct digest_reading r = {.d = ret, .a = a, .line = 1};
	struct json_raw root;
	const char *why;

	*ret = (struct digest){0};
	if (json.n > LIMIT_DIGEST_BYTES) {
		diag_add(ds, RW1803, diag_at(path), "larger than the limit");
		return ERR_LIMIT;
	}
	if (!is_sound_json(json, diag_at_line(path, 1), ds, &root))
		return ERR_FORMAT;
	why = read_digest(&r, root);
	if (!why)
		return OK;
	diag_add(ds, RW1803, diag_at_line(path, r.line), "%s", why);
	digest_release(ret);
	return ERR_FORMAT;
}
