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
#include "cli/part_components.h"
#include "cli/progress.h"
#include "cli/reading.h"
#include "cli/shard_find.h"
#include "cli/shard_joint.h"
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

/* --- what is read, and what a plan or parts have instead ------------------ */

static bool is_planned(const struct target_options *o)
{
	return o->cache && o->cache->plan;
}

/* The plan that says what there is; NULL: targets are looked at. */
static const struct shard_plan *known(const struct target_options *o)
{
	return o->cache ? o->cache->known : NULL;
}

static enum fs_kind kind_of(const struct target_options *o, const char *path)
{
	struct shard_place at;

	if (!known(o))
		return fs_kind(path);
	if (!shard_find_place(known(o), path, &at))
		return FS_NONE;
	return at.form == SHARD_FOLDER || at.form == SHARD_REPOSITORY
	       ? FS_DIR : FS_FILE;
}

static bool is_repository(const struct target_options *o, const char *path)
{
	struct shard_place at;

	enum history_form form;

	if (!known(o)) {
		form = history_form(path);
		return form != HISTORY_NONE && form != HISTORY_UNREAD;
	}
	return shard_find_place(known(o), path, &at) &&
	       at.form == SHARD_REPOSITORY;
}

static struct reading_item item_of(const struct item *it,
				   const struct target_options *o)
{
	struct reading_item of = {.path = it->path,
				  .with_history = o->with_history};

	if (it->of) {
		of.built = it->of->built.v;
		of.n_built = it->of->built.n;
	}
	return of;
}

static void plan_item(const struct item *it, enum shard_form form,
		      const struct target_options *o)
{
	const struct reading_item of = item_of(it, o);

	shard_note_place(o->cache->plan, it->path, form, STR(""));
	shard_note_item(o->cache->plan, &of);
}

static void take_part(struct scan *s, const struct item *it,
		      const struct target_options *o, struct reading *ret)
{
	const struct reading_item of = item_of(it, o);
	struct str key = shard_find_item(known(o), &of);

	if (key.n) {
		part_components_find(o->cache->parts, key, it->path, s, ret);
	} else {
		diag_add(&s->diags, RW1830, diag_at(it->name), "the plan does "
			 "not have its components");
		ret->e = ERR_NOTFOUND;
	}
}

/* What one item has told is not to depend on those before it. */
static void read_tree(struct scan *s, const struct item *it,
		      const struct target_options *o, struct reading *ret)
{
	const struct reading_item of = item_of(it, o);
	struct diags before = s->diags, own;
	struct progress_files files;

	progress_show(o->quiet, "reading", it->name);
	progress_begin_files(o->quiet, o->verbose, &files);
	s->watch = &files.watch;
	s->diags = (struct diags){0};
	reading_tree(s, &of, ret);
	own = s->diags;
	s->diags = before;
	s->watch = NULL;
	diag_merge(&s->diags, &own);
	diag_release(&own);
}

/* Names the globs of `built` that no file matches: a slip of the pen would
 * leave out what they are for. */
static void say_not_built(struct scan *s, const struct item *it,
			  const struct reading *r)
{
	for (size_t i = 0; it->of && i < r->unbuilt.n; i++)
		diag_add(&s->diags, RW1503,
			 diag_at_line(s->stack.file, it->of->line),
			 "no file of %.*s is built from %.*s",
			 STR_ARG(it->name), STR_ARG(r->unbuilt.v[i]));
}

/* What is planned, or is not among the parts, stands there by its name. */
static void add_missing(struct scan *s, const struct item *it,
			const struct target_options *o)
{
	bool is_one = is_repository(o, it->path);
	size_t target = s->targets.n;

	begin(s, is_one ? TARGET_REPOSITORY : TARGET_FOLDER, it->name);
	s->targets.v[target].root = reading_add_root(
		s, s->targets.v[target].name,
		is_one ? "repository" : "folder");
}

/* --- what counts once ----------------------------------------------------- */

static void count_once(struct scan *s, const struct item *it,
		       struct joint_items *once, size_t root)
{
	struct joint_item *i = vec_add(&once->list);

	*i = (struct joint_item){.path = it->path, .component = root,
				 .of = it->of,
				 .role = joint_role(it->of, &s->arena)};
}

/* --- histories ------------------------------------------------------------ */

/* The terms of a part go to the digest of its history. */
static void take_terms(struct scan *s, struct reading *r, struct digest *d)
{
	for (size_t i = 0; i < r->terms.terms.n; i++)
		vec_push(&d->terms, r->terms.terms.v[i]);
	d->has_terms = r->terms.has_terms;
	diag_merge(&s->diags, &r->terms_told);
}

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
	accounts_find(it->path, known(o) ? NULL : o->store,
		      (struct account_store_of){.facts = o->facts,
						.day = s->as_of}, &accounts);
	h->accounts = &accounts;
	e = cached_read(o->cache, it->path, h, to);
	account_commits_release(&accounts);
	return e;
}

