/*
 * What would make git run a program in a repository (git-config(1),
 * githooks(5), gitattributes(5)).  It is told, for whoever goes on to use git
 * there; nothing of it is obeyed.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "history/beneath.h"
#include "history/gitdir.h"
#include "history/history.h"

#define NAMES_SHOWN 8

/* Which values of a key are meant. */
enum value {
	ANY,
	COMMAND, /* no boolean */
	SHELL,   /* begins with '!' */
	REMOTE,  /* of a helper that runs programs, such as ext:: */
	ALLOWS   /* always or user */
};

struct key {
	const char *key; /* '*' stands for a subsection */
	enum value value;
};

static const struct key keys[] = {
	{"alias.*", SHELL}, {"browser.*.cmd", ANY}, {"browser.*.path", ANY},
	{"core.alternaterefscommand", ANY}, {"core.askpass", ANY},
	{"core.editor", ANY}, {"core.fsmonitor", COMMAND},
	{"core.gitproxy", ANY}, {"core.hookspath", ANY}, {"core.pager", ANY},
	{"core.sshcommand", ANY}, {"credential.helper", ANY},
	{"credential.*.helper", ANY}, {"diff.external", ANY},
	{"diff.*.command", ANY}, {"diff.*.textconv", ANY},
	{"difftool.*.cmd", ANY}, {"difftool.*.path", ANY},
	{"filter.*.clean", ANY}, {"filter.*.process", ANY},
	{"filter.*.smudge", ANY}, {"gpg.program", ANY},
	{"gpg.*.program", ANY}, {"gpg.ssh.defaultkeycommand", ANY},
	{"guitool.*.cmd", ANY}, {"imap.tunnel", ANY},
	{"init.templatedir", ANY}, {"instaweb.httpd", ANY},
	{"interactive.difffilter", ANY}, {"man.*.cmd", ANY},
	{"man.*.path", ANY}, {"merge.*.driver", ANY},
	{"mergetool.*.cmd", ANY}, {"mergetool.*.path", ANY},
	{"pager.*", COMMAND}, {"protocol.allow", ALLOWS},
	{"protocol.ext.allow", ALLOWS}, {"receive.procreceiverefs", ANY},
	{"remote.*.proxy", ANY}, {"remote.*.pushurl", REMOTE},
	{"remote.*.receivepack", ANY}, {"remote.*.uploadpack", ANY},
	{"remote.*.url", REMOTE}, {"remote.*.vcs", ANY},
	{"sendemail.cccmd", ANY}, {"sendemail.sendmailcmd", ANY},
	{"sendemail.tocmd", ANY}, {"sequence.editor", ANY},
	{"submodule.*.update", SHELL}, {"tar.*.command", ANY},
	{"trailer.*.cmd", ANY}, {"trailer.*.command", ANY},
	{"uploadpack.packobjectshook", ANY},
};

static const char *const hooks[] = {
	"applypatch-msg", "commit-msg", "fsmonitor-watchman",
	"post-applypatch", "post-checkout", "post-commit",
	"post-index-change", "post-merge", "post-receive", "post-rewrite",
	"post-update", "pre-applypatch", "pre-auto-gc", "pre-commit",
	"pre-merge-commit", "pre-push", "pre-rebase", "pre-receive",
	"prepare-commit-msg", "proc-receive", "push-to-checkout",
	"reference-transaction", "sendemail-validate", "update",
};

/* --- settings ------------------------------------------------------------- */

/* A transport by way of a program: "ext::sh -c ...". */
static bool is_helper(struct str url)
{
	struct str name, rest;

	return str_cut(url, ':', &name, &rest) && rest.n &&
	       rest.p[0] == ':' && !str_is(name, "https") &&
	       !str_is(name, "http");
}

static bool is_bool(struct str value)
{
	static const char *const words[] = {"", "0", "1", "true", "false",
					    "yes", "no", "on", "off"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_nocase(value, str_c(words[i])))
			return true;
	return false;
}

static bool is_meant(enum value kind, struct str value)
{
	switch (kind) {
	case ANY:
		return value.n != 0;
	case COMMAND:
		return !is_bool(value);
	case SHELL:
		return str_has_prefix(value, STR("!"));
	case REMOTE:
		return is_helper(value);
	case ALLOWS:
		return str_eq_nocase(value, STR("always")) ||
		       str_eq_nocase(value, STR("user"));
	}
	return false;
}

static bool fits(struct str key, const char *pattern)
{
	struct str before, behind;

	if (!str_cut(str_c(pattern), '*', &before, &behind))
		return str_is(key, pattern);
	return key.n > before.n + behind.n && str_has_prefix(key, before) &&
	       str_has_suffix(key, behind);
}

/* An address that is written into another one, by way of a program. */
static bool is_rewriting(struct str key)
{
	struct str prefix = STR("url.");

	return str_has_prefix(key, prefix) &&
	       (str_has_suffix(key, STR(".insteadof")) ||
		str_has_suffix(key, STR(".pushinsteadof"))) &&
	       is_helper(str_from(key, prefix.n));
}

