/*
 * JSON by RFC 8259: a scanner that checks syntax and finds structure, and
 * walks over what it found.  Trees are json_tree.c's.
 */
#include "base/json_in.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

/* --- scanning ----------------------------------------------------------- */

enum scan_end {
	SCAN_WHOLE,
	SCAN_SHORT,  /* the text ends too early */
	SCAN_BROKEN, /* malformed */
	SCAN_DEEP    /* over LIMIT_JSON_DEPTH */
};

struct scan {
	const char *p, *end;
	unsigned line;
	unsigned odd_line; /* of the first text that has to be repaired */
	unsigned depth;
	bool is_array[LIMIT_JSON_DEPTH + 1];
};

/* What may come next. */
enum want { WANT_VALUE, WANT_FIRST_VALUE, WANT_KEY, WANT_FIRST_KEY,
	    WANT_COLON, WANT_COMMA };

static void skip_blanks(struct scan *s)
{
	for (; s->p < s->end; s->p++)
		if (*s->p == '\n')
			s->line++;
		else if (*s->p != ' ' && *s->p != '\t' && *s->p != '\r')
			break;
}

/* Four hexadecimal digits; false when there are none. */
static bool hex4(const char *p, const char *end, unsigned *ret)
{
	*ret = 0;
	if (end - p < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		char c = ascii_lower(p[i]);

		if (!ascii_is_hex(c))
			return false;
		*ret = *ret << 4 | (unsigned)(c <= '9' ? c - '0'
						       : c - 'a' + 10);
	}
	return true;
}

/* The code point of the \u at p, *ret_n bytes long; 0 for NUL and for half a
 * surrogate pair, which stand for nothing. */
