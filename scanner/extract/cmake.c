/*
 * CMake: libraries that are looked for and linked, sources that are fetched,
 * what sbom_add declares.  By the manuals of the CMake commands, of the
 * module FetchContent and of CPM.cmake.  Both arms of a condition count.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/cmake_fetch.h"
#include "extract/cmake_lex.h"
#include "extract/declare.h"
#include "extract/inside.h"
#include "extract/lines.h"
#include "extract/native.h"
#include "extract/scope.h"
#include "extract/shell.h"

struct cmake_file {
	struct cmake lex;
	struct native found;   /* what the file asks for */
	struct native strict;  /* what only a known name makes */
	struct map own;        /* targets that the file makes */
	bool is_module;        /* Find<Name>.cmake: looked for by another */
};

/* The targets and projects of the file, wherever they stand in it. */
static void collect_own(struct cmake_file *f, struct extraction *x)
{
	struct cmake c;

	cmake_lex_init(&c, x);
	c.is_quiet = true;
	while (cmake_lex_next(&c))
		if (c.args.n && (cmake_lex_is(&c, "add_library") ||
				 cmake_lex_is(&c, "add_executable") ||
				 cmake_lex_is(&c, "project")))
			map_put(&f->own, arena_lower(x->scratch,
						     c.args.v[0].text), 0,
				NULL);
	cmake_lex_release(&c);
}

static bool is_own(const struct cmake_file *f, struct str name)
{
	return map_get(&f->own, arena_lower(f->lex.x->scratch, name));
}

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_digit(s.p[i]) && s.p[i] != '.')
			return false;
	return s.n != 0;
}

/* find_package(Name 1.2 EXACT) */
static void read_package(struct cmake_file *f)
{
	struct cmake *c = &f->lex;
	struct str name = cmake_lex_value(c, 0), version = STR("");
	bool is_exact = false;

	for (size_t i = 1; i < c->args.n; i++)
		is_exact = is_exact || str_is(c->args.v[i].text, "EXACT");
	if (is_exact && is_digits(cmake_lex_value(c, 1)))
		version = cmake_lex_value(c, 1);
	if (!is_own(f, name))
		native_add(f->is_module ? &f->strict : &f->found,
			   NATIVE_CMAKE, name, version, c->command_line);
}

/* pkg_check_modules(PREFIX [REQUIRED] ... module>=version ...) */
static void read_modules(struct cmake_file *f)
{
	static const char *const words[] = {
		"REQUIRED", "QUIET", "NO_CMAKE_PATH",
		"NO_CMAKE_ENVIRONMENT_PATH", "IMPORTED_TARGET", "GLOBAL",
		"STATIC_TARGET"};
	struct cmake *c = &f->lex;

	for (size_t i = 1; i < c->args.n; i++) {
		struct str value = cmake_lex_value(c, i);
		bool is_word = false;

		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			is_word = is_word || str_is(value, words[k]);
		if (!is_word)
			native_add_modules(f->is_module ? &f->strict
							: &f->found,
					   value, c->args.v[i].line);
	}
}

/* The names that find_library takes for one library: the first that somebody
 * knows counts, else the first. */
static struct str name_of_library(struct cmake_file *f)
{
	static const char *const ends[] = {
		"HINTS", "PATHS", "PATH_SUFFIXES", "DOC", "REQUIRED",
		"NAMES_PER_DIR", "NO_DEFAULT_PATH", "NO_CMAKE_PATH",
		"ENV", "VALIDATOR"};
	struct cmake *c = &f->lex;
	struct str first = STR("");

	for (size_t i = 1; i < c->args.n; i++) {
		struct str name = cmake_lex_value(c, i);

		name = native_link_name(str_head(name,
						 str_find_ch(name, ';')));
		if (i == 1 && str_is(name, "NAMES"))
			continue;
		for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
			if (str_is(name, ends[k]))
				return first;
		if (native_is_known(&f->found, NATIVE_LINK, name))
			return name;
		if (!first.n)
			first = name;
	}
	return first;
}

static void read_library(struct cmake_file *f)
{
	struct str name = name_of_library(f);

	native_add(f->is_module ? &f->strict : &f->found, NATIVE_LINK, name,
		   STR(""), f->lex.command_line);
}

