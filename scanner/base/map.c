/* Open addressing with linear probing; FNV-1a with a final mix. */
#include "base/map.h"

#include <stdlib.h>

#include "base/mem.h"

struct map_slot {
	struct str key;
	uint64_t hash; /* 0 = free */
	size_t value;
};

static uint64_t hash_of(struct str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	h ^= h >> 32;
	h *= 0x9e3779b97f4a7c15u;
	h ^= h >> 29;
	return h ? h : 1;
}

static struct map_slot *probe(const struct map *m, struct str key,
			      uint64_t hash)
{
	size_t i = hash & (m->cap - 1);

	while (m->slots[i].hash &&
	       (m->slots[i].hash != hash || !str_eq(m->slots[i].key, key)))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

static void grow(struct map *m)
{
	struct map bigger = {.cap = m->cap ? m->cap * 2 : 16, .n = m->n};

	bigger.slots = mem_new(bigger.cap, sizeof *bigger.slots);
	for (size_t i = 0; i < m->cap; i++)
		if (m->slots[i].hash)
			*probe(&bigger, m->slots[i].key, m->slots[i].hash) =
				m->slots[i];
	free(m->slots);
	*m = bigger;
}

void map_release(struct map *m)
{
	free(m->slots);
	*m = (struct map){0};
}

size_t *map_get(const struct map *m, struct str key)
{
	struct map_slot *s;

	if (!m->n)
		return NULL;
	s = probe(m, key, hash_of(key));
	return s->hash ? &s->value : NULL;
}

size_t *map_put(struct map *m, struct str key, size_t fresh,
		bool *ret_is_new)
{
	uint64_t hash = hash_of(key);
	struct map_slot *s;

	if ((m->n + 1) * 4 > m->cap * 3)
		grow(m);
	s = probe(m, key, hash);
	if (ret_is_new)
		*ret_is_new = !s->hash;
	if (!s->hash) {
		*s = (struct map_slot){key, hash, fresh};
		m->n++;
	}
	return &s->value;
}
