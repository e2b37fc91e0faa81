/*
 * Dockerfiles: the images that stages are built from and that files are
 * copied from, by the Dockerfile reference (syntax 1.7).  A name may hold
 * ARGs declared before the first FROM; they are substituted with their
 * defaults.  What RUN fetches is not seen here.
 */
#include <string.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "extract/declare.h"
#include "extract/image.h"
#include "extract/lines.h"
#include "extract/scope.h"

/* Nested ${A:-${B:-...}}. */
#define NESTED_MAX 8
/* Comparisons of stages with a name that holds an unknown variable, in all,
 * and the longest names for that. */
#define COMPARED_MAX 16384
#define STAGE_NAME_MAX 128
#define HEREDOCS_MAX 8

struct stage {
	struct str name;     /* lower-case; "" if none */
	size_t parent;       /* stage it continues, or SIZE_MAX */
	struct str pattern;  /* of stage names it may continue, or "" */
	bool is_shipped;     /* its files are in the last stage */
};

/* An image and the stage that uses it. */
struct use {
	size_t component, stage;
};

struct dockerfile {
	struct extraction *x;
	struct lines lines;
	char escape;
	struct strbuf joined;   /* a line that was continued */
	struct strbuf expanded; /* the text of expand() */
	unsigned line;          /* where the instruction begins */
	struct map arg_index;   /* name -> args */
	VEC(struct str) args;   /* values; p is NULL for unknown */
	size_t arg_bytes;
	struct map stage_index; /* name -> stages */
	VEC(struct stage) stages;
	VEC(struct use) uses;
	size_t compared;
};

/* --- lines ---------------------------------------------------------------- */

static bool is_comment(struct str line)
{
	line = str_trim(line);
	return line.n == 0 || line.p[0] == '#';
}

/* Takes the escape character and what follows it off the end. */
static bool take_escape(const struct dockerfile *d, struct str *line)
{
	struct str s = *line;

	while (s.n && ascii_is_blank(s.p[s.n - 1]))
		s.n--;
	if (s.n == 0 || s.p[s.n - 1] != d->escape)
		return false;
	s.n--;
	*line = s;
	return true;
}

/* The rest of an instruction that goes on after its first line. */
static void join_lines(struct dockerfile *d, struct str first)
{
	struct str line = first;
	bool goes_on = true;

	strbuf_clear(&d->joined);
	strbuf_add(&d->joined, first);
	while (goes_on && lines_next(&d->lines, &line)) {
		if (is_comment(line))
			continue;
		goes_on = take_escape(d, &line);
		strbuf_add(&d->joined, line);
	}
}

/* The next instruction, its lines joined; false at the end. */
static bool next_instruction(struct dockerfile *d, struct str *ret)
{
	do {
		if (!lines_next(&d->lines, ret))
			return false;
	} while (is_comment(*ret));
	d->line = d->lines.number;
	if (take_escape(d, ret)) {
		join_lines(d, *ret);
		*ret = strbuf_str(&d->joined);
		if (d->joined.full) {
			diag_add(d->x->diags, RW1108,
				 diag_at_line(d->x->path, d->line),
				 "a continued line over the limit was cut");
			/* The sound part may end in the midst of a word. */
			*ret = str_head(*ret, str_rfind_ch(*ret, ' '));
		}
	}
	*ret = str_trim(*ret);
	return true;
}

/* "# escape=`" among the comments at the top. */
static char escape_of(struct str text)
{
	struct str line, key, value;

	while (str_line(&text, &line)) {
		line = str_trim(line);
		if (!str_has_prefix(line, STR("#")) ||
		    !str_cut(str_from(line, 1), '=', &key, &value))
			break;
		if (str_eq_nocase(str_trim(key), STR("escape")) &&
		    str_is(str_trim(value), "`"))
			return '`';
	}
	return '\\';
}

/* --- words ---------------------------------------------------------------- */

/* Takes a word off *rest; blanks inside quotes belong to it. */
static bool next_word(const struct dockerfile *d, struct str *rest,
		      struct str *ret)
{
	char quote = 0;
	size_t n = 0;

	*rest = str_trim(*rest);
	for (; n < rest->n; n++) {
		char c = rest->p[n];

		if (c == d->escape && quote != '\'' && n + 1 < rest->n)
			n++;
		else if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		else if (!quote && ascii_is_blank(c))
			break;
	}
	*ret = str_head(*rest, n);
	*rest = str_from(*rest, n);
	return n != 0;
}

/* --- variables ------------------------------------------------------------ */

static bool is_name_byte(char c)
{
	return ascii_is_alnum(c) || c == '_';
}

/* The value of an ARG, p NULL when the file gives none. */
static struct str arg_value(const struct dockerfile *d, struct str name)
{
	const size_t *i = map_get(&d->arg_index, name);

