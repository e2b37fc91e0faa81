/* Feeds keep what they are told of a host under "host HOST", of a name under
 * "name NAME" (and further pages under longer keys). */
#include "store/inquiry_store.h"

#include "base/date.h"

#define NAMES_NOBODY "rdap"

void inquiry_store_want(struct inquiry_store *q, enum inquiry_kind kind,
			struct str of)
{
	while (of.n) {
		size_t dot = kind == INQUIRY_HOST ? str_find_ch(of, '.')
						  : SIZE_MAX;

		map_put(&q->wanted, arena_fmt(q->arena, "%s %.*s",
					      inquiry_kind_name(kind),
					      STR_ARG(of)), 0, NULL);
		of = str_from(of, dot == SIZE_MAX ? dot : dot + 1);
	}
}

static void find(struct inquiry_store *q, struct store *s,
		 enum inquiry_kind kind, struct inquiries *ret)
{
	/* of each feed a range of the index */
	struct db_query *rows = db_query(s->db,
		"SELECT a.feed, a.key, a.time, a.status FROM feed f"
		" CROSS JOIN answer a ON a.feed = f.name"
		" WHERE a.key >= ?1 || ' ' AND a.key < ?1 || '!'");

	db_bind_text(rows, 1, str_c(inquiry_kind_name(kind)));
	while (db_row(rows)) {
		struct str key = db_text(rows, 1);

		if (!map_get(&q->wanted, key))
			continue;
		vec_push(&ret->list, ((struct inquiry){
			.kind = kind,
			.of = arena_dup(q->arena, str_from(
				key, STR("host ").n)),
			.feed = arena_dup(q->arena, db_text(rows, 0)),
			.day = date_of_seconds(db_i64(rows, 2)),
			.is_known = db_i64(rows, 3) == 200}));
	}
}

void inquiry_store_find(struct inquiry_store *q, struct store *s,
			struct inquiries *ret)
{
	if (q->wanted.n) {
		find(q, s, INQUIRY_HOST, ret);
		find(q, s, INQUIRY_NAME, ret);
		if (store_settle(s))
			ret->list.n = 0; /* it was told why */
		inquiry_sort(ret);
	}
	map_release(&q->wanted);
}

/* --- of a scan ------------------------------------------------------------ */

static void want_supply(struct inquiry_store *q, const struct supply *x,
			struct str name)
{
	if (x->is_stated && x->organisation == SIZE_MAX)
		inquiry_store_want(q, INQUIRY_NAME, name);
}

static void want_hosts(struct inquiry_store *q, const struct digest *d)
{
	for (size_t i = 0; i < d->hosts.n; i++)
		for (size_t m = 0; m < d->hosts.v[i].months.n; m++)
			if (d->hosts.v[i].months.v[m].by.class ==
			    HOST_UNKNOWN) {
				inquiry_store_want(q, INQUIRY_HOST,
						   d->hosts.v[i].host);
				break;
			}
}

static void drop_countries(struct inquiries *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->list.n; i++)
		if (!str_is(all->list.v[i].feed, NAMES_NOBODY))
			all->list.v[n++] = all->list.v[i];
	all->list.n = n;
}

void inquiry_store_scan(struct scan *s)
{
	struct inquiry_store q = {.arena = &s->arena};

	if (!s->store)
		return;
	want_supply(&q, &s->stack.supplied_by, s->stack.supplier);
	for (size_t i = 0; i < s->parts.components.n; i++) {
		const struct component *c = &s->parts.components.v[i];

		want_supply(&q, &c->supply[SUPPLY_SUPPLIER], c->supplier);
		want_supply(&q, &c->supply[SUPPLY_PRODUCER], c->producer);
	}
	for (size_t i = 0; i < s->digests.n; i++)
		want_hosts(&q, &s->digests.v[i]);
	inquiry_store_find(&q, s->store, &s->inquiries);
	drop_countries(&s->inquiries);
}
