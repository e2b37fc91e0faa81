/* Counting what Gerrit tells of one project. */
#include "feeds/gerrit_digest.h"

#include "base/map.h"
#include "model/line_class.h"
#include "store/review_store.h"

/* One review or submission. */
struct unit {
	struct str host;
	int32_t month;
	bool is_submit;
};
struct units { VEC(struct unit) list; };

/* --- one state ------------------------------------------------------------ */

/* The newest word on each change first. */
static int by_number(const void *va, const void *vb)
{
	const struct gerrit_change *a = va, *b = vb;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return str_cmp(b->updated, a->updated);
}

static void fold(struct gerrit_changes *all)
{
	size_t n = 0;

	vec_sort(&all->list, by_number);
	for (size_t i = 0; i < all->list.n; i++)
		if (!n || all->list.v[n - 1].number != all->list.v[i].number)
			all->list.v[n++] = all->list.v[i];
	all->list.n = n;
}

/* Does what stands in front lead back to what was read before? */
static bool does_join(const struct gerrit_digest *d,
		      const struct gerrit_changes *front)
{
	const struct gerrit_change *last;

	if (!front->has_more || !front->list.n)
		return true;
	last = &front->list.v[front->list.n - 1];
	for (size_t i = 0; i < d->all.list.n; i++)
		if (d->all.list.v[i].number == last->number &&
		    str_eq(d->all.list.v[i].updated, last->updated))
			return true;
	return false;
}

/* --- counting ------------------------------------------------------------- */

static int by_host(const void *va, const void *vb)
{
	const struct unit *a = va, *b = vb;
	int c = str_cmp(a->host, b->host);

	if (!c)
		c = (a->month > b->month) - (a->month < b->month);
	return c ? c : (int)a->is_submit - (int)b->is_submit;
}

static void count(struct digest_counts *c, bool is_submit)
{
	if (is_submit)
		c->submits++;
	else
		c->reviews++;
}

static void fill(struct digest *d, const struct units *all)
{
	struct digest_host *h = NULL;

	for (size_t i = 0; i < all->list.n; i++) {
		const struct unit *u = &all->list.v[i];

		if (!h || !str_eq(h->host, u->host)) {
			h = vec_add(&d->hosts);
			*h = (struct digest_host){.host = u->host};
		}
		if (!h->months.n ||
		    h->months.v[h->months.n - 1].month != u->month)
			vec_push(&h->months, ((struct digest_month){
				.month = u->month}));
		count(&h->months.v[h->months.n - 1].counts, u->is_submit);
		count(&h->counts, u->is_submit);
		count(&d->totals, u->is_submit);
	}
}

/* The commit of the change that came last. */
static struct str head_of(const struct gerrit_changes *all)
{
	struct str head = STR("");

	for (size_t i = 0; i < all->list.n; i++)
		if (all->list.v[i].commit.n)
			head = all->list.v[i].commit;
	return head;
}

static void make(struct gerrit_digest *g)
{
	struct feed_run *r = g->run;
	struct units units = {0};
	struct digest d = {
		.repository = arena_fmt(&r->arena, "https://%.*s",
					STR_ARG(g->place)),
		.engine = DIGEST_ENGINE, .class_table = LINE_CLASS_VERSION,
		.axes = DIGEST_REVIEW, .head = head_of(&g->all)};

	for (size_t i = 0; i < g->all.list.n; i++) {
		const struct gerrit_change *c = &g->all.list.v[i];

		for (size_t k = 0; k < c->n_votes; k++)
			vec_push(&units.list, ((struct unit){
				c->votes[k].host, c->month,
				c->votes[k].is_submit}));
	}
	vec_sort(&units.list, by_host);
	fill(&d, &units);
	if (d.head.n && review_store_put(r->store, r->facts,
					 date_of_seconds(r->now), &d))
		(void)feed_fail(r, g->place, "the store did not take its "
					     "reviews");
	vec_release(&units.list);
	digest_release(&d);
}

/* --- pages ---------------------------------------------------------------- */

static bool is_whole(const struct gerrit_pages *p)
{
	return p->is_ended && p->has_front && !p->is_odd;
}

/* What was begun since, and is not whole, leaves the digest before. */
static void close_project(struct gerrit_digest *d)
{
	if (d->place.n && is_whole(&d->base) &&
	    (!d->since.time || is_whole(&d->since))) {
		fold(&d->all);
		make(d);
	}
	vec_clear(&d->all.list);
	d->base = d->since = (struct gerrit_pages){0};
	d->began = 0;
}

static void begin(struct gerrit_digest *d, struct str place)
{
	if (str_eq(d->place, place))
		return;
	close_project(d);
	d->place = arena_dup(&d->run->arena, place);
}

static void read_page(struct gerrit_digest *d, struct gerrit_pages *p,
		      const struct answer *a, struct gerrit_changes *ret)
{
	*ret = (struct gerrit_changes){0};
	if (gerrit_change_read(d->run, a->body, ret)) {
		(void)feed_fail(d->run, d->place, "what was kept is damaged");
		p->is_odd = true;
	}
}

static void add_page(struct gerrit_digest *d, struct gerrit_pages *p,
		     uint64_t first, const struct answer *a)
{
	struct gerrit_changes page;

	/* what is behind the end is of a time when there was more */
	if (p->is_ended || p->is_odd)
		return;
	/* a page that was not read after the one in front of it may have let
	 * something slip between them */
	p->is_odd = first != p->next || a->time < p->time;
	if (p->is_odd)
		return;
	read_page(d, p, a, &page);
	for (size_t i = 0; i < page.list.n; i++)
		vec_push(&d->all.list, page.list.v[i]);
	p->next = first + page.list.n;
	p->time = a->time;
	p->is_ended = !page.has_more;
	p->has_front = p->is_ended && !first; /* one answer is one moment */
	vec_release(&page.list);
}

static void add_front(struct gerrit_digest *d, struct gerrit_pages *p,
		      const char *key, const struct answer *a)
{
	struct gerrit_changes front;

	if (!p->is_ended || p->is_odd || p->has_front || a->time < p->time)
		return;
	read_page(d, p, a, &front);
	p->has_front = does_join(d, &front);
	if (!p->has_front)
		(void)feed_fail(d->run, arena_fmt(
			&d->run->arena, "%.*s %s", STR_ARG(d->place), key),
			"more changed while its changes were read than one "
			"answer has");
	for (size_t i = 0; i < front.list.n; i++)
		vec_push(&d->all.list, front.list.v[i]);
	vec_release(&front.list);
}

void gerrit_digest_add(struct gerrit_digest *d, struct str place,
		       uint64_t first, const struct answer *a)
{
	begin(d, place);
	if (!first)
		d->began = a->time;
	add_page(d, &d->base, first, a);
}

void gerrit_digest_front(struct gerrit_digest *d, struct str place,
			 const struct answer *a)
{
	begin(d, place);
	add_front(d, &d->base, "front", a);
}

void gerrit_digest_since(struct gerrit_digest *d, struct str place,
			 uint64_t first, const struct answer *a)
{
	begin(d, place);
	if (a->time >= d->began)
		add_page(d, &d->since, first, a);
}

void gerrit_digest_since_front(struct gerrit_digest *d, struct str place,
			       const struct answer *a)
{
	begin(d, place);
	add_front(d, &d->since, "since front", a);
}

void gerrit_digest_end(struct gerrit_digest *d)
{
	close_project(d);
	d->place = STR("");
}

void gerrit_digest_release(struct gerrit_digest *d)
{
	vec_release(&d->all.list);
}
