/* Files of source: of a component those that organisations of concern hold,
 * of a digest those of each organisation. */
#include "report/files.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "model/digest_ownership.h"

#define MOST_SHOWN 10

static unsigned long long number(uint64_t n)
{
	return n;
}

static void write_range(uint64_t low, uint64_t high, struct strbuf *b)
{
	strbuf_fmt(b, "%llu", number(low));
	if (high != low)
		strbuf_fmt(b, " to %llu", number(high));
}

static void write_truck(const struct truck *t, struct strbuf *b)
{
	if (t->has_high)
		write_range(t->low, t->high, b);
	else
		strbuf_fmt(b, "at least %llu", number(t->low));
}

void files_sentence(const struct owned *o, struct strbuf *b)
{
	const struct ownership_majority *m = &o->concern;

	if (!o->is_known || !m->files)
		return;
	strbuf_fmt(b, "Of %llu files of source, organisations of concern "
		      "together hold most lines of ", number(m->files));
	write_range(m->files_low, m->files_high, b);
	if (m->files_low != o->on_b.files_low ||
	    m->files_high != o->on_b.files_high) {
		strbuf_cstr(b, " (if records were cited: ");
		write_range(o->on_b.files_low, o->on_b.files_high, b);
		strbuf_cstr(b, ")");
	}
	strbuf_cstr(b, "; truck factor of organisations: ");
	write_truck(&o->truck, b);
	strbuf_ch(b, '.');
}

/* ---- JSON -------------------------------------------------------------- */

static void write_bounds(const char *key, uint64_t low, uint64_t high,
			 struct json_out *j)
{
	json_out_key(j, key);
	json_out_object(j);
	json_out_ki64(j, "low", (int64_t)low);
	json_out_ki64(j, "high", (int64_t)high);
	json_out_object_end(j);
}

void files_json(const struct owned *o, struct json_out *j)
{
	const struct ownership_majority *m = &o->concern;

	json_out_key(j, "ownership");
	if (!o->is_known) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	json_out_ki64(j, "files", (int64_t)m->files);
	json_out_ki64(j, "lines", (int64_t)m->lines);
	write_bounds("concern_files", m->files_low, m->files_high, j);
	write_bounds("concern_lines", m->lines_low, m->lines_high, j);
	write_bounds("concern_files_on_b", o->on_b.files_low,
		     o->on_b.files_high, j);
	json_out_ki64(j, "truck_factor_low", (int64_t)o->truck.low);
	json_out_ki64_or_null(j, "truck_factor_high",
			      o->truck.has_high ? (int64_t)o->truck.high
						: -1);
	json_out_object_end(j);
}

/* ---- components -------------------------------------------------------- */

static struct str range(struct page *p, uint64_t low, uint64_t high)
{
	return low == high ? arena_fmt(&p->arena, "%llu", number(low))
			   : arena_fmt(&p->arena, "%llu-%llu", number(low),
				       number(high));
}

static void write_owned(struct page *p, const struct component_score *c)
{
	const struct owned *o = &c->owned;
	const struct truck *t = &o->truck;

	strbuf_cstr(p->paint.out, "  ");
	paint_cell(&p->paint, PAINT_PLAIN, page_component(p, c->component),
		   29);
	paint_cell(&p->paint, PAINT_PLAIN,
		   range(p, o->concern.files, o->concern.files), 8);
	paint_cell(&p->paint, PAINT_PLAIN,
		   range(p, o->concern.files_low, o->concern.files_high), 12);
	paint_cell(&p->paint, PAINT_PLAIN,
		   range(p, o->on_b.files_low, o->on_b.files_high), 12);
	if (t->has_high)
		strbuf_add(p->paint.out, range(p, t->low, t->high));
	else
		strbuf_fmt(p->paint.out, "%llu or more", number(t->low));
	strbuf_ch(p->paint.out, '\n');
}