static void walk_history(struct scan *s, const struct item *it,
			 const struct target_options *o, struct reading *r,
			 size_t root)
{
	struct history_options h = history_asked(it, o);
	struct digest d = {0};

	if (count_history(s, it, o, &h, &(struct cached_outcome){
		.arena = &s->arena, .diags = &s->diags, .digest = &d,
		.beside = reading_has_terms(s, root) ? CACHED_TERMS
						     : CACHED_NOTHING})) {
		digest_release(&d);
		if (it->of && o->once && is_planned(o) &&
		    shard_has_commits(o->cache->plan))
			count_once(s, it, o->once, root);
		return;
	}
	if (known(o))
		take_terms(s, r, &d);
	s->parts.components.v[root].digest = s->digests.n;
	vec_push(&s->digests, d);
	if (it->of && o->once)
		count_once(s, it, o->once, root);
}

/* A repository or a plain folder. */
static void add_tree(struct scan *s, const struct item *it,
		     const struct target_options *o)
{
	bool has_history = o->with_history && is_repository(o, it->path);
	struct reading r = {.e = OK};
	size_t target = s->targets.n, root;

	if (is_planned(o)) {
		plan_item(it, has_history ? SHARD_REPOSITORY : SHARD_FOLDER,
			  o);
	} else if (known(o)) {
		take_part(s, it, o, &r);
	} else {
		read_tree(s, it, o, &r);
	}
	if (s->targets.n == target)
		add_missing(s, it, o);
	root = s->targets.v[target].root;
	say_not_built(s, it, &r);
	if (has_history)
		walk_history(s, it, o, &r, root);
	reading_release(&r);
}

/* Of these bytes; or of a file of which a plan speaks. */
static enum err add_sbom(struct scan *s, const struct item *it,
			 struct str bytes, const struct target_options *o)
{
	struct reading r = {.e = OK};
	size_t target = s->targets.n;

