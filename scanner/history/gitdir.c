/* Finding the parts of a repository and refusing what leads outside. */
#include "history/gitdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "history/beneath.h"
#include "history/history.h"

#define SMALL_FILE (64 * LIMIT_KB) /* .git, commondir, alternates */

struct place gitdir_place(struct gitdir *g, const char *file)
{
	struct str at = g->path;

	if (*file)
		at = path_join(&g->arena, at,
			       path_join(&g->arena, g->common_path,
					 str_c(file)));
	return diag_at(at);
}

/* What is refused, and what the user can do where that is ordinary. */
static void refuse_but(struct gitdir *g, struct diags *ds, const char *file,
		       struct str target, const char *but)
{
	diag_add(ds, RW1408, gitdir_place(g, file),
		 "leads to '%.*s', which was not opened%s", STR_ARG(target),
		 but);
}

static void refuse(struct gitdir *g, struct diags *ds, const char *file,
		   struct str target)
{
	refuse_but(g, ds, file, target, "");
}

/* ---- which folder ------------------------------------------------------ */

/*
 * The place below the root of a path that is written in the folder `from`;
 * false when it is absolute or leaves the root.
 */
static bool inside(struct gitdir *g, struct str from, struct str written,
		   struct str *ret)
{
	return !str_has_prefix(written, STR("/")) &&
	       !path_normalise(&g->arena,
			       path_join(&g->arena, from, written), ret);
}

/* A file that holds one line, such as ".git" or "commondir". */
static enum err read_line(struct gitdir *g, int folder, struct str file,
			  struct str *ret)
{
	struct str text;
	enum err e = beneath_read(folder, file, SMALL_FILE, &g->arena, &text);

	if (e)
		return e;
	str_split(&text, '\n', ret);
	if (str_has_suffix(*ret, STR("\r")))
		ret->n--;
	return OK;
}

/* ".git" is a file: it says where the git folder is. */
static enum err follow_gitfile(struct gitdir *g, struct diags *ds)
{
	struct str line, target;

	if (read_line(g, g->root, STR(".git"), &line) ||
	    !str_has_prefix(line, STR("gitdir: "))) {
		diag_add(ds, RW1401, diag_at(g->path),
			 "its .git file does not name a folder");
		return ERR_IO;
	}
	target = str_from(line, STR("gitdir: ").n);
	if (!inside(g, STR(""), target, &g->own_path)) {
		g->own_path = STR("");
		refuse_but(g, ds, ".git", target,
			   str_find(target, STR("/worktrees/")) == SIZE_MAX
			   ? ": if it is yours, name that folder itself"
			   : ": if it is yours, name that repository (the "
			     "part before '/worktrees/') itself");
		return ERR_UNSUPPORTED;
	}
	return OK;
}

/* Where something cannot be looked at, it does: that will be told. */
static bool looks_bare(int root)
{
	enum beneath_kind head = beneath_kind(root, STR("HEAD"));

	return head != BENEATH_NONE && head != BENEATH_FOLDER &&
	       head != BENEATH_OTHER &&
	       beneath_kind(root, STR("objects")) != BENEATH_NONE &&
	       beneath_kind(root, STR("refs")) != BENEATH_NONE;
}

static enum err find_own(struct gitdir *g, struct diags *ds)
{
	enum err e = OK;

	switch (beneath_kind(g->root, STR(".git"))) {
	case BENEATH_FOLDER:
		g->own_path = STR(".git");
		break;
	case BENEATH_FILE:
		e = follow_gitfile(g, ds);
		break;
	case BENEATH_LINK:
		refuse(g, ds, ".git", STR("another folder (a symbolic link)"));
		e = ERR_UNSUPPORTED;
		break;
	case BENEATH_UNREAD:
		diag_add(ds, RW1401, diag_at(g->path),
			 "its git folder cannot be looked at");
		return ERR_IO;
	default:
		g->is_bare = true;
		if (!looks_bare(g->root))
			e = ERR_NOTFOUND;
	}
	g->is_found = true;
	if (e)
		return e;
	e = beneath_open_folder(g->root, g->own_path, &g->own);
	if (e) {
		g->own = -1;
		diag_add(ds, RW1401, diag_at(g->path),
			 "its git folder '%.*s' cannot be opened",
			 STR_ARG(g->own_path));
		return ERR_IO;
	}
	return OK;
}