static bool runs(const struct gitconfig_entry *e)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (fits(e->key, keys[i].key) &&
		    is_meant(keys[i].value, e->value))
			return true;
	return is_rewriting(e->key);
}

static void tell_settings(const struct gitconfig *c, struct str path,
			  struct diags *ds)
{
	for (size_t i = 0; i < c->entries.n; i++) {
		const struct gitconfig_entry *e = &c->entries.v[i];

		if (runs(e))
			diag_add(ds, RW1419, diag_at_line(path, e->line),
				 "%.*s = %.*s, which was not obeyed",
				 STR_ARG(e->key),
				 STR_ARG(str_head(e->value, 200)));
	}
}

/* The settings of one work tree, where they have a file of their own. */
static void tell_worktree(struct gitdir *g, struct diags *ds)
{
	struct gitconfig c = {0};
	struct str text;

	if (beneath_read(g->own, STR("config.worktree"), LIMIT_CONFIG_BYTES,
			 &g->arena, &text))
		return;
	(void)gitconfig_parse(&c, text, &g->arena);
	tell_settings(&c, gitdir_place(g, "config.worktree").path, ds);
	gitconfig_release(&c);
}

/* --- hooks ---------------------------------------------------------------- */

/* Would git run it?  It follows links. */
static bool is_program(struct gitdir *g, const char *hook)
{
	struct str path = arena_fmt(&g->arena, "hooks/%s", hook);
	struct stat st = {0};
	uint64_t size;
	int fd;

	if (beneath_kind(g->common, path) == BENEATH_LINK)
		return true;
	if (beneath_kind(g->common, path) != BENEATH_FILE)
		return false;
	if (beneath_open_file(g->common, path, &fd, &size))
		return true; /* better one too many */
	if (fstat(fd, &st))
		st.st_mode = 0111;
	close(fd);
	return st.st_mode & 0111;
}

static void tell_hooks(struct gitdir *g, struct diags *ds)
{
	for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
		if (is_program(g, hooks[i]))
			diag_add(ds, RW1420, gitdir_place(g, arena_fmt(
				 &g->arena, "hooks/%s", hooks[i]).p),
				 "a hook, which was not run");
}

/* --- attributes ----------------------------------------------------------- */

/* The words of a line that name a filter or a driver for merges. */
static void add_names(struct str line, size_t *n, struct strbuf *to)
{
	struct str word;
	bool is_first = true; /* the pattern */

	for (; str_word(&line, &word); is_first = false) {
		if (is_first || (!str_has_prefix(word, STR("filter=")) &&
				 !str_has_prefix(word, STR("merge="))) ||
		    str_is(word, "merge=union") ||
		    str_is(word, "merge=binary") || str_is(word, "merge=text"))
			continue;
		if (++*n <= NAMES_SHOWN)
			strbuf_fmt(to, "%s%.*s", *n > 1 ? ", " : "",
				   STR_ARG(str_head(word, 60)));
	}
}

static void tell_attributes(int folder, const char *file, struct place at,
			    struct diags *ds)
{
	struct arena a = {0};
	struct str text, line;
	struct strbuf names;
	size_t n = 0;
	unsigned number = 0, first = 0;

	if (beneath_read(folder, str_c(file), LIMIT_CONFIG_BYTES, &a, &text))
		text = STR("");
	strbuf_init(&names, 0);
	while (str_line(&text, &line)) {
		number++;
		line = str_trim(line);
		if (!line.n || line.p[0] == '#')
			continue;
		add_names(line, &n, &names);
		if (n && !first)
			first = number;
	}
	if (n)
		diag_add(ds, RW1420, diag_at_line(at.path, first),
			 "attributes name programs, which were not run: "
			 "%.*s%s", STR_ARG(strbuf_str(&names)),
			 n > NAMES_SHOWN ? " and more" : "");
	strbuf_release(&names);
	arena_release(&a);
}

/* What only failed here would be lost in silence. */
static void tell_rest(const struct diags *unsaid, struct diags *ds)
{
	for (size_t i = 0; i < unsaid->kept.n; i++) {
		const struct diag *d = &unsaid->kept.v[i];

		if (!ds->counts[d->code])
			diag_add(ds, d->code, d->place, "%.*s",
				 STR_ARG(d->message));
	}
}

void history_programs(const char *path, struct diags *ds)
{
	struct diags unsaid = {0}; /* whoever reads the history said most */
	struct gitdir g;

	if (!gitdir_peek(&g, path, &unsaid)) {
		tell_settings(&g.config, gitdir_place(&g, "config").path, ds);
		tell_worktree(&g, ds);
		tell_hooks(&g, ds);
		tell_attributes(g.common, "info/attributes",
				gitdir_place(&g, "info/attributes"), ds);
		if (!g.is_bare)
			tell_attributes(g.root, ".gitattributes", diag_at(
				path_join(&g.arena, g.path,
					  STR(".gitattributes"))), ds);
	}
	gitdir_close(&g);
	tell_rest(&unsaid, ds);
	diag_release(&unsaid);
}
