/*
 * The graph around an organisation on the day, drawn in text: who holds it,
 * upwards, and what it holds, downwards.  Bounded; an organisation that is
 * met again is not opened again, and one that is above itself is a circle.
 */
#include "base/date.h"
#include "base/utf8.h"
#include "model/facts_index.h"
#include "report/entity_page.h"

#define LINES_MAX 200
#define DEPTH_MAX 16

/* The rows that lead on from one organisation. */
struct level {
	size_t organisation;
	size_t next, end; /* in rows */
};

struct tree {
	struct entity_page *p;
	bool is_up;
	struct level levels[DEPTH_MAX];
	size_t depth;
	VEC(size_t) rows;   /* of the levels, one behind the other */
	VEC(size_t) opened; /* organisations */
	size_t lines, left_out;
};

static bool is_edge(const struct tree *t, const struct fact *r, size_t from)
{
	return (r->kind == FACT_OWNS || r->kind == FACT_CONTROLS) &&
	       (t->is_up ? r->object_org : r->subject_org) == from &&
	       r->state != FACT_WITHDRAWN &&
	       facts_may_hold(r, t->p->e->as_of);
}

static bool is_opened(const struct tree *t, size_t organisation)
{
	for (size_t i = 0; i < t->opened.n; i++)
		if (t->opened.v[i] == organisation)
			return true;
	return false;
}

static bool is_above(const struct tree *t, size_t organisation)
{
	for (size_t i = 0; i < t->depth; i++)
		if (t->levels[i].organisation == organisation)
			return true;
	return false;
}

/* Rows past what can be shown are only counted. */
static void open_level(struct tree *t, size_t organisation)
{
	const struct facts *f = t->p->e->facts;
	struct level *l = &t->levels[t->depth++];
	size_t n, first = t->depth > 1 ? t->levels[t->depth - 2].end : 0;
	const size_t *about = facts_index_about(f, organisation, &n);

	t->rows.n = first;
	for (size_t i = 0; i < n; i++) {
		if (!is_edge(t, &f->rows.v[about[i]], organisation))
			continue;
		if (t->lines + t->rows.n - first < LINES_MAX)
			vec_push(&t->rows, about[i]);
		else
			t->left_out++;
	}
	*l = (struct level){organisation, first, t->rows.n};
	vec_push(&t->opened, organisation);
}

/* The lines of the levels above, then the branch. */
static size_t write_branch(const struct tree *t, bool is_last)
{
	struct strbuf *out = t->p->paint.out;

	strbuf_cstr(out, "  ");
	for (size_t i = 0; i + 1 < t->depth; i++)
		strbuf_cstr(out, t->levels[i].next < t->levels[i].end
					 ? "|  " : "   ");
	strbuf_cstr(out, is_last ? "`- " : "|- ");
	return 2 + 3 * t->depth;
}

static void write_edge(struct tree *t, const struct fact *r, size_t to,
		       bool is_last)
{
	size_t at = write_branch(t, is_last);
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_add(&b, entity_page_name(t->p, to));
	if (r->kind == FACT_OWNS)
		strbuf_fmt(&b, ": %.*s%s", STR_ARG(r->value),
			   str_is(r->value, "unknown") ? " share" : "");
	else
		strbuf_fmt(&b, ": %s, %.*s",
			   t->is_up ? "controls it" : "controlled",
			   STR_ARG(r->value));
	entity_page_dates(&b, r);
	entity_page_cite(t->p, &b, r);
	if (is_above(t, to))
		strbuf_cstr(&b, " (a circle)");
	else if (is_opened(t, to))
		strbuf_cstr(&b, " (see above)");
	else if (t->depth == DEPTH_MAX)
		strbuf_cstr(&b, " (not followed further)");
	paint_wrap(&t->p->paint, strbuf_str(&b), at, at + 2);
	strbuf_release(&b);
	t->lines++;
}

static void walk(struct tree *t, size_t organisation)
{
	const struct facts *f = t->p->e->facts;

	open_level(t, organisation);
	while (t->depth) {
		struct level *l = &t->levels[t->depth - 1];
		const struct fact *r;
		size_t to;

		if (l->next == l->end) {
			t->depth--;
			continue;
		}
		r = &f->rows.v[t->rows.v[l->next++]];
		to = t->is_up ? r->subject_org : r->object_org;
		write_edge(t, r, to, l->next == l->end);
		if (!is_opened(t, to) && t->depth < DEPTH_MAX)
			open_level(t, to);
	}
}

static void draw(struct entity_page *p, bool is_up)
{
	struct tree t = {.p = p, .is_up = is_up};

	paint_heading(&p->paint, is_up ? "Who holds it" : "What it holds");
	strbuf_cstr(p->paint.out, "  ");
	utf8_show(p->paint.out, entity_page_name(p, p->e->organisation));
	strbuf_ch(p->paint.out, '\n');
	walk(&t, p->e->organisation);
	if (!t.lines)
		strbuf_cstr(p->paint.out, is_up ? "  no row names a holder\n"
						: "  no row names anything\n");
	if (t.left_out)
		strbuf_fmt(p->paint.out, "  and %zu more, not shown\n",
			   t.left_out);
	vec_release(&t.rows);
	vec_release(&t.opened);
}

void entity_tree(struct entity_page *p)
{
	draw(p, true);
	draw(p, false);
}
