/*
 * A large answer on its way to disk: the bytes so far, and what they are a
 * part of, so that an interrupted transfer goes on where it stopped instead
 * of beginning anew.  The file belongs to the program; its folder is private.
 */
#ifndef FEEDS_PART_H
#define FEEDS_PART_H

#include "base/arena.h"
#include "base/strbuf.h"

struct part {
	struct arena arena;
	const char *path;
	int fd;
	uint64_t size;         /* bytes in the file */
	struct str validator;  /* strong ETag or Last-Modified; may be empty */
};

/* Opens or makes the file `path`; ERR_IO when it cannot be. */
NODISCARD enum err part_open(struct part *p, const char *path);
/* Can the rest be asked for? */
bool part_may_resume(const struct part *p);
/* Empties it: what comes now is this edition. */
NODISCARD enum err part_restart(struct part *p, struct str validator);
/* Adds bytes; ERR_IO when the disk is full. */
NODISCARD enum err part_add(struct part *p, struct str bytes);
/* Adds the digest of all its bytes, in hex; ERR_IO. */
NODISCARD enum err part_digest(struct part *p, struct strbuf *ret_hex);
/* Closes the file, which stays. */
void part_close(struct part *p);
/* Takes a file and what is known of it away. */
void part_remove(const char *path);

#endif
