/*
 * The part of a reading (cli/reading.h): what the files of a tree, or a
 * document, declare.
 */
#ifndef CLI_PART_COMPONENTS_H
#define CLI_PART_COMPONENTS_H

#include "cli/reading.h"

/* Adds the part: what reading the item at `path` added to an empty scan, told
 * and came to.  False when it cannot be kept. */
NODISCARD bool part_components_write(struct str key, const char *path,
				     struct scan *s, const struct reading *r,
				     struct strbuf *to);
/*
 * As reading the item at `path` would have added, told and come to, from the
 * part in this folder.  ret->e is ERR_NOTFOUND after RW1830 where there is
 * none, ERR_FORMAT after RW1831 where it is not sound.
 */
void part_components_find(const char *folder, struct str key,
			  const char *path, struct scan *s,
			  struct reading *ret);

#endif