	return i ? d->args.v[*i] : (struct str){NULL, 0};
}

/* ${...} at the start of *rest, without the braces; false when open. */
static bool take_braces(struct str *rest, struct str *ret)
{
	size_t depth = 0;

	for (size_t i = 1; i < rest->n; i++) {
		if (rest->p[i] == '{')
			depth++;
		if (rest->p[i] != '}' || --depth)
			continue;
		*ret = str_sub(*rest, 2, i);
		*rest = str_from(*rest, i + 1);
		return true;
	}
	return false;
}

/*
 * What takes the place of a variable at the start of *rest: p NULL when
 * unknown.  *ret_again: it is text that may hold variables itself.
 */
static struct str take_variable(const struct dockerfile *d, struct str *rest,
				bool *ret_again)
{
	struct str inner, word, value;
	size_t n = 0;
	bool is_braced = rest->n > 1 && rest->p[1] == '{';
	bool is_set;

	*ret_again = false;
	inner = str_from(*rest, 1);
	if (is_braced && !take_braces(rest, &inner)) {
		*rest = STR("");
		return (struct str){NULL, 0};
	}
	while (n < inner.n && is_name_byte(inner.p[n]))
		n++;
	value = arg_value(d, str_head(inner, n));
	word = str_from(inner, n);
	if (!is_braced)
		*rest = word;
	if (!is_braced || word.n == 0)
		return value;
	is_set = value.p != NULL;
	if (word.p[0] == ':') {
		is_set = value.n != 0;
		word = str_from(word, 1);
	}
	if (word.n && word.p[0] == '-' && !is_set)
		*ret_again = true;
	else if (word.n && word.p[0] == '+' && is_set)
		*ret_again = true;
	else if (word.n && word.p[0] == '+')
		return STR("");
	else
		return word.n && memchr("-?", word.p[0], 2)
			? value : (struct str){NULL, 0};
	return str_from(word, 1);
}

/*
 * The text of a word, quotes off, into d->expanded.  False when a variable
 * is unknown: '*' stands in its place then.
 */
static bool expand(struct dockerfile *d, struct str word)
{
	struct str pending[NESTED_MAX];
	size_t depth = 0;
	char quote = 0;
	bool is_known = true;

	strbuf_clear(&d->expanded);
	pending[depth++] = word;
	while (depth) {
		struct str *s = &pending[depth - 1], value;
		char c = s->n ? s->p[0] : 0;
		bool again;

		if (s->n == 0) {
			depth--;
		} else if (c == d->escape && quote != '\'' && s->n > 1) {
			strbuf_ch(&d->expanded, s->p[1]);
			*s = str_from(*s, 2);
		} else if (quote ? c == quote : c == '"' || c == '\'') {
			quote = quote ? 0 : c;
			*s = str_from(*s, 1);
		} else if (c != '$' || quote == '\'') {
			strbuf_ch(&d->expanded, c);
			*s = str_from(*s, 1);
		} else {
			value = take_variable(d, s, &again);
			if (!value.p || (again && depth == NESTED_MAX)) {
				is_known = false;
				strbuf_ch(&d->expanded, '*');
			} else if (again) {
				pending[depth++] = value;
			} else {
				strbuf_add(&d->expanded, value);
			}
		}
	}
	return is_known && !d->expanded.full;
}

/* One NAME or NAME=default of an ARG before the first FROM. */
static void add_arg(struct dockerfile *d, struct str word)
{
	struct str name, text, value = {NULL, 0};
	bool has_default = str_cut(word, '=', &name, &text);
	bool is_new;
	size_t *i;

	if (name.n == 0)
		return;
	if (has_default && expand(d, text))
		value = strbuf_str(&d->expanded);
	d->arg_bytes += value.n;
	if (d->arg_bytes > LIMIT_SOURCE_BYTES) {
		diag_add(d->x->diags, RW1901,
			 diag_at_line(d->x->path, d->line),
			 "values of ARGs over %zu bytes",
			 LIMIT_SOURCE_BYTES);
		value = (struct str){NULL, 0};
	}
	if (value.p)
		value = arena_dup(d->x->scratch, value);
	name = arena_dup(d->x->scratch, name);
	i = map_put(&d->arg_index, name, d->args.n, &is_new);
	if (is_new)
		vec_push(&d->args, value);
	else
		d->args.v[*i] = value;
}

static void read_arg(struct dockerfile *d, struct str rest)
{
	struct str word;

	if (d->stages.n) /* FROM sees only those before the first */
		return;
	while (next_word(d, &rest, &word))
		add_arg(d, word);
}

/* --- images --------------------------------------------------------------- */

