/*
 * git in shell text: which repositories are cloned, and at which revision:
 * that of --branch, or of a later checkout in the folder of the clone.
 */
#include <string.h>

#include "base/path.h"
#include "extract/lines.h"
#include "extract/shell_verbs.h"
#include "extract/url.h"

/* Of git itself, before its command. */
static const char *const global_names[] = {
	"git-dir", "work-tree", "namespace", "exec-path", "config-env", NULL};
static const struct shell_options global_options = {
	.letters = "Cc", .names = global_names};

/* Of its commands; a letter means the same in all that count here. */
static const char *const command_names[] = {
	"branch", "config", "origin", "depth", "reference", "template",
	"jobs", "upload-pack", "separate-git-dir", "shallow-since",
	"shallow-exclude", "server-option", "filter", "name", NULL};
static const struct shell_options clone_options = {
	.letters = "bcouj", .names = command_names};
static const struct shell_options checkout_options = {
	.letters = "", .names = command_names};

#define NONE SIZE_MAX
#define LOOK_BACK 64

/* --- folders -------------------------------------------------------------- */

/* The clone that stands in a folder or around it, the latest of all; of
 * those before the last few nobody speaks any more. */
static size_t find_clone(const struct shell *s, struct str dir)
{
	size_t n = s->clones.n;
	size_t first = n > LOOK_BACK ? n - LOOK_BACK : 0;

	while (n-- > first)
		if (s->finds.v[s->clones.v[n]].dir.n &&
		    shell_dir_is_in(dir, s->finds.v[s->clones.v[n]].dir))
			return s->clones.v[n];
	return NONE;
}

/* --- addresses ------------------------------------------------------------ */

/* A name of an own folder, or of a remote. */
static bool is_folder(struct str url)
{
	if (url_is(url))
		return str_has_prefix_nocase(url, STR("file:"));
	return str_find_ch(url, '$') == SIZE_MAX &&
	       (str_find_ch(url, ':') == SIZE_MAX ||
		str_find_ch(url, '/') < str_find_ch(url, ':'));
}

/* The name that git gives to the folder of a clone. */
static struct str folder_of(struct str url)
{
	while (url.n && url.p[url.n - 1] == '/')
		url.n--;
	url = str_from(url, str_rfind_ch(url, '/') + 1);
	url = str_from(url, str_rfind_ch(url, ':') + 1);
	if (str_has_suffix(url, STR(".git")))
		url.n -= 4;
	return url;
}

/* Without what git puts before the name of a tag or branch. */
static struct str bare_rev(struct str rev)
{
	static const char *const prefixes[] = {
		"refs/heads/", "refs/remotes/", "remotes/", "origin/"};

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_has_prefix(rev, str_c(prefixes[i])))
			rev = str_from(rev, str_c(prefixes[i]).n);
	return rev;
}

static struct shell_find *add_clone(struct shell *s, struct str url,
				    struct str rev, struct str dir,
				    unsigned line)
{
	struct shell_find *f;

	if (is_folder(url)) {
		diag_add(s->x->diags, RW1304, diag_at_line(s->x->path, line),
			 "a repository is cloned from %.*s", STR_ARG(url));
		return NULL;
	}
	f = shell_verbs_find(s, SHELL_CLONE, url, line);
	if (!f)
		return NULL;
	f->rev = shell_verbs_keep(s, bare_rev(rev));
	f->dir = shell_verbs_keep(s, dir);
	f->base = NONE;
	vec_push(&s->clones, s->finds.n - 1);
	return f;
}

void shell_git_add(struct shell *s, struct str url, struct str rev,
		   unsigned line)
{
	add_clone(s, url, rev, STR(""), line);
}

/* --- commands ------------------------------------------------------------- */

static void run_clone(struct shell *s, struct shell_args a)
{
	struct shell_argument arg;
	struct str url = STR(""), rev = STR(""), to = STR("");
	struct shell_dir dir = s->dir;
	struct shell_find *f;
	bool is_recursive = false;
	unsigned line = 0;

	a.options = &clone_options;
	while (shell_args_next(&a, &arg)) {
		if (shell_args_is(&arg, "b|branch"))
			rev = arg.value;
		else if (shell_args_is(&arg, "recursive|recurse-submodules"))
			is_recursive = true;
		else if (arg.kind == SHELL_ARG_WORD && url.n && !to.n)
			to = arg.value;
		else if (arg.kind == SHELL_ARG_WORD && !url.n) {
			url = arg.value;
			line = arg.line;
		}
	}
	if (!url.n)
		return;
	shell_dir_go(&dir, to.n ? to : folder_of(url));
	f = add_clone(s, url, rev, shell_dir_path(&dir), line);
	if (f)
		f->has_submodules = is_recursive;
}

/* The same clone with another revision; NULL when there are too many. */
static struct shell_find *copy_clone(struct shell *s, size_t clone)
{
	struct shell_find copy = s->finds.v[clone];
	struct shell_find *f = shell_verbs_find(s, SHELL_CLONE, copy.what,
						copy.line);

	if (!f)
		return NULL;
	copy.what = f->what;
	copy.base = copy.base == NONE ? clone : copy.base;
	*f = copy;
	vec_push(&s->clones, s->finds.n - 1);
	return f;
}

