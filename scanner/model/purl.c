/*
 * Package URLs by ECMA-427 (2025); purl_type.c knows the types.  Reading is as
 * lenient as the specification's own procedure (slashes after the scheme,
 * upper case in type and qualifier keys, unescaped characters); writing is
 * always canonical.
 */
#include "model/purl.h"

#include <string.h>

#include "base/limits.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "model/purl_type.h"

void purl_release(struct purl *p)
{
	vec_release(&p->qualifiers);
}

/* --- normalising ---------------------------------------------------------- */

static bool is_type(struct str s)
{
	if (s.n == 0 || !ascii_is_alpha(s.p[0]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && s.p[i] != '.' && s.p[i] != '-')
			return false;
	return true;
}

static bool is_key(struct str s)
{
	if (s.n == 0 || !ascii_is_alpha(s.p[0]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) &&
		    (s.p[i] == 0 || !strchr(".-_", s.p[i])))
			return false;
	return true;
}

static bool is_dots(struct str s)
{
	return str_is(s, ".") || str_is(s, "..");
}

/* Segments joined by single slashes, without empty ones and, on request,
 * without "." and "..". */
static struct str squeezed(struct str s, struct arena *a, bool no_dots)
{
	char *out = arena_alloc(a, s.n + 1);
	struct str part;
	size_t n = 0;

	while (str_split(&s, '/', &part)) {
		if (part.n == 0 || (no_dots && is_dots(part)))
			continue;
		if (n)
			out[n++] = '/';
		memcpy(out + n, part.p, part.n);
		n += part.n;
	}
	return str_n(out, n);
}

static struct str without_outer_slashes(struct str s)
{
	while (s.n && s.p[0] == '/')
		s = str_from(s, 1);
	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	return s;
}

static int compare_keys(const void *va, const void *vb)
{
	const struct purl_qualifier *a = va, *b = vb;

	return str_cmp(a->key, b->key);
}

static const char *normalise_qualifiers(struct purl *p, struct arena *a)
{
	size_t n = 0;

	for (size_t i = 0; i < p->qualifiers.n; i++) {
		struct purl_qualifier q = p->qualifiers.v[i];

		if (!is_key(q.key))
			return "a qualifier's key is not valid";
		if (!utf8_is_valid(q.value))
			return "not UTF-8 text";
		q.key = arena_lower(a, q.key);
		if (str_is(q.key, "checksum"))
			q.value = arena_lower(a, q.value);
		if (q.value.n)
			p->qualifiers.v[n++] = q;
	}
	p->qualifiers.n = n;
	vec_sort(&p->qualifiers, compare_keys);
	for (size_t i = 1; i < n; i++)
		if (str_eq(p->qualifiers.v[i - 1].key, p->qualifiers.v[i].key))
			return "a qualifier stands there twice";
	if (p->version.n && purl_qualifier(p, "vers").n)
		return "version and qualifier vers exclude each other";
	return NULL;
}

static const char *normalise(struct purl *p, struct arena *a)
{
	const char *why;

	if (!is_type(p->type))
		return "the type is missing or not valid";
	if (!utf8_is_valid(p->namespace) || !utf8_is_valid(p->name) ||
	    !utf8_is_valid(p->version) || !utf8_is_valid(p->subpath))
		return "not UTF-8 text";
	p->type = arena_lower(a, p->type);
	p->namespace = squeezed(p->namespace, a, false);
	p->name = str_is(p->type, "git") ? squeezed(p->name, a, false)
					 : without_outer_slashes(p->name);
	p->subpath = squeezed(p->subpath, a, true);
	if (p->name.n == 0)
		return "the name is missing";
	why = normalise_qualifiers(p, a);
	return why ? why : purl_type_apply(p, a);
}

enum err purl_normalise(struct purl *p, struct arena *a, const char **ret_why)
{
	*ret_why = normalise(p, a);
	return *ret_why ? ERR_FORMAT : OK;
}

/* --- reading -------------------------------------------------------------- */

static int hex_value(char c)
{
	c = ascii_lower(c);
	return ascii_is_digit(c) ? c - '0' : c - 'a' + 10;
}

/* NULL, or what is wrong. */
static const char *decode(struct str s, struct arena *a, struct str *ret)
{
	char *out;
	size_t n = 0;

	*ret = s;
	if (str_find_ch(s, '%') == SIZE_MAX)
		return NULL;
	out = arena_alloc(a, s.n);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '%') {
			out[n++] = s.p[i];
			continue;
		}
		if (s.n - i < 3 || !ascii_is_hex(s.p[i + 1]) ||
		    !ascii_is_hex(s.p[i + 2]))
			return "a percent sign without two hex digits";
		out[n++] = (char)(hex_value(s.p[i + 1]) * 16 +
				  hex_value(s.p[i + 2]));
		i += 2;
	}
	*ret = str_n(out, n);
	return NULL;
}

/* Decodes segment by segment. */
static const char *decode_path(struct str s, struct arena *a,
			       struct str *ret)
{
	char *out = arena_alloc(a, s.n + 1);
	struct str part;
	size_t n = 0;

	while (str_split(&s, '/', &part)) {
		const char *why = decode(part, a, &part);

		if (why)
			return why;
		if (str_find_ch(part, '/') != SIZE_MAX)
			return "a segment holds an escaped slash";
		if (n)
			out[n++] = '/';
		memcpy(out + n, part.p, part.n);
		n += part.n;
	}
	*ret = str_n(out, n);
	return NULL;
}

