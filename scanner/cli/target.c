/* Opening targets: the meeting place of discover, extract and history. */
#include "cli/target.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/limits.h"
#include "base/path.h"
#include "cli/accounts.h"
#include "cli/joint.h"
#include "cli/progress.h"
#include "discover/discover.h"
#include "discover/stack.h"
#include "extract/extract.h"
#include "history/history.h"
#include "model/purl.h"
#include "store/sbom_store.h"

/* One item on its way in. */
struct item {
	const char *path;   /* as it can be opened */
	struct str name;    /* as reports name it */
	const struct stack_component *of; /* what a stack file adds, or NULL */
};

static struct target *begin(struct scan *s, enum target_kind kind,
			    struct str name)
{
	struct target *t = vec_add(&s->targets);

	*t = (struct target){.kind = kind, .name = arena_dup(&s->arena, name),
			     .root = SIZE_MAX};
	return t;
}

/* The component that stands for a folder or repository. */
static size_t add_root(struct scan *s, struct str name, const char *type)
{
	struct str base = name;
	size_t i;

	while (base.n > 1 && base.p[base.n - 1] == '/')
		base.n--;
	base = path_base(base);
	if (str_is_empty(base) || str_is(base, ".") || str_is(base, ".."))
		base = name;
	i = component_add(&s->parts, base, STR(""), (struct evidence){name, 0});
	s->parts.components.v[i].type = str_c(type);
	s->parts.components.v[i].is_root = true;
	return i;
}

static bool is_built(const struct file *f, const struct stack_component *of)
{
	for (size_t i = 0; i < of->built.n; i++)
		if (str_glob(f->path, of->built.v[i], false))
			return true;
	return false;
}

/* Leaves only the files that match one of the globs of `built`, and those
 * that say who decides. */
static void keep_built(struct tree *t, const struct stack_component *of)
{
	size_t n = 0;

	if (!of || !of->built.n)
		return;
	for (size_t i = 0; i < t->files.n; i++)
		if (is_built(&t->files.v[i], of) ||
		    extract_wants_seats(&t->files.v[i]))
			t->files.v[n++] = t->files.v[i];
	t->files.n = n;
}

static bool has_file(const struct tree *t, struct str glob)
{
	for (size_t i = 0; i < t->files.n; i++)
		if (str_glob(t->files.v[i].path, glob, false))
			return true;
	return false;
}

/* Names the globs of `built` that no file matches: a slip of the pen would
 * leave out what they are for. */
static void say_not_built(struct scan *s, const struct item *it,
			  const struct tree *t)
{
	const struct stack_component *of = it->of;

	for (size_t i = 0; of && i < of->built.n; i++)
		if (!has_file(t, of->built.v[i]))
			diag_add(&s->diags, RW1503,
				 diag_at_line(s->stack.file, of->line),
				 "no file of %.*s is built from %.*s",
				 STR_ARG(it->name),
				 STR_ARG(of->built.v[i]));
}

static int by_path(const void *va, const void *vb)
{
	const struct file *a = va, *b = vb;

	return str_cmp(a->path, b->path);
}

/* Whoever declares a submodule is asked for its history; nobody for that of
 * another repository which lies in the folder. */
static void tell_repositories(struct scan *s, const struct tree *t,
			      const struct tree *links)
{
	for (size_t i = 0; i < t->repositories.list.n; i++) {
		struct file f = {.path = t->repositories.list.v[i]};

		if (!links->files.n ||
		    !bsearch(&f, links->files.v, links->files.n, sizeof f,
			     by_path))
			diag_add(&s->diags, RW1009,
				 diag_at(path_join(&s->arena, t->name,
						   f.path)),
				 "a repository of its own: its history is not "
				 "counted with this target");
	}
}

/* Files of a work tree come from disk, the commits of its submodules from
 * the repository.  Attributes of both are looked through. */
static enum err open_tree(struct scan *s, const char *path,
			  enum history_form form, bool with_history,
			  struct tree *ret)
{
	struct tree links = {0};
	enum err e;

