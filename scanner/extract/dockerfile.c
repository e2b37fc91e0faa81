/*
 * Dockerfiles: the images that stages are built from and that files are
 * copied from, by the Dockerfile reference (syntax 1.7).  A name may hold
 * ARGs declared before the first FROM; they are substituted with their
 * defaults.  What RUN fetches is not seen here.
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/dockerfile_args.h"
#include "extract/dockerfile_lines.h"
#include "extract/image.h"
#include "extract/scope.h"

/* Comparisons of stages with a name that holds an unknown variable, in all,
 * and the longest names for that. */
#define COMPARED_MAX 16384
#define STAGE_NAME_MAX 128

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
	struct dockerfile_lines lines;
	struct dockerfile_args args;
	struct map stage_index; /* name -> stages */
	VEC(struct stage) stages;
	VEC(struct use) uses;
	size_t compared;
};

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
	bool is_known = dockerfile_args_expand(&d->args, word);
	struct str text = strbuf_str(&d->args.text);
	struct image image;

	if (is_known && find_stage(d, text, &stage->parent))
		return;
	if (!is_known && !d->args.text.full && fits_any_stage(d, text)) {
		stage->pattern = arena_dup(d->x->scratch, text);
		return;
	}
	if (is_known && str_is(text, "scratch"))
		return;
	if (!is_known || text.n == 0)
		image_add_unknown(d->x, &extract_dockerfile,
				  str_unquote(word), d->lines.line);
	else if (image_parse(text, &image))
		image_add(d->x, &extract_dockerfile, &image, d->lines.line);
	else
		lines_bad(d->x, d->lines.line, "not an image", text);
	if (d->x->parts->components.n > before)
		vec_push(&d->uses, ((struct use){before, user}));
}

static void read_from(struct dockerfile *d, struct str rest)
{
	struct stage stage = {.parent = SIZE_MAX};
	struct str word, as, name;

	do {
		if (!dockerfile_lines_word(&d->lines, &rest, &word)) {
			lines_bad(d->x, d->lines.line, "FROM names no image",
				  STR(""));
			return;
		}
	} while (str_has_prefix(word, STR("--")));
	add_image(d, word, d->stages.n, &stage);
	if (dockerfile_lines_word(&d->lines, &rest, &as) &&
	    str_eq_nocase(as, STR("as")) &&
	    dockerfile_lines_word(&d->lines, &rest, &name)) {
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

	while (dockerfile_lines_word(&d->lines, &rest, &word) &&
	       str_has_prefix(word, STR("--"))) {
		if (!str_has_prefix_nocase(word, STR("--from=")))
			continue;
		word = str_from(word, STR("--from=").n);
		if (d->stages.n && !str_to_u64(word, &index))
			add_image(d, word, d->stages.n - 1, &ignored);
	}
}

/* --- instructions --------------------------------------------------------- */

static void read_arg(struct dockerfile *d, struct str rest)
{
	struct str word;

	if (d->stages.n) /* FROM sees only those before the first */
		return;
	while (dockerfile_lines_word(&d->lines, &rest, &word))
		if (!dockerfile_args_add(&d->args, word))
			diag_add(d->x->diags, RW1901,
				 diag_at_line(d->x->path, d->lines.line),
				 "values of ARGs over %zu bytes",
				 LIMIT_SOURCE_BYTES);
}

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
		lines_bad(d->x, d->lines.line, "not an instruction", text);
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
		dockerfile_lines_skip_heredocs(&d->lines, rest);
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
	struct dockerfile d = {.x = x};
	unsigned long lost = lines_lost(x);
	struct str text;

	dockerfile_lines_init(&d.lines, x);
	dockerfile_args_init(&d.args, d.lines.escape, x->scratch);
	while (dockerfile_lines_next(&d.lines, &text))
		read_instruction(&d, text);
	if (d.stages.n == 0 && str_trim(x->text).n)
		lines_bad(x, 0, "no FROM: nothing is built", STR(""));
	set_scopes(&d);
	dockerfile_lines_release(&d.lines);
	dockerfile_args_release(&d.args);
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
