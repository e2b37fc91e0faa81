/* Strings of TOML 1.0: where they end, and what their escapes stand for. */
#include "base/toml_string.h"

#include <string.h>

/* How many quotes q follow each other at an offset. */
static size_t quotes(struct str s, size_t at, char q)
{
	size_t n = 0;

	while (at + n < s.n && s.p[at + n] == q)
		n++;
	return n;
}

/* The end of what stands between the quotes, SIZE_MAX when they stay open. */
static size_t find_end(struct str s, size_t at, char q, size_t closing)
{
	while (at < s.n) {
		if (s.p[at] == q) {
			size_t n = quotes(s, at, q);

			/* up to two may stand before the three */
			if (n >= closing)
				return at + (closing == 1 ? 0 : n > 5
					     ? 2 : n - closing);
			at += n;
		} else if (s.p[at] == '\n' && closing == 1) {
			return SIZE_MAX;
		} else {
			at += 1 + (q == '"' && s.p[at] == '\\');
		}
	}
	return SIZE_MAX;
}

static int hex_value(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	return ascii_lower(c) - 'a' + 10;
}

/* The code point of n hex digits; false when they are none, or it is none
 * that a text can hold. */
static bool read_code(struct str digits, size_t n, uint32_t *ret)
{
	*ret = 0;
	if (digits.n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!ascii_is_hex(digits.p[i]))
			return false;
		*ret = *ret << 4 | (uint32_t)hex_value(digits.p[i]);
	}
	return *ret && *ret <= 0x10ffff && (*ret < 0xd800 || *ret > 0xdfff);
}

/* Writes a code point as UTF-8; how many bytes. */
static size_t put_code(char *to, uint32_t c)
{
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; c >>= 6)
		to[i] = (char)(0x80 | (c & 0x3f));
	to[0] = (char)(n == 1 ? c : lead[n] | c);
	return n;
}

/* Takes an escape off *in (behind the backslash); bytes written, SIZE_MAX
 * when it is not one. */
static size_t put_escape(char *to, struct str *in)
{
	static const char from[] = "btnfre\"\\", into[] = "\b\t\n\f\r\x1b\"\\";
	char c = in->n ? in->p[0] : '\0';
	const char *known = c ? strchr(from, c) : NULL;
	size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
	uint32_t code;

	*in = str_from(*in, 1);
	if (known) {
		to[0] = into[known - from];
		return 1;
	}
	if (!digits || !read_code(*in, digits, &code))
		return SIZE_MAX;
	*in = str_from(*in, digits);
	return put_code(to, code);
}

/* A backslash at the end of a line takes all blanks behind it away. */
static bool skip_line_end(struct str *in)
{
	size_t i = 0;

	while (i < in->n && (in->p[i] == ' ' || in->p[i] == '\t' ||
			     in->p[i] == '\r'))
		i++;
	if (i == in->n || in->p[i] != '\n')
		return false;
	while (i < in->n && ascii_is_blank(in->p[i]))
		i++;
	*in = str_from(*in, i);
	return true;
}

static bool decode(struct str in, struct arena *a, struct str *ret)
{
	char *to = arena_alloc(a, in.n + 1); /* no escape makes it longer */
	size_t n = 0, made;

	while (in.n) {
		if (in.p[0] != '\\') {
			to[n++] = in.p[0];
			in = str_from(in, 1);
			continue;
		}
		in = str_from(in, 1);
		if (skip_line_end(&in))
			continue;
		made = put_escape(to + n, &in);
		if (made == SIZE_MAX)
			return false;
		n += made;
	}
	*ret = str_n(to, n);
	return true;
}

bool toml_string_read(struct toml_string *s, struct arena *a, struct str *ret)
{
	char q = s->text.p[s->at];
	size_t n = quotes(s->text, s->at, q);
	size_t closing = n >= 3 ? 3 : 1, end;
	struct str inner;

	if (n == 2) {
		s->at += 2;
		*ret = STR("");
		return true;
	}
	end = find_end(s->text, s->at + closing, q, closing);
	if (end == SIZE_MAX)
		return false;
	inner = str_sub(s->text, s->at + closing, end);
	for (size_t i = 0; i < inner.n; i++)
		s->line += inner.p[i] == '\n';
	s->at = end + closing;
	if (closing == 3) { /* a line end behind the quotes is not meant */
		inner = str_from(inner, str_has_prefix(inner, STR("\r\n")));
		inner = str_from(inner, str_has_prefix(inner, STR("\n")));
	}
	*ret = inner;
	return q == '\'' || str_find_ch(inner, '\\') == SIZE_MAX ||
	       decode(inner, a, ret);
}
