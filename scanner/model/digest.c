/*
 * Digests: adding up, folding for publication, and ranwhence.digest/1
 * (docs/digest.md).  A digest may come from anybody: what does not follow the
 * format or does not add up is refused as a whole.
 */
#include "model/digest.h"

#include "base/date.h"
#include "base/diag_json.h"
#include "base/json_in.h"
#include "base/json_out.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "model/digest_part.h"
#include "model/digest_seats.h"

#define SCHEMA "ranwhence.digest/1"

void digest_release(struct digest *d)
{
	for (size_t i = 0; i < d->hosts.n; i++)
		vec_release(&d->hosts.v[i].months);
	vec_release(&d->hosts);
	vec_release(&d->seats);
}

static void add(uint64_t *a, uint64_t b)
{
	if (__builtin_add_overflow(*a, b, a))
		*a = UINT64_MAX;
}

void digest_counts_add(struct digest_counts *a, const struct digest_counts *b)
{
	add(&a->commits, b->commits);
	add(&a->excluded, b->excluded);
	add(&a->added, b->added);
	add(&a->deleted, b->deleted);
	add(&a->surviving, b->surviving);
	add(&a->reviews, b->reviews);
	add(&a->submits, b->submits);
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
	add(&to->contributors, from->contributors);
	digest_counts_add(&to->counts, &from->counts);
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
		    (h->contributors < DIGEST_FEWEST_PERSONS &&
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
}

/* --- the columns of the format -------------------------------------------- */

enum column { COMMITS, MERGES, EXCLUDED, ADDED, DELETED, SURVIVING,
	      CONTRIBUTORS, REVIEWS, SUBMITS, COLUMNS };

enum part { IN_TOTALS, IN_HOSTS, IN_MONTHS };

struct column_rule {
	const char *key;
	unsigned axis;
	enum part deepest; /* it stands there and above */
};

static const struct column_rule columns[COLUMNS] = {
	[COMMITS] = {"commits", DIGEST_COMMITS, IN_MONTHS},
	[MERGES] = {"merges", DIGEST_COMMITS, IN_TOTALS},
	[EXCLUDED] = {"excluded", DIGEST_COMMITS, IN_MONTHS},
	[ADDED] = {"added", DIGEST_CHURN, IN_MONTHS},
	[DELETED] = {"deleted", DIGEST_CHURN, IN_MONTHS},
	[SURVIVING] = {"surviving", DIGEST_SURVIVING, IN_MONTHS},
	[CONTRIBUTORS] = {"contributors", DIGEST_COMMITS, IN_HOSTS},
	[REVIEWS] = {"reviews", DIGEST_REVIEW, IN_MONTHS},
	[SUBMITS] = {"submits", DIGEST_REVIEW, IN_MONTHS},
};

/* A month is a name and all columns but merges and contributors. */
#define MONTH_ITEMS (1 + COLUMNS - 2)

struct row {
	uint64_t of[COLUMNS];
};

static struct row row_of(const struct digest_counts *c, uint64_t merges,
			 uint64_t contributors)
{
	return (struct row){{
		[COMMITS] = c->commits, [MERGES] = merges,
		[EXCLUDED] = c->excluded, [ADDED] = c->added,
		[DELETED] = c->deleted, [SURVIVING] = c->surviving,
		[CONTRIBUTORS] = contributors, [REVIEWS] = c->reviews,
		[SUBMITS] = c->submits}};
}

static struct digest_counts counts_of(const struct row *r)
{
	return (struct digest_counts){
		.commits = r->of[COMMITS], .excluded = r->of[EXCLUDED],
		.added = r->of[ADDED], .deleted = r->of[DELETED],
		.surviving = r->of[SURVIVING], .reviews = r->of[REVIEWS],
		.submits = r->of[SUBMITS]};
}

static bool counts_eq(const struct digest_counts *a,
		      const struct digest_counts *b)
{
	return a->commits == b->commits && a->excluded == b->excluded &&
	       a->added == b->added && a->deleted == b->deleted &&
	       a->surviving == b->surviving && a->reviews == b->reviews &&
	       a->submits == b->submits;
}

/* --- writing -------------------------------------------------------------- */

static void write_row(struct json_out *j, const struct row *r, unsigned axes,
		      enum part part)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (columns[i].deepest < part)
			continue;
		if (part != IN_MONTHS)
			json_out_key(j, columns[i].key);
		if (axes & columns[i].axis)
			json_out_i64(j, (int64_t)r->of[i]);
		else
			json_out_null(j);
	}
}