static bool find_stage(const struct dockerfile *d, struct str name,
		       size_t *ret)
{
	char lower[STAGE_NAME_MAX];
	const size_t *i;

	if (name.n > sizeof lower)
		return false;
	for (size_t j = 0; j < name.n; j++)
		lower[j] = ascii_lower(name.p[j]);
	i = map_get(&d->stage_index, str_n(lower, name.n));
	if (i)
		*ret = *i;
	return i != NULL;
}

/* Whether a stage fits a name with unknown parts. */
static bool fits_stage(struct dockerfile *d, const struct stage *s,
		       struct str pattern)
{
	return s->name.n && s->name.n <= STAGE_NAME_MAX &&
	       pattern.n <= STAGE_NAME_MAX &&
	       d->compared++ < COMPARED_MAX &&
	       str_glob(s->name, pattern, true);
}

static bool fits_any_stage(struct dockerfile *d, struct str pattern)
{
	for (size_t i = 0; i < d->stages.n && d->compared < COMPARED_MAX; i++)
		if (fits_stage(d, &d->stages.v[i], pattern))
			return true;
	return false;
}

/* Adds what a word names, used by a stage, unless it is a stage itself:
 * then *parent or *pattern say which. */
static void add_image(struct dockerfile *d, struct str word, size_t user,
		      struct stage *stage)
{
	size_t before = d->x->parts->components.n;
	bool is_known = expand(d, word);
	struct str text = strbuf_str(&d->expanded);
	struct image image;

	if (is_known && find_stage(d, text, &stage->parent))
		return;
	if (!is_known && !d->expanded.full && fits_any_stage(d, text)) {
		stage->pattern = arena_dup(d->x->scratch, text);
		return;
	}
	if (is_known && str_is(text, "scratch"))
		return;
	if (!is_known || text.n == 0)
		image_add_unknown(d->x, &extract_dockerfile,
				  str_unquote(word), d->line);
	else if (image_parse(text, &image))
		image_add(d->x, &extract_dockerfile, &image, d->line);
	else
		lines_bad(d->x, d->line, "not an image", text);
	if (d->x->parts->components.n > before)
		vec_push(&d->uses, ((struct use){before, user}));
}

static void read_from(struct dockerfile *d, struct str rest)
{
	struct stage stage = {.parent = SIZE_MAX};
	struct str word, as, name;

	do {
		if (!next_word(d, &rest, &word)) {
			lines_bad(d->x, d->line, "FROM names no image", rest);
			return;
		}
	} while (str_has_prefix(word, STR("--")));
	add_image(d, word, d->stages.n, &stage);
	if (next_word(d, &rest, &as) && str_eq_nocase(as, STR("as")) &&
	    next_word(d, &rest, &name)) {
		stage.name = arena_lower(d->x->scratch, name);
		*map_put(&d->stage_index, stage.name, 0, NULL) = d->stages.n;
	}
	vec_push(&d->stages, stage);
}

/* COPY --from=... */
static void read_copy(struct dockerfile *d, struct str rest)
{
	struct stage ignored = {0};
	struct str word;
	uint64_t index;

	while (next_word(d, &rest, &word) && str_has_prefix(word, STR("--"))) {
		if (!str_has_prefix_nocase(word, STR("--from=")))
			continue;
		word = str_from(word, STR("--from=").n);
		if (d->stages.n && !str_to_u64(word, &index))
			add_image(d, word, d->stages.n - 1, &ignored);
	}
}

/* --- here-documents ------------------------------------------------------- */

struct heredoc {
	struct str end;
	bool has_tabs; /* <<-: tabs before the end are allowed */
};

/* A word such as <<EOF, 3<<-"EOF". */
static bool read_heredoc(struct str word, struct heredoc *ret)
{
	while (word.n && ascii_is_digit(word.p[0]))
		word = str_from(word, 1);
	if (!str_has_prefix(word, STR("<<")))
		return false;
	word = str_from(word, 2);
	ret->has_tabs = str_has_prefix(word, STR("-"));
	ret->end = str_unquote(str_from(word, ret->has_tabs));
	return ret->end.n && str_find_ch(ret->end, '<') == SIZE_MAX;
}

/* Reads up to the end of one; false when the file ends before. */
static bool skip_heredoc(struct dockerfile *d, const struct heredoc *h)
{
	struct str line;

	while (lines_next(&d->lines, &line)) {
		while (h->has_tabs && str_has_prefix(line, STR("\t")))
			line = str_from(line, 1);
		if (str_eq(line, h->end))
			return true;
	}
	return false;
}

