/* The table of policies. */
#include "report/matrix.h"

#include "base/utf8.h"

/* "listed: Huawei Technologies Co., Ltd.", or "" where nobody is proven. */
static struct str tripped(struct page *p, const struct finding *f)
{
	size_t o;

	if (f->state != RULE_NOT_MET || !f->organisations.n)
		return STR("");
	o = f->organisations.v[0];
	if (p->v->standings.v[o].standing != STANDING_CONCERN)
		return STR("");
	return arena_fmt(&p->arena, "%s: %.*s",
			 ladder_rung_name(p->v->standings.v[o].rung),
			 STR_ARG(p->in->scan->facts->organisations.v[o].name));
}

static void write_row(struct page *p)
{
	const struct verdict *v = p->v;
	const struct finding *f = v->decided_by == SIZE_MAX
				  ? NULL : &v->findings.v[v->decided_by];
	struct strbuf *out = p->paint.out;
	size_t rest = p->paint.style->columns - 66;

	strbuf_cstr(out, "  ");
	paint_cell(&p->paint, PAINT_PLAIN, v->policy, 16);
	paint_cell(&p->paint, page_colour(v->state),
		   page_state(v->state), 8);
	paint_cell(&p->paint, PAINT_PLAIN,
		   page_interval(p, v->headline_low_bp, v->headline_high_bp),
		   12);
	paint_cell(&p->paint, PAINT_PLAIN, f ? f->rule : STR("-"), 22);
	utf8_show_cut(out, f ? tripped(p, f) : STR(""), rest);
	while (out->n && out->p[out->n - 1] == ' ')
		out->n--;
	strbuf_ch(out, '\n');
}

void matrix_write(struct page *p)
{
	paint_heading(&p->paint, "Policies");
	strbuf_cstr(p->paint.out, "  policy           verdict  influence"
				  "    decided by             rung\n");
	for (size_t i = 0; i < p->in->verdicts_n; i++) {
		p->v = &p->in->verdicts[i];
		write_row(p);
	}
}
