/*
 * RUN in its three forms (a command line, a list of words, here-documents),
 * ADD of an address, and the variables they see: those of the stage, and the
 * ENVs of the stages it continues.
 */
#include "extract/dockerfile_run.h"

#include "base/limits.h"
#include "base/path.h"

/* Variables handed from stage to stage, in all. */
#define ENVS_MAX 65536

void dockerfile_run_init(struct dockerfile_run *d, struct extraction *x,
			 char escape)
{
	*d = (struct dockerfile_run){.escape = escape};
	shell_init(&d->shell, x, '\\');
}

void dockerfile_run_release(struct dockerfile_run *d)
{
	shell_release(&d->shell);
	vec_release(&d->envs);
	vec_release(&d->first_env);
}

/* --- variables ------------------------------------------------------------ */

static void set_env(struct dockerfile_run *d, struct str name, struct str text)
{
	if (!name.n)
		return;
	vars_set(&d->shell.vars, name, text);
	if (d->envs.n == ENVS_MAX) {
		diag_add(d->shell.x->diags, RW1901,
			 diag_at(d->shell.x->path),
			 "more than %d ENVs in all stages", ENVS_MAX);
		return;
	}
	vec_push(&d->envs, ((struct dockerfile_env){
		arena_dup(d->shell.x->scratch, name),
		vars_get(&d->shell.vars, name).text}));
}

void dockerfile_run_begin(struct dockerfile_run *d, size_t parent)
{
	size_t from = 0, to = 0;

	vec_push(&d->shell.groups, (struct shell_group){0});
	d->shell.group = d->shell.groups.n - 1;
	d->dir = (struct shell_dir){.n = 0};
	vars_clear(&d->shell.vars);
	vec_push(&d->first_env, d->envs.n);
	if (parent < d->first_env.n - 1) {
		from = d->first_env.v[parent];
		to = d->first_env.v[parent + 1];
	}
	for (; from < to && d->envs.n < ENVS_MAX; from++)
		set_env(d, d->envs.v[from].name, d->envs.v[from].text);
}

void dockerfile_run_arg(struct dockerfile_run *d, const struct vars *global,
			struct str name, struct str text)
{
	struct vars_value value = vars_get(global, name);

	if (!name.n)
		return;
	d->shell.vars.escape = d->escape;
	if (text.p)
		vars_assign(&d->shell.vars, name, text);
	else if (value.is_set)
		vars_set(&d->shell.vars, name, value.text);
	d->shell.vars.escape = '\\';
}

/* The value of a word before the instruction changes any. */
static struct dockerfile_env expand_env(struct dockerfile_run *d,
					struct str name, struct str word,
					struct arena *a)
{
	struct vars *v = &d->shell.vars;

	v->escape = d->escape;
	vars_expand(v, word, VARS_KEEP);
	v->escape = '\\';
	return (struct dockerfile_env){name, arena_dup(a,
						       strbuf_str(&v->text))};
}

void dockerfile_run_env(struct dockerfile_run *d,
			const struct dockerfile_lines *lines, struct str rest)
{
	VEC(struct dockerfile_env) envs = {0};
	struct arena scratch = {0};
	struct str word, name, text, all = rest;
	bool is_old = dockerfile_lines_word(lines, &rest, &word) &&
		      !str_cut(word, '=', &name, &text);

	if (is_old && str_word(&all, &name)) /* ENV name value */
		vec_push(&envs, expand_env(d, name, str_trim(all), &scratch));
	while (!is_old && word.n) {
		if (str_cut(word, '=', &name, &text))
			vec_push(&envs, expand_env(d, name, text, &scratch));
		if (!dockerfile_lines_word(lines, &rest, &word))
			break;
	}
	for (size_t i = 0; i < envs.n; i++)
		set_env(d, envs.v[i].name, envs.v[i].text);
	vec_release(&envs);
	arena_release(&scratch);
}

void dockerfile_run_workdir(struct dockerfile_run *d, struct str path)
{
	struct vars *v = &d->shell.vars;

	vars_expand(v, str_trim(path), VARS_KEEP);
	shell_dir_go(&d->dir, strbuf_str(&v->text));
}

/* --- RUN ------------------------------------------------------------------ */

static void read_source(struct dockerfile_run *d,
			const struct shell_source *source)
{
	d->shell.dir = d->dir;
	vars_mark(&d->shell.vars);
	shell_read(&d->shell, source);
	vars_rewind(&d->shell.vars);
}

