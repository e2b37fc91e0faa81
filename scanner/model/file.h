/*
 * A file of a target, and where its bytes come from: a folder on disk
 * (discover/) or the tree of a commit in a bare repository (history/).
 */
#ifndef MODEL_FILE_H
#define MODEL_FILE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/vec.h"

struct file {
	struct str path;     /* below the root, '/' between segments */
	uint64_t size;
	bool is_link;        /* a symbolic link: never followed */
	bool is_gitlink;     /* a submodule's commit, no bytes */
	bool is_executable;
	struct str commit;   /* of a gitlink: full hex id */
};

struct file_paths { VEC(struct str) list; };

/* An opened tree. */
struct tree {
	struct str name;     /* as the user wrote it */
	VEC(struct file) files; /* sorted by path, unique */
	/* folders that are repositories of their own, submodules among them;
	 * sorted */
	struct file_paths repositories;
	/* Reads a file of the tree into `a`, at most max bytes; diagnostics
	 * go to ds.  Safe to call from one thread per tree. */
	enum err (*read)(struct tree *t, const struct file *f, size_t max,
			 struct arena *a, struct diags *ds,
			 struct str *ret_bytes);
	void (*close)(struct tree *t);
	void *own;           /* of whoever opened it */
};

#endif
