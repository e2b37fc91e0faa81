/*
 * Rows of equal files: written one a line, as numbers, because there are
 * thousands; what is read is held against the counts of the hosts.
 */
#include "model/digest_ownership.h"

#include <stdlib.h>

#include "base/date.h"
#include "model/digest_whole.h"

/* ---- hosts ------------------------------------------------------------- */

/* The months of a host in one year: from the place returned to *ret_end. */
static size_t months_of(const struct digest_host *h, int32_t year,
			size_t *ret_end)
{
	int32_t month = date_month(date_of(year, 1, 1));
	size_t low = 0, high = h->months.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (h->months.v[middle].month < month)
			low = middle + 1;
		else
			high = middle;
	}
	*ret_end = low;
	while (*ret_end < h->months.n &&
	       h->months.v[*ret_end].month < month + 12)
		++*ret_end;
	return low;
}

static struct attribution one_of(const struct attribution *a,
				 const struct attribution *b)
{
	struct attribution both = *a;

	if (a->class != b->class || a->organisation != b->organisation ||
	    a->is_ambiguous || b->is_ambiguous)
		return (struct attribution){.organisation = SIZE_MAX,
					    .fact = SIZE_MAX};
	if (a->fact != b->fact)
		both.fact = SIZE_MAX;
	return both;
}

static struct attribution by_year(const struct digest_host *h, int32_t year)
{
	struct attribution by = {.organisation = SIZE_MAX, .fact = SIZE_MAX};
	size_t i = 0, end = 0;

	if (h)
		i = months_of(h, year, &end);
	if (i < end)
		by = h->months.v[i++].by;
	for (; i < end; i++)
		by = one_of(&by, &h->months.v[i].by);
	if (by.class != HOST_ORGANISATION || by.is_ambiguous)
		by.organisation = by.fact = SIZE_MAX;
	return by;
}

void digest_ownership_by(const struct digest *d, struct attribution *ret)
{
	const struct ownership *o = &d->ownership;

	for (size_t i = 0; i < o->holders.n; i++)
		ret[i] = by_year(digest_whole_host(d, o->holders.v[i].host),
				 o->holders.v[i].year);
}

const struct digest_month *digest_ownership_months(
	const struct digest *d, const struct ownership_holder *holder,
	size_t *ret_n)
{
	const struct digest_host *h = digest_whole_host(d, holder->host);
	size_t end = 0, first = h ? months_of(h, holder->year, &end) : 0;

	*ret_n = end - first;
	return *ret_n ? &h->months.v[first] : NULL;
}

void digest_ownership_fold(struct digest *d)
{
	struct ownership *o = &d->ownership;

	if (!o->is_known)
		return;
	for (size_t i = 0; i < o->holders.n; i++)
		if (!digest_whole_host(d, o->holders.v[i].host))
			o->holders.v[i].host = STR(DIGEST_UNLISTED);
	ownership_settle(o);
}

/* ---- writing ----------------------------------------------------------- */

static void write_holders(const struct ownership *o, struct json_out *j)
{
	json_out_key(j, "holders");
	json_out_array(j);
	for (size_t i = 0; i < o->holders.n; i++) {
		json_out_array(j);
		j->compact = true;
		json_out_str(j, o->holders.v[i].host);
		json_out_i64(j, o->holders.v[i].year);
		json_out_array_end(j);
		j->compact = false;
	}
	json_out_array_end(j);
}

static void write_row(const struct ownership *o,
		      const struct ownership_row *r, struct json_out *j)
{
	json_out_array(j);
	j->compact = true;
	json_out_i64(j, (int64_t)r->files);
	json_out_i64(j, (int64_t)r->deliveries);
	json_out_i64(j, (int64_t)r->lines);
	if (r->creator == OWNERSHIP_NOBODY)
		json_out_null(j);
	else
		json_out_i64(j, r->creator);
	for (size_t i = r->first; i < r->first + r->n; i++) {
		json_out_i64(j, o->shares.v[i].holder);
		json_out_i64(j, (int64_t)o->shares.v[i].deliveries);
		json_out_i64(j, (int64_t)o->shares.v[i].lines);
	}
	json_out_array_end(j);
	j->compact = false;
}