	if (form == HISTORY_BARE)
		return history_tree(path, false, &s->arena, &s->diags, ret);
	e = discover_open(path, &s->arena, &s->diags, ret);
	if (e)
		return e;
	if (form != HISTORY_NONE &&
	    !history_tree(path, true, &s->arena, &s->diags, &links)) {
		for (size_t i = 0; i < links.files.n; i++)
			if (links.files.v[i].is_gitlink)
				vec_push(&ret->files, links.files.v[i]);
		history_attributes(&links, &s->diags);
		vec_sort(&ret->files, by_path);
	}
	if (with_history)
		tell_repositories(s, ret, &links);
	if (links.close)
		links.close(&links);
	return OK;
}

static void extract_files(struct scan *s, const struct item *it,
			  enum history_form form, bool with_history,
			  size_t target)
{
	struct target *t = &s->targets.v[target];
	struct tree tree = {0};

	if (open_tree(s, it->path, form, with_history, &tree))
		return;
	if (form != HISTORY_NONE)
		history_attributes(&tree, &s->diags);
	say_not_built(s, it, &tree);
	keep_built(&tree, it->of);
	extract_tree(s, &tree, t->root, t);
	tree.close(&tree);
}

/* Where no such file declares seats now, nobody walks a history for it. */
static bool has_info(const struct scan *s, size_t root)
{
	for (size_t i = 0; i < s->parts.seats.n; i++)
		if (s->parts.seats.v[i].component == root &&
		    str_has_suffix(s->parts.seats.v[i].evidence.path,
				   STR("INFO.yaml")))
			return true;
	return false;
}

/* --- what counts once ----------------------------------------------------- */

/* Function, service, what is built and what its lines are. */
static struct str role_of(const struct stack_component *of, struct arena *a)
{
	struct strbuf b;
	struct str role;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%d %d %d\n", (int)of->function, of->in_service,
		   of->end_of_life);
	for (size_t k = 0; k < of->built.n; k++)
		strbuf_fmt(&b, "%.*s\n", STR_ARG(of->built.v[k]));
	for (size_t k = 0; k < of->classes.list.n; k++)
		strbuf_fmt(&b, "%d %.*s\n", (int)of->classes.list.v[k].class,
			   STR_ARG(of->classes.list.v[k].paths));
	role = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return role;
}

static void count_once(struct scan *s, const struct item *it,
		       struct joint_items *once, size_t root)
{
	struct joint_item *i = vec_add(&once->list);

	*i = (struct joint_item){.path = it->path, .component = root,
				 .of = it->of,
				 .role = role_of(it->of, &s->arena)};
}

/* --- histories ------------------------------------------------------------ */

static struct history_options history_asked(const struct item *it,
					    const struct target_options *o)
{
	struct history_options h = {.axes = o->axes | DIGEST_COMMITS,
				    .scope = o->scope,
				    .facts = o->facts, .threads = o->threads,
				    .keys = o->keys,
				    .watch = progress_watch(o->quiet)};

	if (it->of) {
		h.classes = &it->of->classes;
		h.paths = it->of->built.v; /* what is not built is not in */
		h.n_paths = it->of->built.n;
	}
	return h;
}

static enum err count_history(const struct scan *s, const struct item *it,
			      const struct target_options *o,
			      struct history_options *h,
			      const struct cached_outcome *to)
{
	struct account_commits accounts;
	enum err e;

	progress_show(o->quiet, "reading the history of", it->name);
	accounts_find(it->path, o->store, (struct account_store_of){
		.facts = o->facts, .day = s->as_of}, &accounts);
	h->accounts = &accounts;
	e = cached_read(o->cache, it->path, h, to);
	account_commits_release(&accounts);
	return e;
}

static void walk_history(struct scan *s, const struct item *it,
			 const struct target_options *o, size_t root)
{
	struct history_options h = history_asked(it, o);
	bool is_planned = o->cache && o->cache->plan;
	struct digest d = {0};

	if (count_history(s, it, o, &h, &(struct cached_outcome){
		.arena = &s->arena, .diags = &s->diags, .digest = &d,
		.beside = has_info(s, root) ? CACHED_TERMS
					    : CACHED_NOTHING})) {
		digest_release(&d);
		if (it->of && o->once && is_planned)
			count_once(s, it, o->once, root);
		return;
	}
	s->parts.components.v[root].digest = s->digests.n;
	vec_push(&s->digests, d);
	if (it->of && o->once)
		count_once(s, it, o->once, root);
}

