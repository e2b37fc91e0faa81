/*
 * One pack file and its index (idx version 2; gitformat-pack).  The index is
 * read whole, the pack piece by piece: neither is mapped, because a mapped
 * file that somebody truncates kills the program.  Everything a hostile pack
 * can say is checked where it is used.
 */
#ifndef HISTORY_PACK_H
#define HISTORY_PACK_H

#include "history/oid.h"

enum pack_type {
	PACK_COMMIT = 1, PACK_TREE = 2, PACK_BLOB = 3, PACK_TAG = 4,
	PACK_OFS_DELTA = 6, PACK_REF_DELTA = 7
};

/* Where an entry begins, and its place in the index. */
struct pack_start {
	uint64_t offset;
	uint32_t place;
};

struct pack {
	struct str name;       /* without ".pack" */
	int fd;
	uint64_t end;          /* where the entries end */
	size_t oid_bytes;
	uint32_t n;            /* objects, as the index says */
	uint32_t n_entries;    /* as the pack says: the same */
	uint32_t fanout[256];
	unsigned char *ids;    /* n sorted names */
	unsigned char *small;  /* n offsets of 31 bits, or */
	unsigned char *large;  /* ... places in a table of 64 bits */
	size_t n_large;
	struct pack_start *starts; /* of all entries, ascending; or NULL */
};

/* What stands before the bytes of an entry. */
struct pack_entry {
	enum pack_type type;
	uint64_t size;         /* inflated; of the delta, if it is one */
	size_t header;         /* bytes before the deflated stream */
	uint64_t base;         /* PACK_OFS_DELTA: where the base is */
	struct oid base_id;    /* PACK_REF_DELTA */
};

/* Most bytes before a deflated stream: 10 of the size, then a name. */
#define PACK_HEADER_BYTES (10 + OID_MAX_BYTES)

/*
 * Opens <name>.idx and <name>.pack of a folder.  ERR_UNSUPPORTED: an index
 * of another version; ERR_FORMAT: not what it should be; ERR_LIMIT, ERR_IO.
 */
NODISCARD enum err pack_open(struct pack *p, int folder, struct str name,
			     size_t oid_bytes);
void pack_close(struct pack *p);
/* Finds an object: its place in the index. */
bool pack_find(const struct pack *p, const struct oid *id, uint32_t *ret);
/* The first place whose name is not before `id`; may be p->n. */
uint32_t pack_lower_bound(const struct pack *p, const struct oid *id);
/* The name at a place; the offset of its entry, 0 when it is not sound. */
struct oid pack_id(const struct pack *p, uint32_t place);
uint64_t pack_offset(const struct pack *p, uint32_t place);
/* Sorts the offsets, so that the next two are of use.  Once, before any
 * thread reads. */
void pack_sort_offsets(struct pack *p);
/* Where the entry at an offset ends at the latest. */
uint64_t pack_entry_end(const struct pack *p, uint64_t offset);
/* The name of the entry at an offset; false without sorted offsets. */
bool pack_id_at(const struct pack *p, uint64_t offset, struct oid *ret);
/* Reads the header of the entry at `offset` from its first bytes. */
NODISCARD enum err pack_entry_parse(const struct pack *p, uint64_t offset,
				    struct str bytes,
				    struct pack_entry *ret);
/* The two sizes that a delta begins with; *delta is left behind them. */
NODISCARD enum err pack_delta_sizes(struct str *delta, uint64_t *ret_base,
				    uint64_t *ret_result);
/* Applies a delta (behind its sizes) to its base; fills exactly n bytes. */
NODISCARD enum err pack_delta_apply(struct str delta, struct str base,
				    char *to, size_t n);

#endif