void digest_ownership_write(const struct digest *d, struct json_out *j)
{
	const struct ownership *o = &d->ownership;

	json_out_key(j, "ownership");
	if (!o->is_known) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	write_holders(o, j);
	json_out_key(j, "files");
	json_out_array(j);
	for (size_t i = 0; i < o->rows.n; i++)
		write_row(o, &o->rows.v[i], j);
	json_out_array_end(j);
	json_out_key(j, "rest");
	json_out_object(j);
	json_out_ki64(j, "files", (int64_t)o->rest_files);
	json_out_ki64(j, "lines", (int64_t)o->rest_lines);
	json_out_object_end(j);
	json_out_object_end(j);
}

/* ---- reading ----------------------------------------------------------- */

static const char *read_holder(struct digest_reading *r, struct json_raw raw)
{
	struct ownership *o = &r->d->ownership;
	struct ownership_holder h;
	struct json_raw of[2];
	uint64_t year;

	if (!json_walk_take(raw, of, 2) || of[0].type != JSON_STRING ||
	    !digest_part_count(of[1], &year) || !year || year > 9999)
		return "a holder is not an array of a host and a year";
	h = (struct ownership_holder){json_raw_str(of[0], r->a),
				      (int32_t)year};
	if (!digest_whole_host(r->d, h.host))
		return "the host of a holder is none of the hosts";
	if (o->holders.n) {
		const struct ownership_holder *last =
			&o->holders.v[o->holders.n - 1];
		int c = str_cmp(last->host, h.host);

		if (c > 0 || (!c && last->year >= h.year))
			return "holders are not ascending";
	}
	vec_push(&o->holders, h);
	return NULL;
}

/* Three numbers: a holder, deliveries, lines. */
static const char *read_share(struct ownership *o, struct ownership_row *r,
			      struct json_walk *w, struct json_raw first)
{
	struct json_raw of[3] = {first};
	struct ownership_share s;
	uint64_t n[3];

	for (size_t i = 0; i < 3; i++)
		if ((i && !json_walk_next(w, NULL, &of[i])) ||
		    !digest_part_count(of[i], &n[i]))
			return "a share is not three whole numbers";
	s = (struct ownership_share){(uint32_t)n[0], n[1], n[2]};
	if (n[0] >= o->holders.n ||
	    (r->n && o->shares.v[o->shares.n - 1].holder >= s.holder))
		return "the holders of a row of files are not ascending "
		       "places among the holders";
	vec_push(&o->shares, s);
	r->n++;
	return NULL;
}

static bool shares_fit(const struct ownership *o,
		       const struct ownership_row *r)
{
	uint64_t deliveries = 0, lines = 0;

	for (size_t i = r->first; i < r->first + r->n; i++) {
		ownership_add(&deliveries, 1, o->shares.v[i].deliveries);
		ownership_add(&lines, 1, o->shares.v[i].lines);
	}
	return deliveries <= r->deliveries && lines <= r->lines;
}

static const char *read_row(struct digest_reading *reading,
			    struct json_raw raw)
{
	struct ownership *o = &reading->d->ownership;
	struct ownership_row r = {.first = o->shares.n};
	struct json_raw of[4], next;
	struct json_walk w;
	uint64_t creator = OWNERSHIP_NOBODY;
	const char *why = NULL;
	size_t n = 0;

