/*
 * UTF-8 as RFC 3629 has it.  The widths are those of Unicode 14: East Asian
 * Wide and Fullwidth take two columns; unassigned gaps between wide ranges
 * are counted as wide.  Of the combining marks the common blocks are known.
 */
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"
#define ELLIPSIS "\xe2\x80\xa6"
#define BAD UINT32_MAX

struct range { uint32_t first, last; };

/* Never shown as they are: controls, and what is there without being seen. */
static const struct range hidden[] = {
	{0x0, 0x1f}, {0x7f, 0x9f}, {0xad, 0xad}, {0x61c, 0x61c},
	{0x180e, 0x180e}, {0x200b, 0x200b}, {0x200e, 0x200f},
	{0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff},
	{0xfff9, 0xfffb}, {0xe0000, 0xe007f},
};

/* Combining marks and joiners. */
static const struct range zero_width[] = {
	{0x300, 0x36f}, {0x483, 0x489}, {0x591, 0x5bd}, {0x610, 0x61a},
	{0x64b, 0x65f}, {0xe31, 0xe31}, {0xe34, 0xe3a}, {0xe47, 0xe4e},
	{0x1160, 0x11ff}, {0x1ab0, 0x1ace}, {0x1dc0, 0x1dff},
	{0x200c, 0x200d}, {0x20d0, 0x20f0}, {0x302a, 0x302d},
	{0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
	{0xe0100, 0xe01ef},
};

/* East Asian Width W and F. */
static const struct range wide[] = {
	{0x1100, 0x115f}, {0x231a, 0x231b}, {0x2329, 0x232a},
	{0x23e9, 0x23ec}, {0x23f0, 0x23f0}, {0x23f3, 0x23f3},
	{0x25fd, 0x25fe}, {0x2614, 0x2615}, {0x2648, 0x2653},
	{0x267f, 0x267f}, {0x2693, 0x2693}, {0x26a1, 0x26a1},
	{0x26aa, 0x26ab}, {0x26bd, 0x26be}, {0x26c4, 0x26c5},
	{0x26ce, 0x26ce}, {0x26d4, 0x26d4}, {0x26ea, 0x26ea},
	{0x26f2, 0x26f3}, {0x26f5, 0x26f5}, {0x26fa, 0x26fa},
	{0x26fd, 0x26fd}, {0x2705, 0x2705}, {0x270a, 0x270b},
	{0x2728, 0x2728}, {0x274c, 0x274c}, {0x274e, 0x274e},
	{0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797},
	{0x27b0, 0x27b0}, {0x27bf, 0x27bf}, {0x2b1b, 0x2b1c},
	{0x2b50, 0x2b50}, {0x2b55, 0x2b55}, {0x2e80, 0x303e},
	{0x3041, 0x3247}, {0x3250, 0x4dbf}, {0x4e00, 0xa4c6},
	{0xa960, 0xa97c}, {0xac00, 0xd7a3}, {0xf900, 0xfad9},
	{0xfe10, 0xfe19}, {0xfe30, 0xfe6b}, {0xff01, 0xff60},
	{0xffe0, 0xffe6}, {0x16fe0, 0x1b2fb}, {0x1f004, 0x1f004},
	{0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a},
	{0x1f200, 0x1f320}, {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c},
	{0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3},
	{0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e},
	{0x1f440, 0x1f440}, {0x1f442, 0x1f4fc}, {0x1f4ff, 0x1f53d},
	{0x1f54b, 0x1f54e}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a},
	{0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f},
	{0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2},
	{0x1f6d5, 0x1f6df}, {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc},
	{0x1f7e0, 0x1f7f0}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945},
	{0x1f947, 0x1f9ff}, {0x1fa70, 0x1faf6}, {0x20000, 0x3fffd},
};

#define IS_IN(table, c) is_in(table, sizeof table / sizeof *table, c)

