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
 * many were counted only), end (SHA-256 of all bytes before).
 */
#ifndef CLI_PART_H
#define CLI_PART_H

#include "base/sha256.h"
#include "model/digest.h"

#define PART_BYTES (LIMIT_DIGEST_BYTES + 16 * LIMIT_MB)
#define PART_SUFFIX ".part"

/*
 * Adds a part to `to`: what counting the repository at `path` returned, told
 * and made (looked at only where `e` is OK).  False when it cannot be kept.
 */
NODISCARD bool part_write(struct str key, const char *path, enum err e,
			  const struct digest *d, const struct diags *told,
			  struct strbuf *to);
/* Is this the whole part of this key (in hex)? */
bool part_is_sound(struct str bytes, struct str key);
/* Is there a sound part of this key in this folder? */
bool part_is_there(const char *folder, struct str key);
/*
 * As counting the repository at `path` would have returned, told and made,
 * from the part in this folder.  ERR_NOTFOUND after RW1830 where there is
 * none, ERR_FORMAT after RW1831 where it is not sound.
 */
NODISCARD enum err part_find(const char *folder, struct str key,
			     const char *path, struct arena *a,
			     struct diags *ds, struct digest *ret);

#endif
