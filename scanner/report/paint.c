/* Columns, wrapping and colour. */
#include "report/paint.h"

#include "base/utf8.h"

static const char *const codes[] = {"", "\033[1m", "\033[2m", "\033[1;31m",
				    "\033[33m", "\033[32m"};

static void begin(const struct paint *p, enum paint_colour c)
{
	if (p->style->colour && c != PAINT_PLAIN)
		strbuf_cstr(p->out, codes[c]);
}

static void end(const struct paint *p, enum paint_colour c)
{
	if (p->style->colour && c != PAINT_PLAIN)
		strbuf_cstr(p->out, "\033[0m");
}

void paint_text(const struct paint *p, enum paint_colour c, struct str s)
{
	begin(p, c);
	utf8_show(p->out, s);
	end(p, c);
}

void paint_cell(const struct paint *p, enum paint_colour c, struct str s,
		size_t width)
{
	size_t used = utf8_width(s);

	begin(p, c);
	utf8_show_cut(p->out, s, width);
	end(p, c);
	strbuf_pad(p->out, ' ', 1 + (used < width ? width - used : 0));
}

void paint_cell_right(const struct paint *p, struct str s, size_t width)
{
	size_t used = utf8_width(s);

	strbuf_pad(p->out, ' ', used < width ? width - used : 0);
	utf8_show_cut(p->out, s, width);
	strbuf_ch(p->out, ' ');
}

void paint_wrap(const struct paint *p, struct str s, size_t at, size_t indent)
{
	bool is_first = true;
	struct str word;

	while (str_word(&s, &word)) {
		size_t width = utf8_width(word);

		if (!is_first && at + 1 + width > p->style->columns) {
			strbuf_ch(p->out, '\n');
			strbuf_pad(p->out, ' ', indent);
			at = indent;
		} else if (!is_first) {
			strbuf_ch(p->out, ' ');
			at++;
		}
		utf8_show(p->out, word);
		at += width;
		is_first = false;
	}
	strbuf_ch(p->out, '\n');
}

void paint_heading(const struct paint *p, const char *title)
{
	strbuf_ch(p->out, '\n');
	paint_text(p, PAINT_BOLD, str_c(title));
	strbuf_ch(p->out, '\n');
}

/* One decimal, rounded away from the inside of the interval: the bounds
 * that are printed hold what the exact ones hold. */
static int32_t tenths(int32_t bp, bool up)
{
	return up ? (bp + 9) / 10 : bp / 10;
}

void paint_share(struct strbuf *b, int32_t bp, bool up)
{
	int32_t t = tenths(bp, up);

	strbuf_fmt(b, "%d.%d %%", t / 10, t % 10);
}

void paint_interval(struct strbuf *b, int32_t low_bp, int32_t high_bp)
{
	int32_t low = tenths(low_bp, false), high = tenths(high_bp, true);

	if (low_bp <= 0 && high_bp >= 10000)
		strbuf_cstr(b, "0-100 %");
	else if (low_bp == high_bp)
		paint_share(b, low_bp, false);
	else
		strbuf_fmt(b, "%d.%d-%d.%d %%", low / 10, low % 10, high / 10,
			   high % 10);
}
