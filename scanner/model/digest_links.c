/* Rows of links: sorted, written, read, folded. */
#include "model/digest_links.h"

#include "model/digest_row.h"
#include "model/digest_whole.h"

static int compare_hosts(const struct str *a, size_t n_a,
			 const struct str *b, size_t n_b)
{
	int d = 0;

	for (size_t i = 0; i < n_a && i < n_b && !d; i++)
		d = str_cmp(a[i], b[i]);
	return d ? d : (n_a > n_b) - (n_a < n_b);
}

static struct digest_whole whole_of(const struct digest_link *l)
{
	return (struct digest_whole){l->from, l->month};
}

int digest_links_compare(const struct digest_link *a,
			 const struct digest_link *b)
{
	int d = digest_whole_compare(whole_of(a), whole_of(b));

	d = d ? d : compare_hosts(a->to, a->n_trailer, b->to, b->n_trailer);
	d = d ? d : compare_hosts(a->to + a->n_trailer, a->n_identity,
				  b->to + b->n_trailer, b->n_identity);
	return d ? d : str_cmp(a->claim, b->claim);
}

void digest_links_keep(struct digest_link *l, struct arena *a)
{
	size_t n = (size_t)l->n_trailer + l->n_identity;
	struct str *to = arena_alloc(a, n * sizeof *to);

	for (size_t i = 0; i < n; i++)
		to[i] = arena_dup(a, l->to[i]);
	l->from = arena_dup(a, l->from);
	l->to = to;
}

struct digest_links_run digest_links_of(const struct digest *d,
					struct str host, int32_t month)
{
	const struct digest_whole of = {host, month};
	struct digest_links_run run = {0};
	size_t low = 0, high = d->links.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (digest_whole_compare(whole_of(&d->links.v[mid]), of) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low + run.n < d->links.n &&
	       !digest_whole_compare(whole_of(&d->links.v[low + run.n]), of);
	     run.n++)
		run.v = &d->links.v[low];
	return run;
}

struct digest_counts digest_links_sum(const struct digest *d,
				      enum digest_tier tier)
{
	struct digest_counts sum = {0};

	for (size_t i = 0; i < d->links.n; i++)
		if (d->links.v[i].tier == tier)
			digest_counts_add(&sum, &d->links.v[i].counts);
	return sum;
}

const char *digest_links_tier_name(enum digest_tier t)
{
	static const char *const names[DIGEST_TIERS] = {
		[DIGEST_OPEN] = "open", [DIGEST_TRAILER] = "trailer",
		[DIGEST_IDENTITY] = "identity",
		[DIGEST_CONFLICT] = "conflict", [DIGEST_CLAIM] = "claim"};

	return names[t];
}

/* --- folding -------------------------------------------------------------- */

/* Keeps the hosts that are listed; how many. */
static uint8_t keep_listed(const struct str *from, uint8_t n, struct str *to,
			   const struct digest_listed *l)
{
	uint8_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (l->host(from[i], l->with))
			to[kept++] = from[i];
	return kept;
}

/* False when nothing is left of a row. */
static bool fold(struct digest *d, struct digest_link *link,
		 const struct digest_listed *l, struct arena *a)
{
	size_t n = (size_t)link->n_trailer + link->n_identity;
	struct str *to = arena_alloc(a, n * sizeof *to);
	const struct digest_month *whole;
	uint8_t n_trailer = keep_listed(link->to, link->n_trailer, to, l);

	link->n_identity = keep_listed(link->to + link->n_trailer,
				       link->n_identity, to + n_trailer, l);
	link->n_trailer = n_trailer;
	link->to = to;
	if (!digest_whole_host(d, link->from))
		link->from = STR(DIGEST_UNLISTED);
	whole = digest_whole_find(d, whole_of(link));
	return link->n_trailer + link->n_identity && whole &&
	       whole->by.class != HOST_ORGANISATION;
}

static int compare_links(const void *va, const void *vb)
{
	return digest_links_compare(va, vb);
}

void digest_links_fold(struct digest *d, const struct digest_listed *l,
		       struct arena *a)
{
	size_t n = 0;

	for (size_t i = 0; i < d->links.n; i++) {
		struct digest_link link = d->links.v[i];

		if (fold(d, &link, l, a))
			d->links.v[n++] = link;
	}
	d->links.n = n;
	vec_sort(&d->links, compare_links);
	n = 0;
	for (size_t i = 0; i < d->links.n; i++) {
		struct digest_link *link = &d->links.v[i];

		if (n && !compare_links(&d->links.v[n - 1], link))
			digest_counts_add(&d->links.v[n - 1].counts,
					  &link->counts);
		else
			d->links.v[n++] = *link;
	}
	d->links.n = n;
}

