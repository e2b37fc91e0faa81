/* A hash table, with a list by last use of the objects that nobody holds. */
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
	for (size_t i = 0; c && i < BUCKETS; i++)
		while (c->buckets[i]) {
			struct object *o = c->buckets[i];

			c->buckets[i] = o->chain;
			free(o);
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
	c->bytes -= o->n + sizeof *o;
}

static void link_use(struct cache *c, struct object *o)
{
	o->newer = NULL;
	o->older = c->newest;
	*(c->newest ? &c->newest->newer : &c->oldest) = o;
	c->newest = o;
	c->bytes += o->n + sizeof *o;
}

static void evict(struct cache *c, struct object *o)
{
	struct object **at = bucket(c, o->key);

	while (*at != o)
		at = &(*at)->chain;
	*at = o->chain;
	unlink_use(c, o);
	free(o);
}

void cache_put(struct cache *c, struct object *o, uint64_t key)
{
	struct object **at = bucket(c, key);

	o->key = key;
	o->is_cached = true;
	o->chain = *at;
	*at = o;
}

struct object *cache_get(struct cache *c, uint64_t key)
{
	struct object *o = *bucket(c, key);

	while (o && o->key != key)
		o = o->chain;
	if (o && !o->refs++)
		unlink_use(c, o);
	return o;
}

void cache_drop(struct cache *c, struct object *o)
{
	if (!o || --o->refs)
		return;
	if (!o->is_cached) {
		free(o);
		return;
	}
	link_use(c, o);
	while (c->bytes > c->max)
		evict(c, c->oldest);
}
