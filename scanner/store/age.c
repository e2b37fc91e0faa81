/*
 * What is too old for a policy is hidden from all readers of this run in one
 * place: tables and views of the connection stand before those of the file
 * that have the same name.
 */
#include "store/store.h"

#include "base/date.h"
#include "base/strbuf.h"

enum { DAY = 86400 };

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void tell(struct store *s, const struct store_feed *f, int64_t known,
		 int32_t days)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	date_write(&b, date_of_seconds(known));
	diag_add(s->diags, RW1828, diag_at(s->path),
		 "feed %.*s: its edition of %.*s is older than the %d days of "
		 "the policy", STR_ARG(f->name), STR_ARG(strbuf_str(&b)),
		 (int)days);
	strbuf_release(&b);
}

/* Answers about single things have an age each. */
static void tell_answers(struct store *s, int32_t days)
{
	struct db_query *q = db_query(s->db,
		"SELECT feed, count(*) FROM main.answer WHERE time < ?"
		" GROUP BY feed ORDER BY feed");

	db_bind_i64(q, 1, s->oldest);
	while (db_row(q))
		diag_add(s->diags, RW1828, diag_at(s->path),
			 "feed %.*s: answers older than the %d days of the "
			 "policy: %lld", STR_ARG(db_text(q, 0)), (int)days,
			 (long long)db_i64(q, 1));
}

/*
 * Rows of an edition that was fetched lately may come from answers that were
 * not; those of one that was only confirmed are all as young as that.
 */
static void hide(struct store *s)
{
	struct strbuf b, day;

	strbuf_init(&b, 0);
	strbuf_init(&day, 0);
	date_write(&day, date_of_seconds(s->oldest));
	strbuf_fmt(&b, "PRAGMA query_only = 0;"
		   "CREATE TEMP TABLE feed AS SELECT f.name, CASE WHEN"
		   " max(e.fetched, f.checked_at) < %lld THEN NULL ELSE"
		   " f.edition END AS edition, f.error, f.error_at,"
		   " f.checked_at FROM main.feed f LEFT JOIN main.edition e"
		   " ON e.id = f.edition;"
		   "CREATE TEMP VIEW answer AS SELECT * FROM main.answer WHERE"
		   " time >= %lld;"
		   "CREATE TEMP VIEW fact AS SELECT * FROM main.fact WHERE"
		   " read = '' OR read >= '%.*s' OR edition IN (SELECT id FROM"
		   " main.edition WHERE fetched < %lld)",
		   (long long)s->oldest, (long long)s->oldest,
		   STR_ARG(strbuf_str(&day)), (long long)s->oldest);
	db_run(s->db, b.p);
	strbuf_release(&b);
	strbuf_release(&day);
}

enum err store_leave_out_older(struct store *s, int32_t day, int32_t days)
{
	int64_t newest = (int64_t)day * DAY;
	struct arena a;
	struct store_feeds feeds;
	enum err e;

	arena_init(&a);
	e = store_list_feeds(s, &a, &feeds);
	for (size_t i = 0; i < feeds.list.n; i++)
		newest = later(newest, later(feeds.list.v[i].fetched,
					     feeds.list.v[i].checked));
	s->oldest = (newest / DAY - days) * DAY;
	for (size_t i = 0; !e && i < feeds.list.n; i++) {
		const struct store_feed *f = &feeds.list.v[i];
		int64_t known = later(f->fetched, f->checked);

		if (f->rows && known < s->oldest)
			tell(s, f, known, days);
	}
	if (!e) {
		tell_answers(s, days);
		hide(s);
		e = store_settle(s);
	}
	vec_release(&feeds.list);
	arena_release(&a);
	return e;
}
