/* Claims beside histories. */
#include "store/claim_store.h"

#include "base/date.h"
#include "base/json_in.h"
#include "model/address.h"
#include "model/digest_links.h"
#include "store/answer.h"

#define MOST_PAGES 1000

/* Commits of a host and month whose authors claim one organisation; "" is
 * none. */
struct claim {
	struct str host, organisation;
	int32_t month;
	uint64_t n;
};
struct claims {
	struct arena *a;
	VEC(struct claim) list;
	struct str head;
};

struct str claim_store_key(struct str place, uint64_t first, struct arena *a)
{
	return arena_fmt(a, "%.*s %06llu", STR_ARG(place),
			 (unsigned long long)first);
}

struct str claim_store_place(struct str key)
{
	return str_head(key, str_find_ch(key, ' '));
}

uint64_t claim_store_first(struct str key)
{
	uint64_t n = 0;

	return str_to_u64(str_from(key, str_find_ch(key, ' ') + 1), &n) ? n
									: 0;
}

/* --- reading -------------------------------------------------------------- */

static bool read_row(struct claims *c, struct json_raw row)
{
	struct json_raw v[4];
	struct json_walk w;
	struct claim one;
	int32_t day;

	json_walk_begin(&w, row);
	for (size_t i = 0; i < 4; i++)
		if (!json_walk_next(&w, NULL, &v[i]))
			return false;
	one = (struct claim){.host = json_raw_str(v[0], c->a),
			     .organisation = json_raw_str(v[2], c->a)};
	if (date_parse(arena_fmt(c->a, "%.*s-01",
				 STR_ARG(json_raw_str(v[1], c->a))), &day) ||
	    !str_to_u64(v[3].text, &one.n) || one.n > CLAIM_STORE_PAGE)
		return false;
	one.month = date_month(day);
	vec_push(&c->list, one);
	return true;
}

/* Reads a page that goes on from the one before it; false where there is
 * none.  *ret_next is "" behind the last. */
static bool read_page(struct claims *c, struct str body, struct str *ret_next)
{
	struct json_raw root, one;
	struct json_walk w;
	struct str head;

	if (json_scan(body, &root, NULL) || root.cut)
		return false;
	head = json_raw_str(json_raw_get(root, "head"), c->a);
	*ret_next = json_raw_str(json_raw_get(root, "next"), c->a);
	if (!head.n || (c->head.n && !str_eq(c->head, head)))
		return false;
	c->head = head;
	json_walk_begin(&w, json_raw_get(root, "rows"));
	while (json_walk_next(&w, NULL, &one))
		if (!read_row(c, one))
			return false;
	return true;
}

/* All pages of one state, or nothing. */
static bool read_all(struct store *s, struct str place, struct claims *c)
{
	struct str next = STR(".");
	struct answer a;

	for (uint64_t i = 0; next.n; i++)
		if (i == MOST_PAGES ||
		    answer_get(s, STR(CLAIM_STORE_FEED), claim_store_key(
			place, i * CLAIM_STORE_PAGE, c->a), c->a, &a) ||
		    a.status != 200 || !read_page(c, a.body, &next))
			return false;
	return true;
}

static int by_key(const void *va, const void *vb)
{
	const struct claim *a = va, *b = vb;
	int c = str_cmp(a->host, b->host);

	if (!c)
		c = (a->month > b->month) - (a->month < b->month);
	return c ? c : str_cmp(a->organisation, b->organisation);
}

/* Each once, with the sum. */
static void fold(struct claims *c)
{
	size_t n = 0;

	vec_sort(&c->list, by_key);
	for (size_t i = 0; i < c->list.n; i++)
		if (n && !by_key(&c->list.v[n - 1], &c->list.v[i]))
			c->list.v[n - 1].n += c->list.v[i].n;
		else
			c->list.v[n++] = c->list.v[i];
	c->list.n = n;
}

/* --- joining -------------------------------------------------------------- */

/* Where in a digest the claims are, in the order of both. */
struct cursor { size_t host, month; };

static const struct digest_month *month_of(const struct digest *d,
					   const struct claim *c,
					   struct cursor *at)
{
	const struct digest_host *h;

	for (; at->host < d->hosts.n; at->host++, at->month = 0)
		if (str_cmp(d->hosts.v[at->host].host, c->host) >= 0)
			break;
	h = &d->hosts.v[at->host];
	if (at->host == d->hosts.n || !str_eq(h->host, c->host))
		return NULL;
	while (at->month < h->months.n &&
	       h->months.v[at->month].month < c->month)
		at->month++;
	return at->month < h->months.n &&
	       h->months.v[at->month].month == c->month
		? &h->months.v[at->month] : NULL;
}

struct links { VEC(struct digest_link) list; };

static const struct str nowhere; /* a claim leads to no host */

/* Claims v[0..n-1] of one host and month. */
static uint64_t join_month(const struct digest *d, struct cursor *at,
			   const struct claim *v, size_t n, struct links *to)
{
	const struct digest_month *m = month_of(d, v, at);
	uint64_t all = 0, added = 0;

	for (size_t i = 0; i < n; i++)
		all += v[i].n;
	/* not the same commits, shared ones, or some that more is known of */
	if (!m || m->counts.commits != all ||
	    m->counts.credits != all * DIGEST_CREDITS ||
	    digest_links_of(d, v->host, v->month).n)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (!v[i].organisation.n)
			continue;
		vec_push(&to->list, ((struct digest_link){
			.from = v[i].host, .month = v[i].month, .to = &nowhere,
			.claim = v[i].organisation, .organisation = SIZE_MAX,
			.counts = {.commits = v[i].n,
				   .credits = v[i].n * DIGEST_CREDITS}}));
		added += v[i].n;
	}
	return added;
}

static int by_link(const void *a, const void *b)
{
	return digest_links_compare(a, b);
}

/* Adds the claims that fit to the links; how many commits they are of. */
static uint64_t add_claims(struct digest *d, struct claims *c)
{
	struct cursor at = {0};
	struct links to = {0};
	uint64_t added = 0;

	fold(c);
	for (size_t i = 0, n; i < c->list.n; i += n) {
		const struct claim *v = &c->list.v[i];

		for (n = 1; i + n < c->list.n && v[n].month == v->month &&
			    str_eq(v[n].host, v->host); n++)
			;
		added += join_month(d, &at, v, n, &to);
	}
	for (size_t i = 0; i < to.list.n; i++)
		vec_push(&d->links, to.list.v[i]);
	vec_sort(&d->links, by_link);
	vec_release(&to.list);
	return added;
}

static void join(struct scan *s, struct digest *d)
{
	struct claims c = {.a = &s->arena};
	struct str place = address_key(s->facts, s->as_of, d->repository,
				       &s->arena);
	uint64_t added = 0;

	if (d->axes & DIGEST_COMMITS && !digest_is_part(d) &&
	    str_has_prefix(place, STR("github.com/")) &&
	    read_all(s->store, place, &c))
		added = add_claims(d, &c);
	if (added)
		diag_add(&s->diags, RW1808, diag_at(d->repository),
			 "of %llu commits profiles claim an organisation",
			 (unsigned long long)added);
	vec_release(&c.list);
}

void claim_store_join(struct scan *s)
{
	for (size_t i = 0; s->store && i < s->digests.n; i++)
		join(s, &s->digests.v[i]);
}