/* --- writing -------------------------------------------------------------- */

static void write_hosts(struct json_out *j, const struct str *hosts, size_t n)
{
	json_out_array(j);
	for (size_t i = 0; i < n; i++)
		json_out_str(j, hosts[i]);
	json_out_array_end(j);
}

static void write_link(struct json_out *j, const struct digest *d,
		       const struct digest_link *l)
{
	struct digest_row r = {.counts = l->counts};

	json_out_array(j);
	j->compact = true; /* a row is one line */
	digest_whole_write(j, whole_of(l));
	write_hosts(j, l->to, l->n_trailer);
	write_hosts(j, l->to + l->n_trailer, l->n_identity);
	digest_row_write(&r, d->axes, ROW_IN_MONTHS, j);
	json_out_array_end(j);
	j->compact = false;
}

void digest_links_write(const struct digest *d, struct json_out *j)
{
	json_out_key(j, "links");
	if (!d->has_links) {
		json_out_null(j);
		return;
	}
	json_out_array(j);
	for (size_t i = 0; i < d->links.n; i++)
		write_link(j, d, &d->links.v[i]);
	json_out_array_end(j);
}

/* --- reading -------------------------------------------------------------- */

/* Adds the hosts of a list to `to`; false when it is not one. */
static bool read_hosts(struct json_raw raw, const struct digest_link *l,
		       struct str *to, uint8_t *ret_n, struct arena *a)
{
	struct json_raw one;
	struct json_walk w;

	*ret_n = 0;
	json_walk_begin(&w, raw);
	while (json_walk_next(&w, NULL, &one)) {
		struct str host = json_raw_str(one, a);

		if (*ret_n == DIGEST_LINKS_MOST || !host.n ||
		    !digest_part_is_host(host) || str_eq(host, l->from) ||
		    (*ret_n && str_cmp(to[*ret_n - 1], host) >= 0))
			return false;
		to[(*ret_n)++] = host;
	}
	return raw.type == JSON_ARRAY;
}

static bool read_to(const struct json_raw *of, struct digest_link *l,
		    struct arena *a)
{
	struct str *to = arena_alloc(a, 2 * DIGEST_LINKS_MOST * sizeof *to);

	l->to = to;
	return read_hosts(of[0], l, to, &l->n_trailer, a) &&
	       read_hosts(of[1], l, to + l->n_trailer, &l->n_identity, a) &&
	       l->n_trailer + l->n_identity;
}

static const char *read_link(struct digest_reading *r, struct json_raw raw)
{
	enum { BEFORE = 4 };
	const char *keys[DIGEST_ROW_MOST], *why;
	size_t n = BEFORE + digest_row_keys(ROW_IN_MONTHS, keys);
	struct json_raw of[BEFORE + DIGEST_ROW_MOST];
	struct digest *d = r->d;
	struct digest_link l = {.organisation = SIZE_MAX};
	struct digest_whole whole;
	struct digest_row row;

	if (!json_walk_take(raw, of, n))
		return "a link is not an array of two names, two lists of "
		       "hosts and counts";
	if (!digest_whole_read(of, r->a, &whole))
		return "a link is not between hosts, in a month";
	l.from = whole.host;
	l.month = whole.month;
	if (!read_to(of + 2, &l, r->a))
		return "a link is not between hosts, in a month";
	why = digest_row_read(of + BEFORE, d->axes, ROW_IN_MONTHS, &row);
	l.counts = row.counts;
	if (!why && d->links.n &&
	    digest_links_compare(&d->links.v[d->links.n - 1], &l) >= 0)
		why = "links are not ascending";
	vec_push(&d->links, l);
	return why;
}

/* The rows of a host and month together are a part of it. */
static const char *check_sums(const struct digest *d)
{
	struct digest_counts sum = {0};

	for (size_t i = 0; i < d->links.n; i++) {
		const struct digest_link *l = &d->links.v[i];
		const struct digest_month *whole =
			digest_whole_find(d, whole_of(l));

		if (i && digest_whole_compare(whole_of(&l[-1]), whole_of(l)))
			sum = (struct digest_counts){0};
		digest_counts_add(&sum, &l->counts);
		if (!whole || !digest_whole_holds(&whole->counts, &sum))
			return "links are more than the months of their host";
	}
	return NULL;
}

const char *digest_links_read(struct digest_reading *r, struct json_raw raw)
{
	const char *why;

	r->line = raw.line;
	if (raw.type == JSON_ABSENT || raw.type == JSON_NULL)
		return NULL;
	if (raw.type != JSON_ARRAY)
		return "links are not an array or null";
	r->d->has_links = true;
	why = digest_part_rows(r, raw, read_link);
	return why ? why : check_sums(r->d);
}
