/*
 * Dockerfiles, by the Dockerfile reference (syntax 1.7): the images that
 * stages are built from and that files are copied from, and what RUN and ADD
 * fetch (dockerfile_run.h).  A name may hold ARGs declared before the first
 * FROM; they are substituted with their defaults.
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/dockerfile_lines.h"
#include "extract/dockerfile_run.h"
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
	struct distro distro;
	bool is_shipped;     /* its files are in the last stage */
	bool is_source;      /* some of them are copied there */
};

/* An image and the stage that uses it. */
struct use {
	size_t component, stage;
};

/* Files of one stage are copied into another. */
struct copy {
	size_t to, from;
};

struct dockerfile {
	struct extraction *x;
	struct dockerfile_lines lines;
	struct vars args;       /* before the first FROM */
	struct dockerfile_run run;
	struct map stage_index; /* name -> stages */
	VEC(struct stage) stages;
	VEC(struct use) uses;
	VEC(struct copy) copies;
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
	bool is_known = vars_expand(&d->args, word, VARS_STAR);
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
	else if (image_parse(text, &image)) {
		image_add(d->x, &extract_dockerfile, &image, d->lines.line);
		stage->distro = distro_of_image(&image);
		stage->distro.version = arena_dup(d->x->scratch,
						  stage->distro.version);
	} else
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
	if (stage.parent != SIZE_MAX)
		stage.distro = d->stages.v[stage.parent].distro;
	vec_push(&d->stages, stage);
	dockerfile_run_begin(&d->run, stage.parent);
}

/* An image or stage whose files the stage at hand takes. */
static void take_from(struct dockerfile *d, struct str word)
{
	struct stage from = {.parent = SIZE_MAX};
	uint64_t index;

	if (!d->stages.n)
		return;
	if (str_to_u64(word, &index))
		from.parent = index < d->stages.n ? (size_t)index : SIZE_MAX;
	else
		add_image(d, word, d->stages.n - 1, &from);
	if (from.parent != SIZE_MAX)
		vec_push(&d->copies, ((struct copy){d->stages.n - 1,
						    from.parent}));
}

/* COPY --from=..., RUN --mount=type=bind,from=... */
static void read_options(struct dockerfile *d, struct str rest)
{
	struct str word, part;

	while (dockerfile_lines_word(&d->lines, &rest, &word) &&
	       str_has_prefix(word, STR("--"))) {
		if (str_has_prefix_nocase(word, STR("--from=")))
			take_from(d, str_from(word, STR("--from=").n));
		else if (str_has_prefix_nocase(word, STR("--mount=")))
			while (str_split(&word, ',', &part))
				if (str_has_prefix(part, STR("from=")))
					take_from(d, str_from(part, 5));
	}
}

/* --- instructions --------------------------------------------------------- */

static void read_arg(struct dockerfile *d, struct str rest)
{
	struct str word, name, text;

	while (dockerfile_lines_word(&d->lines, &rest, &word)) {
		if (!str_cut(word, '=', &name, &text))
			text = (struct str){NULL, 0};
		if (d->stages.n)
			dockerfile_run_arg(&d->run, &d->args, name, text);
		else if (text.p && name.n)
			vars_assign(&d->args, name, text);
	}
}

static bool is_instruction(struct str word)
{
	static const char *const words[] = {
		"add", "arg", "cmd", "copy", "entrypoint", "env", "expose",
		"from", "healthcheck", "label", "maintainer", "onbuild",
		"run", "shell", "stopsignal", "user", "volume", "workdir"};

	return str_any(word, words, str_eq_nocase);
}

static void read_run(struct dockerfile *d, struct str rest)
{
	struct dockerfile_heredoc docs[DOCKERFILE_HEREDOCS];
	size_t n;

	/* Before the lines of here-documents: they take its place. */
	read_options(d, rest);
	dockerfile_run_commands(&d->run, &d->lines, rest);
	n = dockerfile_lines_heredocs(&d->lines, rest, docs);
	dockerfile_run_heredocs(&d->run, rest, docs, n);
}

static void read_copy(struct dockerfile *d, struct str rest, bool is_add)
{
	struct dockerfile_heredoc docs[DOCKERFILE_HEREDOCS];

	read_options(d, rest);
	if (is_add)
		dockerfile_run_add(&d->run, &d->lines, rest);
	(void)dockerfile_lines_heredocs(&d->lines, rest, docs);
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
	else if (str_eq_nocase(word, STR("env")))
		dockerfile_run_env(&d->run, &d->lines, rest);
	else if (str_eq_nocase(word, STR("workdir")))
		dockerfile_run_workdir(&d->run, rest);
	else if (str_eq_nocase(word, STR("run")))
		read_run(d, rest);
	else if (str_eq_nocase(word, STR("copy")) ||
		 str_eq_nocase(word, STR("add")))
		read_copy(d, rest, str_eq_nocase(word, STR("add")));
}

/* --- scopes --------------------------------------------------------------- */

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

/* Stages whose files come into the last one by copies, some or all. */
static void mark_sources(struct dockerfile *d)
{
	size_t c = d->copies.n;

	for (size_t i = d->stages.n; i-- > 0;) {
		const struct stage *s = &d->stages.v[i];
		bool is_used = s->is_shipped || s->is_source;

		if (is_used && s->parent != SIZE_MAX)
			d->stages.v[s->parent].is_source = true;
		for (; c && d->copies.v[c - 1].to == i; c--)
			if (is_used)
				d->stages.v[d->copies.v[c - 1].from]
					.is_source = true;
	}
}

/*
 * What a stage fetches that the last one copies from may be compiled into
 * what is shipped, or not: nobody says.
 */
static struct shell_group group_of(const struct stage *s, enum scope by_path)
{
	struct shell_group g = {.distro = s->distro,
				.fetched = by_path, .packages = by_path};

	if (by_path)
		return g;
	g.packages = s->is_shipped ? SCOPE_RUNTIME : SCOPE_BUILD;
	g.fetched = s->is_source && !s->is_shipped ? SCOPE_UNKNOWN
						   : g.packages;
	return g;
}

static void set_scopes(struct dockerfile *d)
{
	enum scope by_path = scope_of_path(d->x->path, SCOPE_UNKNOWN);

	mark_shipped(d);
	mark_sources(d);
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
	for (size_t i = 0; i < d->stages.n; i++)
		d->run.shell.groups.v[i + 1] = group_of(&d->stages.v[i],
							by_path);
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

	if (str_any(base, others, str_is_like))
		return false;
	if (str_any(base, endings, str_is_like))
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
	vars_init(&d.args, d.lines.escape, x->scratch);
	dockerfile_run_init(&d.run, x, d.lines.escape);
	while (dockerfile_lines_next(&d.lines, &text))
		read_instruction(&d, text);
	if (d.args.is_full)
		diag_add(x->diags, RW1901, diag_at(x->path),
			 "values of ARGs over a limit");
	if (d.stages.n == 0 && str_trim(x->text).n)
		lines_bad(x, 0, "no FROM: nothing is built", STR(""));
	set_scopes(&d);
	shell_emit(&d.run.shell, &extract_dockerfile);
	dockerfile_lines_release(&d.lines);
	vars_release(&d.args);
	dockerfile_run_release(&d.run);
	map_release(&d.stage_index);
	vec_release(&d.stages);
	vec_release(&d.uses);
	vec_release(&d.copies);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_dockerfile = {
	.name = "container/dockerfile",
	.summary = "images, clones, downloads and packages of Dockerfiles",
	.version = 2,
	.sees = SEES_VERSION | SEES_HASH | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
