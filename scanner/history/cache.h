/*
 * Objects in memory, and a cache of those that were read last: bases of
 * deltas, mostly.  One per reader, so nothing here is shared.
 */
#ifndef HISTORY_CACHE_H
#define HISTORY_CACHE_H

#include "history/pack.h"

/* The bytes of an object; kept while somebody holds a reference. */
struct object {
	enum pack_type type;  /* never a delta */
	unsigned refs;
	bool is_cached;
	uint64_t key;
	struct oid id;        /* of a loose one: keys of those may clash */
	struct object *chain;          /* same bucket */
	struct object *newer, *older;  /* by last use */
	size_t n;
	char p[];
};

struct cache;

/* A cache that keeps at most `max` bytes of objects nobody holds. */
struct cache *cache_new(size_t max);
void cache_free(struct cache *c);
/* An object of n bytes (not set), held once, not yet in any cache. */
struct object *cache_object(enum pack_type type, size_t n);
/* Puts an object in; one with the same key must not be there. */
void cache_put(struct cache *c, struct object *o, uint64_t key);
/* The object of a key, held once more; NULL when it is not there. */
struct object *cache_get(struct cache *c, uint64_t key);
/* Ends one hold; `o` may be NULL. */
void cache_drop(struct cache *c, struct object *o);

#endif