/* A repository or a plain folder. */
static void add_tree(struct scan *s, const struct item *it,
		     const struct target_options *o)
{
	enum history_form form = history_form(it->path);
	bool is_repository = form != HISTORY_NONE && form != HISTORY_UNREAD;
	struct progress_files files;
	struct provenance *p;
	size_t target = s->targets.n, root;

	begin(s, is_repository ? TARGET_REPOSITORY : TARGET_FOLDER, it->name);
	root = add_root(s, s->targets.v[target].name,
			is_repository ? "repository" : "folder");
	s->targets.v[target].root = root;
	s->parts.components.v[root].is_scanned = true;
	if (form == HISTORY_UNREAD) {
		diag_add(&s->diags, RW1002, diag_at(it->name), "cannot be "
			 "looked at: neither its files nor its history are "
			 "read");
		return;
	}
	if (is_repository) {
		p = &s->parts.components.v[root].provenance;
		p->repository = history_origin(it->path, &s->arena,
					       &s->diags);
		p->commit = history_head(it->path, &s->arena, &s->diags);
		p->kind = PROVENANCE_REPOSITORY;
		p->how = STR("scanned");
	}
	if (is_repository && !o->is_only_histories)
		history_programs(it->path, &s->diags);
	progress_show(o->quiet, "reading", it->name);
	progress_begin_files(o->quiet, o->verbose, &files);
	s->watch = &files.watch;
	if (!o->is_only_histories)
		extract_files(s, it, form, o->with_history, target);
	s->watch = NULL;
	if (is_repository && o->with_history)
		walk_history(s, it, o, root);
	if (!is_repository && !o->is_only_histories &&
	    s->parts.components.n == root + 1)
		diag_add(&s->diags, RW1007, diag_at(it->name),
			 "no file that ranwhence reads was found");
}

static enum err add_sbom(struct scan *s, const struct item *it,
			 struct str bytes, const struct target_options *o)
{
	struct target *t = begin(s, TARGET_SBOM, it->name);
	enum err e;

	progress_show(o->quiet, "reading", it->name);
	e = extract_sbom(s, t->name, bytes, t);
	t = &s->targets.v[s->targets.n - 1];
	if (!e && o->verbose)
		progress_say(t->name, "read as ", t->format);
	return e;
}

/* What the stack file adds to everything that one of its items brought. */
static void apply(struct scan *s, const struct stack_component *c,
		  size_t first, size_t root)
{
	struct component *r = &s->parts.components.v[root];

	for (size_t i = first; i < s->parts.components.n; i++)
		if (s->parts.components.v[i].function == FUNCTION_NONE)
			s->parts.components.v[i].function = c->function;
	if (c->name.n)
		r->name = c->name;
	if (c->version.n)
		r->version = c->version;
	if (c->supplier.n)
		r->supplier = c->supplier;
	r->in_service = c->in_service;
	r->end_of_life = c->end_of_life;
}

/*
 * What a forge says that a repository is made with: the component that stands
 * for the whole becomes the one that the stack names.  SIZE_MAX: nothing.
 */
static size_t add_exported(struct scan *s, const struct stack_component *c,
			   struct store *store)
{
	struct str bytes = sbom_store_find(store, c->what, &s->arena), name;
	struct target unlisted = {.root = SIZE_MAX};
	size_t first = s->parts.components.n;
	struct component *k;

	if (!bytes.n)
		return SIZE_MAX;
	name = arena_fmt(&s->arena, "feed " SBOM_STORE_FEED ": %.*s",
			 STR_ARG(c->what));
	if (extract_sbom(s, name, bytes, &unlisted))
		diag_add(&s->diags, RW1201, diag_at(name),
			 "the SBOM that the store keeps cannot be read");
	if (unlisted.root == SIZE_MAX)
		return SIZE_MAX;
	/* steps of pipelines, by definition */
	for (size_t i = first; i < s->parts.components.n; i++)
		if (str_has_prefix(s->parts.components.v[i].purl,
				   STR("pkg:githubactions/")))
			s->parts.components.v[i].scope = SCOPE_CI;
	/* that it is of another commit says nothing of this one */
	k = &s->parts.components.v[unlisted.root];
	k->purl = k->version = STR("");
	return unlisted.root;
}

