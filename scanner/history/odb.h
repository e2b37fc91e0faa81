/*
 * The objects of a repository: packs, loose objects and alternates, read by
 * our own reader; what it does not know (an old index) is left to libgit2's
 * object database.  `struct odb` is shared and does not change once opened;
 * each thread has an `odb_reader` of its own.
 */
#ifndef HISTORY_ODB_H
#define HISTORY_ODB_H

#include <stdatomic.h>

#include "base/limits.h"
#include "base/vec.h"
#include "history/cache.h"

struct odb_folder {
	int fd;           /* an "objects" folder */
	struct str path;  /* for messages */
};

struct strs { VEC(struct str) list; };

struct odb {
	size_t oid_bytes;
	struct arena arena;
	VEC(struct odb_folder) folders;
	VEC(struct pack) packs;
	struct strs foreign; /* indexes that only libgit2 might read */
	bool has_promised;  /* a pack that says objects may be elsewhere */
	/* What readers have met: an object that was wanted and could not be
	 * had, and a failure of the system, which may be over the next time */
	atomic_bool has_lacked, has_failed;
};

/* A pack that cannot be used, in words; said once per pack. */
struct odb_problem {
	struct str path;
	enum err what;
};
struct odb_problems { VEC(struct odb_problem) list; };

struct odb_reader;

/* An object database without folders. */
void odb_init(struct odb *o, size_t oid_bytes);
void odb_release(struct odb *o);
/*
 * Adds an "objects" folder (the descriptor is taken) and opens its packs.
 * Links are not followed: ERR_UNSUPPORTED when `pack` is one.  Packs that
 * cannot be used are told in `ret`.
 */
NODISCARD enum err odb_add_folder(struct odb *o, int fd, struct str path,
				  struct odb_problems *ret);
/* Sorts what makes reading scattered objects cheaper; before any reader. */
void odb_prepare(struct odb *o);

/* A reader whose cache keeps `cache` bytes. */
struct odb_reader *odb_reader_new(struct odb *o, size_t cache);
void odb_reader_free(struct odb_reader *r);
/* Where an object lies in a pack. */
struct odb_spot {
	uint32_t pack;    /* UINT32_MAX: in none */
	uint64_t offset;
};

/* Looks an object up in the packs; the last one that had one is tried first,
 * in *hint. */
struct odb_spot odb_find(const struct odb *o, const struct oid *id,
			 uint32_t *hint);
/* A spot in a pack as one number, never 0. */
static inline uint64_t odb_key(struct odb_spot s)
{
	return (uint64_t)s.pack << 48 | s.offset;
}

/* As odb_read, for an object of which only the key is known. */
NODISCARD enum err odb_read_key(struct odb_reader *r, uint64_t key,
				size_t max, struct object **ret);
/* As odb_read, for an object that was looked up already. */
NODISCARD enum err odb_read_spot(struct odb_reader *r, const struct oid *id,
				 struct odb_spot spot, size_t max,
				 struct object **ret);
/*
 * Reads an object of at most max bytes.  ERR_NOTFOUND: it is nowhere;
 * ERR_LIMIT: it is larger; ERR_FORMAT: it is corrupt; ERR_IO.  The caller
 * drops *ret with odb_drop (NULL after a failure).
 */
NODISCARD enum err odb_read(struct odb_reader *r, const struct oid *id,
			    size_t max, struct object **ret);
/*
 * Reads the entry at an offset of a pack if it is a commit that builds on at
 * most `deltas` others; ERR_UNSUPPORTED if it is not, found out cheaply.
 */
NODISCARD enum err odb_read_commit_at(struct odb_reader *r,
				      const struct pack *p, uint64_t offset,
				      unsigned deltas, struct object **ret);
/* How many bytes an object has, without building it where possible. */
NODISCARD enum err odb_size(struct odb_reader *r, const struct oid *id,
			    uint64_t *ret);
/* Did it fail for more than that the object is absent or too large? */
static inline bool odb_is_damage(enum err e)
{
	return e == ERR_IO || e == ERR_FORMAT;
}
void odb_drop(struct odb_reader *r, struct object *o);
/*
 * Counts the objects whose names begin with the `digits` hexadecimal digits
 * of *prefix: 0, 1, or 2 for more; *ret is the one.
 */
unsigned odb_find_prefix(struct odb_reader *r, const struct oid *prefix,
			 size_t digits, struct oid *ret);

#endif
