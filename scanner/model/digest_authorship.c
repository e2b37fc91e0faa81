/* Rows of authorship: found, folded, written, read. */
#include "model/digest_authorship.h"

#include "base/count.h"
#include "model/digest_row.h"
#include "model/digest_whole.h"

static struct digest_whole whole_of(const struct digest_authorship *a)
{
	return (struct digest_whole){a->host, a->month};
}

int digest_authorship_compare(const void *va, const void *vb)
{
	const struct digest_authorship *a = va, *b = vb;
	int d = digest_whole_compare(whole_of(a), whole_of(b));

	return d ? d : (a->rung > b->rung) - (a->rung < b->rung);
}

struct digest_counts digest_authorship_of(const struct digest *d,
					  struct str host, int32_t month,
					  enum authorship least)
{
	const struct digest_whole of = {host, month};
	size_t low = 0, high = d->authorship.n;
	struct digest_counts sum = {0};

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (digest_whole_compare(whole_of(&d->authorship.v[mid]),
					 of) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < d->authorship.n &&
	       !digest_whole_compare(whole_of(&d->authorship.v[low]), of);
	     low++)
		if (d->authorship.v[low].rung >= least)
			digest_counts_add(&sum, &d->authorship.v[low].counts);
	return sum;
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

		count_add(&to[r], n - above);
		above = n;
	}
	count_add(&to[AUTHORSHIP_CLAIMED], commits - above);
}

void digest_authorship_sum(const struct digest *d,
			   uint64_t ret[AUTHORSHIP_COUNT])
{
	uint64_t claimed = d->has_authorship ? d->totals.commits : 0;

	for (size_t r = 0; r < AUTHORSHIP_COUNT; r++)
		ret[r] = 0;
	for (size_t i = 0; i < d->authorship.n; i++) {
		const struct digest_authorship *a = &d->authorship.v[i];

		count_add(&ret[a->rung], a->counts.commits);
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

/* --- folding -------------------------------------------------------------- */

void digest_authorship_fold(struct digest *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->authorship.n; i++)
		if (!digest_whole_host(d, d->authorship.v[i].host))
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

	json_out_array(j);
	j->compact = true; /* a row is one line */
	digest_whole_write(j, whole_of(a));
	json_out_str(j, str_c(names[a->rung]));
	digest_row_write(&r, d->axes, ROW_IN_MONTHS, j);
	json_out_array_end(j);
	j->compact = false;
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

static const char *read_row(struct digest_reading *reading,
			    struct json_raw raw)
{
	enum { BEFORE = 3 };
	const char *keys[DIGEST_ROW_MOST], *why;
	size_t n = BEFORE + digest_row_keys(ROW_IN_MONTHS, keys);
	struct json_raw of[BEFORE + DIGEST_ROW_MOST];
	struct digest *d = reading->d;
	struct digest_authorship r = {.month = 0};
	struct digest_whole whole;
	struct digest_row row;

	if (!json_walk_take(raw, of, n))
		return "a row of authorship is not an array of a host, a "
		       "month, a rung and counts";
	if (!digest_whole_read(of, reading->a, &whole) ||
	    !read_rung(json_raw_str(of[2], reading->a), &r.rung))
		return "a row of authorship has no host, month or rung";
	r.host = whole.host;
	r.month = whole.month;
	why = digest_row_read(of + BEFORE, d->axes, ROW_IN_MONTHS, &row);
	r.counts = row.counts;
	if (!why && d->authorship.n &&
	    digest_authorship_compare(&d->authorship.v[d->authorship.n - 1],
				      &r) >= 0)
		why = "rows of authorship are not ascending";
	vec_push(&d->authorship, r);
	return why;
}

/* The rows of a host and month together are a part of it; nobody reviews his
 * own commits, and robots' have no author. */
static const char *check_sums(const struct digest *d)
{
	struct digest_counts sum = {0};

	for (size_t i = 0; i < d->authorship.n; i++) {
		const struct digest_authorship *r = &d->authorship.v[i];
		const struct digest_month *m =
			digest_whole_find(d, whole_of(r));

		if (i && digest_whole_compare(whole_of(&r[-1]), whole_of(r)))
			sum = (struct digest_counts){0};
		digest_counts_add(&sum, &r->counts);
		if (!m || !digest_whole_holds(&m->counts, &sum) ||
		    sum.reviews || sum.submits || sum.excluded)
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

const char *digest_authorship_read(struct digest_reading *r,
				   struct json_raw raw)
{
	static const char *const keys[] = {"keys", "rows"};
	struct digest *d = r->d;
	struct json_raw of[2];
	const char *why;

	r->line = raw.line;
	if (raw.type == JSON_ABSENT || raw.type == JSON_NULL)
		return NULL;
	why = digest_part_members(r, raw, (struct digest_keys){keys, 2, 2},
				  of);
	if (why)
		return why;
	d->has_authorship = true;
	d->authorship_keys = json_raw_str(of[0], r->a);
	if (of[0].type != JSON_NULL && !is_sha256(d->authorship_keys))
		return "the keys of authorship are not a SHA-256 or null";
	r->line = of[1].line;
	if (of[1].type != JSON_ARRAY)
		return "the rows of authorship are not an array";
	why = digest_part_rows(r, of[1], read_row);
	return why ? why : check_sums(d);
}