/* The component of an item that is only named, made where a forge has not
 * exported it. */
static size_t place_named(struct scan *s, const struct stack_component *c,
			  struct str file, const struct target_options *o)
{
	struct str name = c->name.n ? c->name : path_base(c->what);
	struct evidence at = {file, c->line}, *v;
	size_t i = c->form == STACK_REPOSITORY
		? add_exported(s, c, o->store) : SIZE_MAX;

	if (i == SIZE_MAX)
		return component_add(&s->parts, name, STR("stack"), at);
	component_add_evidence(&s->parts.components.v[i], at);
	v = s->parts.components.v[i].evidence.v;
	v[s->parts.components.v[i].evidence.n - 1] = v[0];
	v[0] = at;
	s->parts.components.v[i].name = name;
	s->parts.components.v[i].extractor = STR("stack");
	return i;
}

/* A component that is only named: by address or package URL. */
static size_t add_named(struct scan *s, const struct stack_component *c,
			struct str file, const struct target_options *o)
{
	size_t i = place_named(s, c, file, o);
	struct component *k = &s->parts.components.v[i];

	k->is_root = true;
	k->scope = SCOPE_RUNTIME;
	k->is_unpinned = !c->version.n && !c->commit.n;
	if (c->form == STACK_PURL) {
		struct purl p;
		const char *why;

		k->purl = c->what;
		k->type = STR("library");
		if (!purl_parse(c->what, &s->arena, &p, &why)) {
			k->name = c->name.n ? c->name : p.name;
			k->version = p.version;
			purl_release(&p);
		}
	} else {
		k->type = STR("repository");
		k->provenance = (struct provenance){
			.kind = PROVENANCE_REPOSITORY, .repository = c->what,
			.commit = c->commit, .how = STR("stack file")};
	}
	return i;
}

/*
 * The path of a stack item as it can be opened, or NULL with a diagnostic:
 * links are followed and must still end below the stack file's folder.
 */
static char *open_path(struct scan *s, struct str folder,
		       const struct stack_component *c, struct str file)
{
	struct arena *a = &s->arena;
	struct str full = path_join(a, folder, c->what);
	char *root = realpath(folder.n ? arena_cstr(a, folder) : ".", NULL);
	char *real = realpath(arena_cstr(a, full), NULL);
	size_t n = root ? strlen(root) : 0;
	bool is_below = root && real && !strncmp(root, real, n) &&
			(n == 1 || real[n] == '/' || !real[n]);

	if (!real)
		diag_add(&s->diags, RW1503, diag_at_line(file, c->line),
			 "not found: %.*s", STR_ARG(c->what));
	else if (!is_below)
		diag_add(&s->diags, RW1502, diag_at_line(file, c->line),
			 "the path leads outside by a link: %.*s",
			 STR_ARG(c->what));
	free(root);
	free(real);
	return real && is_below ? arena_cstr(a, full) : NULL;
}

/*
 * What an item stands for by itself where it is not there, or is a document
 * that names no whole: all that it brought and nothing leads to hangs on it.
 */
static size_t add_product(struct scan *s, const struct stack_component *c,
			  size_t first, size_t first_edge)
{
	struct parts *p = &s->parts;
	struct str name = c->name.n ? c->name : path_base(c->what);
	size_t root = component_add(p, name, STR("stack"),
				    (struct evidence){s->stack.file, c->line});

	p->components.v[root].is_root = true;
	p->components.v[root].type = STR("application");
	component_adopt(p, root, first, first_edge);
	return root;
}

/* A part that lies below the stack file: a tree or a document. */
static void add_stack_path(struct scan *s, struct str folder,
			   const struct stack_component *c,
			   const struct target_options *o)
{
	char *path = open_path(s, folder, c, s->stack.file);
	struct item it = {path, str_c(path), c};
	struct str bytes;

	if (path && fs_kind(path) == FS_DIR)
		add_tree(s, &it, o);
	else if (path && !fs_read(path, LIMIT_SBOM_BYTES, &s->arena,
				  &s->diags, &bytes) &&
		 add_sbom(s, &it, bytes, o) == ERR_UNSUPPORTED)
		diag_add(&s->diags, RW1201, diag_at(it.name),
			 "neither a folder nor an SBOM that ranwhence reads");
}

