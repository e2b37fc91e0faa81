/* Escaped text, numbers and ids. */
#include "report/markup.h"

#include "base/utf8.h"
#include "report/escape.h"
#include "report/paint.h"

#define SLUG_BYTES 60
#define TEXT_COLUMNS 600
#define NAME_COLUMNS 80

void markup_text_cut(struct strbuf *b, struct str s, size_t columns)
{
	struct strbuf cut;

	strbuf_init(&cut, 0);
	utf8_show_cut(&cut, s, columns);
	escape_xml(b, strbuf_str(&cut));
	strbuf_release(&cut);
}

void markup_text(struct strbuf *b, struct str s)
{
	if (s.n > TEXT_COLUMNS)
		markup_text_cut(b, s, TEXT_COLUMNS);
	else
		escape_xml(b, s);
}

void markup_name(struct strbuf *b, struct str s)
{
	if (s.n > NAME_COLUMNS)
		markup_text_cut(b, s, NAME_COLUMNS);
	else
		escape_xml(b, s);
}

/* An address that is what it looks like: no blank, no control, no quote, and
 * no user before the host. */
static bool is_address(struct str s)
{
	static const struct str schemes[] = {{"https://", 8}, {"http://", 7}};
	struct str host = {NULL, 0};

	for (size_t i = 0; i < 2; i++)
		if (str_has_prefix(s, schemes[i]))
			host = str_from(s, schemes[i].n);
	if (!host.n || !ascii_is_alnum(host.p[0]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' ||
		    str_find_ch(STR("\"'<>\\^`{|}@"), s.p[i]) != SIZE_MAX)
			return false;
	return true;
}

void markup_address(struct strbuf *b, struct str s)
{
	if (!is_address(s)) {
		markup_text(b, s);
		return;
	}
	strbuf_cstr(b, "<a rel=\"noopener noreferrer\" href=\"");
	markup_text(b, s);
	strbuf_cstr(b, "\">");
	markup_text(b, s);
	strbuf_cstr(b, "</a>");
}

/* Adds what paint wrote, with an en dash and no-break spaces. */
static void add_unbroken(struct strbuf *b, struct strbuf *painted)
{
	for (size_t i = 0; i < painted->n; i++)
		if (painted->p[i] == '-')
			strbuf_cstr(b, "\xe2\x80\x93");
		else if (painted->p[i] == ' ')
			strbuf_cstr(b, "\xc2\xa0");
		else
			strbuf_ch(b, painted->p[i]);
	strbuf_release(painted);
}

void markup_share(struct strbuf *b, int32_t bp, bool up)
{
	struct strbuf painted;

	strbuf_init(&painted, 0);
	paint_share(&painted, bp, up);
	add_unbroken(b, &painted);
}

void markup_interval(struct strbuf *b, int32_t low_bp, int32_t high_bp)
{
	struct strbuf painted;

	strbuf_init(&painted, 0);
	paint_interval(&painted, low_bp, high_bp);
	add_unbroken(b, &painted);
}

void markup_percent(struct strbuf *b, int32_t bp)
{
	strbuf_fmt(b, "%d.%02d%%", bp / 100, bp % 100);
}

void markup_count(struct strbuf *b, uint64_t n)
{
	struct strbuf digits;

	strbuf_init(&digits, 0);
	strbuf_fmt(&digits, "%llu", (unsigned long long)n);
	for (size_t i = 0; i < digits.n; i++) {
		if (i && (digits.n - i) % 3 == 0 && digits.n > 4)
			strbuf_cstr(b, "\xc2\xa0");
		strbuf_ch(b, digits.p[i]);
	}
	strbuf_release(&digits);
}

void markup_plural(struct strbuf *b, uint64_t n, const char *noun)
{
	markup_count(b, n);
	strbuf_fmt(b, " %s%s", noun, n == 1 ? "" : "s");
}

void markup_slug(struct strbuf *b, struct str s)
{
	size_t first = b->n;

	for (size_t i = 0; i < s.n && b->n - first < SLUG_BYTES; i++)
		if (ascii_is_alnum(s.p[i]) || s.p[i] == '.')
			strbuf_ch(b, ascii_lower(s.p[i]));
		else if (b->n > first && b->p[b->n - 1] != '-')
			strbuf_ch(b, '-');
	while (b->n > first && b->p[b->n - 1] == '-')
		b->n--;
}