static void skip_heredocs(struct dockerfile *d, struct str rest)
{
	struct heredoc found[HEREDOCS_MAX];
	struct str word;
	size_t n = 0;

	if (str_find(rest, STR("<<")) == SIZE_MAX)
		return;
	while (n < HEREDOCS_MAX && next_word(d, &rest, &word))
		n += read_heredoc(word, &found[n]);
	for (size_t i = 0; i < n; i++)
		if (!skip_heredoc(d, &found[i])) {
			lines_bad(d->x, d->line,
				  "the here-document has no end",
				  found[i].end);
			return;
		}
}

/* --- instructions --------------------------------------------------------- */

static bool is_instruction(struct str word)
{
	static const char *const words[] = {
		"add", "arg", "cmd", "copy", "entrypoint", "env", "expose",
		"from", "healthcheck", "label", "maintainer", "onbuild",
		"run", "shell", "stopsignal", "user", "volume", "workdir"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(word, str_c(words[i])))
			return true;
	return false;
}

static void read_instruction(struct dockerfile *d, struct str text)
{
	struct str word, rest = text;

	if (!str_word(&rest, &word) || !is_instruction(word)) {
		lines_bad(d->x, d->line, "not an instruction", text);
		return;
	}
	if (str_eq_nocase(word, STR("from")))
		read_from(d, rest);
	else if (str_eq_nocase(word, STR("arg")))
		read_arg(d, rest);
	else if (str_eq_nocase(word, STR("copy")))
		read_copy(d, rest);
	if (str_eq_nocase(word, STR("copy")) ||
	    str_eq_nocase(word, STR("run")) ||
	    str_eq_nocase(word, STR("add")))
		skip_heredocs(d, rest);
}

/* The last stage is what is shipped, and the stages that it continues. */
static void mark_shipped(struct dockerfile *d)
{
	size_t n = d->stages.n;

	if (n)
		d->stages.v[n - 1].is_shipped = true;
	while (n--) {
		const struct stage *s = &d->stages.v[n];

		if (!s->is_shipped)
			continue;
		if (s->parent != SIZE_MAX)
			d->stages.v[s->parent].is_shipped = true;
		for (size_t i = 0; s->pattern.n && i < n &&
				   d->compared < COMPARED_MAX; i++)
			d->stages.v[i].is_shipped |= fits_stage(
				d, &d->stages.v[i], s->pattern);
	}
}

static void set_scopes(struct dockerfile *d)
{
	enum scope by_path = scope_of_path(d->x->path, SCOPE_UNKNOWN);

	mark_shipped(d);
	for (size_t i = 0; i < d->uses.n; i++) {
		const struct use *u = &d->uses.v[i];
		struct component *c =
			&d->x->parts->components.v[u->component];

		if (by_path)
			c->scope = by_path;
		else
			c->scope = d->stages.v[u->stage].is_shipped
				? SCOPE_RUNTIME : SCOPE_BUILD;
	}
}

/* "Dockerfile", alone or before what is no longer the word. */
static bool begins_with(struct str base, struct str word)
{
	char next = base.n > word.n ? base.p[word.n] : 0;

	return str_has_prefix_nocase(base, word) &&
	       !(ascii_is_alpha(next) && ascii_lower(next) == next);
}

static bool wants(const struct file *f)
{
	static const char *const endings[] = {
		"*.dockerfile", "*_dockerfile", "*-dockerfile",
		"*.containerfile"};
	static const char *const others[] = {
		"*.dockerignore", "*.patch", "*.diff", "*.md", "*.rst",
		"*.py", "*.sh", "*.go", "*.java", "*.json", "*.y*ml"};
	struct str base = path_base(f->path);

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_glob(base, str_c(others[i]), true))
			return false;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_glob(base, str_c(endings[i]), true))
			return true;
	return begins_with(base, STR("Dockerfile")) ||
	       begins_with(base, STR("Containerfile"));
}

static enum err extract(struct extraction *x)
{
	struct dockerfile d = {.x = x, .lines = lines_of(x),
			       .escape = escape_of(x->text)};
	unsigned long lost = lines_lost(x);
	struct str text;

	strbuf_init(&d.joined, LIMIT_LINE_BYTES);
	strbuf_init(&d.expanded, LIMIT_NAME_BYTES);
	while (next_instruction(&d, &text))
		read_instruction(&d, text);
	if (d.stages.n == 0 && str_trim(x->text).n)
		lines_bad(x, 0, "no FROM: nothing is built", STR(""));
	set_scopes(&d);
	strbuf_release(&d.joined);
	strbuf_release(&d.expanded);
	map_release(&d.arg_index);
	vec_release(&d.args);
	map_release(&d.stage_index);
	vec_release(&d.stages);
	vec_release(&d.uses);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_dockerfile = {
	.name = "container/dockerfile",
	.summary = "images of FROM and COPY --from in Dockerfiles",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH,
	.wants = wants,
	.extract = extract,
};
