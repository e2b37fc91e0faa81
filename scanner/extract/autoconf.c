/*
 * configure.ac: the libraries that macros look for, by the manuals of
 * Autoconf and pkg-config.  No macro is expanded and no shell text is run.
 */
#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/native.h"

#define ARGS_MAX 2 /* that any of the macros needs */

struct autoconf {
	struct extraction *x;
	struct str rest;
	unsigned line;
	struct native found;
	struct str args[ARGS_MAX];
};

static void skip(struct autoconf *a, size_t n)
{
	for (size_t i = 0; i < n && i < a->rest.n; i++)
		a->line += a->rest.p[i] == '\n';
	a->rest = str_from(a->rest, n);
}

static size_t name_bytes(struct str s)
{
	size_t n = 0;

	while (n < s.n && (ascii_is_alnum(s.p[n]) || s.p[n] == '_'))
		n++;
	return n;
}

/* Blanks and m4 quotes around it off. */
static struct str bare(struct str s)
{
	for (s = str_trim(s); s.n > 1 && s.p[0] == '[' &&
	     s.p[s.n - 1] == ']'; s = str_trim(s))
		s = str_sub(s, 1, s.n - 1);
	return s;
}

/* The arguments of a macro; false when it is not closed: then nothing is
 * read behind it. */
static bool read_arguments(struct autoconf *a)
{
	size_t quotes = 0, depth = 1, begin = 0, count = 0, i;
	struct str s = a->rest;

	memset(a->args, 0, sizeof a->args);
	for (i = 0; i < s.n && depth; i++) {
		char c = s.p[i];

		if (c == '[')
			quotes++;
		else if (c == ']' && quotes)
			quotes--;
		else if (!quotes && c == '(')
			depth++;
		else if (!quotes && c == ')')
			depth--;
		if (depth > 1 || quotes || (c != ',' && depth))
			continue;
		if (count < ARGS_MAX)
			a->args[count++] = bare(str_sub(s, begin, i));
		begin = i + 1;
	}
	skip(a, i);
	return !depth;
}

/* The libraries of a list: the first that somebody knows, else the first. */
static void add_one_of(struct autoconf *a, struct str list, unsigned line)
{
	struct str word, first = STR(""), known = STR("");

	while (str_word(&list, &word)) {
		if (!first.n)
			first = word;
		if (!known.n &&
		    native_is_known(&a->found, NATIVE_LINK, word))
			known = word;
	}
	native_add(&a->found, NATIVE_LINK, known.n ? known : first, STR(""),
		   line);
}

static void read_macro(struct autoconf *a, struct str name)
{
	unsigned line = a->line;
	bool is_modules = str_has_prefix(name, STR("PKG_CHECK_MODULES")) ||
			  str_is(name, "PKG_CHECK_EXISTS");
	bool is_search = str_is(name, "AC_SEARCH_LIBS");

	if (!is_modules && !is_search && !str_is(name, "AC_CHECK_LIB") &&
	    !str_is(name, "AC_HAVE_LIBRARY"))
		return;
	skip(a, 1);
	if (!read_arguments(a))
		lines_bad(a->x, line, "a macro is not closed", name);
	else if (is_search)
		add_one_of(a, a->args[1], line);
	else if (!is_modules)
		native_add(&a->found, NATIVE_LINK, a->args[0], STR(""), line);
	else if (str_is(name, "PKG_CHECK_EXISTS"))
		native_add_modules(&a->found, a->args[0], line);
	else
		native_add_modules(&a->found, a->args[1], line);
}

static void read_all(struct autoconf *a)
{
	while (a->rest.n) {
		size_t n = name_bytes(a->rest);
		struct str name = str_head(a->rest, n);

		if (str_is(name, "dnl") || a->rest.p[0] == '#') {
			a->rest = str_from(a->rest,
					   str_find_ch(a->rest, '\n'));
		} else {
			skip(a, n ? n : 1);
			if (n && a->rest.n && a->rest.p[0] == '(')
				read_macro(a, name);
		}
	}
}

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	return str_is(base, "configure.ac") || str_is(base, "configure.in");
}

static enum err extract(struct extraction *x)
{
	struct autoconf a = {.x = x, .rest = x->text, .line = 1};
	unsigned long lost = lines_lost(x);

	native_init(&a.found, x, &extract_autoconf);
	read_all(&a);
	native_release(&a.found);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_autoconf = {
	.name = "native/autoconf",
	.summary = "configure.ac: modules and libraries that are looked for",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY,
	.wants = wants,
	.extract = extract,
};
