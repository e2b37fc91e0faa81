/*
 * Meson: dependency() and find_library(), by the reference manual of Meson.
 * Calls are read wherever they stand; nothing is evaluated.
 */
#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/native.h"

#define NAMES_MAX 8

struct meson {
	struct extraction *x;
	struct str rest;
	unsigned line;
	struct native found;
	/* of the call at hand */
	struct str names[NAMES_MAX]; /* positional; "" when no plain text */
	struct str first;            /* as written */
	size_t count;
	struct str version;
	bool is_native;
};

static void skip(struct meson *m, size_t n)
{
	for (size_t i = 0; i < n && i < m->rest.n; i++)
		m->line += m->rest.p[i] == '\n';
	m->rest = str_from(m->rest, n);
}

static size_t word_bytes(struct str s)
{
	size_t n = 0;

	while (n < s.n && (ascii_is_alnum(s.p[n]) || s.p[n] == '_'))
		n++;
	return n;
}

/* Bytes of '...' or '''...''' at the start, with the quotes; an open one ends
 * with its line or with the text. */
static size_t string_bytes(struct str s)
{
	size_t i = 1;

	if (str_has_prefix(s, STR("'''"))) {
		i = str_find(str_from(s, 3), STR("'''"));
		return i == SIZE_MAX ? s.n : i + 6;
	}
	while (i < s.n && s.p[i] != '\'' && s.p[i] != '\n')
		i += s.p[i] == '\\' ? 2 : 1;
	return i < s.n ? i + (s.p[i] == '\'') : s.n;
}

/* A piece of the text: a string, a word, or one byte. */
static struct str piece(struct meson *m)
{
	struct str s = m->rest;
	size_t n = 1;

	if (s.p[0] == '\'')
		n = string_bytes(s);
	else if (s.p[0] == '#')
		n = str_find_ch(s, '\n');
	else if (word_bytes(s))
		n = word_bytes(s);
	s = str_head(s, n);
	skip(m, s.n);
	return s;
}

static bool is_space(struct str s)
{
	return ascii_is_blank(s.p[0]) || s.p[0] == '#';
}

/* --- the arguments of a call ---------------------------------------------- */

/* An argument that is being read. */
struct argument {
	struct str text, key;  /* all of it; the word before ':' */
	size_t pieces;
};

static void end_argument(struct meson *m, struct argument *a)
{
	bool is_text = a->pieces == 1 && a->text.n > 1 && a->text.p[0] == '\'';
	struct str value = is_text ? str_unquote(a->text) : STR("");

	if (str_is(a->key, "version")) {
		m->version = value;
	} else if (str_is(a->key, "native")) {
		m->is_native = str_is(a->text, "true");
	} else if (!a->key.n && a->pieces) {
		if (!m->count)
			m->first = a->text;
		if (m->count < NAMES_MAX)
			m->names[m->count++] = value;
	}
	*a = (struct argument){.pieces = 0};
}

static void add_piece(struct argument *a, struct str s)
{
	if (str_is(s, ":") && a->pieces == 1 && !a->key.n) {
		*a = (struct argument){.key = a->text};
		return;
	}
	if (!a->pieces++)
		a->text = s;
	else
		a->text.n = (size_t)(s.p + s.n - a->text.p);
}

/* Up to the bracket that closes the call; false when there is none. */
static bool read_arguments(struct meson *m)
{
	struct argument a = {.pieces = 0};
	size_t depth = 1;

	m->count = 0;
	m->first = m->version = STR("");
	m->is_native = false;
	while (m->rest.n) {
		struct str s = piece(m);
		char c = s.p[0];

		if (is_space(s))
			continue;
		if (memchr("([{", c, 3))
			depth++;
		else if (memchr(")]}", c, 3) && --depth == 0)
			break;
		if (c == ',' && depth == 1)
			end_argument(m, &a);
		else
			add_piece(&a, s);
	}
	if (depth)
		return false;
	end_argument(m, &a);
	return true;
}

/* "=1.2" fixes a version, ">=1.2" does not. */
static struct str fixed(struct str version)
{
	version = str_trim(version);
	if (!str_has_prefix(version, STR("=")))
		return STR("");
	while (str_has_prefix(version, STR("=")))
		version = str_from(version, 1);
	return str_trim(version);
}

/* Of several names, the first that somebody knows, else the first. */
static void add_call(struct meson *m, enum native_kind kind, unsigned line)
{
	enum scope scope = m->found.scope;
	struct str name = m->names[0];

	if (!m->count)
		return;
	for (size_t i = m->count; i-- > 0;)
		if (native_is_known(&m->found, kind, m->names[i]))
			name = m->names[i];
	if (!name.n)
		name = arena_fmt(m->x->scratch, "${%.*s}",
				 STR_ARG(str_head(m->first, 80)));
	if (m->is_native && scope == SCOPE_RUNTIME)
		m->found.scope = SCOPE_BUILD;
	native_add(&m->found, kind, name, fixed(m->version), line);
	m->found.scope = scope;
}

/* A word and what stands before it: is it one of the calls? */
static bool is_call(struct str word, char before, enum native_kind *ret)
{
	*ret = str_is(word, "dependency") ? NATIVE_PKG_CONFIG : NATIVE_LINK;
	return (str_is(word, "dependency") && before != '.') ||
	       (str_is(word, "find_library") && before == '.');
}

static void read_all(struct meson *m)
{
	char before = 0;

	while (m->rest.n) {
		struct str s = piece(m);
		unsigned line = m->line;
		enum native_kind kind;

		while (m->rest.n && m->rest.p[0] == ' ')
			skip(m, 1);
		if (is_call(s, before, &kind) && m->rest.n &&
		    m->rest.p[0] == '(') {
			skip(m, 1);
			if (read_arguments(m))
				add_call(m, kind, line);
			else
				lines_bad(m->x, line, "a call is not closed",
					  s);
		}
		before = s.p[0];
	}
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "meson.build");
}

static enum err extract(struct extraction *x)
{
	struct meson m = {.x = x, .rest = x->text, .line = 1};
	unsigned long lost = lines_lost(x);

	native_init(&m.found, x, &extract_meson);
	read_all(&m);
	native_release(&m.found);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_meson = {
	.name = "native/meson",
	.summary = "Meson: dependencies and libraries that are looked for",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY,
	.wants = wants,
	.extract = extract,
};
