/* A hash table with a list by last use; held objects stay. */
#include "history/cache.h"

#include <stdlib.h>

#include "base/mem.h"

#define BUCKETS 16384

struct cache {
	size_t bytes, max;
	struct object *newest, *oldest;
	struct object *buckets[BUCKETS];
};

struct cache *cache_new(size_t max)
{
	struct cache *c = mem_new(1, sizeof *c);

	c->max = max;
	return c;
}

void cache_free(struct cache *c)
{
	struct object *o = c ? c->newest : NULL;

	while (o) {
		struct object *older = o->older;

		free(o);
		o = older;
	}
	free(c);
}

struct object *cache_object(enum pack_type type, size_t n)
{
	struct object *o = mem_resize(NULL, sizeof *o + n, 1);

	*o = (struct object){.type = type, .refs = 1, .n = n};
	return o;
}

static struct object **bucket(struct cache *c, uint64_t key)
{
	return &c->buckets[(key * 0x9e3779b97f4a7c15u) >> 50];
}

static void unlink_use(struct cache *c, struct object *o)
{
	*(o->newer ? &o->newer->older : &c->newest) = o->older;
	*(o->older ? &o->older->newer : &c->oldest) = o->newer;
}

static void link_use(struct cache *c, struct object *o)
{
	o->newer = NULL;
	o->older = c->newest;
	*(c->newest ? &c->newest->newer : &c->oldest) = o;
	c->newest = o;
}

static void evict(struct cache *c, struct object *o)
{
	struct object **at = bucket(c, o->key);

	while (*at != o)
		at = &(*at)->chain;
	*at = o->chain;
	unlink_use(c, o);
	c->bytes -= o->n + sizeof *o;
	free(o);
}

void cache_put(struct cache *c, struct object *o, uint64_t key)
{
	struct object **at = bucket(c, key);

	o->key = key;
	o->is_cached = true;
	o->chain = *at;
	*at = o;
	link_use(c, o);
	c->bytes += o->n + sizeof *o;
	for (struct object *old = c->oldest; old && c->bytes > c->max;) {
		struct object *next = old->newer;

		if (!old->refs)
			evict(c, old);
		old = next;
	}
}

struct object *cache_get(struct cache *c, uint64_t key)
{
	struct object *o = *bucket(c, key);

	while (o && o->key != key)
		o = o->chain;
	if (!o)
		return NULL;
	o->refs++;
	if (o->newer) {
		unlink_use(c, o);
		link_use(c, o);
	}
	return o;
}

void cache_drop(struct cache *c, struct object *o)
{
	(void)c;
	if (o && !--o->refs && !o->is_cached)
		free(o);
}
