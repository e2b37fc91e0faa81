/* A folder on disk as a tree: fs_root_* behind the interface of a tree. */
#include "discover/discover.h"

#include <stdlib.h>

#include "base/fs.h"
#include "base/path.h"

static struct place place_of(const struct tree *t, struct arena *scratch,
			     struct str path)
{
	return diag_at(path_join(scratch, t->name, path));
}

/* Says that a file is none, without opening it. */
static void not_a_file(const struct tree *t, struct str path,
		       const char *what, struct diags *ds)
{
	struct arena scratch = {0};

	diag_add(ds, RW1003, place_of(t, &scratch, path), "%s", what);
	arena_release(&scratch);
}

static enum err read_file(struct tree *t, const struct file *f, size_t max,
			  struct arena *a, struct diags *ds,
			  struct str *ret_bytes)
{
	if (f->is_link || f->is_gitlink) {
		*ret_bytes = STR("");
		not_a_file(t, f->path, f->is_link ? "a symbolic link"
						  : "a submodule", ds);
		return ERR_UNSUPPORTED;
	}
	return fs_root_read(t->own, f->path, max, a, ds, ret_bytes);
}

static void close_tree(struct tree *t)
{
	fs_root_close(t->own);
	free(t->own);
	vec_release(&t->files);
	vec_release(&t->repositories.list);
	*t = (struct tree){0};
}

static void add_files(struct tree *t, const struct fs_entries *entries,
		      struct diags *ds)
{
	for (size_t i = 0; i < entries->list.n; i++) {
		const struct fs_entry *e = &entries->list.v[i];

		if (str_eq(path_base(e->path), STR(".git")))
			vec_push(&t->repositories.list, path_dir(e->path));
		else if (e->is_special)
			not_a_file(t, e->path,
				   "a FIFO, socket or device", ds);
		else
			vec_push(&t->files, ((struct file){
				.path = e->path, .size = e->size,
				.is_link = e->is_link,
				.is_executable = e->is_executable}));
	}
}

enum err discover_open(const char *path, struct arena *a, struct diags *ds,
		       struct tree *ret)
{
	char *name = arena_cstr(a, str_c(path));
	struct fs_root *root = mem_new(1, sizeof *root);
	struct fs_entries entries;
	enum err e = fs_root_open(root, name);

	*ret = (struct tree){.name = str_c(name), .read = read_file,
			     .close = close_tree, .own = root};
	if (e) {
		diag_add(ds, e == ERR_NOTFOUND ? RW1001 : RW1002,
			 diag_at(ret->name), e == ERR_NOTFOUND
			 ? "no such folder" : "cannot be opened");
		close_tree(ret);
		return e;
	}
	e = fs_root_list(root, a, ds, &entries);
	add_files(ret, &entries, ds);
	vec_release(&entries.list);
	if (e == ERR_IO)
		close_tree(ret);
	return e == ERR_IO ? ERR_IO : OK;
}
