/*
 * What would make git run a program in a repository (git-config(1),
 * githooks(5)), in its git folder and in those of its submodules beneath it
 * (gitrepository-layout(5)).  It is told, for whoever goes on to use git
 * there; nothing of it is obeyed.  Attributes are read by attributes.c.
 */
#include <unistd.h>

#include "base/path.h"
#include "history/attributes.h"
#include "history/beneath.h"
#include "history/gitdir.h"
#include "history/history.h"

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

/* A git folder that is looked through. */
struct look {
	int fd;            /* open */
	struct str path;   /* for the user */
	struct arena *arena;
	struct diags *ds;
};

static struct str path_of(const struct look *l, const char *file)
{
	return path_join(l->arena, l->path, str_c(file));
}

/* What is there and cannot be looked at would be lost in silence. */
static void tell_unread(const struct look *l, const char *file, enum err e)
{
	struct place at = diag_at(path_of(l, file));

	if (e == ERR_UNSUPPORTED)
		diag_add(l->ds, RW1408, at,
			 "a link, or no file: it was not opened");
	else if (e == ERR_LIMIT)
		diag_add(l->ds, RW1004, at, "larger than %zu bytes",
			 LIMIT_CONFIG_BYTES);
	else if (e && e != ERR_NOTFOUND)
		diag_add(l->ds, RW1002, at, "cannot be read: what would run "
			 "a program there is not known");
}

static bool is_link(const struct look *l, const char *file)
{
	return beneath_kind(l->fd, str_c(file)) == BENEATH_LINK;
}

static bool read_text(const struct look *l, const char *file,
		      struct str *ret)
{
	enum err e = beneath_read(l->fd, str_c(file), LIMIT_CONFIG_BYTES,
				  l->arena, ret);

