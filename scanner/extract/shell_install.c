/*
 * Package managers in shell text: of systems (apt, yum, zypper, pacman, apk),
 * of Python, npm and Go.  Here words are told from options and addresses;
 * what a word says is read when its component is made.
 */
#include <string.h>

#include "base/path.h"
#include "extract/shell_verbs.h"
#include "extract/url.h"

/* A program that installs. */
struct program {
	const char *name;
	enum shell_manager manager;
	const char *commands;  /* that install, separated by '|' */
	const char *letters;   /* of options with a value */
	const char *const *names;
	bool has_long_dash;
};

static const char *const apt_names[] = {
	"target-release", "option", "config-file", "default-release",
	"host-architecture", NULL};
static const char *const yum_names[] = {
	"config", "installroot", "releasever", "exclude", "enablerepo",
	"disablerepo", "repo", "repoid", "setopt", "disableexcludes",
	"debuglevel", "errorlevel", NULL};
static const char *const apk_names[] = {
	"virtual", "repository", "root", "keys-dir", "repositories-file",
	"arch", "cache-dir", NULL};
static const char *const zypper_names[] = {
	"repo", "from", "type", "root", "name", NULL};
static const char *const pacman_names[] = {
	"root", "dbpath", "config", "cachedir", "ignore", "overwrite", NULL};
static const char *const pip_names[] = {
	"requirement", "constraint", "index-url", "extra-index-url",
	"find-links", "target", "prefix", "root", "trusted-host", "log",
	"proxy", "timeout", "retries", "python-version", "platform",
	"implementation", "abi", "only-binary", "no-binary", "cache-dir",
	"src", "upgrade-strategy", "progress-bar", "cert", "client-cert",
	"global-option", "config-settings", "use-feature", "python",
	"editable", NULL};
static const char *const npm_names[] = {
	"prefix", "registry", "cache", "loglevel", "userconfig", "workspace",
	"omit", "include", NULL};
static const char *const go_names[] = {
	"ldflags", "tags", "mod", "o", "gcflags", "asmflags", "p", "C",
	"modfile", NULL};

static const struct program programs[] = {
	{"apt", SHELL_APT, "install", "toca", apt_names, false},
	{"apt-get", SHELL_APT, "install", "toca", apt_names, false},
	{"aptitude", SHELL_APT, "install", "to", apt_names, false},
	{"yum", SHELL_YUM, "install|localinstall", "cdexR", yum_names, false},
	{"dnf", SHELL_YUM, "install|localinstall", "cdexR", yum_names, false},
	{"microdnf", SHELL_YUM, "install", "", yum_names, false},
	{"tdnf", SHELL_YUM, "install", "", yum_names, false},
	{"rpm", SHELL_YUM, "", "", NULL, false},
	{"zypper", SHELL_ZYPPER, "install|in", "rtC", zypper_names, false},
	{"pacman", SHELL_PACMAN, "", "rb", pacman_names, false},
	{"apk", SHELL_APK, "add", "tXp", apk_names, false},
	{"pip", SHELL_PIP, "install", "rcieft", pip_names, false},
	{"pipx", SHELL_PIP, "install", "", pip_names, false},
	{"npm", SHELL_NPM, "install|i|add", "", npm_names, false},
	{"pnpm", SHELL_NPM, "install|i|add", "", npm_names, false},
	{"yarn", SHELL_NPM, "add", "", npm_names, false},
	{"go", SHELL_GO, "install|get", "", go_names, true},
	{"add-apt-repository", SHELL_ANY, "", "", NULL, false},
};

/* pip, pip3, pip3.8 */
static bool is_pip(struct str verb)
{
	if (!str_has_prefix(verb, STR("pip")))
		return false;
	for (size_t i = 3; i < verb.n; i++)
		if (!ascii_is_digit(verb.p[i]) && verb.p[i] != '.')
			return false;
	return true;
}

static const struct program *find_program(struct str verb)
{
	if (is_pip(verb))
		verb = STR("pip");
	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
		if (str_is(verb, programs[i].name))
			return &programs[i];
	return NULL;
}

bool shell_install_knows(struct str verb)
{
	return find_program(verb) != NULL;
}

static bool is_command(const struct program *p, struct str word)
{
	struct str rest = str_c(p->commands), command;

	while (str_split(&rest, '|', &command))
		if (command.n && str_eq(word, command))
			return true;
	return false;
}

/* --- words ---------------------------------------------------------------- */

static bool has_scheme(struct str s)
{
	size_t at = str_find(s, STR("://"));

	return at != SIZE_MAX && at < str_find_ch(s, '/');
}

/* A file or folder that is there already. */
static bool is_local(struct str s, enum shell_manager m)
{
	static const char *const endings[] = {".deb", ".rpm", ".apk", ".whl",
					      ".tar.gz", ".tgz", ".zip"};

	if (str_any(s, endings, str_has_suffix))
		return true;
	return str_has_prefix(s, STR(".")) || str_has_prefix(s, STR("/")) ||
	       str_has_prefix(s, STR("~")) || str_has_prefix(s, STR("file:")) ||
	       (m == SHELL_ANY && str_find_ch(s, '/') != SIZE_MAX);
}

