/*
 * The tree of HEAD's commit as a struct tree: folders on a stack of our own,
 * entries counted against the limits before they are kept.
 */
#include "history/history.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "history/commit.h"
#include "history/entry.h"
#include "history/refs.h"

#define CACHE (16 * LIMIT_MB)

struct folder {
	struct object *object;
	struct str rest;      /* entries not yet looked at */
	size_t prefix;        /* bytes of the path up to here */
	bool is_again;        /* it stands elsewhere in the tree, too */
};

struct blob {
	struct str path;
	struct oid id;
};

struct listing {
	struct gitdir git;
	struct odb_reader *reader;
	VEC(struct blob) blobs;   /* sorted by path */
	/* while it is made: */
	VEC(struct folder) stack;
	struct strbuf path;
	size_t seen, seen_again;  /* entries; in folders seen before */
	struct map folders;       /* names of objects */
	bool only_git;
	struct str commit;        /* full hex id; "" = HEAD */
	struct arena *arena;
	struct diags *diags;
};

static struct place place_of(struct listing *l, struct str path)
{
	return diag_at(path.n ? path : l->git.path);
}

static void tell(struct listing *l, struct str path, enum err e)
{
	enum diag_code code = RW1412;

	if (e == ERR_NOTFOUND)
		code = l->git.odb.has_promised ? RW1405 : RW1403;
	diag_add(l->diags, code, place_of(l, path),
		 "its object cannot be read: %s", err_name(e));
}

/* Begins a folder; one that cannot be read is told and left out. */
static enum err push(struct listing *l, const struct oid *id)
{
	struct str name = str_n((const char *)id->b, l->git.oid_bytes);
	bool is_again = map_get(&l->folders, name) != NULL;
	struct object *o;
	enum err e = odb_read(l->reader, id, LIMIT_BLOB_BYTES, &o);

	if (!e && o->type != PACK_TREE)
		e = ERR_FORMAT;
	if (e) {
		odb_drop(l->reader, o);
		tell(l, strbuf_str(&l->path), e);
		return e;
	}
	if (l->path.n)
		strbuf_ch(&l->path, '/');
	if (!is_again)
		map_put(&l->folders, arena_dup(l->arena, name), 1, NULL);
	vec_push(&l->stack, ((struct folder){o, str_n(o->p, o->n),
					     l->path.n, is_again}));
	return OK;
}

static void pop(struct listing *l)
{
	odb_drop(l->reader, l->stack.v[--l->stack.n].object);
}

static bool is_sound_name(struct str name)
{
	return !str_is(name, ".") && !str_is(name, "..") &&
	       !str_eq_nocase(name, STR(".git")) &&
	       str_find_ch(name, '/') == SIZE_MAX;
}

static void add_file(struct listing *l, const struct entry *e,
		     const struct oid *id, struct tree *t)
{
	enum entry_kind kind = entry_kind(e->mode);
	struct file *f;

	if (l->only_git && kind != ENTRY_GITLINK &&
	    !str_is(e->name, ".gitattributes"))
		return;
	f = vec_add(&t->files);
	*f = (struct file){.path = arena_dup(l->arena, strbuf_str(&l->path)),
			   .is_link = kind == ENTRY_LINK,
			   .is_gitlink = kind == ENTRY_GITLINK,
			   .is_executable = kind == ENTRY_FILE &&
					    (e->mode & 0111)};
	if (f->is_gitlink) {
		f->commit = oid_hex(id, l->git.oid_bytes, l->arena);
		return;
	}
	/* One that is not there is told when somebody wants to read it. */
	if (odb_size(l->reader, id, &f->size))
		f->size = 0;
	vec_push(&l->blobs, ((struct blob){f->path, *id}));
}

static void add_entry(struct listing *l, const struct entry *e,
		      struct tree *t)
{
	struct oid id = oid_of(e->id, l->git.oid_bytes);
	struct str path;

	strbuf_add(&l->path, e->name);
	path = strbuf_str(&l->path);
	if (!is_sound_name(e->name)) {
		diag_add(l->diags, RW1412, place_of(l, path),
			 "no file may have this name");
	} else if (path.n > LIMIT_PATH_BYTES) {
		diag_add(l->diags, RW1005, place_of(l, STR("")),
			 "a path has more than %d bytes", LIMIT_PATH_BYTES);
	} else if (entry_kind(e->mode) != ENTRY_FOLDER) {
		add_file(l, e, &id, t);
	} else if (l->stack.n >= LIMIT_TREE_DEPTH) {
		diag_add(l->diags, RW1005, place_of(l, path),
			 "folders are nested more than %d deep",
			 LIMIT_TREE_DEPTH);
	} else if (!push(l, &id)) {
		return; /* the path stays: it is the prefix now */
	}
	l->path.n = l->stack.v[l->stack.n - 1].prefix;
}

/* Few objects can make a tree of any size: each folder holds the same one
 * many times. */
static bool is_too_much(struct listing *l, const struct folder *f)
{
	if (++l->seen > LIMIT_TREE_FILES)
		diag_add(l->diags, RW1005, place_of(l, STR("")),
			 "more than %d entries", LIMIT_TREE_FILES);
	else if (f->is_again && ++l->seen_again > LIMIT_TREE_AGAIN)
		diag_add(l->diags, RW1005, place_of(l, STR("")),
			 "the same folders over and over, with more than %d "
			 "entries", LIMIT_TREE_AGAIN);
	else
		return false;
	return true;
}