static void add_stack_item(struct scan *s, struct str folder,
			   const struct stack_component *c,
			   const struct target_options *o)
{
	size_t first = s->parts.components.n, target = s->targets.n;
	size_t first_edge = s->parts.edges.n, root = SIZE_MAX;

	if (c->form == STACK_PURL || c->form == STACK_REPOSITORY) {
		root = add_named(s, c, s->stack.file, o);
		component_adopt(&s->parts, root, first, first_edge);
	} else {
		add_stack_path(s, folder, c, o);
	}
	if (s->targets.n > target)
		root = s->targets.v[target].root;
	if (root == SIZE_MAX)
		root = add_product(s, c, first, first_edge);
	apply(s, c, first, root);
}

/* What of its own a repository has beyond those that it is counted with. */
static void count_beyond(struct scan *s, struct joint_item *i,
			 const struct target_options *o)
{
	struct item it = {i->path, str_c(i->path), i->of};
	struct history_options h = history_asked(&it, o);
	struct diags told = {0}; /* the count of all of it said it */
	struct digest d = {0};

	h.axes &= ~(unsigned)DIGEST_SURVIVING;
	h.beyond = i->last.v;
	h.n_beyond = i->last.n;
	if (!count_history(s, &it, o, &h, &(struct cached_outcome){
		.arena = &s->arena, .diags = &told, .digest = &d})) {
		i->joint.beyond = s->beyond.n;
		vec_push(&s->beyond, d);
	} else if (!o->cache || !o->cache->plan) {
		digest_release(&d);
		i->joint.group = 0;
		diag_add(&s->diags, RW1422, diag_at(it.name),
			 "it counts by itself: its own part is not at hand");
	}
	for (size_t k = 0; k < told.kept.n; k++)
		if (told.kept.v[k].code == RW1830 ||
		    told.kept.v[k].code == RW1831)
			diag_add(&s->diags, told.kept.v[k].code,
				 told.kept.v[k].place, "%.*s",
				 STR_ARG(told.kept.v[k].message));
	diag_release(&told);
}

static void join_histories(struct scan *s, const struct stack *st,
			   const struct target_options *o)
{
	struct joint_items *all = o->once;
	size_t named = 0;

	joint_relate(all, o->threads, s);
	for (size_t i = 0; i < all->list.n; i++) {
		struct joint_item *item = &all->list.v[i];

		item->joint.digest =
			s->parts.components.v[item->component].digest;
		if (item->last.n)
			count_beyond(s, item, o);
	}
	joint_settle(all, s);
	for (size_t i = 0; i < st->components.n; i++)
		named += st->components.v[i].form != STACK_PATH &&
			 st->components.v[i].form != STACK_SBOM;
	if (named)
		diag_add(&s->diags, RW1422, diag_at(s->stack.file),
			 "%zu of its components are only named, and no commits "
			 "of them are at hand: each counts by itself", named);
}

static enum err add_stack(struct scan *s, const struct item *it,
			  struct str text, const struct target_options *o)
{
	struct target *t = begin(s, TARGET_STACK, it->name);
	struct joint_items once = {0};
	struct target_options with = *o;
	struct stack st;
	enum err e;

	if (s->stack.file.n) {
		diag_add(&s->diags, RW1501, diag_at(it->name),
			 "a second stack file: one run judges one stack");
		return ERR_CONFIG;
	}
	if (text.n > LIMIT_CONFIG_BYTES) {
		diag_add(&s->diags, RW1501, diag_at(it->name),
			 "larger than %zu bytes", LIMIT_CONFIG_BYTES);
		return ERR_CONFIG;
	}
	e = stack_parse(text, t->name, &s->arena, &s->diags, &st);
	if (!e) {
		s->stack = st.info;
		with.once = st.count_once ? &once : NULL;
		for (size_t i = 0; i < st.components.n; i++)
			add_stack_item(s, path_dir(s->stack.file),
				       &st.components.v[i], &with);
		if (with.once)
			join_histories(s, &st, &with);
		if (diag_has_effect(&s->diags, DIAG_FATAL))
			e = ERR_CONFIG;
	}
	joint_items_release(&once);
	stack_release(&st);
	return e;
}

