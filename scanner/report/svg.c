/* Pieces of charts. */
#include "report/svg.h"

#include "report/markup.h"

#define ALL 10000

void svg_open(struct strbuf *out, const char *class, int32_t w, int32_t h,
	      struct str label)
{
	strbuf_fmt(out, "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" "
			"aria-label=\"", class, w, h);
	markup_text(out, label);
	strbuf_cstr(out, "\">\n");
}

void svg_close(struct strbuf *out)
{
	strbuf_cstr(out, "</svg>\n");
}

void svg_rect(struct strbuf *out, const char *class, struct svg_box b)
{
	if (b.w <= 0 || b.h <= 0)
		return;
	strbuf_fmt(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" "
			"height=\"%d\"/>\n", class, b.x, b.y, b.w, b.h);
}

void svg_text(struct strbuf *out, const char *class, int32_t x, int32_t y,
	      struct str text, size_t columns)
{
	strbuf_fmt(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
	markup_text_cut(out, text, columns);
	strbuf_cstr(out, "</text>\n");
}

/* What is proven or possible at all is seen: 2 units at least. */
void svg_strip(struct strbuf *out, struct svg_box b, struct svg_share s)
{
	int32_t low = b.w * s.low_bp / ALL;
	int32_t high = (b.w * s.high_bp + ALL - 1) / ALL;

	if (s.low_bp > 0 && low < 2)
		low = 2;
	if (high < low)
		high = low;
	svg_rect(out, "no", b);
	svg_rect(out, "may", (struct svg_box){b.x + low, b.y, high - low,
					      b.h});
	svg_rect(out, "is", (struct svg_box){b.x, b.y, low, b.h});
}

const char *svg_tint(int32_t low_bp)
{
	if (low_bp <= 0)
		return "t0";
	if (low_bp <= 500)
		return "t1";
	if (low_bp <= 2500)
		return "t2";
	return low_bp <= 5000 ? "t3" : "t4";
}

void svg_span(struct strbuf *out, const char *class, int32_t from, int32_t to)
{
	if (to <= from)
		return;
	strbuf_fmt(out, "<rect class=\"%s\" x=\"", class);
	markup_percent(out, from);
	strbuf_cstr(out, "\" width=\"");
	markup_percent(out, to - from);
	strbuf_cstr(out, "\" height=\"100%\"/>");
}