static bool is_in(const struct range *table, size_t n, uint32_t c)
{
	while (n) {
		const struct range *mid = &table[n / 2];

		if (c >= mid->first && c <= mid->last)
			return true;
		if (c > mid->last) {
			table = mid + 1;
			n -= n / 2 + 1;
		} else {
			n /= 2;
		}
	}
	return false;
}

/* How many bytes a sequence with this first byte has; 0 when it has none. */
static size_t length_of(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first <= 0xdf)
		return 2;
	if (first >= 0xe0 && first <= 0xef)
		return 3;
	return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* Takes a code point off the front, or one bad byte (BAD).  s is not empty. */
static uint32_t take(struct str *s)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char)s->p[0];
	size_t n = length_of(first), i = 1;
	uint32_t c = n > 1 ? first & (0xffu >> (n + 1)) : first;

	for (; i < n && i < s->n; i++) {
		unsigned char next = (unsigned char)s->p[i];

		if ((next & 0xc0) != 0x80)
			break;
		c = c << 6 | (next & 0x3f);
	}
	if (!n || i < n || c < least[n] || c > 0x10ffff ||
	    (c >= 0xd800 && c <= 0xdfff)) {
		*s = str_from(*s, 1);
		return BAD;
	}
	*s = str_from(*s, n);
	return c;
}

/* Writes a code point at p (room for 4); how many bytes. */
static size_t put(char *p, uint32_t c)
{
	static const unsigned char mark[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; c >>= 6)
		p[i] = (char)(0x80 | (c & 0x3f));
	p[0] = (char)(mark[n] | c);
	return n;
}

/* Passes over what needs no decoding, most of nearly every text. */
static struct str after_ascii(struct str s)
{
	const uint64_t low = 0x0101010101010101u, high = low << 7;
	size_t i = 0;

	for (uint64_t w; i + 8 <= s.n; i += 8) {
		memcpy(&w, s.p + i, sizeof w);
		if ((w | (w - low)) & high)
			break; /* no ASCII, or perhaps a NUL */
	}
	while (i < s.n && (unsigned char)(s.p[i] - 1) < 0x7f)
		i++;
	return str_from(s, i);
}

bool utf8_is_valid(struct str s)
{
	for (s = after_ascii(s); s.n; s = after_ascii(s)) {
		uint32_t c = take(&s);

		if (c == BAD || c == 0)
			return false;
	}
	return true;
}

struct str utf8_repair(struct arena *a, struct str s)
{
	struct str rest = s;
	size_t bad = 0, n = 0;
	char *p;

	for (rest = after_ascii(rest); rest.n; rest = after_ascii(rest)) {
		uint32_t c = take(&rest);

		bad += c == BAD || c == 0;
	}
	if (!bad)
		return s;
	p = arena_alloc(a, s.n + 2 * bad + 1);
	while (s.n) {
		const char *from = s.p;
		uint32_t c = take(&s);
		bool is_bad = c == BAD || c == 0;
		size_t size = is_bad ? 3 : (size_t)(s.p - from);

		memcpy(p + n, is_bad ? REPLACEMENT : from, size);
		n += size;
	}
	return str_n(p, n);
}

enum encoding { UTF8, UTF16_LE, UTF16_BE };

/* What a text is by its mark, which is taken off, or else by its zeros. */
static enum encoding encoding_of(struct str *s)
{
	struct str bytes = *s;
	bool zero[4] = {false};

	*s = str_from(bytes, 2);
	if (str_has_prefix(bytes, STR("\xff\xfe")))
		return UTF16_LE;
	if (str_has_prefix(bytes, STR("\xfe\xff")))
		return UTF16_BE;
	*s = str_has_prefix(bytes, STR("\xef\xbb\xbf")) ? str_from(bytes, 3)
							: bytes;
	if (bytes.n < 4)
		return UTF8;
	for (size_t i = 0; i < 4; i++)
		zero[i] = bytes.p[i] == 0;
	if (!zero[0] && zero[1] && !zero[2] && zero[3])
		return UTF16_LE;
	if (zero[0] && !zero[1] && zero[2] && !zero[3])
		return UTF16_BE;
	return UTF8;
}