static void list(struct listing *l, const struct oid *root, struct tree *t)
{
	if (push(l, root))
		return;
	while (l->stack.n) {
		struct folder *f = &l->stack.v[l->stack.n - 1];
		struct entry entry;
		enum err e;

		l->path.n = f->prefix;
		e = entry_next(&f->rest, l->git.oid_bytes, &entry);
		if (e == ERR_FORMAT)
			tell(l, strbuf_str(&l->path), e);
		if (e) {
			pop(l);
			continue;
		}
		if (is_too_much(l, f))
			break;
		add_entry(l, &entry, t);
	}
	while (l->stack.n)
		pop(l);
	map_release(&l->folders);
}

static int compare_files(const void *a, const void *b)
{
	return str_cmp(((const struct file *)a)->path,
		       ((const struct file *)b)->path);
}

static int compare_blobs(const void *a, const void *b)
{
	return str_cmp(((const struct blob *)a)->path,
		       ((const struct blob *)b)->path);
}

/* A sound tree is sorted and has no name twice; this one need not be. */
static void sort(struct listing *l, struct tree *t)
{
	size_t n = 0;

	vec_sort(&t->files, compare_files);
	vec_sort(&l->blobs, compare_blobs);
	for (size_t i = 0; i < t->files.n; i++) {
		if (n && str_eq(t->files.v[n - 1].path, t->files.v[i].path))
			diag_add(l->diags, RW1412,
				 place_of(l, t->files.v[i].path),
				 "the path stands in the tree twice");
		else
			t->files.v[n++] = t->files.v[i];
	}
	t->files.n = n;
}

static enum err read_file(struct tree *t, const struct file *f, size_t max,
			  struct arena *a, struct diags *ds,
			  struct str *ret_bytes)
{
	struct listing *l = t->own;
	struct blob key = {.path = f->path};
	const struct blob *b = NULL;
	struct object *o;
	enum err e;

	if (l->blobs.n)
		b = bsearch(&key, l->blobs.v, l->blobs.n, sizeof key,
			    compare_blobs);
	if (!b)
		return ERR_UNSUPPORTED;
	e = odb_read(l->reader, &b->id, max, &o);
	if (e == ERR_LIMIT) {
		diag_add(ds, RW1004, diag_at(f->path),
			 "larger than %zu bytes", max);
	} else if (e) {
		l->diags = ds;
		tell(l, f->path, e);
	} else {
		*ret_bytes = arena_dup(a, str_n(o->p, o->n));
	}
	odb_drop(l->reader, o);
	return e;
}

void history_tree_reads(const struct tree *t, struct history_reads *to)
{
	const struct listing *l = t->own;

	gitdir_add_reads(&l->git, to);
}

static void close_listing(struct tree *t)
{
	struct listing *l = t->own;

	if (l) {
		odb_reader_free(l->reader);
		gitdir_close(&l->git);
		vec_release(&l->blobs);
		vec_release(&l->stack);
		strbuf_release(&l->path);
		free(l);
	}
	vec_release(&t->files);
	*t = (struct tree){0};
}

/* The tree of a commit. */
static enum err tree_of(struct listing *l, struct oid *id)
{
	struct commit_text text;
	struct object *o;
	enum err e = refs_resolve(&l->git, l->reader,
				  l->commit.n ? l->commit : STR("HEAD"), id);

	if (!e)
		e = odb_read(l->reader, id, LIMIT_COMMIT_BYTES, &o);
	if (e)
		return e;
	commit_parse(str_n(o->p, o->n), l->git.oid_bytes, &text);
	if (!oid_parse(text.tree, l->git.oid_bytes, id))
		e = ERR_FORMAT;
	odb_drop(l->reader, o);
	return e;
}

static enum err find_tree(struct listing *l, struct oid *ret)
{
	struct oid id;
	enum err e;

	if (!l->commit.n && !refs_read(&l->git, STR("HEAD"), &id)) {
		if (gitdir_tell_unread(&l->git, l->diags))
			return ERR_NOTFOUND;
		diag_add(l->diags, RW1402, place_of(l, STR("")),
			 "HEAD names '%.*s', which does not exist",
			 STR_ARG(refs_head_target(&l->git)));
		return ERR_NOTFOUND;
	}
	e = tree_of(l, ret);
	if (e)
		tell(l, STR(""), e);
	return e ? ERR_NOTFOUND : OK;
}

static enum err open_tree(struct listing *l, const char *path,
			  struct arena *a, struct diags *ds,
			  struct tree *ret)
{
	struct oid root;
	enum err e;

	*ret = (struct tree){.name = arena_dup(a, str_c(path)), .own = l,
			     .read = read_file, .close = close_listing};
	l->arena = a;
	l->diags = ds;
	e = gitdir_open_again(&l->git, path, ds);
	if (e) {
		e = ERR_IO;
	} else {
		l->reader = odb_reader_new(&l->git.odb, CACHE);
		e = find_tree(l, &root);
	}
	if (!e) {
		list(l, &root, ret);
		sort(l, ret);
	}
	if (e)
		close_listing(ret);
	return e;
}

enum err history_tree(const char *path, bool only_git, struct arena *a,
		      struct diags *ds, struct tree *ret)
{
	struct listing *l = mem_new(1, sizeof *l);

	l->only_git = only_git;
	return open_tree(l, path, a, ds, ret);
}

void history_attributes_at(const char *path, struct str commit,
			   struct diags *ds)
{
	struct listing *l = mem_new(1, sizeof *l);
	struct arena a = {0};
	struct tree tree;

	l->only_git = true;
	l->commit = commit;
	if (!open_tree(l, path, &a, ds, &tree)) {
		history_attributes(&tree, ds);
		tree.close(&tree);
	}
	arena_release(&a);
}

enum err history_tree_at(const char *path, struct str commit,
			 struct arena *a, struct diags *ds, struct tree *ret)
{
	struct listing *l = mem_new(1, sizeof *l);

	l->commit = commit;
	return open_tree(l, path, a, ds, ret);
}