static enum err add_file(struct scan *s, const struct item *it,
			 const struct target_options *o)
{
	struct str bytes;

	if (fs_read(it->path, LIMIT_SBOM_BYTES, &s->arena, &s->diags, &bytes))
		return OK;
	if (stack_sniffs(str_head(bytes, LIMIT_CONFIG_BYTES)) &&
	    !extract_is_sbom(str_head(bytes, 64 * LIMIT_KB)))
		return add_stack(s, it, bytes, o);
	if (add_sbom(s, it, bytes, o) != ERR_UNSUPPORTED)
		return OK;
	diag_add(&s->diags, RW1006, diag_at(it->name),
		 "neither an SBOM of a known format nor a stack file");
	return ERR_UNSUPPORTED;
}

/* The descriptor that a name stands for, -1 for that of a file: "-", and what
 * a shell makes of <(...). */
static int open_already(const char *name)
{
	const char *prefix = "/dev/fd/";
	uint64_t n;

	if (!strcmp(name, "-"))
		return STDIN_FILENO;
	if (fs_kind(name) != FS_OTHER)
		return -1;
	if (!strcmp(name, "/dev/stdin"))
		return STDIN_FILENO;
	if (!str_has_prefix(str_c(name), str_c(prefix)) ||
	    !str_to_u64(str_c(name + strlen(prefix)), &n) || n > INT_MAX)
		return -1;
	return (int)n;
}

/* A document that comes by a pipe. */
static enum err add_pipe(struct scan *s, const struct item *it, int fd,
			 const struct target_options *o)
{
	struct str bytes;

	if (fs_read_open(fd, it->name, LIMIT_SBOM_BYTES, &s->arena, &s->diags,
			 &bytes))
		return OK;
	if (add_sbom(s, it, bytes, o) != ERR_UNSUPPORTED)
		return OK;
	diag_add(&s->diags, RW1006, diag_at(it->name),
		 stack_sniffs(str_head(bytes, LIMIT_CONFIG_BYTES))
		 ? "a stack file must be named: what it consists of lies "
		   "beside it" : "not an SBOM of a known format");
	return ERR_UNSUPPORTED;
}

static enum err add_purl(struct scan *s, struct str text)
{
	struct stack_component c = {.form = STACK_PURL};

	c.what = purl_canonical(text, &s->arena);
	if (!c.what.n) {
		diag_add(&s->diags, RW1006, diag_at(text),
			 "not a package URL");
		return ERR_UNSUPPORTED;
	}
	begin(s, TARGET_PURL, text)->root = s->parts.components.n;
	add_named(s, &c, arena_dup(&s->arena, text), NULL);
	return OK;
}

/* What is no file: a package URL, or a slip. */
static enum err add_no_file(struct scan *s, struct str name)
{
	bool is_url = str_find(name, STR("://")) != SIZE_MAX ||
		      str_has_prefix(name, STR("git@"));

	if (str_has_prefix_nocase(name, STR("pkg:")))
		return add_purl(s, name);
	diag_add(&s->diags, RW1001, diag_at(name), "%s",
		 is_url ? "nothing is fetched: clone it and name the clone, "
			  "or name it in a stack file to judge it by its "
			  "digest"
			: "there is no such file or folder");
	return ERR_NOTFOUND;
}

enum err target_add(struct scan *s, const char *name,
		    const struct target_options *o)
{
	struct item it = {name, arena_dup(&s->arena, str_c(name)), NULL};
	int fd = open_already(name);
	enum err e = OK;

	if (fd >= 0) {
		if (!strcmp(name, "-"))
			it.name = STR("(standard input)");
		e = add_pipe(s, &it, fd, o);
		progress_end(o->quiet);
		return e;
	}
	switch (fs_kind(name)) {
	case FS_DIR:
		add_tree(s, &it, o);
		break;
	case FS_FILE:
		e = add_file(s, &it, o);
		break;
	case FS_NONE:
		e = add_no_file(s, it.name);
		break;
	case FS_OTHER:
		diag_add(&s->diags, RW1006, diag_at(it.name),
			 "neither a file nor a folder");
		e = ERR_UNSUPPORTED;
		break;
	}
	progress_end(o->quiet);
	return e;
}