/* A linked work tree shares objects and refs of another git folder. */
static enum err find_common(struct gitdir *g, struct diags *ds)
{
	struct str target;

	g->common_path = g->own_path;
	switch (read_line(g, g->own, STR("commondir"), &target)) {
	case ERR_NOTFOUND:
		g->common = dup(g->own);
		return g->common < 0 ? ERR_IO : OK;
	case OK:
		break;
	default:
		target = STR("an unreadable place");
	}
	if (!inside(g, g->own_path, target, &g->common_path) ||
	    beneath_open_folder(g->root, g->common_path, &g->common)) {
		g->common_path = g->own_path;
		g->common = -1;
		refuse(g, ds, "commondir", target);
		return ERR_UNSUPPORTED;
	}
	return OK;
}

/* ---- settings ---------------------------------------------------------- */

static const char *const known_extensions[] = {
	"extensions.noop", "extensions.preciousobjects",
	"extensions.partialclone", "extensions.worktreeconfig",
	"extensions.objectformat"};

static bool is_known_extension(struct str key)
{
	size_t n = sizeof known_extensions / sizeof *known_extensions;

	for (size_t i = 0; i < n; i++)
		if (str_is(key, known_extensions[i]))
			return true;
	return false;
}

static void check_entry(struct gitdir *g, const struct gitconfig_entry *e,
			struct diags *ds)
{
	bool leads_out = gitconfig_is_include(e->key);
	struct str where;

	if (str_is(e->key, "core.worktree"))
		leads_out = !inside(g, g->common_path, e->value, &where);
	if (leads_out)
		diag_add(ds, RW1408, diag_at_line(
			 gitdir_place(g, "config").path, e->line),
			 "leads to '%.*s', which was not opened",
			 STR_ARG(e->value));
}

/* Version 1 of the format may carry extensions that change everything. */
static enum err check_format(struct gitdir *g, struct diags *ds)
{
	struct str version = gitconfig_get(&g->config,
					   "core.repositoryformatversion");
	struct str hash = gitconfig_get(&g->config,
					"extensions.objectformat");
	struct str odd = {0};

	for (size_t i = 0; i < g->config.entries.n; i++) {
		struct str key = g->config.entries.v[i].key;

		if (str_is(version, "1") && !is_known_extension(key) &&
		    str_has_prefix(key, STR("extensions.")) &&
		    !(str_is(key, "extensions.refstorage") &&
		      str_is(g->config.entries.v[i].value, "files")))
			odd = key;
	}
	if (version.n && !str_is(version, "0") && !str_is(version, "1"))
		odd = STR("core.repositoryformatversion");
	g->oid_bytes = str_eq_nocase(hash, STR("sha256")) ? OID_SHA256_BYTES
							  : OID_SHA1_BYTES;
	if (hash.n && g->oid_bytes == OID_SHA1_BYTES &&
	    !str_eq_nocase(hash, STR("sha1")))
		odd = STR("extensions.objectformat");
	if (!odd.n)
		return OK;
	diag_add(ds, RW1401, gitdir_place(g, "config"),
		 "the repository's format is not one that is read here: %.*s",
		 STR_ARG(odd));
	return ERR_IO;
}

static enum err read_config(struct gitdir *g, struct diags *ds)
{
	struct str text = {0};
	unsigned wrong;

	switch (beneath_read(g->common, STR("config"), LIMIT_CONFIG_BYTES,
			     &g->arena, &text)) {
	case OK:
	case ERR_NOTFOUND:
		break;
	case ERR_UNSUPPORTED:
		refuse(g, ds, "config", STR("another file"));
		break;
	default:
		diag_add(ds, RW1401, gitdir_place(g, "config"),
			 "cannot be read");
		return ERR_IO;
	}
	wrong = gitconfig_parse(&g->config, text, &g->arena);
	if (wrong)
		diag_add(ds, RW1301,
			 diag_at_line(gitdir_place(g, "config").path, wrong),
			 "a line is not understood");
	for (size_t i = 0; i < g->config.entries.n; i++)
		check_entry(g, &g->config.entries.v[i], ds);
	return check_format(g, ds);
}

