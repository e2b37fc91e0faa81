/* Escaping by format; controls and the like are made visible first. */
#include "report/escape.h"

#include "base/utf8.h"

/* Calls `each` for the bytes of s as people may see them. */
static void show_each(struct strbuf *b, struct str s,
		      void (*each)(struct strbuf *b, char c))
{
	struct strbuf shown;

	strbuf_init(&shown, 0);
	utf8_show(&shown, s);
	for (size_t i = 0; i < shown.n; i++)
		each(b, shown.p[i]);
	strbuf_release(&shown);
}

/* A slash behind a colon would make a link of what stands around it. */
static void markdown_byte(struct strbuf *b, char c)
{
	bool is_link = c == '/' && b->n && b->p[b->n - 1] == ':';

	if (is_link ||
	    str_find_ch(STR("\\`*_{}[]<>#!|~&@$"), c) != SIZE_MAX)
		strbuf_ch(b, '\\');
	strbuf_ch(b, c);
}

void escape_markdown(struct strbuf *b, struct str s)
{
	show_each(b, s, markdown_byte);
}

static void csv_byte(struct strbuf *b, char c)
{
	if (c == '"')
		strbuf_ch(b, '"');
	strbuf_ch(b, c);
}

void escape_csv(struct strbuf *b, struct str s)
{
	bool is_formula = s.n && str_find_ch(STR("=+-@\t\r"), s.p[0]) !=
					 SIZE_MAX;

	strbuf_ch(b, '"');
	if (is_formula)
		strbuf_ch(b, '\'');
	show_each(b, s, csv_byte);
	strbuf_ch(b, '"');
}

static void xml_byte(struct strbuf *b, char c)
{
	switch (c) {
	case '&': strbuf_cstr(b, "&amp;"); break;
	case '<': strbuf_cstr(b, "&lt;"); break;
	case '>': strbuf_cstr(b, "&gt;"); break;
	case '"': strbuf_cstr(b, "&quot;"); break;
	case '\'': strbuf_cstr(b, "&apos;"); break;
	default: strbuf_ch(b, c);
	}
}

/* U+FFFE and U+FFFF are characters of UTF-8 and none of XML. */
static bool is_not_xml(struct str s)
{
	return str_has_prefix(s, STR("\xef\xbf\xbe")) ||
	       str_has_prefix(s, STR("\xef\xbf\xbf"));
}

void escape_xml(struct strbuf *b, struct str s)
{
	struct strbuf shown;

	strbuf_init(&shown, 0);
	utf8_show(&shown, s);
	for (size_t i = 0; i < shown.n; i++)
		if (is_not_xml(str_from(strbuf_str(&shown), i))) {
			strbuf_cstr(b, "\xef\xbf\xbd");
			i += 2;
		} else {
			xml_byte(b, shown.p[i]);
		}
	strbuf_release(&shown);
}

void escape_uri(struct strbuf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_alnum(s.p[i]) ||
		    str_find_ch(STR("-._~/"), s.p[i]) != SIZE_MAX)
			strbuf_ch(b, s.p[i]);
		else
			strbuf_fmt(b, "%%%02X", (unsigned char)s.p[i]);
}

void escape_command(struct strbuf *b, struct str s, bool is_property)
{
	struct strbuf shown;

	strbuf_init(&shown, 0);
	utf8_show(&shown, s);
	for (size_t i = 0; i < shown.n; i++) {
		char c = shown.p[i];

		if (c == '%' || (is_property && (c == ':' || c == ',')))
			strbuf_fmt(b, "%%%02X", (unsigned char)c);
		else
			strbuf_ch(b, c);
	}
	strbuf_release(&shown);
}
