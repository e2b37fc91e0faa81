/*
 * What Makefiles link: -lNAME, and the modules that they ask pkg-config for.
 * Lines are read as they stand; no variable is put in and no condition
 * evaluated.
 */
#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/native.h"

struct make_link {
	struct native found;  /* where a linker is called or told */
	struct native strict; /* elsewhere: -l is an option of others, too */
	bool is_recipe;       /* the statement at hand */
	bool goes_on;         /* on the next line */
};

/* Does the line have to do with a linker?  A list of flags does, and a recipe
 * that names a compiler or a folder of libraries. */
static bool is_linking(struct str line, bool is_recipe)
{
	static const char *const signs[] = {
		"-L", "$(CC)", "$(CXX)", "$(LD)", "${CC}", "${CXX}", "gcc",
		"g++", "clang", "libtool"};

	if (!is_recipe)
		return true;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_find(line, str_c(signs[i])) != SIZE_MAX)
			return true;
	return false;
}

static struct str without_comment(struct str line)
{
	size_t at = str_find_ch(line, '#');

	if (at && at != SIZE_MAX && line.p[at - 1] == '\\')
		return line;
	return str_head(line, at);
}

/* pkg-config --libs a "b >= 2" c) */
static void add_modules(struct make_link *m, struct str rest, unsigned line)
{
	struct str word;

	rest = str_head(rest, str_find_ch(rest, ')'));
	rest = str_head(rest, str_find_ch(rest, '`'));
	rest = str_head(rest, str_find_ch(rest, '|'));
	rest = str_head(rest, str_find_ch(rest, ';'));
	rest = str_head(rest, str_find_ch(rest, '&'));
	while (str_word(&rest, &word)) {
		word = str_unquote(word);
		if (word.p[0] == '-' || ascii_is_digit(word.p[0]) ||
		    memchr("<>=2&", word.p[0], 5))
			continue;
		native_add_modules(&m->found, word, line);
	}
}

/* A name behind -l; numbers, sizes and the rest of other words are none. */
static bool is_library(struct str name)
{
	return name.n > 1 && ascii_is_alpha(name.p[0]) &&
	       !str_has_prefix_nocase(name, STR("dflags")) &&
	       !str_is(name, "ink") && !str_is(name, "ib");
}

static void add_word(struct make_link *m, struct str word, bool is_linking,
		     unsigned line)
{
	struct str name;

	while (word.n && memchr("\"'(", word.p[0], 3))
		word = str_from(word, 1);
	while (word.n && memchr("\"')", word.p[word.n - 1], 3))
		word.n--;
	if (!str_has_prefix(word, STR("-l")) &&
	    !str_has_prefix(word, STR("-Wl,-l")))
		return;
	word = str_head(word, str_find_ch(word, '$')); /* -lx$(SUFFIX) */
	name = native_link_name(word);
	if (is_library(name))
		native_add(is_linking ? &m->found : &m->strict, NATIVE_LINK,
			   name, STR(""), line);
}

static void read_line(struct make_link *m, struct str line, unsigned number)
{
	bool links;
	struct str word;
	size_t at;

	if (!m->goes_on)
		m->is_recipe = str_has_prefix(line, STR("\t"));
	m->goes_on = str_has_suffix(line, STR("\\"));
	line = without_comment(line);
	links = is_linking(line, m->is_recipe);
	at = str_find(line, STR("pkg-config "));
	if (at != SIZE_MAX)
		add_modules(m, str_from(line, at + 11), number);
	at = str_find(line, STR("$(PKG_CONFIG) "));
	if (at != SIZE_MAX)
		add_modules(m, str_from(line, at + 14), number);
	for (at = str_find_ch(line, '='); at != SIZE_MAX; at = SIZE_MAX)
		if (str_has_prefix(str_from(line, at + 1), STR("-l")))
			line = str_from(line, at + 1);
	while (str_word(&line, &word)) {
		if (str_is(word, "-l") && links && str_word(&line, &word))
			native_add(&m->strict, NATIVE_LINK,
				   native_link_name(word), STR(""), number);
		else
			add_word(m, word, links, number);
	}
}

static bool wants(const struct file *f)
{
	static const char *const names[] = {
		"makefile", "gnumakefile", "*.mk", "makefile.*", "*.makefile",
		"makefile_*", "makefile-*", "kbuild"};
	static const char *const others[] = {"*.in", "*.md", "*.rst",
					     "*.patch", "*.py*", "*.txt"};
	struct str base = path_base(f->path);

	return !str_any(base, others, str_is_like) &&
	       str_any(base, names, str_is_like);
}

static enum err extract(struct extraction *x)
{
	struct lines lines = lines_of(x);
	struct make_link m = {.goes_on = false};
	unsigned long lost = lines_lost(x);
	struct str line;

	native_init(&m.found, x, &extract_make_link);
	native_init(&m.strict, x, &extract_make_link);
	m.strict.is_strict = true;
	while (lines_next(&lines, &line))
		read_line(&m, line, lines.number);
	native_release(&m.found);
	native_release(&m.strict);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_make_link = {
	.name = "native/make",
	.summary = "Makefiles: libraries that are linked",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY,
	.wants = wants,
	.extract = extract,
};