/* ---- objects ----------------------------------------------------------- */

struct paths { VEC(struct str) list; };

static void add_alternates(struct gitdir *g, int folder, struct str where,
			   struct paths *todo, struct diags *ds)
{
	const char *file = "objects/info/alternates";
	struct str text, line, target;
	enum err e = beneath_read(folder, STR("info/alternates"), SMALL_FILE,
				  &g->arena, &text);

	if (e == ERR_NOTFOUND)
		return;
	if (e) {
		refuse(g, ds, file, STR("an unreadable list"));
		return;
	}
	while (str_line(&text, &line)) {
		if (!line.n || line.p[0] == '#')
			continue;
		if (!inside(g, where, line, &target) ||
		    todo->list.n >= LIMIT_ALTERNATES)
			refuse_but(g, ds, file, line, ": if it is yours, "
				   "'git repack -a -d' copies what it lends, "
				   "as does a clone without --shared");
		else
			vec_push(&todo->list, target);
	}
}

static void tell_problems(struct odb_problems *ps, struct diags *ds)
{
	for (size_t i = 0; i < ps->list.n; i++)
		diag_add(ds, RW1412, diag_at(ps->list.v[i].path),
			 "the pack cannot be read: %s",
			 err_name(ps->list.v[i].what));
	vec_release(&ps->list);
}

static enum err open_objects(struct gitdir *g, struct diags *ds)
{
	struct odb_problems problems = {0};
	struct paths todo = {0};
	enum err e = OK;

	vec_push(&todo.list, path_join(&g->arena, g->common_path,
				       STR("objects")));
	for (size_t i = 0; i < todo.list.n && !e; i++) {
		struct str where = todo.list.v[i];
		struct str full = path_join(&g->arena, g->path, where);
		int fd;

		e = beneath_open_folder(g->root, where, &fd);
		if (!e)
			e = odb_add_folder(&g->odb, fd, full, &problems);
		if (e) {
			diag_add(ds, e == ERR_UNSUPPORTED ? RW1408 : RW1401,
				 diag_at(full),
				 "the folder of objects cannot be opened");
			if (i)
				e = OK;
			continue;
		}
		add_alternates(g, fd, where, &todo, ds);
	}
	vec_release(&todo.list);
	tell_problems(&problems, ds);
	return e ? ERR_IO : OK;
}

/* ---- what bends the history -------------------------------------------- */

static int compare_oids(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct oid));
}

bool gitdir_is_shallow(const struct gitdir *g, const struct oid *id)
{
	return g->shallow.n && bsearch(id, g->shallow.v, g->shallow.n,
				       sizeof *id, compare_oids);
}

enum err gitdir_open_again(struct gitdir *g, const char *path,
			   struct diags *ds)
{
	enum err e = gitdir_open(g, path, ds);

	if (e == ERR_NOTFOUND)
		diag_add(ds, RW1401, diag_at(str_c(path)),
			 "it is not a git repository");
	return e;
}

bool gitdir_tell_unread(struct gitdir *g, struct diags *ds)
{
	if (g->has_unread)
		diag_add(ds, RW1401, gitdir_place(g, "refs"),
			 "a ref cannot be read");
	return g->has_unread;
}

void gitdir_add_reads(const struct gitdir *g, struct history_reads *to)
{
	if (!to)
		return;
	to->has_lacked |= g->odb.has_lacked;
	to->has_failed |= g->odb.has_failed;
}

static void check_shallow(struct gitdir *g, struct diags *ds)
{
	struct str text, line;
	struct oid id;
	enum err e = beneath_read(g->common, STR("shallow"), LIMIT_REFS_BYTES,
				  &g->arena, &text);

	if (e == ERR_NOTFOUND)
		return;
	if (e) {
		refuse(g, ds, "shallow", STR("an unreadable list"));
		return;
	}
	while (str_line(&text, &line))
		if (oid_parse(line, g->oid_bytes, &id))
			vec_push(&g->shallow, id);
	vec_sort(&g->shallow, compare_oids);
	if (g->shallow.n)
		diag_add(ds, RW1404, gitdir_place(g, ""),
			 "the history is cut off at %zu commits",
			 g->shallow.n);
}

