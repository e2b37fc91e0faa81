/*
 * The way to the verb of a command: past sudo, env and their kin, variables
 * of unknown value, shells that are given a text, other machines.
 */
#include "extract/shell_verbs.h"

#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"

#define FINDS_MAX 100000 /* of one file */

struct shell_frame *shell_verbs_frame(struct shell *s)
{
	return &s->frames[s->depth - 1];
}

struct str shell_verbs_keep(struct shell *s, struct str text)
{
	if (text.n > LIMIT_NAME_BYTES)
		text = STR("");
	s->copied += text.n;
	return arena_dup(s->x->scratch, text);
}

struct shell_find *shell_verbs_find(struct shell *s, enum shell_find_kind kind,
				    struct str what, unsigned line)
{
	struct shell_find *f;

	if (s->finds.n >= FINDS_MAX || s->copied > LIMIT_SOURCE_BYTES ||
	    what.n > LIMIT_NAME_BYTES) {
		if (!s->is_full)
			diag_add(s->x->diags, RW1901,
				 diag_at_line(s->x->path, line),
				 "more is fetched here than the limits allow");
		s->is_full = true;
		return NULL;
	}
	f = vec_add(&s->finds);
	*f = (struct shell_find){.kind = kind, .line = line,
				 .arm = vars_arm(&s->vars),
				 .what = shell_verbs_keep(s, what),
				 .group = s->group};
	return f;
}

/* --- texts for a shell ---------------------------------------------------- */

static bool is_shell(struct str verb)
{
	static const char *const shells[] = {"sh", "bash", "dash", "ash",
					     "zsh", "ksh"};

	return str_any(verb, shells, str_eq);
}

/* Reads the words from `at` on as commands. */
static void read_text(struct shell *s, size_t at, size_t end)
{
	struct shell_part part = {.is_run = false};
	struct strbuf b;

	if (at >= end)
		return;
	strbuf_init(&b, LIMIT_LINE_BYTES);
	for (size_t i = at; i < end; i++) {
		strbuf_cstr(&b, i > at ? " " : "");
		strbuf_add(&b, s->words.v[i].text);
	}
	if (b.full)
		lines_bad(s->x, s->words.v[at].line, "a text is too long",
			  STR(""));
	s->copied += b.n;
	part.source = (struct shell_source){
		.line = s->words.v[at].line,
		.is_folded = shell_verbs_frame(s)->lex.source.is_folded};
	if (s->copied <= LIMIT_SOURCE_BYTES) {
		part.source.text = arena_dup(s->x->scratch, strbuf_str(&b));
		vec_push(&shell_verbs_frame(s)->parts, part);
	}
	strbuf_release(&b);
}

/* Commands within the command give a program to run. */
static void run_parts(struct shell *s)
{
	struct shell_frame *f = shell_verbs_frame(s);

	for (size_t i = 0; i < f->parts.n; i++)
		f->parts.v[i].is_run = true;
}

/* -c, -lc, -exc: the next word is a text. */
static bool takes_text(struct str option)
{
	return option.n > 1 && option.p[0] == '-' && option.p[1] != '-' &&
	       option.p[option.n - 1] == 'c';
}

/* A shell somewhere in a command that is given a text: bash -c '...'. */
static bool run_shell(struct shell *s, size_t at)
{
	for (size_t i = at; i + 2 < s->words.n; i++) {
		if (!is_shell(path_base(s->words.v[i].text)))
			continue;
		for (size_t j = i + 1; j + 1 < s->words.n &&
		     str_has_prefix(s->words.v[j].text, STR("-")); j++)
			if (takes_text(s->words.v[j].text)) {
				read_text(s, j + 1, j + 2);
				return true;
			}
	}
	return false;
}