static void add_package(struct shell *s, enum shell_manager m,
			struct str what, unsigned line)
{
	struct shell_find *f = shell_verbs_find(s, SHELL_PACKAGE, what, line);

	if (f)
		f->manager = m;
}

/* Words that fall into several because a quoted variable held a list. */
static void add_words(struct shell *s, enum shell_manager m, struct str words,
		      unsigned line)
{
	struct str word;

	while (str_word(&words, &word)) {
		if (m == SHELL_PIP &&
		    (has_scheme(word) ||
		     str_find_ch(word, '@') != SIZE_MAX)) {
			add_package(s, m, word, line);
		} else if (has_scheme(word)) {
			shell_fetch_add(s, word, STR(""), line);
		} else if (!is_local(word, m)) {
			add_package(s, m, word, line);
		}
	}
}

/* A requirement of Python may hold blanks. */
static void add(struct shell *s, enum shell_manager m, struct str text,
		unsigned line)
{
	static const char *const signs = "<>=!~;@ ";
	struct str rest = text, first;

	str_word(&rest, &first);
	rest = str_trim(rest);
	if (m == SHELL_PIP && rest.n && strchr(signs, rest.p[0]))
		add_package(s, m, text, line);
	else
		add_words(s, m, text, line);
}

/* --- programs ------------------------------------------------------------- */

static void say_index(struct shell *s, struct str what, unsigned line)
{
	if (what.n)
		diag_add(s->x->diags, RW1305,
			 diag_at_line(s->x->path, line),
			 "packages may come from %.*s",
			 STR_ARG(str_head(what, 120)));
}

/* Options that say something of their own. */
static void read_option(struct shell *s, const struct program *p,
			const struct shell_argument *a)
{
	if (p->manager != SHELL_PIP)
		return;
	if (shell_args_is(a, "i|index-url|extra-index-url|f|find-links") &&
	    has_scheme(a->value))
		say_index(s, url_without_user(a->value, &s->command), a->line);
	else if (shell_args_is(a, "e|editable"))
		add(s, p->manager, a->value, a->line);
}

static void run_install(struct shell *s, const struct program *p,
			struct shell_args a)
{
	struct shell_argument arg;
	bool installs = false;

	while (!s->is_full && shell_args_next(&a, &arg)) {
		if (arg.kind == SHELL_ARG_OPTION)
			read_option(s, p, &arg);
		else if (installs)
			add(s, p->manager, arg.value, arg.line);
		else if (is_command(p, arg.value))
			installs = true;
		else if (!str_is(arg.value, "global") &&
			 !str_is(arg.value, "tool"))
			return;
	}
}

/* pacman -S names, rpm -i addresses */
static void run_letters(struct shell *s, const struct program *p,
			struct shell_args a)
{
	const char *letters = p->manager == SHELL_PACMAN ? "S" : "iUF";
	struct shell_argument arg;
	bool installs = false;

	while (shell_args_next(&a, &arg)) {
		if (shell_args_is(&arg, "install|upgrade|sync") ||
		    (arg.kind == SHELL_ARG_OPTION && arg.name.n == 1 &&
		     strchr(letters, arg.name.p[0])))
			installs = true;
		else if (shell_args_is(&arg, "import|q|query|e|erase"))
			return;
		else if (installs && arg.kind == SHELL_ARG_WORD)
			add(s, p->manager, arg.value, arg.line);
	}
}

void shell_install_run(struct shell *s, size_t at)
{
	const struct program *p =
		find_program(path_base(s->words.v[at].text));
	const struct shell_options options = {
		p->letters, p->names, p->has_long_dash};
	struct shell_args a = shell_args_of(s->words.v, s->words.n, at + 1,
					    &options);
	struct shell_argument arg;

	if (p->manager == SHELL_ANY) {
		while (shell_args_next(&a, &arg))
			if (arg.kind == SHELL_ARG_WORD)
				say_index(s, arg.value, arg.line);
	} else if (*p->commands) {
		run_install(s, p, a);
	} else {
		run_letters(s, p, a);
	}
}

/* --- a manager in a variable ---------------------------------------------- */

void shell_install_unknown(struct shell *s, size_t at)
{
	static const char *const others[] = {
		"make", "helm", "ninja", "meson", "cmake", "python", "cargo",
		"kubectl", "docker", "gem", "conda", "brew", "snap", "go",
		"@", "*", "(", "1", "2", "cmd", "command"};
	static const struct program unknown = {
		"", SHELL_ANY, "install|add", "toc", apt_names, false};
	const struct shell_options options = {unknown.letters, unknown.names,
					      false};
	struct program p = unknown;
	struct str verb = s->words.v[at].text;

	if (str_find_nocase(verb, STR("pip")) != SIZE_MAX)
		p.manager = SHELL_PIP;
	else if (str_find_nocase(verb, STR("npm")) != SIZE_MAX)
		p.manager = SHELL_NPM;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (p.manager == SHELL_ANY &&
		    str_find_nocase(verb, str_c(others[i])) != SIZE_MAX)
			return;
	run_install(s, &p, shell_args_of(s->words.v, s->words.n, at + 1,
					 &options));
}
