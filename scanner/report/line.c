/* The outcome in one line, for a log. */
#include "base/utf8.h"
#include "report/report.h"

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	(void)style;
	strbuf_cstr(out, "ranwhence");
	for (size_t i = 0; i < in->verdicts_n; i++) {
		const struct verdict *v = &in->verdicts[i];

		strbuf_cstr(out, i ? "; " : ": ");
		utf8_show(out, v->policy);
		strbuf_fmt(out, " %s%s, %d.%02d-%d.%02d %%",
			   verdict_state_name(v->state),
			   v->is_incomplete ? ", incomplete" : "",
			   v->headline_low_bp / 100, v->headline_low_bp % 100,
			   v->headline_high_bp / 100,
			   v->headline_high_bp % 100);
		if (v->gate != v->state)
			strbuf_fmt(out, " (gate: %s)",
				   verdict_state_name(v->gate));
	}
	strbuf_ch(out, '\n');
}

const struct reporter report_line = {
	.name = "line", .summary = "the outcome in one line",
	.write = write,
};
