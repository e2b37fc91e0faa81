/*
 * Makefiles: what the recipes fetch, by the manual of GNU make.  Variables
 * have the values that stand before them in the file; no condition is
 * evaluated, no other file is read and no function is called.
 */
#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/makefile_vars.h"
#include "extract/scope.h"
#include "extract/shell.h"

#define ARMS_MAX 64

struct makefile {
	struct extraction *x;
	struct lines lines;
	struct makefile_vars vars;
	struct shell shell;
	struct strbuf joined;  /* a statement over lines */
	struct strbuf recipe;  /* values put in */
	unsigned line;         /* where the statement begins */
	size_t arms;           /* conditions that are open */
};

/* --- lines ---------------------------------------------------------------- */

static bool is_continued(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[line.n - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

/* The next statement with all its lines; those of a recipe stay apart. */
static bool next_statement(struct makefile *m, struct str *ret)
{
	struct str line;
	bool is_recipe;

	if (!lines_next(&m->lines, &line))
		return false;
	m->line = m->lines.number;
	is_recipe = str_has_prefix(line, STR("\t"));
	*ret = line;
	if (!is_continued(line))
		return true;
	strbuf_clear(&m->joined);
	for (;;) {
		bool goes_on = is_continued(line);

		if (is_recipe)
			strbuf_add(&m->joined, line);
		else
			strbuf_add(&m->joined,
				   str_head(line, line.n - goes_on));
		if (!goes_on || !lines_next(&m->lines, &line))
			break;
		strbuf_ch(&m->joined, is_recipe ? '\n' : ' ');
	}
	*ret = strbuf_str(&m->joined);
	if (m->joined.full) {
		diag_add(m->x->diags, RW1108,
			 diag_at_line(m->x->path, m->line),
			 "a continued line over the limit was left out");
		*ret = STR("");
	}
	return true;
}

/* --- statements ----------------------------------------------------------- */

/* Without what make itself takes off: "@-+" before the command. */
static struct str without_flags(struct str recipe)
{
	while (recipe.n && (ascii_is_blank(recipe.p[0]) ||
			    memchr("@-+", recipe.p[0], 3)))
		recipe = str_from(recipe, 1);
	return recipe;
}

static void read_recipe(struct makefile *m, struct str text)
{
	struct shell_source source = {.line = m->line};

	makefile_vars_expand(&m->vars, without_flags(text), &m->recipe);
	if (m->recipe.full) {
		lines_bad(m->x, m->line, "a recipe is too long", STR(""));
		return;
	}
	source.text = strbuf_str(&m->recipe);
	m->shell.dir = (struct shell_dir){.n = 0};
	vars_mark(&m->shell.vars);
	shell_read(&m->shell, &source);
	vars_rewind(&m->shell.vars);
}

/* ifeq, else, endif; false for any other word. */
static bool read_condition(struct makefile *m, struct str word)
{
	struct vars *v = &m->vars.vars;

	if (str_is(word, "ifeq") || str_is(word, "ifneq") ||
	    str_is(word, "ifdef") || str_is(word, "ifndef")) {
		if (m->arms++ < ARMS_MAX)
			vars_open_arm(v);
	} else if (str_is(word, "else")) {
		if (m->arms && m->arms <= ARMS_MAX) {
			vars_close_arm(v);
			vars_open_arm(v);
		}
	} else if (str_is(word, "endif")) {
		if (m->arms && m->arms-- <= ARMS_MAX)
			vars_close_arm(v);
	} else {
		return false;
	}
	return true;
}

static void read_statement(struct makefile *m, struct str text)
{
	struct str rest = text, word;
	size_t colon;

	if (!str_word(&rest, &word) || word.p[0] == '#' ||
	    read_condition(m, word) || makefile_vars_assign(&m->vars, text))
		return;
	/* target: prerequisites ; recipe */
	colon = str_find_ch(text, ':');
	if (colon == SIZE_MAX)
		return;
	rest = str_from(text, colon);
	if (str_find_ch(rest, ';') != SIZE_MAX &&
	    str_find_ch(rest, '=') == SIZE_MAX)
		read_recipe(m, str_from(rest, str_find_ch(rest, ';') + 1));
}

/* define NAME ... endef: text for other places. */
static void skip_define(struct makefile *m, struct str text)
{
	struct str word, rest = text;

	if (!str_word(&rest, &word) || !str_is(word, "define"))
		return;
	while (next_statement(m, &text)) {
		rest = text;
		if (str_word(&rest, &word) && str_is(word, "endef"))
			return;
	}
}

static bool wants(const struct file *f)
{
	static const char *const names[] = {
		"makefile", "gnumakefile", "*.mk", "makefile.*", "*.makefile",
		"makefile_*", "makefile-*"};
	static const char *const others[] = {"*.in", "*.am", "*.md", "*.rst",
					     "*.patch", "*.py*", "*.txt"};
	struct str base = path_base(f->path);

	return !str_any(base, others, str_is_like) &&
	       str_any(base, names, str_is_like);
}

static enum err extract(struct extraction *x)
{
	struct makefile m = {.x = x, .lines = lines_of(x)};
	enum scope scope = scope_of_path(x->path, SCOPE_UNKNOWN);
	unsigned long lost = lines_lost(x);
	struct str text;

	strbuf_init(&m.joined, LIMIT_LINE_BYTES);
	strbuf_init(&m.recipe, LIMIT_LINE_BYTES);
	makefile_vars_init(&m.vars, x->scratch);
	shell_init(&m.shell, x, '\\');
	m.shell.groups.v[0] = (struct shell_group){.fetched = scope,
						   .packages = scope};
	while (next_statement(&m, &text)) {
		if (str_has_prefix(text, STR("\t")))
			read_recipe(&m, text);
		else
			read_statement(&m, text);
		skip_define(&m, text);
	}
	if (m.vars.vars.is_full)
		diag_add(x->diags, RW1901, diag_at(x->path),
			 "values of variables over a limit");
	shell_emit(&m.shell, &extract_makefile);
	shell_release(&m.shell);
	makefile_vars_release(&m.vars);
	strbuf_release(&m.joined);
	strbuf_release(&m.recipe);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_makefile = {
	.name = "make/makefile",
	.summary = "clones, downloads and packages of recipes",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
