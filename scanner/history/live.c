/* Open addressing with linear probing; what is taken closes its gap. */
#include "history/live.h"

#include <stdlib.h>

struct live *live_new(void)
{
	struct live *l = mem_new(1, sizeof *l);

	l->cap = 8;
	l->slots = mem_new(l->cap, sizeof(struct live_origin *));
	return l;
}

void live_free_origin(struct live_origin *o)
{
	if (!o)
		return;
	vec_release(&o->lines);
	free(o);
}

void live_free(struct live *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < l->cap; i++)
		live_free_origin(l->slots[i]);
	free(l->slots);
	free(l);
}

static size_t home_of(const struct live *l, uint32_t path)
{
	return (path * 0x9e3779b97f4a7c15u) >> 32 & (l->cap - 1);
}

static size_t slot_of(const struct live *l, uint32_t path)
{
	size_t i = home_of(l, path);

	while (l->slots[i] && l->slots[i]->path != path)
		i = (i + 1) & (l->cap - 1);
	return i;
}

static void insert(struct live *l, struct live_origin *o)
{
	if ((l->n + 1) * 2 > l->cap) {
		struct live old = *l;

		l->cap *= 2;
		l->slots = mem_new(l->cap, sizeof(struct live_origin *));
		for (size_t i = 0; i < old.cap; i++)
			if (old.slots[i])
				l->slots[slot_of(l, old.slots[i]->path)] =
					old.slots[i];
		free(old.slots);
	}
	l->slots[slot_of(l, o->path)] = o;
	l->n++;
}

struct live_origin *live_put(struct live *l, uint32_t path,
			     const struct oid *blob)
{
	struct live_origin *o = l->slots[slot_of(l, path)];

	if (!o) {
		o = mem_new(1, sizeof *o);
		o->path = path;
		o->blob = *blob;
		insert(l, o);
	}
	return o;
}

struct live_origin *live_take(struct live *l, uint32_t path)
{
	size_t gap = slot_of(l, path), i = gap;
	struct live_origin *o = l->slots[gap];

	if (!o)
		return NULL;
	l->n--;
	for (;;) {
		size_t home;

		i = (i + 1) & (l->cap - 1);
		if (!l->slots[i])
			break;
		home = home_of(l, l->slots[i]->path);
		if (((i - home) & (l->cap - 1)) >= ((i - gap) & (l->cap - 1))) {
			l->slots[gap] = l->slots[i];
			gap = i;
		}
	}
	l->slots[gap] = NULL;
	return o;
}

void live_add(struct live_origin *o, struct live_lines new)
{
	struct live_lines *last = o->lines.n ? &o->lines.v[o->lines.n - 1]
					     : NULL;

	if (last && last->file == new.file &&
	    last->final + last->n == new.final &&
	    last->here + last->n == new.here)
		last->n += new.n;
	else
		vec_push(&o->lines, new);
}

void live_move(struct live *to, uint32_t path, struct live_origin *o)
{
	struct live_origin *other = to->slots[slot_of(to, path)];

	if (!other) {
		o->path = path;
		insert(to, o);
		return;
	}
	for (size_t i = 0; i < o->lines.n; i++)
		live_add(other, o->lines.v[i]);
	live_free_origin(o);
}

struct live *live_join(struct live *a, struct live *b)
{
	if (!a || !b)
		return a ? a : b;
	if (a->n < b->n) {
		struct live *small = a;

		a = b;
		b = small;
	}
	for (size_t i = 0; i < b->cap; i++)
		if (b->slots[i]) {
			live_move(a, b->slots[i]->path, b->slots[i]);
			b->slots[i] = NULL;
		}
	live_free(b);
	return a;
}

static int compare_lines(const void *va, const void *vb)
{
	const struct live_lines *a = va, *b = vb;

	if (a->here != b->here)
		return a->here < b->here ? -1 : 1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return (a->final > b->final) - (a->final < b->final);
}

void live_sort(struct live_origin *o)
{
	for (size_t i = 1; i < o->lines.n; i++)
		if (o->lines.v[i - 1].here > o->lines.v[i].here) {
			vec_sort(&o->lines, compare_lines);
			return;
		}
}