/* su USER -c '...', vagrant ssh -c '...' */
static void run_option_c(struct shell *s, size_t at)
{
	for (size_t i = at; i + 1 < s->words.n; i++)
		if (str_is(s->words.v[i].text, "-c") ||
		    str_is(s->words.v[i].text, "--command"))
			read_text(s, i + 1, i + 2);
}

/* ssh [options] HOST command ... */
static void run_ssh(struct shell *s, size_t at)
{
	static const struct shell_options options = {
		.letters = "bcDEeFIiJLlmOopQRSWw"};
	struct shell_args a = shell_args_of(s->words.v, s->words.n, at + 1,
					    &options);
	struct shell_argument arg;

	while (shell_args_next(&a, &arg))
		if (arg.kind == SHELL_ARG_WORD) {
			read_text(s, a.at, s->words.n);
			return;
		}
}

/* --- prefixes ------------------------------------------------------------- */

/* A command whose arguments are a command. */
struct prefix {
	const char *verb;
	const char *letters; /* of options with a value */
	size_t words;        /* before the command */
};

static const struct prefix prefixes[] = {
	{"sudo", "ughpCTUrtRD", 0}, {"doas", "uC", 0}, {"env", "uC", 0},
	{"nice", "n", 0}, {"ionice", "cnp", 0}, {"nohup", "", 0},
	{"exec", "a", 0}, {"command", "", 0}, {"builtin", "", 0},
	{"time", "fo", 0}, {"stdbuf", "ioe", 0}, {"timeout", "ks", 1},
	{"retry", "tds", 0}, {"travis_retry", "", 0}, {"eatmydata", "", 0},
	{"fakeroot", "", 0}, {"unbuffer", "", 0}, {"chroot", "", 1},
	{"xargs", "aEILnPsd", 0}, {"proxychains", "", 0},
	{"arch-chroot", "u", 1},
};

static const struct prefix *find_prefix(struct str verb)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_is(verb, prefixes[i].verb))
			return &prefixes[i];
	return NULL;
}

static bool is_assignment(struct str text)
{
	struct str value;
	bool adds;

	return vars_assigned(text, &value, &adds).n != 0;
}

/* Past the options and words of a prefix. */
static size_t skip_prefix(const struct shell *s, size_t at,
			  const struct prefix *p)
{
	const struct shell_options options = {.letters = p->letters};
	struct shell_args a = shell_args_of(s->words.v, s->words.n, at + 1,
					    &options);
	struct shell_argument arg;
	size_t words = 0;

	while (shell_args_next(&a, &arg))
		if (arg.kind == SHELL_ARG_WORD && !is_assignment(arg.value) &&
		    words++ == p->words)
			return a.at - 1;
	return s->words.n;
}

/* "${NAME} [-y] install ...": a manager that hides in a variable. */
static void run_unknown(struct shell *s, size_t at)
{
	size_t i = at + 1;

	while (i < s->words.n && str_has_prefix(s->words.v[i].text, STR("-")))
		i++;
	if (i < s->words.n && (str_is(s->words.v[i].text, "install") ||
			       str_is(s->words.v[i].text, "add")))
		shell_install_unknown(s, at);
}

size_t shell_verbs_at(const struct shell *s)
{
	size_t at = 0, n = s->words.n;

	while (at < n) {
		struct str text = s->words.v[at].text;
		const struct prefix *p = find_prefix(path_base(text));
		struct str next = at + 1 < n ? s->words.v[at + 1].text
					     : STR("");

		if (p)
			at = skip_prefix(s, at, p);
		else if (is_assignment(text))
			at++;
		else if (text.n && text.p[0] == '$' && next.n &&
			 next.p[0] != '-' && !str_is(next, "install"))
			at++;
		else
			break;
	}
	return at;
}

/* --- folders and variables ------------------------------------------------ */

static void run_cd(struct shell *s, struct str to)
{
	struct shell_dir before = s->dir;

	if (str_is(to, "-"))
		s->dir = s->dir_before;
	else
		shell_dir_go(&s->dir, to.n ? to : STR("~"));
	s->dir_before = before;
}

