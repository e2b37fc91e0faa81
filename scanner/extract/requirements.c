/*
 * requirements files of pip: every requirement, pinned or not, by the
 * Requirements File Format of pip 24 and PEP 440/508.  Nothing is resolved:
 * a range or a bare name has no version.  Environment markers and extras are
 * conditions, not names: the requirement is kept without them.
 */
#include "base/limits.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/pypi.h"
#include "extract/url.h"

struct requirements {
	struct extraction *x;
	struct lines lines;
	struct strbuf joined;  /* a line that was continued */
	unsigned line;         /* where the statement at hand begins */
};

/* --- logical lines -------------------------------------------------------- */

/* Without a comment: from a '#' at the start or after a blank. */
static struct str without_comment(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '#' && (i == 0 || ascii_is_blank(s.p[i - 1])))
			return str_head(s, i);
	return s;
}

static bool is_comment(struct str line)
{
	return str_has_prefix(str_trim(line), STR("#"));
}

/* A comment ends a statement even where it ends in a backslash. */
static bool is_continued(struct str line)
{
	return line.n && line.p[line.n - 1] == '\\' && !is_comment(line);
}

/* The next statement, without comment and blanks; may be empty. */
static bool next_statement(struct requirements *r, struct str *ret)
{
	struct str line;

	if (!lines_next(&r->lines, &line))
		return false;
	r->line = r->lines.number;
	*ret = str_trim(without_comment(line));
	if (!is_continued(line))
		return true;
	strbuf_clear(&r->joined);
	do {
		bool goes_on = is_continued(line);

		strbuf_cstr(&r->joined, is_comment(line) ? " " : "");
		strbuf_add(&r->joined, str_head(line, line.n - goes_on));
		if (!goes_on)
			break;
	} while (lines_next(&r->lines, &line));
	*ret = str_trim(without_comment(strbuf_str(&r->joined)));
	if (r->joined.full) {
		diag_add(r->x->diags, RW1108,
			 diag_at_line(r->x->path, r->line),
			 "a continued line over the limit was left out");
		*ret = STR("");
	}
	return true;
}

static void add_requirement(const struct requirements *r, struct str text,
			    struct str options)
{
	const struct pypi to = {.x = r->x, .e = &extract_requirements,
				.scope = SCOPE_RUNTIME, .line = r->line};

	pypi_add(&to, text, options);
}

/* --- options -------------------------------------------------------------- */

enum option_kind { OPTION_FLAG, OPTION_VALUE, OPTION_INCLUDE,
		   OPTION_CONSTRAINT, OPTION_EDITABLE, OPTION_INDEX };

struct option {
	const char *name, *letter;
	enum option_kind kind;
};

static const struct option options[] = {
	{"--requirement", "-r", OPTION_INCLUDE},
	{"--constraint", "-c", OPTION_CONSTRAINT},
	{"--editable", "-e", OPTION_EDITABLE},
	{"--index-url", "-i", OPTION_INDEX},
	{"--pypi-url", "", OPTION_INDEX},
	{"--extra-index-url", "", OPTION_INDEX},
	{"--find-links", "-f", OPTION_INDEX},
	{"--trusted-host", "", OPTION_VALUE},
	{"--no-binary", "", OPTION_VALUE},
	{"--only-binary", "", OPTION_VALUE},
	{"--use-feature", "", OPTION_VALUE},
	{"--no-index", "", OPTION_FLAG},
	{"--pre", "", OPTION_FLAG},
	{"--prefer-binary", "", OPTION_FLAG},
	{"--require-hashes", "", OPTION_FLAG},
	{"--always-unzip", "-Z", OPTION_FLAG},
};

/* The option at the start of *rest, and its value; NULL when unknown. */
static const struct option *take_option(struct str *rest, struct str *value)
{
	struct str word, name;
	bool has_value;

	*value = STR("");
	if (!str_word(rest, &word))
		return NULL;
	has_value = str_cut(word, '=', &name, value);
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const struct option *o = &options[i];
		bool is_short = *o->letter &&
				str_has_prefix(word, str_c(o->letter));

		if (!str_is(name, o->name) && !is_short)
			continue;
		if (is_short) {
			*value = str_from(word, 2);
			has_value = value->n != 0;
		}
		if (o->kind != OPTION_FLAG && !has_value)
			str_word(rest, value);
		return o;
	}
	return NULL;
}

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	if (!str_glob(base, STR("*.txt"), true) &&
	    !str_glob(base, STR("*.in"), true))
		return false;
	return str_glob(base, STR("*requirements*"), true) ||
	       str_eq_nocase(path_base(path_dir(f->path)),
			     STR("requirements"));
}

/* An included file is read when its own name says what it is. */
static void say_included(struct requirements *r, struct str name)
{
	const struct file *f = declare_find(r->x->tree,
					    declare_path(r->x, name));

	if (!f || !wants(f))
		lines_bad(r->x, r->line, "the included file is not read",
			  name);
}

static void read_option(struct requirements *r, const struct option *o,
			struct str value)
{
	struct place at = diag_at_line(r->x->path, r->line);

	value = str_unquote(value);
	if (o->kind == OPTION_INCLUDE)
		say_included(r, value);
	else if (o->kind == OPTION_CONSTRAINT)
		diag_add(r->x->diags, RW1302, at, "versions may be fixed by "
			 "%.*s, which is not applied", STR_ARG(value));
	else if (o->kind == OPTION_EDITABLE)
		add_requirement(r, value, STR(""));
	else if (o->kind == OPTION_INDEX &&
		 str_find(value, STR("://")) != SIZE_MAX)
		diag_add(r->x->diags, RW1305, at, "packages may come from "
			 "%.*s", STR_ARG(url_without_user(
			 value, r->x->scratch)));
}

static void read_options(struct requirements *r, struct str rest)
{
	struct str text = rest, value;

	while (str_trim(rest).n) {
		const struct option *o = take_option(&rest, &value);

		if (!o) {
			lines_bad(r->x, r->line, "unknown option", text);
			return;
		}
		read_option(r, o, value);
	}
}

/* Offset of the first word that begins with '-', or the length. */
static size_t options_at(struct str s)
{
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] == '-' && ascii_is_blank(s.p[i - 1]))
			return i;
	return s.n;
}

/* name.in is what a tool makes name.txt from, with all versions fixed. */
static bool is_compiled(struct extraction *x)
{
	struct str stem = str_head(x->path, x->path.n - 3);

	return str_has_suffix(x->path, STR(".in")) &&
	       declare_find(x->tree, arena_fmt(x->scratch, "%.*s.txt",
					       STR_ARG(stem)));
}

static enum err extract(struct extraction *x)
{
	struct requirements r = {
		.x = x, .lines = lines_of(x)};
	unsigned long lost = lines_lost(x);
	struct str text;

	if (is_compiled(x))
		return OK;
	strbuf_init(&r.joined, LIMIT_LINE_BYTES);
	while (next_statement(&r, &text)) {
		size_t at;

		if (str_has_prefix(text, STR("-"))) {
			read_options(&r, text);
		} else if (text.n) {
			at = options_at(text);
			add_requirement(&r, str_trim(str_head(text, at)),
					str_from(text, at));
		}
	}
	strbuf_release(&r.joined);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_requirements = {
	.name = "python/requirements",
	.summary = "packages of requirements*.txt, pinned or not",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
