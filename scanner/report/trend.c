/* Reports over time. */
#include "report/trend.h"

#include "base/utf8.h"
#include "report/compare.h"
#include "report/json_parts.h"
#include "report/paint.h"

#define BAR 25 /* columns of a bar from 0 to 100 % */

static int by_day(const void *x, const void *y)
{
	const struct report_file *a = *(struct report_file *const *)x;
	const struct report_file *b = *(struct report_file *const *)y;
	int d = str_cmp(a->as_of, b->as_of);

	return d ? d : str_cmp(a->path, b->path);
}

enum err trend_make(const struct report_file *reports, size_t n,
		    struct diags *ds, struct trend *ret)
{
	*ret = (struct trend){.n = n};
	if (compare_check(reports, n, ds))
		return ERR_CONFIG;
	ret->reports = arena_alloc(&ret->arena, n * sizeof *ret->reports);
	for (size_t i = 0; i < n; i++)
		ret->reports[i] = &reports[i];
	qsort(ret->reports, n, sizeof *ret->reports, by_day);
	return OK;
}

void trend_release(struct trend *t)
{
	arena_release(&t->arena);
}

/* What is proven as '#', what may be as '=', what cannot be as '.'. */
static void write_bar(struct report_interval i, struct strbuf *out)
{
	int32_t low = i.low_bp * BAR / 10000;
	int32_t high = (i.high_bp * BAR + 9999) / 10000;

	strbuf_pad(out, '#', (size_t)low);
	strbuf_pad(out, '=', (size_t)(high - low));
	strbuf_pad(out, '.', (size_t)(BAR - high));
}

static enum paint_colour colour(struct str state)
{
	if (str_is(state, "met"))
		return PAINT_GREEN;
	return str_is(state, "not met") ? PAINT_RED : PAINT_YELLOW;
}

static void write_row(const struct paint *p, const struct report_file *r,
		      const struct report_verdict *v)
{
	struct strbuf interval;

	strbuf_init(&interval, 0);
	paint_interval(&interval, v->headline.low_bp, v->headline.high_bp);
	strbuf_cstr(p->out, "  ");
	paint_cell(p, PAINT_PLAIN, r->as_of, 10);
	paint_cell(p, colour(v->state), v->state, 8);
	paint_cell(p, PAINT_PLAIN, strbuf_str(&interval), 12);
	write_bar(v->headline, p->out);
	strbuf_ch(p->out, ' ');
	utf8_show_cut(p->out, r->stack.n ? r->stack : r->path,
		      p->style->columns - 62);
	strbuf_ch(p->out, '\n');
	strbuf_release(&interval);
}

const char *trend_movement(const struct trend *t, struct str policy)
{
	const struct report_verdict *a =
		report_file_verdict(t->reports[0], policy);
	const struct report_verdict *b =
		report_file_verdict(t->reports[t->n - 1], policy);

	if (b->headline.low_bp > a->headline.high_bp)
		return "It rose, whatever the unknown turns out to be.";
	if (b->headline.high_bp < a->headline.low_bp)
		return "It fell, whatever the unknown turns out to be.";
	return "Whether it rose or fell depends on what is unknown.";
}

void trend_text(const struct trend *t, const char *tool_version,
		const struct report_style *style, struct strbuf *out)
{
	const struct report_file *first = t->reports[0];
	struct paint p = {style, out};

	strbuf_fmt(out, "ranwhence %s, %zu report%s by %s\n",
		   tool_version, t->n, t->n == 1 ? "" : "s",
		   t->n == 1 ? "its day" : "their days");
	for (size_t i = 0; i < first->verdicts.n; i++) {
		struct str policy = first->verdicts.v[i].policy;

		strbuf_ch(out, '\n');
		paint_text(&p, PAINT_BOLD, policy);
		strbuf_cstr(out, ": ");
		paint_wrap(&p, first->verdicts.v[i].title, policy.n + 2, 2);
		for (size_t k = 0; k < t->n; k++)
			write_row(&p, t->reports[k],
				  report_file_verdict(t->reports[k],
						      policy));
		if (t->n > 1)
			strbuf_fmt(out, "  %s\n", trend_movement(t, policy));
	}
}

static void write_point(const struct report_file *r,
			const struct report_verdict *v, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "as_of", r->as_of);
	json_out_kstr(j, "file", r->path);
	json_out_kstr_or_null(j, "stack", r->stack);
	json_out_kstr(j, "state", v->state);
	json_out_kstr(j, "gate", v->gate);
	json_parts_kinterval(j, "headline", v->headline.low_bp,
			     v->headline.high_bp);
	json_out_ki64(j, "coverage_bp", v->coverage_bp);
	json_out_key(j, "axes");
	json_out_object(j);
	for (size_t a = 0; a < AXIS_COUNT; a++)
		json_parts_kinterval(j, verdict_axis_name((enum axis)a),
				     v->axes[a].low_bp, v->axes[a].high_bp);
	json_out_object_end(j);
	json_out_object_end(j);
}

void trend_json(const struct trend *t, const char *tool_version,
		struct strbuf *out)
{
	const struct report_file *first = t->reports[0];
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.trend/1"));
	json_out_kstr(&j, "tool_version", str_c(tool_version));
	json_out_key(&j, "policies");
	json_out_array(&j);
	for (size_t i = 0; i < first->verdicts.n; i++) {
		const struct report_verdict *v = &first->verdicts.v[i];

		json_out_object(&j);
		json_out_kstr(&j, "policy", v->policy);
		json_out_kstr(&j, "title", v->title);
		json_out_key(&j, "points");
		json_out_array(&j);
		for (size_t k = 0; k < t->n; k++)
			write_point(t->reports[k],
				    report_file_verdict(t->reports[k],
							v->policy), &j);
		json_out_array_end(&j);
		json_out_object_end(&j);
	}
	json_out_array_end(&j);
	json_out_object_end(&j);
	json_out_end(&j);
}