static uint32_t unit_at(struct str s, size_t at, bool is_le)
{
	unsigned char a = (unsigned char)s.p[at];
	unsigned char b = (unsigned char)s.p[at + 1];

	return is_le ? a | (uint32_t)b << 8 : b | (uint32_t)a << 8;
}

/* Takes a code point of UTF-16 off the front; BAD for half a pair. */
static uint32_t take16(struct str *s, bool is_le)
{
	uint32_t high, low;

	if (s->n < 2) {
		*s = str_from(*s, s->n);
		return BAD;
	}
	high = unit_at(*s, 0, is_le);
	*s = str_from(*s, 2);
	if (high < 0xd800 || high > 0xdfff)
		return high;
	low = s->n < 2 ? 0 : unit_at(*s, 0, is_le);
	if (high > 0xdbff || low < 0xdc00 || low > 0xdfff)
		return BAD;
	*s = str_from(*s, 2);
	return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

enum err utf8_decode(struct arena *a, struct str bytes, struct str *ret_text)
{
	enum encoding encoding = encoding_of(&bytes);
	enum err e = OK;
	size_t n = 0;
	char *p;

	*ret_text = bytes;
	if (encoding == UTF8)
		return OK;
	/* two bytes become three at most, and so does an odd last one */
	p = arena_alloc(a, bytes.n / 2 * 3 + 4);
	while (bytes.n) {
		uint32_t c = take16(&bytes, encoding == UTF16_LE);

		if (c == BAD)
			e = ERR_FORMAT;
		n += put(p + n, c == BAD ? 0xfffd : c);
	}
	*ret_text = str_n(p, n);
	return e;
}

/* A unit of shown text: as it is, or escaped. */
struct shown {
	struct str bytes;
	char escape[16]; /* "" when it is shown as it is */
	size_t columns;
};

static struct shown take_shown(struct str *s)
{
	struct str from = *s;
	uint32_t c = take(s);
	struct shown u = {.bytes = str_head(from, from.n - s->n)};
	int n = 0;

	if (c == BAD || (c < 0x80 && IS_IN(hidden, c)))
		n = snprintf(u.escape, sizeof u.escape, "\\x%02x",
			     (unsigned)(unsigned char)from.p[0]);
	else if (IS_IN(hidden, c))
		n = snprintf(u.escape, sizeof u.escape, "\\u{%04X}",
			     (unsigned)c);
	u.columns = n ? (size_t)n : IS_IN(zero_width, c) ? 0
				  : IS_IN(wide, c) ? 2 : 1;
	return u;
}

void utf8_show(struct strbuf *b, struct str s)
{
	while (s.n) {
		struct shown u = take_shown(&s);

		strbuf_add(b, u.escape[0] ? str_c(u.escape) : u.bytes);
	}
}

size_t utf8_width(struct str s)
{
	size_t columns = 0;

	while (s.n)
		columns += take_shown(&s).columns;
	return columns;
}

void utf8_show_cut(struct strbuf *b, struct str s, size_t columns)
{
	struct str rest = s;
	size_t used = 0, fits = 0; /* bytes that leave room for the ellipsis */

	while (rest.n) {
		used += take_shown(&rest).columns;
		if (used > columns)
			break;
		if (used < columns)
			fits = s.n - rest.n;
	}
	if (used <= columns) {
		utf8_show(b, s);
	} else if (columns) {
		utf8_show(b, str_head(s, fits));
		strbuf_cstr(b, ELLIPSIS);
	}
}

void utf8_ascii(struct strbuf *b, struct str s)
{
	while (s.n) {
		struct str rest = after_ascii(s);
		struct shown u;

		strbuf_add(b, str_head(s, s.n - rest.n));
		s = rest;
		if (!s.n)
			return;
		u = take_shown(&s);
		if (str_is(u.bytes, ELLIPSIS))
			strbuf_ch(b, '~');
		else
			strbuf_pad(b, '?', u.escape[0] ? 1 : u.columns);
	}
}
