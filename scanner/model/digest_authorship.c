/* Rows of authorship: found, folded, written, read. */
#include "model/digest_authorship.h"

#include <string.h>

#include "base/date.h"
#include "model/digest_part.h"
#include "model/digest_row.h"

#define COLUMNS (sizeof(struct digest_counts) / sizeof(uint64_t))

static int compare_place(const struct digest_authorship *a, struct str host,
			 int32_t month)
{
	int d = str_cmp(a->host, host);

	return d ? d : (a->month > month) - (a->month < month);
}

int digest_authorship_compare(const void *va, const void *vb)
{
	const struct digest_authorship *a = va, *b = vb;
	int d = compare_place(a, b->host, b->month);

	return d ? d : (a->rung > b->rung) - (a->rung < b->rung);
}

struct digest_counts digest_authorship_of(const struct digest *d,
					  struct str host, int32_t month,
					  enum authorship least)
{
	size_t low = 0, high = d->authorship.n;
	struct digest_counts sum = {0};

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare_place(&d->authorship.v[mid], host, month) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < d->authorship.n &&
	       !compare_place(&d->authorship.v[low], host, month); low++)
		if (d->authorship.v[low].rung >= least)
			digest_counts_add(&sum, &d->authorship.v[low].counts);
	return sum;
}

static void add(uint64_t *to, uint64_t n)
{
	if (__builtin_add_overflow(*to, n, to))
		*to = UINT64_MAX;
}

void digest_authorship_count(const struct digest *d, struct str host,
			     int32_t month, uint64_t commits,
			     uint64_t to[AUTHORSHIP_COUNT])
{
	uint64_t above = 0;

	if (!d->has_authorship)
		return;
	for (size_t r = AUTHORSHIP_COUNT - 1; r > AUTHORSHIP_CLAIMED; r--) {
		uint64_t n = digest_authorship_of(d, host, month,
						  (enum authorship)r).commits;

		add(&to[r], n - above);
		above = n;
	}
	add(&to[AUTHORSHIP_CLAIMED], commits - above);
}

void digest_authorship_sum(const struct digest *d,
			   uint64_t ret[AUTHORSHIP_COUNT])
{
	uint64_t claimed = d->has_authorship ? d->totals.commits : 0;

	for (size_t r = 0; r < AUTHORSHIP_COUNT; r++)
		ret[r] = 0;
	for (size_t i = 0; i < d->authorship.n; i++) {
		const struct digest_authorship *a = &d->authorship.v[i];

		add(&ret[a->rung], a->counts.commits);
		claimed -= a->counts.commits < claimed ? a->counts.commits
						       : claimed;
	}
	ret[AUTHORSHIP_CLAIMED] = claimed;
}

#define AUTHORSHIP_NAME(id, name) name,
static const char *const names[] = {AUTHORSHIPS(AUTHORSHIP_NAME)};
#undef AUTHORSHIP_NAME

const char *digest_authorship_name(enum authorship rung)
{
	return names[rung];
}

/* --- the hosts that rows are parts of ------------------------------------- */

static int compare_host(const void *key, const void *at)
{
	return str_cmp(*(const struct str *)key,
		       ((const struct digest_host *)at)->host);
}

static int compare_month(const void *key, const void *at)
{
	int32_t a = *(const int32_t *)key;
	int32_t b = ((const struct digest_month *)at)->month;

	return (a > b) - (a < b);
}

static const struct digest_host *find_host(const struct digest *d,
					   struct str host)
{
	return d->hosts.n ? bsearch(&host, d->hosts.v, d->hosts.n,
				    sizeof *d->hosts.v, compare_host) : NULL;
}

/* --- folding -------------------------------------------------------------- */

void digest_authorship_fold(struct digest *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->authorship.n; i++)
		if (!find_host(d, d->authorship.v[i].host))
			d->authorship.v[i].host = STR(DIGEST_UNLISTED);
	vec_sort(&d->authorship, digest_authorship_compare);
	for (size_t i = 0; i < d->authorship.n; i++) {
		struct digest_authorship *r = &d->authorship.v[i];

		if (n && !digest_authorship_compare(&d->authorship.v[n - 1],
						    r))
			digest_counts_add(&d->authorship.v[n - 1].counts,
					  &r->counts);
		else
			d->authorship.v[n++] = *r;
	}
	d->authorship.n = n;
}

/* --- writing -------------------------------------------------------------- */

static void write_row(struct json_out *j, const struct digest *d,
		      const struct digest_authorship *a)
{
	struct digest_row r = {.counts = a->counts};
	struct strbuf month;

	strbuf_init(&month, 0);
	date_write_month(&month, a->month);
	json_out_array(j);
	j->compact = true; /* a row is one line */
	json_out_str(j, a->host);
	json_out_str(j, strbuf_str(&month));
	json_out_str(j, str_c(names[a->rung]));
	digest_row_write(&r, d->axes, ROW_IN_MONTHS, j);
	json_out_array_end(j);
	j->compact = false;
	strbuf_release(&month);
}

