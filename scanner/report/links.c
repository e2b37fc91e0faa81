/* Rows of a digest's links without their months. */
#include "report/links.h"

#include <stdio.h>

#include "base/utf8.h"
#include "model/digest_links.h"

#define MOST_SHOWN 10

struct links_row {
	struct str from;
	size_t organisation;
	enum digest_tier tier;
	struct digest_counts counts;
};

struct links_rows {
	VEC(struct links_row) list;
};

static int by_what(const void *va, const void *vb)
{
	const struct links_row *a = va, *b = vb;
	int d = str_cmp(a->from, b->from);

	if (d || a->organisation != b->organisation)
		return d ? d : a->organisation < b->organisation ? -1 : 1;
	return (int)a->tier - (int)b->tier;
}

static int greatest_first(const void *va, const void *vb)
{
	const struct links_row *a = va, *b = vb;

	if (a->counts.credits != b->counts.credits)
		return a->counts.credits < b->counts.credits ? 1 : -1;
	return by_what(a, b);
}

/* Those that an organisation is known of, or several are. */
static struct links_rows collect(const struct digest *d)
{
	struct links_rows rows = {0};
	size_t n = 0;

	for (size_t i = 0; i < d->links.n; i++) {
		const struct digest_link *l = &d->links.v[i];

		if (l->tier != DIGEST_OPEN)
			vec_push(&rows.list, ((struct links_row){
				l->from, l->organisation, l->tier,
				l->counts}));
	}
	vec_sort(&rows.list, by_what);
	for (size_t i = 0; i < rows.list.n; i++)
		if (n && !by_what(&rows.list.v[n - 1], &rows.list.v[i]))
			digest_counts_add(&rows.list.v[n - 1].counts,
					  &rows.list.v[i].counts);
		else
			rows.list.v[n++] = rows.list.v[i];
	rows.list.n = n;
	vec_sort(&rows.list, greatest_first);
	return rows;
}

static void number(const struct paint *p, uint64_t n)
{
	char text[24];
	int len = snprintf(text, sizeof text, "%llu", (unsigned long long)n);

	paint_cell_right(p, str_n(text, (size_t)len), 9);
}

static void write_row(const struct paint *p, const struct links_row *r,
		      bool has_reviews, const struct facts *f)
{
	struct str host = r->from.n ? r->from : STR("(no @)");
	uint64_t commits = r->counts.credits / DIGEST_CREDITS;

	if (!commits && r->counts.credits)
		paint_cell_right(p, STR("<1"), 9);
	else
		number(p, commits);
	if (has_reviews)
		number(p, r->counts.reviews + r->counts.submits);
	paint_cell(p, PAINT_PLAIN, str_c(digest_links_tier_name(r->tier)), 9);
	paint_cell(p, PAINT_PLAIN, host, 26);
	utf8_show_cut(p->out, r->organisation == SIZE_MAX
		      ? STR("(several)")
		      : f->organisations.v[r->organisation].name, 31);
	strbuf_ch(p->out, '\n');
}

void links_text(const struct paint *p, const struct digest *d,
		const struct facts *f)
{
	struct links_rows rows = collect(d);
	bool has_reviews = d->axes & DIGEST_REVIEW;
	size_t n = rows.list.n;

	if (n)
		strbuf_fmt(p->out, "\n  commits %slinked by host               "
			   "      to, if links are taken as shown\n",
			   has_reviews ? "  reviews " : "");
	for (size_t i = 0; i < n && i < MOST_SHOWN; i++)
		write_row(p, &rows.list.v[i], has_reviews, f);
	if (n > MOST_SHOWN)
		strbuf_fmt(p->out, "and %zu links more\n", n - MOST_SHOWN);
	vec_release(&rows.list);
}