static unsigned unicode_escape(const char *p, const char *end, size_t *ret_n)
{
	unsigned high = 0, low = 0;

	*ret_n = 6;
	hex4(p + 2, end, &high);
	if (high < 0xd800 || high > 0xdfff)
		return high;
	if (high > 0xdbff || end - p < 12 || p[6] != '\\' || p[7] != 'u' ||
	    !hex4(p + 8, end, &low) || low < 0xdc00 || low > 0xdfff)
		return 0;
	*ret_n = 12;
	return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* The escape at s->p, a backslash. */
static enum scan_end scan_escape(struct scan *s)
{
	unsigned code;
	size_t n = 2;

	if (s->end - s->p < 2)
		return SCAN_SHORT;
	if (s->p[1] == 'u') {
		if (!hex4(s->p + 2, s->end, &code))
			return s->end - s->p < 6 ? SCAN_SHORT : SCAN_BROKEN;
		if (!unicode_escape(s->p, s->end, &n) && !s->odd_line)
			s->odd_line = s->line;
	} else if (!memchr("\"\\/bfnrt", s->p[1], 8)) {
		return SCAN_BROKEN;
	}
	s->p += n;
	return SCAN_WHOLE;
}

static bool is_ordinary(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* A string; raw control characters are let pass, to be repaired. */
static enum scan_end scan_string(struct scan *s)
{
	enum scan_end e;

	for (s->p++; s->p < s->end;) {
		if (is_ordinary(*s->p)) {
			s->p++;
		} else if (*s->p == '"') {
			s->p++;
			return SCAN_WHOLE;
		} else if (*s->p == '\\') {
			e = scan_escape(s);
			if (e)
				return e;
		} else {
			if (!s->odd_line)
				s->odd_line = s->line;
			s->line += *s->p++ == '\n';
		}
	}
	return SCAN_SHORT;
}

static size_t scan_digits(struct scan *s)
{
	const char *from = s->p;

	while (s->p < s->end && ascii_is_digit(*s->p))
		s->p++;
	return (size_t)(s->p - from);
}

static bool scan_char(struct scan *s, const char *any)
{
	if (s->p == s->end || !*s->p || !strchr(any, *s->p))
		return false;
	s->p++;
	return true;
}

static enum scan_end scan_number(struct scan *s)
{
	const char *from;
	size_t n;

	scan_char(s, "-");
	from = s->p;
	n = scan_digits(s);
	if (n && (n == 1 || *from != '0')) {
		if (scan_char(s, "."))
			n = scan_digits(s);
		if (n && scan_char(s, "eE")) {
			scan_char(s, "+-");
			n = scan_digits(s);
		}
		if (n)
			return SCAN_WHOLE;
	}
	return s->p == s->end ? SCAN_SHORT : SCAN_BROKEN;
}

static enum scan_end scan_literal(struct scan *s)
{
	static const char *const words[] = {"true", "false", "null"};
	struct str rest = {s->p, (size_t)(s->end - s->p)};

	for (size_t i = 0; i < 3; i++) {
		struct str word = str_c(words[i]);

		if (str_has_prefix(rest, word)) {
			s->p += word.n;
			return SCAN_WHOLE;
		}
		if (str_has_prefix(word, rest)) {
			s->p = s->end;
			return SCAN_SHORT;
		}
	}
	return SCAN_BROKEN;
}

static enum scan_end scan_open(struct scan *s, bool is_array,
			       enum want *want)
{
	if (s->depth == LIMIT_JSON_DEPTH)
		return SCAN_DEEP;
	s->is_array[++s->depth] = is_array;
	*want = is_array ? WANT_FIRST_VALUE : WANT_FIRST_KEY;
	s->p++;
	return SCAN_WHOLE;
}

static enum scan_end scan_close(struct scan *s, enum want *want)
{
	if (!s->depth || *s->p != (s->is_array[s->depth] ? ']' : '}'))
		return SCAN_BROKEN;
	s->depth--;
	s->p++;
	*want = WANT_COMMA;
	return SCAN_WHOLE;
}

static enum scan_end scan_value(struct scan *s, enum want *want)
{
	switch (*s->p) {
	case '{':
		return scan_open(s, false, want);
	case '[':
		return scan_open(s, true, want);
	}
	*want = WANT_COMMA;
	if (*s->p == '"')
		return scan_string(s);
	if (*s->p == '-' || ascii_is_digit(*s->p))
		return scan_number(s);
	return scan_literal(s);
}

/* The token at s->p, in the place that *want says. */
static enum scan_end scan_token(struct scan *s, enum want *want)
{
	char c = *s->p;

	switch (*want) {
	case WANT_FIRST_VALUE:
		if (c == ']')
			return scan_close(s, want);
		return scan_value(s, want);
	case WANT_VALUE:
		return scan_value(s, want);
	case WANT_FIRST_KEY:
	case WANT_KEY:
		if (c == '}' && *want == WANT_FIRST_KEY)
			return scan_close(s, want);
		*want = WANT_COLON;
		return c == '"' ? scan_string(s) : SCAN_BROKEN;
	case WANT_COLON:
		*want = WANT_VALUE;
		return scan_char(s, ":") ? SCAN_WHOLE : SCAN_BROKEN;
	case WANT_COMMA:
		if (c != ',')
			return scan_close(s, want);
		*want = s->is_array[s->depth] ? WANT_VALUE : WANT_KEY;
		s->p++;
	}
	return SCAN_WHOLE;
}

static enum json_type type_of(char first)
{
	switch (first) {
	case '{':
		return JSON_OBJECT;
	case '[':
		return JSON_ARRAY;
	case '"':
		return JSON_STRING;
	case 't':
	case 'f':
		return JSON_BOOL;
	case 'n':
		return JSON_NULL;
	default:
		return JSON_NUMBER;
	}
}

/* Scans one value from s->p on and leaves s->p behind what is sound. */
static enum scan_end scan(struct scan *s, struct json_raw *ret)
{
	enum want want = WANT_VALUE;
	enum scan_end e = SCAN_WHOLE;
	const char *from;

	*ret = (struct json_raw){.type = JSON_ABSENT, .text = {s->p, 0}};
	skip_blanks(s);
	ret->line = s->line;
	from = s->p;
	do {
		if (s->p == s->end)
			e = SCAN_SHORT;
		else
			e = scan_token(s, &want);
		if (!e && s->depth)
			skip_blanks(s);
	} while (!e && s->depth);
	if (s->p == from)
		return e;
	*ret = (struct json_raw){
		.text = {from, (size_t)(s->p - from)}, .type = type_of(*from),
		.line = ret->line, .cut = e != SCAN_WHOLE};
	return e;
}

static enum err scan_err(enum scan_end e, const struct json_raw *got)
{
	if (e == SCAN_DEEP)
		return ERR_LIMIT;
	return got->type == JSON_ABSENT ? ERR_FORMAT : OK;
}

static struct scan scan_of(struct str text, unsigned line)
{
	const char *p = text.p ? text.p : "";

	return (struct scan){.p = p, .end = p + text.n, .line = line};
}

enum err json_scan(struct str text, struct json_raw *ret,
		   struct str *ret_after)
{
	struct scan s = scan_of(text, 1);
	enum scan_end e = scan(&s, ret);

	if (ret_after)
		*ret_after = str_trim(str_n(s.p, (size_t)(s.end - s.p)));
	return scan_err(e, ret);
}

static void say_end(enum scan_end e, struct place at, struct diags *ds)
{
	switch (e) {
	case SCAN_SHORT:
		diag_add(ds, RW1101, at, "the text ends inside a value");
		break;
	case SCAN_BROKEN:
		diag_add(ds, RW1101, at, "not JSON from here on");
		break;
	case SCAN_DEEP:
		diag_add(ds, RW1104, at, "more than %d levels",
			 LIMIT_JSON_DEPTH);
		break;
	case SCAN_WHOLE:
		diag_add(ds, RW1102, at, "text after the JSON value");
	}
}

enum err json_open(struct str text, struct place at, struct diags *ds,
		   struct json_raw *ret)
{
	struct scan s = scan_of(text, at.line ? at.line : 1);
	const char *from = s.p;
	enum scan_end e = scan(&s, ret);
	struct str before;
	size_t nl;

	if (!utf8_is_valid(text))
		diag_add(ds, RW1105, at, "invalid UTF-8 or a NUL");
	if (s.odd_line)
		diag_add(ds, RW1105, diag_at_line(at.path, s.odd_line),
			 "a control character, \\u0000 or half a surrogate "
			 "pair in a string");
	if (e == SCAN_WHOLE)
		skip_blanks(&s);
	if (e == SCAN_WHOLE && s.p == s.end)
		return OK;
	before = str_n(from, (size_t)(s.p - from));
	nl = str_rfind_ch(before, '\n');
	say_end(e, diag_at_column(at.path, s.line, (unsigned)(before.n -
				  (nl == SIZE_MAX ? 0 : nl + 1)) + 1), ds);
	return e == SCAN_DEEP ? ERR_LIMIT : e ? ERR_FORMAT : OK;
}

/* --- walking ------------------------------------------------------------ */

/* Looks past blanks: is the container at its end here? */
static void walk_to_next(struct json_walk *w, bool is_first)
{
	struct scan s = scan_of(w->rest, w->line);

	skip_blanks(&s);
	if (s.p == s.end)
		w->broken = true;
	else if (*s.p == '}' || *s.p == ']')
		w->done = true;
	else if (!is_first)
		s.p++; /* a comma: json_scan has checked */
	w->rest = str_n(s.p, (size_t)(s.end - s.p));
	w->line = s.line;
}

void json_walk_begin(struct json_walk *w, struct json_raw of)
{
	*w = (struct json_walk){.rest = str_from(of.text, 1), .type = of.type,
				.line = of.line};
	if (of.type == JSON_ARRAY || of.type == JSON_OBJECT)
		walk_to_next(w, true);
	else
		w->done = true;
}

bool json_walk_next(struct json_walk *w, struct str *key,
		    struct json_raw *ret_value)
{
	struct scan s = scan_of(w->rest, w->line);
	struct json_raw name;

	*ret_value = (struct json_raw){.type = JSON_ABSENT};
	if (w->broken || w->done)
		return false;
	if (w->type == JSON_OBJECT) {
		if (scan(&s, &name) == SCAN_WHOLE) {
			if (key)
				*key = str_sub(name.text, 1, name.text.n - 1);
			skip_blanks(&s);
		}
		if (s.p < s.end)
			s.p++; /* the colon */
	}
	w->broken = scan(&s, ret_value) != SCAN_WHOLE;
	w->rest = str_n(s.p, (size_t)(s.end - s.p));
	w->line = s.line;
	if (!w->broken)
		walk_to_next(w, false);
	return ret_value->type != JSON_ABSENT;
}

bool json_walk_take(struct json_raw of, struct json_raw *ret, size_t n)
{
	struct json_walk w;
	struct json_raw more;

	json_walk_begin(&w, of);
	for (size_t i = 0; i < n; i++)
		if (!json_walk_next(&w, NULL, &ret[i]))
			return false;
	return of.type == JSON_ARRAY && !json_walk_next(&w, NULL, &more);
}

static void add_point(struct strbuf *b, unsigned c)
{
	if (c < 0x80) {
		strbuf_ch(b, (char)c);
		return;
	}
	if (c < 0x800) {
		strbuf_ch(b, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			strbuf_ch(b, (char)(0xe0 | c >> 12));
		} else {
			strbuf_ch(b, (char)(0xf0 | c >> 18));
			strbuf_ch(b, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		strbuf_ch(b, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	strbuf_ch(b, (char)(0x80 | (c & 0x3f)));
}

/* Adds what the raw text between two quotes says. */
static void decode(struct strbuf *b, struct str s)
{
	static const char names[] = "bfnrt", bytes[] = "\b\f\n\r\t";
	const char *p = s.p, *end = s.p + s.n;

	while (p < end) {
		const char *from = p, *name;
		size_t n = 2;
		unsigned c = 0;

		while (p < end && is_ordinary(*p))
			p++;
		strbuf_add(b, str_n(from, (size_t)(p - from)));
		if (p == end)
			break;
		if (*p != '\\') {
			n = 1; /* a raw control character */
		} else if (p[1] == 'u') {
			c = unicode_escape(p, end, &n);
		} else {
			name = memchr(names, p[1], 5);
			c = (unsigned char)(name ? bytes[name - names]
						 : p[1]);
		}
		add_point(b, c ? c : 0xfffd);
		p += n;
	}
}

static bool is_ordinary_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_ordinary(s.p[i]))
			return false;
	return true;
}

bool json_raw_key_is(struct str raw_key, struct str key)
{
	struct strbuf b = {0};
	bool is_same;

	/* an escape is longer than what it stands for */
	if (raw_key.n <= key.n || str_find_ch(raw_key, '\\') == SIZE_MAX)
		return str_eq(raw_key, key);
	if (raw_key.n > 6 * key.n)
		return false;
	decode(&b, raw_key);
	is_same = str_eq(strbuf_str(&b), key);
	strbuf_release(&b);
	return is_same;
}

struct json_raw json_raw_get(struct json_raw of, const char *key)
{
	struct json_walk w;
	struct json_raw value;
	struct str name;

	json_walk_begin(&w, of);
	if (of.type == JSON_OBJECT)
		while (json_walk_next(&w, &name, &value))
			if (json_raw_key_is(name, str_c(key)))
				return value;
	return (struct json_raw){.type = JSON_ABSENT};
}

static void say_duplicate(struct str key, struct place at, struct diags *ds)
{
	diag_add(ds, RW1103, at, "the key \"%.*s\" is there twice",
		 STR_ARG(str_head(key, 100)));
}

void json_raw_members(struct json_raw of, const struct str *keys, size_t n,
		      struct json_raw *ret_values, struct str path,
		      struct diags *ds)
{
	struct json_walk w;
	struct json_raw value;
	struct str name;
	size_t i;

	for (i = 0; i < n; i++)
		ret_values[i] = (struct json_raw){.type = JSON_ABSENT};
	if (of.type != JSON_OBJECT)
		return;
	json_walk_begin(&w, of);
	while (json_walk_next(&w, &name, &value)) {
		for (i = 0; i < n && !json_raw_key_is(name, keys[i]); i++)
			;
		if (i == n)
			continue;
		if (ret_values[i].type == JSON_ABSENT)
			ret_values[i] = value;
		else
			say_duplicate(keys[i], diag_at_line(path, value.line),
				      ds);
	}
}

struct str json_raw_str(struct json_raw raw, struct arena *a)
{
	struct str inner = str_sub(raw.text, 1, raw.text.n - 1);
	struct strbuf b = {0};
	struct str text;

	if (raw.type != JSON_STRING || raw.cut)
		return STR("");
	if (is_ordinary_text(inner)) {
		text = arena_dup(a, inner);
	} else {
		decode(&b, inner);
		text = arena_dup(a, strbuf_str(&b));
		strbuf_release(&b);
	}
	return utf8_is_valid(text) ? text : utf8_repair(a, text);
}

void json_raw_repair(struct json_raw raw, struct strbuf *b)
{
	struct arena repaired = {0};
	struct str text = utf8_is_valid(raw.text)
		? raw.text : utf8_repair(&repaired, raw.text);
	const char *p = text.p, *end = p + text.n;
	bool in_string = false;

	while (p < end) {
		size_t n = 1;

		if (*p == '"')
			in_string = !in_string;
		if (in_string && *p == '\\') {
			if (p[1] != 'u')
				n = 2;
			else if (!unicode_escape(p, end, &n))
				p += n, n = 0;
		} else if (in_string && (unsigned char)*p < 0x20) {
			p++, n = 0;
		}
		if (n)
			strbuf_add(b, str_n(p, n));
		else
			add_point(b, 0xfffd);
		p += n;
	}
	arena_release(&repaired);
}