static struct str without_options(const struct dockerfile_lines *lines,
				  struct str rest)
{
	struct str after = rest, word;

	while (dockerfile_lines_word(lines, &after, &word) &&
	       str_has_prefix(word, STR("--")))
		rest = after;
	return str_trim(rest);
}

/* ["a", "b"] as 'a' 'b'; "" when it is not of that form. */
static struct str exec_form(struct str text, struct arena *a)
{
	struct strbuf b;
	struct str inner = str_sub(text, 1, text.n - 1), part, made;

	if (text.n < 2 || text.p[0] != '[' || text.p[text.n - 1] != ']' ||
	    !str_has_prefix(str_trim(inner), STR("\"")) ||
	    str_find_ch(text, '\'') != SIZE_MAX)
		return STR("");
	strbuf_init(&b, LIMIT_LINE_BYTES);
	for (bool is_in = false; str_split(&inner, '"', &part);
	     is_in = !is_in)
		if (is_in)
			strbuf_fmt(&b, "'%.*s' ", STR_ARG(part));
	made = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return made;
}

void dockerfile_run_commands(struct dockerfile_run *d,
			     const struct dockerfile_lines *lines,
			     struct str rest)
{
	struct shell_source source;
	struct arena scratch = {0};
	struct str text = without_options(lines, rest);
	struct str words = exec_form(text, &scratch);

	source = dockerfile_lines_source(lines, text);
	if (words.n)
		source = (struct shell_source){.text = words,
					       .line = lines->line};
	read_source(d, &source);
	arena_release(&scratch);
}

static bool is_shell(struct str verb)
{
	verb = path_base(verb);
	return str_is(verb, "sh") || str_is(verb, "bash") ||
	       str_is(verb, "dash") || str_is(verb, "ash");
}

/* A program in another language says so in its first line. */
static bool is_script(struct str body)
{
	struct str line, interpreter;

	if (!str_has_prefix(body, STR("#!")) || !str_line(&body, &line))
		return true;
	line = str_from(line, 2);
	while (str_word(&line, &interpreter))
		if (is_shell(interpreter))
			return true;
	return false;
}

void dockerfile_run_heredocs(struct dockerfile_run *d, struct str rest,
			     const struct dockerfile_heredoc *docs, size_t n)
{
	struct str word = STR("");
	bool is_read;

	while (str_word(&rest, &word) &&
	       (str_has_prefix(word, STR("-")) || is_shell(word)))
		; /* options of RUN, a shell and its options */
	is_read = str_has_prefix(word, STR("<<"));
	for (size_t i = 0; i < n && is_read; i++) {
		const struct shell_source source = {.text = docs[i].body,
						    .line = docs[i].line};

		if (is_script(docs[i].body))
			read_source(d, &source);
	}
}

/* --- ADD ------------------------------------------------------------------ */

/* A repository by its look: git@host:path, https://host/path.git#ref. */
static bool is_repository(struct str url)
{
	return str_has_prefix(url, STR("git@")) ||
	       str_has_suffix(str_head(url, str_find_ch(url, '#')),
			      STR(".git"));
}

static void add_source(struct dockerfile_run *d, struct str url,
		       struct str checksum, unsigned line)
{
	size_t hash = str_find_ch(url, '#');
	struct str ref = hash == SIZE_MAX ? STR("") : str_from(url, hash + 1);

	if (is_repository(url))
		shell_git_add(&d->shell, str_head(url, hash),
			      str_head(ref, str_find_ch(ref, ':')), line);
	else if (str_find(url, STR("://")) != SIZE_MAX)
		shell_fetch_add(&d->shell, url, checksum, line);
}

void dockerfile_run_add(struct dockerfile_run *d,
			const struct dockerfile_lines *lines, struct str rest)
{
	struct str word, next, checksum = STR("");
	bool has_next = dockerfile_lines_word(lines, &rest, &word);

	while (has_next) {
		has_next = dockerfile_lines_word(lines, &rest, &next);
		if (str_has_prefix(word, STR("--checksum="))) {
			checksum = str_from(word, STR("--checksum=").n);
		} else if (!str_has_prefix(word, STR("--")) && has_next) {
			vars_expand(&d->shell.vars, word, VARS_KEEP);
			add_source(d, strbuf_str(&d->shell.vars.text),
				   checksum, lines->line);
		}
		word = next;
	}
}
