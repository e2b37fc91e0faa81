/* Reviews beside histories. */
#include "store/review_store.h"

#include <string.h>

#include "base/limits.h"
#include "model/address.h"
#include "store/digest_cache.h"
#include "store/digest_store.h"

static bool key_of(const struct facts *f, int32_t day, struct str repository,
		   struct arena *a, unsigned char ret[SHA256_BYTES])
{
	struct str key = address_key(f, day, component_repository_url(
		repository, a), a);

	if (key.n)
		sha256_of(arena_fmt(a, "reviews\n%.*s", STR_ARG(key)), ret);
	return key.n;
}

static bool find(struct store *s, const struct facts *f, int32_t day,
		 struct str repository, struct arena *a, struct digest *ret)
{
	unsigned char key[SHA256_BYTES], own[SHA256_BYTES];

	if (!key_of(f, day, repository, a, key) ||
	    !digest_cache_find(s, key, a, ret))
		return false;
	if (ret->axes == DIGEST_REVIEW &&
	    key_of(f, day, ret->repository, a, own) &&
	    !memcmp(key, own, sizeof key))
		return true;
	digest_release(ret);
	return false;
}

enum err review_store_put(struct store *s, const struct facts *f, int32_t day,
			  const struct digest *d)
{
	unsigned char key[SHA256_BYTES];
	struct diags none = {0};
	struct arena a = {0};
	struct digest kept;
	struct strbuf text;
	enum err e = ERR_FORMAT;

	strbuf_init(&text, LIMIT_DIGEST_BYTES);
	if (key_of(f, day, d->repository, &a, key) &&
	    digest_cache_text(d, &none, &text)) {
		digest_cache_put(arena_cstr(&a, s->path), key,
				 strbuf_str(&text));
		if (find(s, f, day, d->repository, &a, &kept)) {
			e = str_eq(kept.head, d->head) ? OK : ERR_FORMAT;
			digest_release(&kept);
		}
	}
	strbuf_release(&text);
	arena_release(&a);
	return e;
}

bool review_store_is_known(struct store *s, const struct facts *f,
			   int32_t day, struct str repository)
{
	struct scan scan = {.facts = f, .as_of = day, .store = s};
	struct digest_store at_hand;
	bool is = false;
	size_t i;

	digest_store_open(&at_hand, &scan);
	i = digest_store_find(&at_hand, repository, STR(""));
	if (i != SIZE_MAX)
		is = scan.digests.v[i].axes & DIGEST_REVIEW;
	digest_store_close(&at_hand);
	scan_release(&scan);
	return is;
}

/* --- joining -------------------------------------------------------------- */

static void add_reviews(struct digest_counts *to,
			const struct digest_counts *c)
{
	to->reviews += c->reviews;
	to->submits += c->submits;
}

/* Adds a month of its own, or to the one that is there. */
static void put_month(struct digest_host *h, const struct digest_month *m)
{
	struct digest_month *last = h->months.n
		? &h->months.v[h->months.n - 1] : NULL;

	if (last && last->month == m->month)
		add_reviews(&last->counts, &m->counts);
	else
		vec_push(&h->months, *m);
}

/* Of two of the same host one: months in order. */
static struct digest_host merge_host(const struct digest_host *h,
				     const struct digest_host *more)
{
	struct digest_host to = *h;
	size_t i = 0, k = 0;

	to.months.v = NULL;
	to.months.n = to.months.cap = 0;
	while (i < h->months.n || k < more->months.n) {
		bool is_mine = k == more->months.n ||
			(i < h->months.n && h->months.v[i].month <=
					    more->months.v[k].month);

		put_month(&to, is_mine ? &h->months.v[i]
				       : &more->months.v[k]);
		i += is_mine;
		k += !is_mine;
	}
	add_reviews(&to.counts, &more->counts);
	return to;
}

/* The hosts of both, in order; those of `more` move over. */
static void merge(struct digest *d, struct digest *more)
{
	struct digest to = {0};
	size_t i = 0, k = 0;

	while (i < d->hosts.n || k < more->hosts.n) {
		int c = i == d->hosts.n ? 1 : k == more->hosts.n ? -1
			: str_cmp(d->hosts.v[i].host, more->hosts.v[k].host);

		if (c < 0) {
			vec_push(&to.hosts, d->hosts.v[i]);
			i++;
		} else if (c > 0) {
			vec_push(&to.hosts, more->hosts.v[k]);
			more->hosts.v[k].months.v = NULL;
			k++;
		} else {
			vec_push(&to.hosts, merge_host(&d->hosts.v[i],
						       &more->hosts.v[k]));
			vec_release(&d->hosts.v[i].months);
			i++;
			k++;
		}
	}
	vec_release(&d->hosts);
	d->hosts.v = to.hosts.v;
	d->hosts.n = to.hosts.n;
	d->hosts.cap = to.hosts.cap;
	add_reviews(&d->totals, &more->totals);
	d->axes |= DIGEST_REVIEW;
	d->has_told_reviews = true;
}

static void join(struct scan *s, struct digest *d)
{
	struct digest more;

	if (d->axes & DIGEST_REVIEW || digest_is_part(d) ||
	    !find(s->store, s->facts, s->as_of, d->repository, &s->arena,
		  &more))
		return;
	merge(d, &more);
	diag_add(&s->diags, RW1807, diag_at(d->repository),
		 "reviews are as %.*s tells them (up to change %.12s)",
		 STR_ARG(more.repository), more.head.p);
	digest_release(&more);
}

void review_store_join(struct scan *s)
{
	for (size_t i = 0; s->store && i < s->digests.n; i++)
		join(s, &s->digests.v[i]);
}
