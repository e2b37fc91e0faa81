/*
 * Reading one item of a target: the tree of a repository or folder, or a
 * document.  What comes of it is the same wherever it is read, and has a key
 * of all that it depends on, so that another machine may do it.
 */
#ifndef CLI_READING_H
#define CLI_READING_H

#include "base/strbuf.h"
#include "history/author_keys.h"
#include "model/scan.h"

struct reading_item {
	const char *path;        /* as the target names it */
	const struct str *built; /* patterns of files that count */
	size_t n_built;          /* 0: all do */
	bool with_history;       /* it will be asked for, too */
};

/* What came of it that is not in the scan. */
struct reading {
	enum err e;              /* of a document */
	VEC(struct str) unbuilt; /* patterns that no file matches */
	struct digest terms;     /* those alone, where they were asked for */
	struct diags terms_told;
};

/* The component that stands for a folder or repository, added. */
size_t reading_add_root(struct scan *s, struct str name, const char *type);
/* Adds a target with a component that stands for it, and what its files
 * declare.  Texts go to the scan's arena. */
void reading_tree(struct scan *s, const struct reading_item *of,
		  struct reading *ret);
/* The same of a document of these bytes; ERR_UNSUPPORTED where they are
 * none. */
NODISCARD enum err reading_document(struct scan *s, struct str name,
				    struct str bytes);
/* Either, from what stands at the path, and the terms of seats. */
void reading_all(struct scan *s, const struct reading_item *of,
		 struct reading *ret);
void reading_release(struct reading *r);
/* Does a file of which older editions tell more declare seats? */
bool reading_has_terms(const struct scan *s, size_t root);

/*
 * Adds, in hex, what all readings and histories of a run depend on: the
 * program, its extractors, the facts that hold on that day as far as they are
 * asked, and the keys of authors (NULL: none).
 */
void reading_basis(const struct facts *f, int32_t day,
		   const struct author_keys *keys, struct strbuf *to);
/* Is that the basis? */
bool reading_is_by(struct str basis, const struct facts *f, int32_t day,
		   const struct author_keys *keys);
/* How much there is to read, of which commit, and whether all could be. */
struct reading_size {
	uint64_t files, bytes;
	struct str commit;
	bool is_whole;
};
/*
 * Adds the key in hex; the commit of *ret goes to `a`.  A bare repository is
 * known by its commit; all files of a work tree or folder are read, and what
 * cannot be read is told by the reading.
 */
void reading_key(struct str basis, const struct reading_item *of,
		 struct strbuf *to, struct arena *a,
		 struct reading_size *ret);

#endif