void files_page(struct page *p, const struct component_score *const *c,
		size_t n)
{
	bool is_any = false;

	for (size_t i = 0; i < n; i++) {
		if (!c[i]->owned.is_known || !c[i]->owned.concern.files)
			continue;
		if (!is_any) {
			paint_heading(&p->paint,
				      "Files of source, and those whose lines "
				      "are mostly of concern");
			strbuf_cstr(p->paint.out,
				    "  component                     files    "
				    "of concern   if cited     truck factor\n");
		}
		is_any = true;
		write_owned(p, c[i]);
	}
}

/* ---- a digest ---------------------------------------------------------- */

/* Files of which one organisation holds most lines. */
struct holding { size_t organisation; uint64_t files, lines; };

static int greatest_first(const void *va, const void *vb)
{
	const struct holding *a = va, *b = vb;

	if (a->files != b->files)
		return a->files < b->files ? 1 : -1;
	if (a->lines != b->lines)
		return a->lines < b->lines ? 1 : -1;
	return (a->organisation > b->organisation) -
	       (a->organisation < b->organisation);
}

static void write_held(const struct paint *p, const struct holding *h,
		       struct str name)
{
	char text[2][24];

	snprintf(text[0], sizeof text[0], "%llu", number(h->files));
	snprintf(text[1], sizeof text[1], "%llu", number(h->lines));
	paint_cell_right(p, str_c(text[0]), 9);
	paint_cell_right(p, str_c(text[1]), 9);
	utf8_show_cut(p->out, name, 50);
	strbuf_ch(p->out, '\n');
}

/* Adds up the rows; the last place is for those of nobody for sure. */
static void count_rows(const struct ownership *o, const size_t *of,
		       size_t nobody, struct holding *held)
{
	for (size_t i = 0; i <= nobody; i++)
		held[i].organisation = i;
	held[nobody].files = o->rest_files;
	held[nobody].lines = o->rest_lines;
	for (size_t i = 0; i < o->rows.n; i++) {
		const struct ownership_row *r = &o->rows.v[i];
		size_t most = ownership_most(o, r, of);
		struct holding *to = &held[most == SIZE_MAX ? nobody : most];

		ownership_add(&to->files, 1, r->files);
		ownership_add(&to->lines, r->files, r->lines);
	}
}

static void write_table(const struct paint *p, const struct facts *f,
			struct holding *held)
{
	size_t n = f->organisations.n, shown = 0, more = 0;

	strbuf_cstr(p->out, "    files     lines most of each file is by\n");
	if (n > 1)
		qsort(held, n, sizeof *held, greatest_first);
	for (size_t i = 0; i < n && held[i].files; i++)
		if (shown < MOST_SHOWN) {
			const struct holding *h = &held[i];

			write_held(p, h, f->organisations
					 .v[h->organisation].name);
			shown++;
		} else {
			more++;
		}
	if (held[n].files)
		write_held(p, &held[n], STR("(no one organisation for sure)"));
	if (more)
		strbuf_fmt(p->out, "and %zu organisations more\n", more);
}

void files_table(const struct paint *p, const struct digest *d,
		 const struct facts *f)
{
	const struct ownership *o = &d->ownership;
	size_t n = o->holders.n;
	struct attribution *by;
	struct holding *held;
	struct truck truck;
	size_t *of;

	if (!o->is_known || (!o->rows.n && !o->rest_files))
		return;
	by = mem_new(n, sizeof *by);
	of = mem_new(n, sizeof *of);
	held = mem_new(f->organisations.n + 1, sizeof *held);
	digest_ownership_by(d, by);
	for (size_t i = 0; i < n; i++)
		of[i] = by[i].organisation;
	truck_factor(o, of, &truck);
	count_rows(o, of, f->organisations.n, held);
	strbuf_cstr(p->out, "\ntruck factor of organisations: ");
	write_truck(&truck, p->out);
	strbuf_ch(p->out, '\n');
	write_table(p, f, held);
	free(by);
	free(of);
	free(held);
}