	json_walk_begin(&w, raw);
	while (n < 4 && json_walk_next(&w, NULL, &of[n]))
		n++;
	if (raw.type != JSON_ARRAY || n < 4 ||
	    !digest_part_count(of[0], &r.files) || !r.files ||
	    !digest_part_count(of[1], &r.deliveries) ||
	    !digest_part_count(of[2], &r.lines) || !r.lines)
		return "a row of files is not an array of its counts";
	if (of[3].type != JSON_NULL && (!digest_part_count(of[3], &creator) ||
					creator >= o->holders.n))
		return "the creator of files is not a place among the "
		       "holders or null";
	r.creator = (uint32_t)creator;
	while (!why && json_walk_next(&w, NULL, &next))
		why = read_share(o, &r, &w, next);
	if (why)
		return why;
	if (!shares_fit(o, &r))
		return "the shares of files are more than there is";
	if (o->rows.n &&
	    ownership_compare(o, &o->rows.v[o->rows.n - 1], &r) >= 0)
		return "rows of files are not in their order";
	vec_push(&o->rows, r);
	return NULL;
}

static const char *read_rest(struct digest_reading *r, struct json_raw raw)
{
	static const char *const keys[] = {"files", "lines"};
	struct json_raw of[2];
	const char *why = digest_part_members(
		r, raw, (struct digest_keys){keys, 2, 2}, of);
	struct ownership *o = &r->d->ownership;

	if (why)
		return why;
	return digest_part_count(of[0], &o->rest_files) &&
	       digest_part_count(of[1], &o->rest_lines)
		? NULL : "a count of files is not a whole number in its "
			 "bounds";
}

/* Lines of source that survive from the year of a holder. */
static uint64_t lines_of_year(const struct digest *d,
			      const struct ownership_holder *holder)
{
	uint64_t lines = 0;
	size_t n;
	const struct digest_month *m = digest_ownership_months(d, holder, &n);

	for (size_t i = 0; i < n; i++)
		ownership_add(&lines, 1, m[i].counts.surviving_source);
	return lines;
}

/* No holder may have more lines here than in the counts. */
static const char *check_sums(const struct digest *d)
{
	const struct ownership *o = &d->ownership;
	uint64_t *lines = mem_new(o->holders.n, sizeof *lines);
	uint64_t all = o->rest_lines, deliveries = 0, files = o->rest_files;
	bool fits = true;

	for (size_t i = 0; i < o->rows.n; i++) {
		const struct ownership_row *r = &o->rows.v[i];

		ownership_add(&files, 1, r->files);
		ownership_add(&all, r->files, r->lines);
		ownership_add(&deliveries, r->files, r->deliveries);
		for (size_t k = r->first; k < r->first + r->n; k++)
			ownership_add(&lines[o->shares.v[k].holder],
				      r->files, o->shares.v[k].lines);
	}
	for (size_t i = 0; i < o->holders.n; i++)
		fits = fits && lines[i] <= lines_of_year(d, &o->holders.v[i]);
	free(lines);
	if (!fits)
		return "a holder has more lines than its host";
	return all <= DIGEST_GREATEST && deliveries <= DIGEST_GREATEST &&
	       files <= DIGEST_GREATEST ? NULL : "the sum of the files is "
						 "over 2^53-1";
}

/* The elements of one of the two arrays. */
static const char *read_all(struct digest_reading *r, struct json_raw raw,
			    const char *(*read)(struct digest_reading *r,
						struct json_raw row))
{
	return raw.type == JSON_ARRAY
		? digest_part_rows(r, raw, read)
		: "holders or files are not an array";
}

const char *digest_ownership_read(struct digest_reading *r,
				  struct json_raw raw)
{
	static const char *const keys[] = {"holders", "files", "rest"};
	struct json_raw of[3];
	const char *why;

	r->line = raw.line;
	if (raw.type == JSON_ABSENT || raw.type == JSON_NULL)
		return NULL;
	if (!(r->d->axes & DIGEST_SURVIVING))
		return "ownership without surviving lines";
	why = digest_part_members(r, raw, (struct digest_keys){keys, 3, 3},
				  of);
	r->d->ownership.is_known = true;
	if (!why)
		why = read_all(r, of[0], read_holder);
	if (!why)
		why = read_all(r, of[1], read_row);
	if (!why)
		why = read_rest(r, of[2]);
	if (why)
		return why;
	r->line = raw.line;
	return check_sums(r->d);
}