	if (is_planned(o)) {
		plan_item(it, SHARD_DOCUMENT, o);
		return OK;
	}
	progress_show(o->quiet, "reading", it->name);
	if (known(o)) {
		take_part(s, it, o, &r);
		reading_release(&r);
		return r.e;
	}
	r.e = reading_document(s, it->name, bytes);
	if (!r.e && o->verbose)
		progress_say(s->targets.v[target].name, "read as ",
			     s->targets.v[target].format);
	return r.e;
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

/* Does it end below the folder, where links were followed? */
static bool ends_below(const char *path, const char *folder, bool *ret_is)
{
	char *root = realpath(folder, NULL), *real = realpath(path, NULL);
	size_t n = root ? strlen(root) : 0;
	bool is_there = real != NULL;

	*ret_is = root && real && !strncmp(root, real, n) &&
		  (n == 1 || real[n] == '/' || !real[n]);
	free(root);
	free(real);
	return is_there;
}

/* The path of a stack item as it can be opened, or NULL with a diagnostic. */
static char *open_path(struct scan *s, struct str folder,
		       const struct stack_component *c,
		       const struct target_options *o)
{
	struct arena *a = &s->arena;
	struct str full = path_join(a, folder, c->what), file = s->stack.file;
	char *path = arena_cstr(a, full);
	struct shard_place unused;
	bool is_below = true, is_there;

	if (known(o)) /* a plan has none that leads outside */
		is_there = shard_find_place(known(o), path, &unused);
	else
		is_there = ends_below(path, folder.n ? arena_cstr(a, folder)
						     : ".", &is_below);
	if (!is_there)
		diag_add(&s->diags, RW1503, diag_at_line(file, c->line),
			 "not found: %.*s", STR_ARG(c->what));
	else if (!is_below)
		diag_add(&s->diags, RW1502, diag_at_line(file, c->line),
			 "the path leads outside by a link: %.*s",
			 STR_ARG(c->what));
	return is_there && is_below ? path : NULL;
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

/* Is a document at hand, or in a part?  One that cannot be read is planned
 * all the same, so that its part tells it. */
static bool is_readable(struct scan *s, const char *path,
			const struct target_options *o, struct str *ret)
{
	struct diags unsaid = {0};
	bool is_said = !is_planned(o), is;

	*ret = STR("");
	is = known(o) || !fs_read(path, LIMIT_SBOM_BYTES, &s->arena,
				  is_said ? &s->diags : &unsaid, ret);
	diag_release(&unsaid);
	return is || !is_said;
}

/* A part that lies below the stack file: a tree or a document. */
static void add_stack_path(struct scan *s, struct str folder,
			   const struct stack_component *c,
			   const struct target_options *o)
{
	char *path = open_path(s, folder, c, o);
	struct item it = {path, str_c(path), c};
	struct str bytes;

	if (path && kind_of(o, path) == FS_DIR)
		add_tree(s, &it, o);
	else if (path && is_readable(s, path, o, &bytes) &&
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
	} else if (!is_planned(o)) {
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

/* From the histories, or as a plan has it. */
static void relate(struct scan *s, const struct target_options *o)
{
	struct diags before = s->diags, own;

	if (known(o)) {
		shard_joint_find(known(o), o->once, s);
		return;
	}
	s->diags = (struct diags){0};
	joint_relate(o->once, o->threads, s);
	own = s->diags;
	s->diags = before;
	if (is_planned(o))
		shard_joint_note(o->cache->plan, o->once, &own);
	diag_merge(&s->diags, &own);
	diag_release(&own);
}

static void join_histories(struct scan *s, const struct stack *st,
			   const struct target_options *o)
{
	struct joint_items *all = o->once;
	size_t named = 0;

	relate(s, o);
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
	text = arena_dup(&s->arena, text); /* it may be a plan's */
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

/* All targets of a plan, from parts: nothing of them is looked at. */
static enum err add_plan(struct scan *s, const struct item *it,
			 const struct target_options *o)
{
	const char *parts = o->cache ? o->cache->parts : NULL, *why = NULL;
	struct shard_plan p = {0};
	struct cached from = {.parts = parts, .known = &p};
	struct target_options with = *o;
	enum err e = OK;

	with.cache = &from;
	if (is_planned(o) || !parts)
		why = "--parts is to say where its parts are";
	else
		e = shard_read(it->path, &p);
	if (!e && !why &&
	    !reading_is_by(p.basis, o->facts, s->as_of, o->keys))
		why = "made with other facts, day or keys: plan again";
	if (why) {
		diag_add(&s->diags, RW1833, diag_at(it->name), "%s", why);
		e = ERR_CONFIG;
	}
	shard_find_begin(&p);
	for (size_t i = 0; !e && i < p.targets.n; i++)
		e = target_add(s, arena_cstr(&s->arena, p.targets.v[i]),
			       &with);
	shard_release(&p);
	return e;
}

/* The text of a stack file; false where it is none. */
static bool is_stack(const struct item *it, struct str bytes,
		     const struct target_options *o, struct str *ret)
{
	struct shard_place at;

	*ret = bytes;
	if (!known(o))
		return stack_sniffs(str_head(bytes, LIMIT_CONFIG_BYTES)) &&
		       !extract_is_sbom(str_head(bytes, 64 * LIMIT_KB));
	if (!shard_find_place(known(o), it->path, &at) ||
	    at.form != SHARD_STACK)
		return false;
	*ret = at.text;
	return true;
}

static enum err add_file(struct scan *s, const struct item *it,
			 const struct target_options *o)
{
	struct str bytes, text;

	if (!is_readable(s, it->path, o, &bytes))
		return OK;
	if (is_stack(it, bytes, o, &text)) {
		if (is_planned(o))
			shard_note_place(o->cache->plan, it->path,
					 SHARD_STACK, text);
		return add_stack(s, it, text, o);
	}
	if (!known(o) && shard_sniffs(bytes))
		return add_plan(s, it, o);
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

	if (is_planned(o)) {
		diag_add(&s->diags, RW1006, diag_at(it->name), "what comes by "
			 "a pipe cannot be read elsewhere: name a file");
		return ERR_UNSUPPORTED;
	}
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

static enum err add_at(struct scan *s, const struct item *it,
		       const struct target_options *o)
{
	switch (kind_of(o, it->path)) {
	case FS_DIR:
		add_tree(s, it, o);
		return OK;
	case FS_FILE:
		return add_file(s, it, o);
	case FS_NONE:
		return add_no_file(s, it->name);
	case FS_OTHER:
		break;
	}
	diag_add(&s->diags, RW1006, diag_at(it->name),
		 "neither a file nor a folder");
	return ERR_UNSUPPORTED;
}

enum err target_add(struct scan *s, const char *name,
		    const struct target_options *o)
{
	struct item it = {name, arena_dup(&s->arena, str_c(name)), NULL};
	int fd = known(o) ? -1 : open_already(name);
	enum err e;

	if (is_planned(o))
		vec_push(&o->cache->plan->targets,
			 arena_dup(&o->cache->plan->arena, str_c(name)));
	if (fd < 0) {
		e = add_at(s, &it, o);
	} else {
		if (!strcmp(name, "-"))
			it.name = STR("(standard input)");
		e = add_pipe(s, &it, fd, o);
	}
	progress_end(o->quiet);
	return e;
}
