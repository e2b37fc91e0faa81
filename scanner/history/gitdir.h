/*
 * A repository, opened without trusting it: no search upwards, no settings of
 * the user or system, no link followed, nothing outside the named folder
 * touched.  What leads outside is refused by name (RW1408).
 */
#ifndef HISTORY_GITDIR_H
#define HISTORY_GITDIR_H

#include "base/diag.h"
#include "history/gitconfig.h"
#include "history/odb.h"

struct history_reads; /* history.h */

struct gitdir {
	struct arena arena;
	struct str path;       /* as the user wrote it */
	int root;              /* that folder */
	int own, common;       /* the git folder, and what work trees share */
	struct str own_path;   /* both below the root; "" = the root itself */
	struct str common_path;
	bool is_found;         /* so far that is_bare holds */
	bool is_bare;
	size_t oid_bytes;
	struct gitconfig config;
	struct str packed_refs;
	bool has_unread;       /* a ref is there, and could not be read */
	VEC(struct oid) shallow; /* commits whose parents are cut off, sorted */
	struct odb odb;
};

/*
 * Opens a repository.  ERR_NOTFOUND: the folder is not one; ERR_IO (RW1401)
 * or ERR_UNSUPPORTED (RW1408): it cannot be read as one.  What is odd but
 * readable is told in ds: RW1404, RW1405, RW1406, RW1408, RW1412.
 * gitdir_close() afterwards in every case.
 */
NODISCARD enum err gitdir_open(struct gitdir *g, const char *path,
			       struct diags *ds);
/* Only finds the folder and reads the settings: no objects. */
NODISCARD enum err gitdir_peek(struct gitdir *g, const char *path,
			       struct diags *ds);
void gitdir_close(struct gitdir *g);
/* The same of a folder that is known to be one: if it is not, that is told
 * (RW1401), too. */
NODISCARD enum err gitdir_open_again(struct gitdir *g, const char *path,
				     struct diags *ds);
/* Says so (RW1401) when a ref could not be read: to look as if it were not
 * there would be to miss what it names. */
bool gitdir_tell_unread(struct gitdir *g, struct diags *ds);
/* Adds what reading its objects has met so far; `to` may be NULL. */
void gitdir_add_reads(const struct gitdir *g, struct history_reads *to);
/* Are the parents of this commit cut off? */
bool gitdir_is_shallow(const struct gitdir *g, const struct oid *id);
/* A place below the git folder, for a diagnostic; "" = the repository. */
struct place gitdir_place(struct gitdir *g, const char *file);

#endif