static void write_months(struct json_out *j, const struct digest_host *h,
			 unsigned axes)
{
	struct strbuf name;

	strbuf_init(&name, 0);
	json_out_key(j, "months");
	json_out_array(j);
	for (size_t i = 0; i < h->months.n; i++) {
		const struct digest_month *m = &h->months.v[i];
		struct row r = row_of(&m->counts, 0, 0);

		strbuf_clear(&name);
		date_write_month(&name, m->month);
		json_out_array(j);
		j->compact = true; /* a month is one line */
		json_out_str(j, strbuf_str(&name));
		write_row(j, &r, axes, IN_MONTHS);
		json_out_array_end(j);
		j->compact = false;
	}
	json_out_array_end(j);
	strbuf_release(&name);
}

static void write_host(struct json_out *j, const struct digest_host *h,
		       const struct digest_name *n, unsigned axes)
{
	static const char *const classes[] = {"unknown", "organisation",
					      "neutral"};
	struct row r = row_of(&h->counts, 0, h->contributors);

	json_out_object(j);
	json_out_kstr(j, "host", h->host);
	json_out_kstr_or_null(j, "organisation", n->organisation);
	json_out_kstr(j, "class", str_c(classes[n->class]));
	write_row(j, &r, axes, IN_HOSTS);
	write_months(j, h, axes);
	json_out_object_end(j);
}

void digest_write(const struct digest *d, const struct digest_names *names,
		  const struct diags *ds, struct strbuf *out)
{
	struct row r = row_of(&d->totals, d->merges, d->contributors);
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
	json_out_key(&j, "totals");
	json_out_object(&j);
	write_row(&j, &r, d->axes, IN_TOTALS);
	json_out_object_end(&j);
	json_out_key(&j, "hosts");
	json_out_array(&j);
	for (size_t i = 0; i < d->hosts.n; i++)
		write_host(&j, &d->hosts.v[i], &names->hosts.v[i], d->axes);
	json_out_array_end(&j);
	digest_seats_write(d, &j);
	json_out_key(&j, "diagnostics");
	diag_json_write(ds, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}

/* --- reading -------------------------------------------------------------- */

struct reader {
	struct digest *d;
	struct arena *a;
	unsigned line; /* of what is being read */
};

/* The members of an object, all of which must be there. */
static const char *collect(struct reader *r, struct json_raw object,
			   const char *const *keys, size_t n,
			   struct json_raw *ret)
{
	return digest_part_members(object, (struct digest_keys){keys, n, n},
				   &r->line, ret);
}

/* A count, or null where its axis was not computed. */
static bool read_count(struct json_raw raw, bool is_computed, uint64_t *ret)
{
	*ret = 0;
	return is_computed ? digest_part_count(raw, ret)
			   : raw.type == JSON_NULL;
}

static bool read_row(const struct json_raw *raw, unsigned axes,
		     enum part part, struct row *ret)
{
	*ret = (struct row){0};
	for (size_t i = 0; i < COLUMNS; i++)
		if (columns[i].deepest >= part &&
		    !read_count(*raw++, axes & columns[i].axis, &ret->of[i]))
			return false;
	return true;
}

static bool is_object_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]) || ascii_lower(s.p[i]) != s.p[i])
			return false;
	return s.n == 40 || s.n == 64;
}

/* A full object id; with `or_null`, null gives "". */
static bool read_object_id(struct reader *r, struct json_raw raw,
			   bool or_null, struct str *ret)
{
	*ret = json_raw_str(raw, r->a);
	return (or_null && raw.type == JSON_NULL) || is_object_id(*ret);
}

static const char *read_range(struct reader *r, struct json_raw raw)
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

static const char *read_totals(struct reader *r, struct json_raw raw)
{
	const char *keys[COLUMNS], *why;
	struct json_raw of[COLUMNS];
	struct row row;

	for (size_t i = 0; i < COLUMNS; i++)
		keys[i] = columns[i].key;
	why = collect(r, raw, keys, COLUMNS, of);
	if (why)
		return why;
	for (size_t i = 0; i < COLUMNS; i++)
		if (of[i].type != JSON_NULL)
			r->d->axes |= columns[i].axis;
	if (!read_row(of, r->d->axes, IN_TOTALS, &row))
		return "a total is not a whole number from 0 to 2^53-1";
	r->d->totals = counts_of(&row);
	r->d->merges = row.of[MERGES];
	r->d->contributors = row.of[CONTRIBUTORS];
	return NULL;
}

