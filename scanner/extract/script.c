/*
 * Shell scripts: by their ending, or, of files without one, by their first
 * line or what they look like.  What they fetch is found by shell.h.
 */
#include "base/path.h"
#include "extract/lines.h"
#include "extract/scope.h"
#include "extract/shell.h"

#define PLAIN_BYTES (256 * 1024) /* of a file without an ending */
#define LOOK_BYTES 4096

static const char *const endings[] = {"*.sh", "*.bash", "*.ksh"};

static bool has_ending(struct str base)
{
	return str_any(base, endings, str_is_like);
}

static bool wants(const struct file *f)
{
	static const char *const others[] = {
		"*makefile*", "dockerfile*", "containerfile*", "jenkinsfile*",
		"vagrantfile", "rakefile", "gemfile", "pipfile", "license*",
		"licence*", "copying*", "notice*", "readme*", "changelog*",
		"changes", "news", "authors", "owners", "codeowners",
		"maintainers", "build", "workspace", "kconfig", "version*",
		"todo", "install"};
	struct str base = path_base(f->path);

	if (has_ending(base))
		return true;
	if (str_find_ch(base, '.') != SIZE_MAX || f->size > PLAIN_BYTES ||
	    f->size == 0 || f->is_link)
		return false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_glob(base, str_c(others[i]), true))
			return f->is_executable;
	return true;
}

static bool is_shell(struct str program)
{
	static const char *const shells[] = {"sh", "bash", "dash", "ash",
					     "ksh", "zsh"};

	program = path_base(program);
	return str_any(program, shells, str_eq);
}

/* Whether the first line names a program, and a shell. */
static bool read_shebang(struct str text, bool *ret_is_shell)
{
	struct str line, word;

	*ret_is_shell = false;
	if (!str_has_prefix(text, STR("#!")) || !str_line(&text, &line))
		return false;
	line = str_from(line, 2);
	while (str_word(&line, &word))
		*ret_is_shell = *ret_is_shell || is_shell(word);
	return true;
}

/* Bytes that were no text have been replaced: more than a few make none, and
 * so do control characters. */
static bool is_binary(struct str head)
{
	size_t replaced = 0;

	head = str_head(head, LOOK_BYTES);
	for (size_t i = 0; i < head.n; i++) {
		if (str_has_prefix(str_from(head, i), STR("\xef\xbf\xbd")))
			replaced++;
		else if (head.p[i] >= 0 && head.p[i] < ' ' &&
			 !ascii_is_blank(head.p[i]) && head.p[i] != '\33')
			return true;
	}
	return replaced > 8;
}

static bool sniffs(struct str head)
{
	bool is;

	return read_shebang(head, &is) ? is : !is_binary(head);
}

/* Lines that no other language has. */
static bool looks_like_shell(struct str text)
{
	struct str line;

	while (str_line(&text, &line)) {
		line = str_trim(line);
		if (str_is(line, "fi") || str_is(line, "esac") ||
		    str_has_suffix(line, STR("; then")) ||
		    str_has_suffix(line, STR("; do")))
			return true;
	}
	return false;
}

static enum err extract(struct extraction *x)
{
	enum scope scope = scope_of_path(x->path, SCOPE_UNKNOWN);
	const struct shell_source source = {.text = x->text, .line = 1};
	unsigned long lost = lines_lost(x);
	struct shell s;
	bool is_script;

	if (!read_shebang(x->text, &is_script))
		is_script = has_ending(path_base(x->path)) ||
			    looks_like_shell(x->text);
	if (!is_script)
		return OK;
	shell_init(&s, x, '\\');
	s.groups.v[0] = (struct shell_group){.fetched = scope,
					     .packages = scope};
	shell_read(&s, &source);
	shell_emit(&s, &extract_script);
	shell_release(&s);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_script = {
	.name = "shell/script",
	.summary = "clones, downloads and packages of shell scripts",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
