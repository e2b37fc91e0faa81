/* A summary in Markdown, for a job's page or a merge request. */
#include "report/escape.h"
#include "report/report.h"

#define COMPONENTS_SHOWN 5

static void write_share(struct strbuf *out, int32_t bp)
{
	strbuf_fmt(out, "%d.%02d", bp / 100, bp % 100);
}

static void write_interval(struct strbuf *out, int32_t low, int32_t high)
{
	write_share(out, low);
	strbuf_cstr(out, " to ");
	write_share(out, high);
	strbuf_cstr(out, " %");
}

static void write_verdicts(const struct report_input *in, struct strbuf *out)
{
	strbuf_cstr(out, "| policy | verdict | gate | influence | coverage "
			 "|\n|---|---|---|---|---|\n");
	for (size_t i = 0; i < in->verdicts_n; i++) {
		const struct verdict *v = &in->verdicts[i];

		strbuf_cstr(out, "| ");
		escape_markdown(out, v->policy);
		strbuf_fmt(out, " | **%s**%s | %s | ",
			   verdict_state_name(v->state),
			   v->is_incomplete ? ", incomplete" : "",
			   verdict_state_name(v->gate));
		write_interval(out, v->headline_low_bp, v->headline_high_bp);
		strbuf_cstr(out, " | ");
		write_share(out, v->coverage_bp);
		strbuf_cstr(out, " % |\n");
	}
}

static void write_components(const struct report_input *in,
			     const struct verdict *v,
			     const struct finding *f, struct strbuf *out)
{
	for (size_t i = 0; i < f->components.n && i < COMPONENTS_SHOWN; i++) {
		size_t k = f->components.v[i];

		strbuf_cstr(out, i ? ", " : "  - ");
		escape_markdown(out, in->scan->parts.components.v[k].name);
		strbuf_cstr(out, " (");
		write_interval(out, v->scores.v[k].low_bp,
			       v->scores.v[k].high_bp);
		strbuf_ch(out, ')');
	}
	if (f->components.n > COMPONENTS_SHOWN)
		strbuf_fmt(out, " and %zu more",
			   f->components.n - COMPONENTS_SHOWN);
	if (f->components.n)
		strbuf_ch(out, '\n');
}

static void write_findings(const struct report_input *in,
			   const struct verdict *v, struct strbuf *out)
{
	strbuf_cstr(out, "\n### ");
	escape_markdown(out, v->title);
	strbuf_cstr(out, "\n\n");
	for (size_t i = 0; i < v->findings.n; i++) {
		const struct finding *f = &v->findings.v[i];

		if (!verdict_is_worse(f->state, RULE_MET))
			continue;
		strbuf_fmt(out, "- **%s** ", verdict_state_name(f->state));
		if (f->aside != ASIDE_NONE)
			strbuf_fmt(out, "(%s) ",
				   verdict_aside_name(f->aside));
		escape_markdown(out, f->rule);
		strbuf_cstr(out, ": ");
		escape_markdown(out, f->reason);
		strbuf_ch(out, '\n');
		write_components(in, v, f, out);
	}
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	(void)style;
	strbuf_cstr(out, "## ranwhence");
	if (in->scan->stack.name.n) {
		strbuf_cstr(out, ": ");
		escape_markdown(out, in->scan->stack.name);
	}
	strbuf_cstr(out, "\n\n");
	write_verdicts(in, out);
	for (size_t i = 0; i < in->verdicts_n; i++)
		write_findings(in, &in->verdicts[i], out);
}

const struct reporter report_markdown = {
	.name = "markdown", .summary = "a summary in Markdown",
	.write = write,
};
