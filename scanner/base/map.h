/*
 * A hash table from bytes to a number (an index into a vector, mostly).
 * Keys are not copied.  There is no way to walk it, on purpose: output that
 * depends on the order of a hash table would not be reproducible.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map_slot;

struct map {
	struct map_slot *slots;
	size_t n, cap;
};

/* An empty map is all zero. */
void map_release(struct map *m);
/* The value of a key, or NULL; valid until the next map_put. */
size_t *map_get(const struct map *m, struct str key);
/*
 * The value slot of a key, made (as `fresh`) when absent.  *ret_is_new, when
 * not NULL, says whether it was.  `key` must outlive the map.
 */
size_t *map_put(struct map *m, struct str key, size_t fresh,
		bool *ret_is_new);

#endif