/* -lNAME and plain names that mean no target of the tree. */
static void read_links(struct cmake_file *f, size_t first)
{
	struct cmake *c = &f->lex;

	for (size_t i = first; i < c->args.n; i++) {
		struct str value = cmake_lex_value(c, i), word;

		while (str_split(&value, ';', &word)) {
			word = str_trim(word);
			if (is_own(f, word))
				continue;
			if (str_has_prefix(word, STR("-l")) ||
			    str_has_prefix(word, STR("-Wl,-l")))
				native_add(&f->found, NATIVE_LINK,
					   native_link_name(word), STR(""),
					   c->args.v[i].line);
			else if (!inside_has(c->x->inside, c->x->tree, word))
				native_add(&f->strict, NATIVE_LINK,
					   native_link_name(word), STR(""),
					   c->args.v[i].line);
		}
	}
}

/* A command that a build runs, as the shell is given it. */
static void read_shell(struct cmake_file *f, struct str text, unsigned line)
{
	struct shell_source source = {.text = text, .line = line};
	enum scope scope = f->found.scope;
	struct shell shell;

	if (str_find(text, STR("git")) == SIZE_MAX &&
	    str_find(text, STR("wget")) == SIZE_MAX &&
	    str_find(text, STR("curl")) == SIZE_MAX)
		return;
	shell_init(&shell, f->lex.x, '\\');
	shell.groups.v[0] = (struct shell_group){.fetched = scope,
						 .packages = scope};
	shell_read(&shell, &source);
	shell_emit(&shell, f->found.e);
	shell_release(&shell);
}

/* COMMAND a b COMMAND c d ... */
static void read_commands(struct cmake_file *f)
{
	struct cmake *c = &f->lex;
	struct strbuf b;
	unsigned line = c->command_line;

	strbuf_init(&b, LIMIT_LINE_BYTES);
	for (size_t i = 0; i < c->args.n; i++) {
		struct str text = cmake_lex_value(c, i);

		if (!str_is(text, "COMMAND")) {
			strbuf_fmt(&b, "%.*s ", STR_ARG(text));
			continue;
		}
		read_shell(f, strbuf_str(&b), line);
		strbuf_clear(&b);
		line = c->args.v[i].line;
	}
	read_shell(f, strbuf_str(&b), line);
	strbuf_release(&b);
}

static void read_command(struct cmake_file *f)
{
	struct cmake *c = &f->lex;

	if (cmake_lex_is(c, "find_package") ||
	    cmake_lex_is(c, "find_dependency"))
		read_package(f);
	else if (cmake_lex_is(c, "pkg_check_modules") ||
		 cmake_lex_is(c, "pkg_search_module"))
		read_modules(f);
	else if (cmake_lex_is(c, "find_library"))
		read_library(f);
	else if (cmake_lex_is(c, "target_link_libraries"))
		read_links(f, 1);
	else if (cmake_lex_is(c, "link_libraries"))
		read_links(f, 0);
	else if (cmake_lex_is(c, "execute_process") ||
		 cmake_lex_is(c, "add_custom_command") ||
		 cmake_lex_is(c, "add_custom_target"))
		read_commands(f);
	else if (!cmake_fetch_read(c, &f->found))
		cmake_lex_learn(c);
}

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	return str_eq_nocase(base, STR("CMakeLists.txt")) ||
	       str_has_suffix(base, STR(".cmake")) ||
	       str_has_suffix(base, STR(".cmake.in"));
}

static enum err extract(struct extraction *x)
{
	struct cmake_file f = {.is_module = str_glob(path_base(x->path),
						     STR("Find*.cmake"),
						     true)};
	unsigned long lost = lines_lost(x);

	cmake_lex_init(&f.lex, x);
	native_init(&f.found, x, &extract_cmake);
	native_init(&f.strict, x, &extract_cmake);
	f.strict.is_strict = true;
	collect_own(&f, x);
	while (cmake_lex_next(&f.lex))
		read_command(&f);
	if (f.lex.vars.is_full)
		diag_add(x->diags, RW1901, diag_at(x->path),
			 "values of variables over a limit");
	native_release(&f.found);
	native_release(&f.strict);
	map_release(&f.own);
	cmake_lex_release(&f.lex);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_cmake = {
	.name = "native/cmake",
	.summary = "CMake: packages, links, fetched sources, sbom_add",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT | SEES_SUPPLIER |
		SEES_HASH,
	.wants = wants,
	.extract = extract,
};
