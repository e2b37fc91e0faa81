/* The bar of an interval.  It is as wide as the page lets it be: lengths are
 * percentages. */
#include "report/markup.h"
#include "report/svg.h"

#define ALL 10000
#define SEEN 60 /* the least that is drawn of what is not nothing */

static void write_tick(struct strbuf *out, const char *class, int32_t at)
{
	strbuf_fmt(out, "<line class=\"%s\" x1=\"", class);
	markup_percent(out, at);
	strbuf_cstr(out, "\" x2=\"");
	markup_percent(out, at);
	strbuf_cstr(out, "\" y1=\"0\" y2=\"100%\"/>");
}

static int32_t seen(int32_t bp)
{
	return bp > 0 && bp < SEEN ? SEEN : bp;
}

void svg_interval(struct strbuf *out, const struct svg_interval *i,
		  struct str label)
{
	int32_t low = seen(i->all.low_bp), high = seen(i->all.high_bp);

	strbuf_cstr(out, "<svg class=\"bar\" ");
	if (label.n) {
		strbuf_cstr(out, "role=\"img\" aria-label=\"");
		markup_text(out, label);
		strbuf_cstr(out, "\">");
	} else {
		strbuf_cstr(out, "aria-hidden=\"true\">");
	}
	svg_span(out, i->is_neutral ? "rest" : "no", 0, ALL);
	svg_span(out, "may", low, high);
	svg_span(out, i->is_neutral ? "amount" : "is", 0, low);
	if (i->on_b.low_bp >= 0) {
		write_tick(out, "b", i->on_b.low_bp);
		write_tick(out, "b", i->on_b.high_bp);
	}
	if (i->limit_bp >= 0)
		write_tick(out, "limit", i->limit_bp);
	strbuf_cstr(out, "</svg>");
}
