/* Lexical analysis of Python, of what the Language Reference calls names and
 * string literals; everything else is marks of one byte. */
#include "extract/pytoken.h"

#include <string.h>

static char byte_at(const struct pytoken_place *p, size_t i)
{
	return p->at + i < p->text.n ? p->text.p[p->at + i] : '\0';
}

static void step(struct pytoken_place *p)
{
	p->line += byte_at(p, 0) == '\n';
	p->at++;
}

static void skip_space(struct pytoken_place *p)
{
	while (p->at < p->text.n) {
		char c = byte_at(p, 0);

		if (c == '#')
			while (p->at < p->text.n && byte_at(p, 0) != '\n')
				p->at++;
		else if (ascii_is_blank(c) ||
			 (c == '\\' && (byte_at(p, 1) == '\n' ||
					byte_at(p, 1) == '\r')))
			step(p);
		else
			return;
	}
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

static bool is_name_byte(char c)
{
	return ascii_is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* The length of a prefix like rb before a quote; SIZE_MAX when no string
 * begins here. */
static size_t prefix_length(const struct pytoken_place *p)
{
	size_t n = 0;

	while (n < 3 && byte_at(p, n) && strchr("rRbBuUfF", byte_at(p, n)))
		n++;
	return n < 3 && is_quote(byte_at(p, n)) ? n : SIZE_MAX;
}

static struct str read_string(struct pytoken_place *p)
{
	char q = byte_at(p, 0);
	bool is_long = byte_at(p, 1) == q && byte_at(p, 2) == q;
	size_t n = is_long ? 3 : 1, from = p->at + n;
	struct str inner;

	for (p->at = from; p->at < p->text.n; step(p)) {
		char c = byte_at(p, 0);

		if (c == '\\' && p->at + 1 < p->text.n)
			step(p);
		else if (c == q && (!is_long || (byte_at(p, 1) == q &&
						 byte_at(p, 2) == q)))
			break;
		else if (c == '\n' && !is_long)
			break;
	}
	inner = str_sub(p->text, from, p->at);
	for (size_t i = 0; i < n && byte_at(p, 0) == q; i++)
		p->at++;
	return inner;
}

struct pytoken pytoken_next(struct pytoken_place *p)
{
	struct pytoken t = {.kind = PYTOKEN_END};
	size_t from, prefix;

	skip_space(p);
	t.line = p->line;
	if (p->at >= p->text.n)
		return t;
	prefix = prefix_length(p);
	from = p->at;
	if (prefix != SIZE_MAX) {
		t.kind = PYTOKEN_STRING;
		for (size_t i = 0; i < prefix; i++)
			t.is_made |= ascii_lower(byte_at(p, i)) == 'f';
		p->at += prefix;
		t.text = read_string(p);
		return t;
	}
	t.kind = is_name_byte(byte_at(p, 0)) ? PYTOKEN_NAME : PYTOKEN_MARK;
	for (p->at++; t.kind == PYTOKEN_NAME && is_name_byte(byte_at(p, 0));)
		p->at++;
	t.text = str_sub(p->text, from, p->at);
	return t;
}

bool pytoken_is(const struct pytoken *t, char mark)
{
	return t->kind == PYTOKEN_MARK && t->text.p[0] == mark;
}
