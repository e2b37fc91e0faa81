/*
 * Finding the digest of a repository: those that came with the program
 * (seed/digests/), and files or folders that the user names.
 */
#ifndef STORE_DIGEST_STORE_H
#define STORE_DIGEST_STORE_H

#include "model/scan.h"

/* Adds the digests of a file or of all *.json of a folder (--digests). */
NODISCARD enum err digest_store_add(struct scan *s, const char *path);
/* Loads the bundled digest of a repository address when there is one and it
 * is not loaded yet; index into scan.digests or SIZE_MAX. */
size_t digest_store_find(struct scan *s, struct str repository,
			 struct str commit);

#endif