static void check_partial(struct gitdir *g, struct diags *ds)
{
	struct str filter = STR("");
	bool is_partial =
		gitconfig_get(&g->config, "extensions.partialclone").n != 0;

	for (size_t i = 0; i < g->config.entries.n; i++) {
		const struct gitconfig_entry *e = &g->config.entries.v[i];

		if (!str_has_prefix(e->key, STR("remote.")))
			continue;
		if (str_has_suffix(e->key, STR(".partialclonefilter")))
			filter = e->value;
		else if (!str_has_suffix(e->key, STR(".promisor")))
			continue;
		is_partial = true;
	}
	if (is_partial)
		diag_add(ds, RW1405, gitdir_place(g, ""),
			 "cloned with the filter '%.*s'", STR_ARG(filter));
}

static void check_replaced(struct gitdir *g, struct diags *ds)
{
	struct str grafts = {0};
	bool is_filled;
	enum err e;

	if (beneath_is_filled(g->common, STR("refs/replace"), &is_filled))
		refuse(g, ds, "refs/replace", STR("an unreadable folder"));
	else if (is_filled || str_find(g->packed_refs,
				       STR(" refs/replace/")) != SIZE_MAX)
		diag_add(ds, RW1406, gitdir_place(g, "refs/replace"),
			 "the replacements were not used");
	e = beneath_read(g->common, STR("info/grafts"), LIMIT_REFS_BYTES,
			 &g->arena, &grafts);
	if (e && e != ERR_NOTFOUND)
		refuse(g, ds, "info/grafts", STR("an unreadable list"));
	else if (str_trim(grafts).n)
		diag_add(ds, RW1406, gitdir_place(g, "info/grafts"),
			 "the grafts were not used");
}

static enum err read_packed_refs(struct gitdir *g, struct diags *ds)
{
	enum err e = beneath_read(g->common, STR("packed-refs"),
				  LIMIT_REFS_BYTES, &g->arena,
				  &g->packed_refs);

	if (!e || e == ERR_NOTFOUND)
		return OK;
	g->packed_refs = STR("");
	if (e == ERR_UNSUPPORTED) {
		refuse(g, ds, "packed-refs", STR("another file"));
		return OK;
	}
	diag_add(ds, RW1401, gitdir_place(g, "packed-refs"), "cannot be read");
	return ERR_IO;
}

/* ---- everything together ----------------------------------------------- */

enum err gitdir_peek(struct gitdir *g, const char *path, struct diags *ds)
{
	enum err e;

	*g = (struct gitdir){.own = -1, .common = -1,
			     .oid_bytes = OID_SHA1_BYTES};
	g->path = arena_dup(&g->arena, str_c(path));
	g->root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (g->root < 0 && (errno == ENOENT || errno == ENOTDIR ||
			    errno == ENAMETOOLONG)) {
		g->is_found = true; /* that there is none */
		return ERR_NOTFOUND;
	}
	if (g->root < 0) {
		diag_add(ds, RW1401, diag_at(g->path), "cannot be opened: %s",
			 strerror(errno));
		return ERR_IO;
	}
	e = find_own(g, ds);
	if (!e)
		e = find_common(g, ds);
	if (!e)
		e = read_config(g, ds);
	return e;
}

enum err gitdir_open(struct gitdir *g, const char *path, struct diags *ds)
{
	enum err e = gitdir_peek(g, path, ds);

	odb_init(&g->odb, g->oid_bytes);
	if (!e)
		e = read_packed_refs(g, ds);
	if (!e)
		e = open_objects(g, ds);
	if (e)
		return e;
	check_shallow(g, ds);
	check_partial(g, ds);
	check_replaced(g, ds);
	return OK;
}

void gitdir_close(struct gitdir *g)
{
	odb_release(&g->odb);
	gitconfig_release(&g->config);
	vec_release(&g->shallow);
	if (g->own >= 0)
		close(g->own);
	if (g->common >= 0)
		close(g->common);
	if (g->root >= 0)
		close(g->root);
	arena_release(&g->arena);
}