	tell_unread(l, file, e);
	return !e;
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

/* Settings that only what runs git there would read. */
static void tell_file(const struct look *l, const char *file)
{
	struct gitconfig c = {0};
	struct str text, path = path_of(l, file);
	unsigned wrong;

	if (!read_text(l, file, &text))
		return;
	wrong = gitconfig_parse(&c, text, l->arena);
	if (wrong)
		diag_add(l->ds, RW1301, diag_at_line(path, wrong),
			 "a line is not understood");
	tell_settings(&c, path, l->ds);
	for (size_t i = 0; i < c.entries.n; i++)
		if (gitconfig_is_include(c.entries.v[i].key))
			diag_add(l->ds, RW1408,
				 diag_at_line(path, c.entries.v[i].line),
				 "leads to '%.*s', which was not opened",
				 STR_ARG(c.entries.v[i].value));
	gitconfig_release(&c);
}

/* --- hooks ---------------------------------------------------------------- */

/* Would git run it?  It follows links. */
static void tell_hook(const struct look *l, int folder, const char *hook)
{
	const char *file = arena_fmt(l->arena, "hooks/%s", hook).p;
	struct stat st;
	enum err e = beneath_look(folder, str_c(hook), &st);

	if (!e && (S_ISLNK(st.st_mode) ||
		   (S_ISREG(st.st_mode) && st.st_mode & 0111)))
		diag_add(l->ds, RW1420, diag_at(path_of(l, file)),
			 "a hook, which was not run");
	tell_unread(l, file, e);
}

static void tell_hooks(const struct look *l)
{
	int fd;
	enum err e = beneath_open_folder(l->fd, STR("hooks"), &fd);

	if (e == ERR_UNSUPPORTED && is_link(l, "hooks"))
		diag_add(l->ds, RW1420, diag_at(path_of(l, "hooks")),
			 "the folder of hooks is a link, which was not "
			 "followed");
	else if (e != ERR_UNSUPPORTED) /* a file has no hooks */
		tell_unread(l, "hooks", e);
	if (e)
		return;
	for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
		tell_hook(l, fd, hooks[i]);
	close(fd);
}

static void tell_attributes(const struct look *l, const char *file)
{
	struct str text;

	if (read_text(l, file, &text))
		attributes_tell(text, path_of(l, file), l->ds);
}

/* --- submodules ----------------------------------------------------------- */

struct folder {
	struct str path; /* below the git folder of the whole */
	size_t depth;
};

struct modules {
	const struct look *of;
	VEC(struct folder) todo; /* in the order in which they are met */
	size_t seen;
};

/* Folders of a git folder in which there is no other one. */
static bool is_of_git(struct str name)
{
	static const char *const names[] = {
		"branches", "hooks", "info", "lfs", "logs", "objects", "refs",
		"rr-cache", "worktrees"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static bool is_git(int fd)
{
	return beneath_kind(fd, STR("HEAD")) != BENEATH_NONE &&
	       beneath_kind(fd, STR("objects")) != BENEATH_NONE;
}

static void limit_met(const struct look *l, const char *what)
{
	diag_add(l->ds, RW1005, diag_at(l->path), "%s: what would run a "
		 "program in those after it is not known", what);
}

/* One folder beneath "modules", which is open. */
static void tell_module(struct modules *m, const struct folder *f,
			const struct look *l)
{
	struct beneath_names names = {0};
	bool has_git = is_git(l->fd);
	enum err e = beneath_list(l->fd, LIMIT_MODULE_ENTRIES - m->seen,
				  l->arena, &names);

	if (e == ERR_LIMIT)
		limit_met(l, "too many entries in folders of submodules");
	else
		tell_unread(l, "", e);
	if (has_git) {
		tell_file(l, "config");
		tell_file(l, "config.worktree");
		tell_hooks(l);
		tell_attributes(l, "info/attributes");
	}
	m->seen += names.list.n;
	for (size_t i = 0; i < names.list.n; i++) {
		struct str name = names.list.v[i];
		enum beneath_kind kind = has_git && is_of_git(name)
			? BENEATH_NONE : beneath_kind(l->fd, name);

		if (kind == BENEATH_LINK)
			tell_unread(l, name.p, ERR_UNSUPPORTED);
		else if (kind == BENEATH_UNREAD)
			tell_unread(l, name.p, ERR_IO);
		else if (kind == BENEATH_FOLDER &&
			 f->depth == LIMIT_MODULE_DEPTH)
			limit_met(l, "folders of submodules nest too deeply");
		else if (kind == BENEATH_FOLDER)
			vec_push(&m->todo, ((struct folder){
				path_join(m->of->arena, f->path, name),
				f->depth + 1}));
	}
	vec_release(&names.list);
}

/* All that is beneath, whatever its name: "a/b" is one, and may have some. */
static void tell_modules(const struct look *of)
{
	struct modules m = {.of = of};

	vec_push(&m.todo, ((struct folder){STR("modules"), 0}));
	for (size_t i = 0; i < m.todo.n; i++) {
		struct folder f = m.todo.v[i];
		struct arena scratch = {0};
		struct look l = {.path = path_join(&scratch, of->path, f.path),
				 .arena = &scratch, .ds = of->ds};
		enum err e = beneath_open_folder(of->fd, f.path, &l.fd);

		tell_unread(&l, "", e);
		if (!e) {
			tell_module(&m, &f, &l);
			close(l.fd);
		}
		arena_release(&scratch);
	}
	vec_release(&m.todo);
}

/* --- all of it ------------------------------------------------------------ */

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

static struct str below(struct gitdir *g, struct str path)
{
	return path.n ? path_join(&g->arena, g->path, path) : g->path;
}

void history_programs(const char *path, struct diags *ds)
{
	struct diags unsaid = {0}; /* whoever reads the history said most */
	struct gitdir g;

	if (!gitdir_peek(&g, path, &unsaid)) {
		struct look common = {.fd = g.common, .arena = &g.arena,
				      .path = below(&g, g.common_path),
				      .ds = ds};
		struct look own = common, root = common;

		own.fd = g.own;
		own.path = below(&g, g.own_path);
		root.fd = g.root;
		root.path = g.path;
		tell_settings(&g.config, path_of(&common, "config"), ds);
		tell_file(&own, "config.worktree");
		tell_hooks(&common);
		tell_attributes(&common, "info/attributes");
		tell_modules(&common);
		if (!g.is_bare && !is_link(&root, ".gitattributes"))
			tell_attributes(&root, ".gitattributes");
	}
	gitdir_close(&g);
	tell_rest(&unsaid, ds);
	diag_release(&unsaid);
}
