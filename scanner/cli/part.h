/*
 * A part: what counting one history came to, in a file of its own, so that
 * another machine may have counted it.  Its name is its key, all that the
 * outcome depends on; it is the same bytes whoever counts, and ends with a
 * checksum.
 *
 * A line "ranwhence-part 1 KEY"; then records, each a line of its name and
 * the length of each field in bytes, then the fields one after the other,
 * then a line's end: history (the error, the digest), told (code, whether the
 * path lies in the repository, path, line, column, message), more (code, how
 * many were counted only), in stores also seats (no field) with told and
 * more of the tree that was read for them, end (SHA-256 of all bytes before).
 *
 * A history may be cut into slices (history_slice): parts of their own, with
 * one record slice (its bytes), under keys that follow from that of the
 * history.  All slices are as good as the part of the history; some of them
 * are nothing.
 */
#ifndef CLI_PART_H
#define CLI_PART_H

#include "base/sha256.h"
#include "model/digest.h"

#define PART_BYTES (LIMIT_SBOM_BYTES + 16 * LIMIT_MB)
#define PART_SUFFIX ".part"

/*
 * Adds a part to `to`: what counting the repository at `path` returned, told
 * and made (looked at only where `e` is OK).  False when it cannot be kept.
 */
NODISCARD bool part_write(struct str key, const char *path, enum err e,
			  const struct digest *d, const struct diags *told,
			  struct strbuf *to);
/* What a part holds. */
struct part {
	enum err e;
	struct digest *digest;     /* where `e` is OK */
	struct diags *told;
	struct diags *seats;       /* told of the tree for the seats; or NULL */
};
/* The same with what was told of seats; the digest is only read. */
NODISCARD bool part_put(struct str key, const char *path,
			const struct part *p, struct strbuf *to);
/*
 * The reverse: fills what `ret` points to, with texts in `a`; paths in the
 * repository are below `path` now.  False when it is not the whole part of
 * this key.
 */
NODISCARD bool part_get(struct str bytes, struct str key, const char *path,
			struct arena *a, struct part *ret);
/* Adds the part of a slice; false when it cannot be kept. */
NODISCARD bool part_write_slice(struct str key, struct str slice,
				struct strbuf *to);
/* Adds the key of a slice of the history that has this key, both in hex. */
void part_slice_key(struct str key, unsigned number, unsigned of,
		    struct strbuf *to);
struct part_slices { unsigned there, of; };
/*
 * Looks for slices of a history, however it was cut: true when all of one way
 * are there, or else *ret says what comes nearest (of 0: nothing is there).
 */
bool part_find_slices(const char *folder, struct str key,
		      struct part_slices *ret);
/* Adds what all these slices found together; false when one is not sound. */
NODISCARD bool part_join(const char *folder, struct str key, unsigned of,
			 struct strbuf *to);
/* The file of a key (in hex) in a folder; the name goes to `a`. */
const char *part_file(const char *folder, struct str key, struct arena *a);
/* Is this the whole part of this key? */
bool part_is_sound(struct str bytes, struct str key);
/* Is there a file of this key in this folder, and a sound part? */
bool part_has_file(const char *folder, struct str key);
bool part_is_there(const char *folder, struct str key);
/*
 * As counting the repository at `path` would have returned, told and made,
 * from the part in this folder.  ERR_NOTFOUND after RW1830 where there is
 * none (slices are not looked at but to say so), ERR_FORMAT after RW1831 where
 * it is not sound.
 */
NODISCARD enum err part_find(const char *folder, struct str key,
			     const char *path, struct arena *a,
			     struct diags *ds, struct digest *ret);

#endif
