/*
 * The names that a tree has itself: of folders and of source files.  A
 * library that build files name and that nobody knows is its own when one of
 * them has that name.
 */
#ifndef EXTRACT_INSIDE_H
#define EXTRACT_INSIDE_H

#include "base/map.h"
#include "model/file.h"

struct inside {
	bool is_built;
	struct map names;
	struct arena arena;
};

/*
 * Has the tree a folder or a source file of this name?  Case, signs, a "lib"
 * before and behind do not count.  The names are collected when it is first
 * asked; `i` may be NULL.
 */
bool inside_has(struct inside *i, const struct tree *t, struct str name);
void inside_release(struct inside *i);

#endif