static const char *read_qualifiers(struct str s, struct arena *a,
				   struct purl *p)
{
	struct str pair;

	while (str_split(&s, '&', &pair)) {
		struct purl_qualifier q;
		const char *why;

		if (pair.n == 0)
			continue;
		str_cut(pair, '=', &q.key, &q.value);
		why = decode(q.value, a, &q.value);
		if (why)
			return why;
		vec_push(&p->qualifiers, q);
	}
	return NULL;
}

/* Cuts *s at its last `sep`; what follows it, or "". */
static struct str cut_last(struct str *s, char sep)
{
	size_t at = str_rfind_ch(*s, sep);
	struct str after;

	if (at == SIZE_MAX)
		return STR("");
	after = str_from(*s, at + 1);
	*s = str_head(*s, at);
	return after;
}

/* An npm scope may stand there unescaped: its '@' begins no version. */
static bool is_bare_scope(const struct purl *p, struct str rest)
{
	return str_eq_nocase(p->type, STR("npm")) &&
	       str_has_prefix(rest, STR("@")) &&
	       str_rfind_ch(rest, '@') == 0 &&
	       str_find_ch(rest, '/') != SIZE_MAX;
}

static const char *read_path(struct str rest, struct arena *a,
			     struct purl *p)
{
	struct str version = STR(""), name, namespace = STR("");
	const char *why;
	size_t slash;

	if (!is_bare_scope(p, rest))
		version = cut_last(&rest, '@');
	rest = without_outer_slashes(rest);
	slash = str_rfind_ch(rest, '/');
	name = slash == SIZE_MAX ? rest : str_from(rest, slash + 1);
	if (slash != SIZE_MAX)
		namespace = str_head(rest, slash);
	why = decode(version, a, &p->version);
	if (!why)
		why = decode(name, a, &p->name);
	if (!why)
		why = decode_path(namespace, a, &p->namespace);
	return why;
}

static const char *parse(struct str text, struct arena *a, struct purl *p)
{
	struct str subpath, qualifiers, scheme, rest;
	const char *why;

	subpath = cut_last(&text, '#');
	qualifiers = cut_last(&text, '?');
	if (!str_cut(text, ':', &scheme, &rest) ||
	    !str_eq_nocase(scheme, STR("pkg")))
		return "it does not begin with pkg:";
	while (rest.n && rest.p[0] == '/')
		rest = str_from(rest, 1);
	str_cut(rest, '/', &p->type, &rest);
	why = read_path(rest, a, p);
	if (!why)
		why = read_qualifiers(qualifiers, a, p);
	if (!why)
		why = decode_path(subpath, a, &p->subpath);
	return why ? why : normalise(p, a);
}

enum err purl_parse(struct str text, struct arena *a, struct purl *ret,
		    const char **ret_why)
{
	*ret = (struct purl){0};
	*ret_why = text.n > LIMIT_NAME_BYTES
		? "longer than the limit" : parse(arena_dup(a, text), a, ret);
	if (!*ret_why)
		return OK;
	purl_release(ret);
	return ERR_FORMAT;
}

/* --- writing -------------------------------------------------------------- */

/* Adds s with all but the unreserved characters, ':' and what `also` names
 * escaped. */
static void add_encoded(struct strbuf *b, struct str s, char also)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (ascii_is_alnum(s.p[i]) || s.p[i] == also ||
		    (c && strchr(".-_~:", c))) {
			strbuf_ch(b, s.p[i]);
			continue;
		}
		strbuf_ch(b, '%');
		strbuf_ch(b, digits[c >> 4]);
		strbuf_ch(b, digits[c & 15]);
	}
}

static void add_package(struct strbuf *b, const struct purl *p)
{
	strbuf_cstr(b, "pkg:");
	strbuf_add(b, p->type);
	strbuf_ch(b, '/');
	if (p->namespace.n) {
		add_encoded(b, p->namespace, '/');
		strbuf_ch(b, '/');
	}
	add_encoded(b, p->name, str_is(p->type, "git") ? '/' : ':');
}

static struct str taken(struct strbuf *b, struct arena *a)
{
	struct str s = arena_dup(a, strbuf_str(b));

	strbuf_release(b);
	return s;
}

struct str purl_write(const struct purl *p, struct arena *a)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	add_package(&b, p);
	if (p->version.n) {
		strbuf_ch(&b, '@');
		add_encoded(&b, p->version, ':');
	}
	for (size_t i = 0; i < p->qualifiers.n; i++) {
		strbuf_ch(&b, i ? '&' : '?');
		strbuf_add(&b, p->qualifiers.v[i].key);
		strbuf_ch(&b, '=');
		add_encoded(&b, p->qualifiers.v[i].value, ':');
	}
	if (p->subpath.n) {
		strbuf_ch(&b, '#');
		add_encoded(&b, p->subpath, '/');
	}
	return taken(&b, a);
}

struct str purl_canonical(struct str text, struct arena *a)
{
	struct purl p;
	const char *why;
	struct str s;

	if (purl_parse(text, a, &p, &why))
		return STR("");
	s = purl_write(&p, a);
	purl_release(&p);
	return s;
}

struct str purl_package(const struct purl *p, struct arena *a)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	add_package(&b, p);
	return taken(&b, a);
}

struct str purl_qualifier(const struct purl *p, const char *key)
{
	for (size_t i = 0; i < p->qualifiers.n; i++)
		if (str_is(p->qualifiers.v[i].key, key))
			return p->qualifiers.v[i].value;
	return STR("");
}
