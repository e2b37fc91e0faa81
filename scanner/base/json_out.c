/*
 * Writing JSON (RFC 8259) into a strbuf.  What readers on a terminal or in a
 * page could trip over is escaped here, once, for every writer.
 */
#include "base/json_out.h"

#include <assert.h>

#include "base/utf8.h"

#define LEVELS (sizeof((struct json_out *)0)->has_items / sizeof(bool))

void json_out_init(struct json_out *j, struct strbuf *to, bool compact)
{
	*j = (struct json_out){.to = to, .compact = compact};
}

void json_out_end(struct json_out *j)
{
	assert(j->depth == 0 && j->has_items[0]);
	strbuf_ch(j->to, '\n');
}

static void new_line(struct json_out *j)
{
	if (j->compact)
		return;
	strbuf_ch(j->to, '\n');
	strbuf_pad(j->to, ' ', 2 * (size_t)j->depth);
}

/* What stands between the last item of this level and the next. */
static void separate(struct json_out *j)
{
	if (j->has_items[j->depth])
		strbuf_ch(j->to, ',');
	if (j->depth)
		new_line(j);
	j->has_items[j->depth] = true;
}

static void before_value(struct json_out *j)
{
	if (j->after_key) {
		j->after_key = false;
		return;
	}
	/* one value per document; a member needs its key first */
	assert(j->depth ? j->is_array[j->depth] : !j->has_items[0]);
	separate(j);
}

static void open(struct json_out *j, bool is_array)
{
	before_value(j);
	assert(j->depth + 1 < LEVELS);
	strbuf_ch(j->to, is_array ? '[' : '{');
	j->depth++;
	j->is_array[j->depth] = is_array;
	j->has_items[j->depth] = false;
}

static void close(struct json_out *j, bool is_array)
{
	bool had_items = j->has_items[j->depth];

	assert(j->depth && !j->after_key &&
	       j->is_array[j->depth] == is_array);
	j->depth--;
	if (had_items)
		new_line(j);
	strbuf_ch(j->to, is_array ? ']' : '}');
}

void json_out_object(struct json_out *j)
{
	open(j, false);
}

void json_out_object_end(struct json_out *j)
{
	close(j, false);
}

void json_out_array(struct json_out *j)
{
	open(j, true);
}

void json_out_array_end(struct json_out *j)
{
	close(j, true);
}

/* The code point that begins at p when it is one of two or three bytes (all
 * that need escaping are), and its length; s is valid UTF-8. */
static unsigned point(const unsigned char *p, size_t *ret_n)
{
	*ret_n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	switch (*ret_n) {
	case 1:
		return p[0];
	case 2:
		return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	case 3:
		return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 |
		       (p[2] & 0x3fu);
	default:
		return 0x10000;
	}
}

/* Controls, line separators and marks that turn the direction of text. */
static bool is_unsafe(unsigned c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c ||
	       c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static void add_escape(struct strbuf *b, unsigned c)
{
	switch (c) {
	case '\n':
		strbuf_cstr(b, "\\n");
		break;
	case '\r':
		strbuf_cstr(b, "\\r");
		break;
	case '\t':
		strbuf_cstr(b, "\\t");
		break;
	default:
		strbuf_fmt(b, "\\u%04x", c);
	}
}

static void add_quoted(struct strbuf *b, struct str s)
{
	size_t from = 0, n;

	strbuf_ch(b, '"');
	for (size_t i = 0; i < s.n; i += n) {
		unsigned c = point((const unsigned char *)s.p + i, &n);

		if (!is_unsafe(c) && c != '"' && c != '\\')
			continue;
		strbuf_add(b, str_sub(s, from, i));
		if (is_unsafe(c)) {
			add_escape(b, c);
		} else {
			strbuf_ch(b, '\\');
			strbuf_ch(b, (char)c);
		}
		from = i + n;
	}
	strbuf_add(b, str_from(s, from));
	strbuf_ch(b, '"');
}

static void add_string(struct strbuf *b, struct str s)
{
	struct arena repaired = {0};

	if (!utf8_is_valid(s))
		s = utf8_repair(&repaired, s);
	add_quoted(b, s);
	arena_release(&repaired);
}

void json_out_key(struct json_out *j, const char *key)
{
	assert(j->depth && !j->is_array[j->depth] && !j->after_key);
	separate(j);
	add_string(j->to, str_c(key));
	strbuf_cstr(j->to, j->compact ? ":" : ": ");
	j->after_key = true;
}

void json_out_str(struct json_out *j, struct str s)
{
	before_value(j);
	add_string(j->to, s);
}

void json_out_i64(struct json_out *j, int64_t v)
{
	before_value(j);
	strbuf_fmt(j->to, "%lld", (long long)v);
}

void json_out_bool(struct json_out *j, bool v)
{
	before_value(j);
	strbuf_cstr(j->to, v ? "true" : "false");
}

void json_out_null(struct json_out *j)
{
	before_value(j);
	strbuf_cstr(j->to, "null");
}

void json_out_kstr(struct json_out *j, const char *key, struct str s)
{
	json_out_key(j, key);
	json_out_str(j, s);
}

void json_out_kstrs(struct json_out *j, const char *key, const struct str *v,
		    size_t n)
{
	json_out_key(j, key);
	json_out_array(j);
	for (size_t i = 0; i < n; i++)
		json_out_str(j, v[i]);
	json_out_array_end(j);
}

void json_out_kstr_or_null(struct json_out *j, const char *key, struct str s)
{
	json_out_key(j, key);
	if (str_is_empty(s))
		json_out_null(j);
	else
		json_out_str(j, s);
}

void json_out_ki64(struct json_out *j, const char *key, int64_t v)
{
	json_out_key(j, key);
	json_out_i64(j, v);
}

void json_out_kbool(struct json_out *j, const char *key, bool v)
{
	json_out_key(j, key);
	json_out_bool(j, v);
}

void json_out_ki64_or_null(struct json_out *j, const char *key, int64_t v)
{
	json_out_key(j, key);
	if (v < 0)
		json_out_null(j);
	else
		json_out_i64(j, v);
}