/*
 * The revision of a clone is set.  Where a condition decides about that, what
 * was before stands as well, unless the other arm has set one, too.
 */
static void set_rev(struct shell *s, size_t clone, struct str rev)
{
	struct shell_find *f = &s->finds.v[clone];
	unsigned arm = vars_arm(&s->vars);

	if (str_is(rev, "FETCH_HEAD"))
		rev = f->fetched;
	if (str_has_prefix(rev, STR("HEAD")) || !rev.n)
		return;
	if (f->arm < arm) {
		if (!vars_is_open(&s->vars, f->arm) && f->base != NONE)
			s->finds.v[f->base].is_dropped = true;
		f = copy_clone(s, clone);
	}
	if (!f)
		return;
	f->arm = arm;
	f->rev = shell_verbs_keep(s, bare_rev(rev));
}

/* The revision that checkout, switch or reset --hard names: the last word,
 * unless paths follow. */
static void run_checkout(struct shell *s, struct shell_args a, size_t clone,
			 bool is_reset)
{
	struct shell_argument arg;
	struct str rev = STR("");
	size_t words = 0;
	bool is_hard = false, makes_branch = false;

	a.options = &checkout_options;
	while (shell_args_next(&a, &arg)) {
		if (a.is_ended)
			return; /* paths of the tree */
		if (shell_args_is(&arg, "hard"))
			is_hard = true;
		else if (shell_args_is(&arg, "b|B|c|C|orphan|create"))
			makes_branch = true;
		else if (arg.kind == SHELL_ARG_WORD) {
			rev = arg.value;
			words++;
		}
	}
	if (words == 0 || words > 1u + makes_branch || (makes_branch &&
	    words < 2) || is_reset != is_hard || str_is(rev, ".") ||
	    str_is(rev, "-"))
		return;
	set_rev(s, clone, rev);
}

/* fetch [REMOTE] REF: what FETCH_HEAD is from now on. */
static void run_fetch(struct shell *s, struct shell_args a, size_t clone)
{
	struct shell_argument arg;
	struct str ref = STR("");
	size_t words = 0;

	a.options = &checkout_options;
	while (shell_args_next(&a, &arg))
		if (arg.kind == SHELL_ARG_WORD && words++)
			ref = arg.value;
	if (ref.n)
		s->finds.v[clone].fetched = shell_verbs_keep(s, ref);
}

/* init; remote add NAME URL: a clone in small steps. */
static void run_remote(struct shell *s, struct shell_args a, size_t clone,
		       struct str dir)
{
	static const struct shell_options options = {.letters = "tm"};
	struct shell_argument arg;
	size_t words = 0;

	a.options = &options;
	while (shell_args_next(&a, &arg)) {
		if (arg.kind != SHELL_ARG_WORD)
			continue;
		if (words == 0 && !str_is(arg.value, "add"))
			return;
		if (words++ == 2 && clone == NONE)
			add_clone(s, arg.value, STR(""), dir, arg.line);
	}
}

static void run_submodule(struct shell *s, struct shell_args a, size_t clone,
			  const struct shell_dir *at)
{
	struct shell_argument arg;
	struct str first = STR(""), url = STR(""), to = STR("");
	struct shell_dir dir = *at;
	unsigned line = 0;

	a.options = &clone_options;
	while (shell_args_next(&a, &arg)) {
		if (arg.kind != SHELL_ARG_WORD)
			continue;
		if (!first.n) {
			first = arg.value;
		} else if (!url.n) {
			url = arg.value;
			line = arg.line;
		} else if (!to.n) {
			to = arg.value;
		}
	}
	if (str_is(first, "update") && clone != NONE) {
		s->finds.v[clone].has_submodules = true;
	} else if (str_is(first, "add") && url.n) {
		shell_dir_go(&dir, to.n ? to : folder_of(url));
		add_clone(s, url, STR(""), shell_dir_path(&dir), line);
	}
}

void shell_git_run(struct shell *s, size_t at)
{
	struct shell_args a = shell_args_of(s->words.v, s->words.n, at + 1,
					    &global_options);
	struct shell_argument arg;
	struct shell_dir dir = s->dir;
	size_t clone;

	do {
		if (!shell_args_next(&a, &arg))
			return;
		if (shell_args_is(&arg, "C"))
			shell_dir_go(&dir, arg.value);
		else if (shell_args_is(&arg, "work-tree"))
			shell_dir_go(&dir, arg.value);
	} while (arg.kind != SHELL_ARG_WORD);
	clone = find_clone(s, shell_dir_path(&dir));
	if (str_is(arg.value, "clone"))
		run_clone(s, a);
	else if (str_is(arg.value, "remote"))
		run_remote(s, a, clone, shell_dir_path(&dir));
	else if (str_is(arg.value, "submodule"))
		run_submodule(s, a, clone, &dir);
	else if (clone == NONE)
		return;
	else if (str_is(arg.value, "checkout") || str_is(arg.value, "switch"))
		run_checkout(s, a, clone, false);
	else if (str_is(arg.value, "reset"))
		run_checkout(s, a, clone, true);
	else if (str_is(arg.value, "fetch"))
		run_fetch(s, a, clone);
}