static const char *read_month(struct reader *r, struct json_raw raw,
			      struct digest_host *h)
{
	struct json_raw of[MONTH_ITEMS + 1];
	struct digest_month m = {
		.by = {.organisation = SIZE_MAX, .fact = SIZE_MAX}};
	struct date_span span;
	struct json_walk w;
	struct row row;
	struct str name;
	size_t n = 0;

	r->line = raw.line;
	json_walk_begin(&w, raw);
	while (n <= MONTH_ITEMS && json_walk_next(&w, NULL, &of[n]))
		n++;
	if (raw.type != JSON_ARRAY || n != MONTH_ITEMS)
		return "a month is not an array of a name and seven counts";
	name = str_unquote(of[0].text);
	if (name.n != 7 || date_parse_span(name, &span))
		return "a month is not named YYYY-MM";
	m.month = date_month(span.first);
	if (h->months.n && h->months.v[h->months.n - 1].month >= m.month)
		return "months are not ascending";
	if (!read_row(of + 1, r->d->axes, IN_MONTHS, &row))
		return "a count is not a whole number from 0 to 2^53-1";
	m.counts = counts_of(&row);
	vec_push(&h->months, m);
	return NULL;
}

static const char *read_months(struct reader *r, struct json_raw raw,
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

static const char *read_host_name(struct reader *r,
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

static const char *read_host(struct reader *r, struct json_raw raw)
{
	static const char *const keys[] = {
		"host", "organisation", "class", "commits", "excluded",
		"added", "deleted", "surviving", "contributors", "reviews",
		"submits", "months"};
	enum { N = sizeof keys / sizeof *keys };
	struct json_raw of[N];
	struct digest_host *h;
	struct row row;
	const char *why = collect(r, raw, keys, N, of);

	if (why)
		return why;
	h = vec_add(&r->d->hosts);
	*h = (struct digest_host){.host = json_raw_str(of[0], r->a)};
	why = read_host_name(r, of, h);
	if (why)
		return why;
	if (!read_row(of + 3, r->d->axes, IN_HOSTS, &row))
		return "a count is not a whole number from 0 to 2^53-1";
	h->counts = counts_of(&row);
	h->contributors = row.of[CONTRIBUTORS];
	return read_months(r, of[N - 1], h);
}

static const char *read_hosts(struct reader *r, struct json_raw raw)
{
	struct digest_counts sum = {0};
	uint64_t contributors = 0;
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
		add(&contributors, h->contributors);
	}
	r->line = raw.line;
	return counts_eq(&sum, &r->d->totals) &&
	       contributors == r->d->contributors
		? NULL : "the hosts do not add up to the totals";
}

/* What its maker could not read is missing from the counts: a code that is
 * not known counts as such. */
static const char *read_diagnostics(struct reader *r, struct json_raw raw)
{
	static const char *const keys[] = {"code", "severity", "path", "line",
					   "column", "message"};
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
			r->d->is_incomplete = true;
	}
	return NULL;
}

static const char *read_digest(struct reader *r, struct json_raw raw)
{
	static const char *const keys[] = {"schema", "repository", "head",
					   "range", "totals", "hosts",
					   "diagnostics", "seats"};
	struct json_raw of[8]; /* older digests have no seats */
	const char *why = digest_part_members(
		raw, (struct digest_keys){keys, 8, 7}, &r->line, of);

	if (why)
		return why;
	if (!str_is(json_raw_str(of[0], r->a), SCHEMA))
		return "the schema is not " SCHEMA;
	r->d->repository = json_raw_str(of[1], r->a);
	if (!r->d->repository.n || r->d->repository.n > LIMIT_NAME_BYTES)
		return "the repository is missing or too long";
	if (!read_object_id(r, of[2], false, &r->d->head))
		return "the head is not a full object id";
	why = read_range(r, of[3]);
	if (!why)
		why = read_totals(r, of[4]);
	if (!why)
		why = read_hosts(r, of[5]);
	if (!why)
		why = digest_seats_read(r->d, of[7], r->a, &r->line);
	return why ? why : read_diagnostics(r, of[6]);
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
	struct reader r = {.d = ret, .a = a, .line = 1};
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
