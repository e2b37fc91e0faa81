/*
 * The folder of clones beside the store: one bare repository for each address,
 * named by the digest of the address.  A clone is made beside the one that
 * stands, with links to its packs, and takes its place when it was found to
 * be sound: what is half or bad never counts.
 */
#ifndef FEEDS_GIT_CLONES_H
#define FEEDS_GIT_CLONES_H

#include "feeds/git_wire.h"

struct git_clone {
	struct str address;
	struct str name;         /* of its folder; 32 hex digits */
	const char *path;        /* the one that stands */
	const char *next, *old;  /* the one in work, the one on its way out */
};

/* The folder of clones of the store at this path. */
const char *git_clones_folder(struct str store, struct arena *a);
/* Where the clone of an address is or would be; texts go to `a`. */
void git_clones_find(const char *folder, struct str address, struct arena *a,
		     struct git_clone *ret);
/* The references of the clone that stands, none where there is none. */
void git_clones_refs(const struct git_clone *c, struct arena *a,
		     struct git_refs *ret);
/* What was noted with the clone that stands, to `a`; "" where nothing was. */
struct str git_clones_note(const struct git_clone *c, struct arena *a);
/* What the next clone begins with. */
struct git_clones_next {
	const struct git_refs *refs;
	struct str note;         /* a line, or "" */
	bool is_anew;            /* without the packs of the one that stands */
};
/* Begins the next clone; ERR_IO. */
NODISCARD enum err git_clones_begin(const struct git_clone *c,
				    const struct git_clones_next *n);
/* Does it have so many packs that all should come anew? */
bool git_clones_is_scattered(const struct git_clone *c);
/* Puts the next clone in the place of the one that stands; ERR_IO. */
NODISCARD enum err git_clones_settle(const struct git_clone *c);
/* Removes what was begun, or replaced and not removed yet. */
void git_clones_drop(const struct git_clone *c);
/* The bytes of all. */
uint64_t git_clones_bytes(const char *folder);
/* Removes what stands half, and the clones that were touched
 * first until all are within `most` bytes; the bytes that are gone. */
uint64_t git_clones_clean(const char *folder, uint64_t most);

#endif