void digest_authorship_write(const struct digest *d, struct json_out *j)
{
	json_out_key(j, "authorship");
	if (!d->has_authorship) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	json_out_kstr_or_null(j, "keys", d->authorship_keys);
	json_out_key(j, "rows");
	json_out_array(j);
	for (size_t i = 0; i < d->authorship.n; i++)
		write_row(j, d, &d->authorship.v[i]);
	json_out_array_end(j);
	json_out_object_end(j);
}

/* --- reading -------------------------------------------------------------- */

static bool read_rung(struct str name, enum authorship *ret)
{
	for (size_t i = AUTHORSHIP_CLAIMED + 1; i < AUTHORSHIP_COUNT; i++)
		if (str_is(name, names[i])) {
			*ret = (enum authorship)i;
			return true;
		}
	return false;
}

static const char *read_row(struct digest *d, struct json_raw raw,
			    struct arena *a)
{
	enum { BEFORE = 3 };
	const char *keys[DIGEST_ROW_MOST], *why;
	size_t n = 0, want = BEFORE + digest_row_keys(ROW_IN_MONTHS, keys);
	struct json_raw of[BEFORE + DIGEST_ROW_MOST + 1];
	struct digest_authorship r = {.month = 0};
	struct date_span span;
	struct digest_row row;
	struct json_walk w;
	struct str month;

	json_walk_begin(&w, raw);
	while (n <= want && json_walk_next(&w, NULL, &of[n]))
		n++;
	if (raw.type != JSON_ARRAY || n != want)
		return "a row of authorship is not an array of a host, a "
		       "month, a rung and counts";
	r.host = json_raw_str(of[0], a);
	month = str_unquote(of[1].text);
	if (of[0].type != JSON_STRING || month.n != 7 ||
	    date_parse_span(month, &span) ||
	    !read_rung(json_raw_str(of[2], a), &r.rung))
		return "a row of authorship has no host, month or rung";
	r.month = date_month(span.first);
	why = digest_row_read(of + BEFORE, d->axes, ROW_IN_MONTHS, &row);
	r.counts = row.counts;
	if (!why && d->authorship.n &&
	    digest_authorship_compare(&d->authorship.v[d->authorship.n - 1],
				      &r) >= 0)
		why = "rows of authorship are not ascending";
	vec_push(&d->authorship, r);
	return why;
}

/* A part is not more than the whole, in any column; nobody reviews his own
 * commits, and robots' have no author. */
static bool is_part_of(const struct digest_counts *part,
		       const struct digest_counts *whole)
{
	uint64_t a[COLUMNS], b[COLUMNS];

	memcpy(a, part, sizeof *part);
	memcpy(b, whole, sizeof *whole);
	for (size_t i = 0; i < COLUMNS; i++)
		if (a[i] > b[i])
			return false;
	return !part->reviews && !part->submits && !part->excluded;
}

/* The rows of a host and month together are a part of it. */
static const char *check_sums(const struct digest *d)
{
	struct digest_counts sum = {0};

	for (size_t i = 0; i < d->authorship.n; i++) {
		const struct digest_authorship *r = &d->authorship.v[i];
		const struct digest_host *h = find_host(d, r->host);
		const struct digest_month *m = NULL;

		if (h && h->months.n)
			m = bsearch(&r->month, h->months.v, h->months.n,
				    sizeof *h->months.v, compare_month);
		if (i && compare_place(&r[-1], r->host, r->month))
			sum = (struct digest_counts){0};
		digest_counts_add(&sum, &r->counts);
		if (!m || !is_part_of(&sum, &m->counts))
			return "authorship is more than the months of its "
			       "host";
	}
	return NULL;
}

static bool is_sha256(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]) || ascii_lower(s.p[i]) != s.p[i])
			return false;
	return s.n == 64;
}

static const char *read_rows(struct digest *d, struct json_raw raw,
			     struct arena *a, unsigned *line)
{
	struct json_raw row;
	struct json_walk w;

	*line = raw.line;
	if (raw.type != JSON_ARRAY)
		return "the rows of authorship are not an array";
	json_walk_begin(&w, raw);
	while (json_walk_next(&w, NULL, &row)) {
		const char *why = read_row(d, row, a);

		*line = row.line;
		if (why)
			return why;
	}
	*line = raw.line;
	return check_sums(d);
}

const char *digest_authorship_read(struct digest *d, struct json_raw raw,
				   struct arena *a, unsigned *line)
{
	static const char *const keys[] = {"keys", "rows"};
	struct json_raw of[2];
	const char *why;

	*line = raw.line;
	if (raw.type == JSON_ABSENT || raw.type == JSON_NULL)
		return NULL;
	why = digest_part_members(raw, (struct digest_keys){keys, 2, 2},
				  line, of);
	if (why)
		return why;
	d->has_authorship = true;
	d->authorship_keys = json_raw_str(of[0], a);
	if (of[0].type != JSON_NULL && !is_sha256(d->authorship_keys))
		return "the keys of authorship are not a SHA-256 or null";
	return read_rows(d, of[1], a, line);
}