static void run_pushd(struct shell *s, struct str to)
{
	if (s->dirs.n < SHELL_DIR_MAX)
		vec_push(&s->dirs, s->dir);
	run_cd(s, to);
}

static void run_popd(struct shell *s)
{
	if (s->dirs.n)
		s->dir = s->dirs.v[--s->dirs.n];
}

static bool is_pip(const struct shell *s, size_t at)
{
	return at + 2 < s->words.n &&
	       str_has_prefix(path_base(s->words.v[at].text),
			      STR("python")) &&
	       str_is(s->words.v[at + 1].text, "-m") &&
	       str_is(s->words.v[at + 2].text, "pip");
}

/* What changes where or with what the next commands run. */
static bool run_builtin(struct shell *s, struct str verb, size_t at)
{
	struct str first = at + 1 < s->words.n ? s->words.v[at + 1].text
					       : STR("");

	if (str_is(first, "--") && at + 2 < s->words.n)
		first = s->words.v[at + 2].text;
	if (str_is(verb, "cd"))
		run_cd(s, first);
	else if (str_is(verb, "pushd"))
		run_pushd(s, first);
	else if (str_is(verb, "popd"))
		run_popd(s);
	else if (str_is(verb, "read") || str_is(verb, "unset"))
		for (size_t i = at + 1; i < s->words.n; i++)
			vars_unset(&s->vars, s->words.v[i].text);
	else
		return false;
	return true;
}

/* Commands that may be given a shell with a text. */
static bool takes_shell(struct str verb)
{
	static const char *const verbs[] = {
		"docker", "podman", "kubectl", "lxc", "docker-compose",
		"buildah", "nsenter", "ip", "parallel", "find", "screen",
		"tmux", "script"};

	if (str_any(verb, verbs, str_eq))
		return true;
	return is_shell(verb);
}

/* Commands that are given others as text. */
static bool run_text(struct shell *s, struct str verb, size_t at)
{
	if (is_shell(verb) || str_is(verb, "source") || str_is(verb, ".") ||
	    str_is(verb, "eval"))
		run_parts(s);
	if (str_is(verb, "eval"))
		read_text(s, at + 1, s->words.n);
	else if (str_is(verb, "su") || str_is(verb, "runuser") ||
		 str_is(verb, "vagrant"))
		run_option_c(s, at);
	else if (str_is(verb, "ssh"))
		run_ssh(s, at);
	else
		return takes_shell(verb) && run_shell(s, at);
	return true;
}

/* Commands that fetch; false for any other. */
static bool run_fetching(struct shell *s, struct str verb, size_t at)
{
	bool is_git = str_is(verb, "git");
	bool is_fetch = str_is(verb, "wget") || str_is(verb, "curl") ||
			str_is(verb, "kubectl");
	size_t skip = is_pip(s, at) ? 2 : str_is(verb, "uv") ? 1 : 0;
	bool installs = at + skip < s->words.n &&
			shell_install_knows(
				path_base(s->words.v[at + skip].text));

	if (s->is_full || (!is_git && !is_fetch && !installs))
		return false;
	if (s->cut_line)
		lines_bad(s->x, s->cut_line, "a word is too long", verb);
	if (is_git)
		shell_git_run(s, at);
	else if (is_fetch)
		shell_fetch_run(s, at);
	else
		shell_install_run(s, at + skip);
	return true;
}

void shell_verbs_run(struct shell *s)
{
	size_t at = shell_verbs_at(s);
	struct str verb;

	if (at >= s->words.n)
		return;
	verb = path_base(s->words.v[at].text);
	if (run_builtin(s, verb, at) || run_text(s, verb, at) ||
	    run_fetching(s, verb, at))
		return;
	if (str_has_prefix(s->words.v[at].text, STR("$")))
		run_unknown(s, at);
}
