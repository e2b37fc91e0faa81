/* A hash table of (parent, name). */
#include "history/paths.h"

#include <stdlib.h>

void paths_init(struct paths *p)
{
	*p = (struct paths){0};
	vec_push(&p->nodes, ((struct paths_node){0, STR("")}));
}

void paths_release(struct paths *p)
{
	vec_release(&p->nodes);
	free(p->table);
	arena_release(&p->arena);
	*p = (struct paths){0};
}

static size_t slot_of(const struct paths *p, uint32_t parent, struct str name)
{
	uint64_t h = 0xcbf29ce484222325u ^ parent;
	size_t i;

	for (i = 0; i < name.n; i++)
		h = (h ^ (unsigned char)name.p[i]) * 0x100000001b3u;
	h = (h ^ h >> 29) * 0x9e3779b97f4a7c15u;
	for (i = (h >> 20) & (p->cap - 1); p->table[i];
	     i = (i + 1) & (p->cap - 1)) {
		const struct paths_node *n = &p->nodes.v[p->table[i]];

		if (n->parent == parent && str_eq(n->name, name))
			break;
	}
	return i;
}

static void grow(struct paths *p)
{
	free(p->table);
	p->cap = p->cap ? p->cap * 2 : 1024;
	p->table = mem_new(p->cap, sizeof *p->table);
	for (size_t i = 1; i < p->nodes.n; i++)
		p->table[slot_of(p, p->nodes.v[i].parent,
				 p->nodes.v[i].name)] = (uint32_t)i;
}

uint32_t paths_add(struct paths *p, uint32_t parent, struct str name)
{
	size_t slot;

	if (p->nodes.n * 2 >= p->cap)
		grow(p);
	slot = slot_of(p, parent, name);
	if (!p->table[slot]) {
		p->table[slot] = (uint32_t)p->nodes.n;
		vec_push(&p->nodes, ((struct paths_node){
			parent, arena_dup(&p->arena, name)}));
	}
	return p->table[slot];
}

uint32_t paths_find(const struct paths *p, uint32_t parent, struct str name)
{
	return p->cap ? p->table[slot_of(p, parent, name)] : PATHS_ROOT;
}

void paths_write(const struct paths *p, uint32_t number, struct strbuf *out)
{
	size_t depth = 0;
	uint32_t at;

	for (at = number; at; at = p->nodes.v[at].parent)
		depth++;
	while (depth--) {
		at = number;
		for (size_t i = 0; i < depth; i++)
			at = p->nodes.v[at].parent;
		strbuf_add(out, p->nodes.v[at].name);
		if (depth)
			strbuf_ch(out, '/');
	}
}

uint32_t *paths_merge(struct paths *p, const struct paths *from)
{
	uint32_t *map = mem_new(from->nodes.n, sizeof *map);

	for (size_t i = 1; i < from->nodes.n; i++)
		map[i] = paths_add(p, map[from->nodes.v[i].parent],
				   from->nodes.v[i].name);
	return map;
}

struct text {
	struct str path;
	uint32_t number;
};

static int compare_texts(const void *va, const void *vb)
{
	const struct text *a = va, *b = vb;

	return str_cmp(a->path, b->path);
}

uint32_t *paths_sort(struct paths *p, const struct paths *from, bool *used)
{
	uint32_t *map = mem_new(from->nodes.n, sizeof *map);
	struct { VEC(struct text) list; } all = {0};
	struct arena a = {0};
	struct strbuf b;

	strbuf_init(&b, 0);
	for (size_t i = from->nodes.n; i-- > 1; ) {
		if (!used[i])
			continue;
		used[from->nodes.v[i].parent] = true;
		strbuf_clear(&b);
		paths_write(from, (uint32_t)i, &b);
		vec_push(&all.list, ((struct text){
			arena_dup(&a, strbuf_str(&b)), (uint32_t)i}));
	}
	/* a folder stands before what is in it */
	vec_sort(&all.list, compare_texts);
	for (size_t i = 0; i < all.list.n; i++) {
		uint32_t n = all.list.v[i].number;

		map[n] = paths_add(p, map[from->nodes.v[n].parent],
				   from->nodes.v[n].name);
	}
	strbuf_release(&b);
	vec_release(&all.list);
	arena_release(&a);
	return map;
}
