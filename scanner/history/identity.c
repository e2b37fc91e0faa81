/* Union-find over the hashes of lower-case addresses and of accounts. */
#include "history/identity.h"

struct joint { uint64_t a, b; };
struct joints {
	VEC(struct joint) list;
	struct map shared; /* addresses of which a row names a person */
};

static int compare_keys(const void *va, const void *vb)
{
	const uint64_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

static uint32_t place_of(const struct identities *s, uint64_t key)
{
	const uint64_t *at = s->keys.n
		? bsearch(&key, s->keys.v, s->keys.n, sizeof key,
			  compare_keys) : NULL;

	return at ? (uint32_t)(at - s->keys.v) : IDENTITY_NONE;
}

static uint32_t root_of(const struct identities *s, uint32_t at)
{
	while (s->root[at] != at) {
		s->root[at] = s->root[s->root[at]];
		at = s->root[at];
	}
	return at;
}

static void join(struct identities *s, const struct joint *j)
{
	uint32_t a = root_of(s, place_of(s, j->a));
	uint32_t b = root_of(s, place_of(s, j->b));

	if (a < b)
		s->root[b] = a;
	else
		s->root[a] = b;
}

/* Does a row join persons?  Of those for one address the last holds. */
static bool is_joint(const struct joints *j, const struct mailmap *map,
		     const struct mailmap_row *row)
{
	return row->from.n && !row->has_name &&
	       mailmap_find(map, STR(""), row->from) == row &&
	       !map_get(&j->shared, row->from) &&
	       !map_get(&j->shared, row->to);
}

/* An address and the account that it stands for. */
static void add_account(struct joints *j, uint64_t hash, uint64_t account)
{
	if (account)
		vec_push(&j->list, ((struct joint){hash, account}));
}

static void add_rows(struct joints *j, const struct mailmap *map)
{
	for (size_t i = 0; i < map->rows.n; i++)
		if (map->rows.v[i].has_name)
			map_put(&j->shared, map->rows.v[i].from, 0, NULL);
	for (size_t i = 0; i < map->rows.n; i++) {
		const struct mailmap_row *row = &map->rows.v[i];
		uint64_t from = address_hash(row->from);
		uint64_t to = address_hash(row->to);

		if (!is_joint(j, map, row))
			continue;
		vec_push(&j->list, ((struct joint){from, to}));
		add_account(j, from, address_account(row->from));
		add_account(j, to, address_account(row->to));
	}
}

void identity_join(struct identities *s, const struct addresses *as,
		   const struct mailmap *map)
{
	struct joints j = {0};
	size_t n = 0;

	*s = (struct identities){0};
	add_rows(&j, map);
	for (size_t i = 0; i < as->list.n; i++)
		add_account(&j, as->list.v[i].lower, as->list.v[i].account);
	for (size_t i = 0; i < j.list.n; i++) {
		vec_push(&s->keys, j.list.v[i].a);
		vec_push(&s->keys, j.list.v[i].b);
	}
	vec_sort(&s->keys, compare_keys);
	for (size_t i = 0; i < s->keys.n; i++)
		if (!n || s->keys.v[n - 1] != s->keys.v[i])
			s->keys.v[n++] = s->keys.v[i];
	s->keys.n = n;
	s->root = mem_new(n, sizeof *s->root);
	for (size_t i = 0; i < n; i++)
		s->root[i] = (uint32_t)i;
	for (size_t i = 0; i < j.list.n; i++)
		join(s, &j.list.v[i]);
	vec_release(&j.list);
	map_release(&j.shared);
}

void identity_release(struct identities *s)
{
	vec_release(&s->keys);
	free(s->root);
}

uint32_t identity_of(const struct identities *s, const struct address *a)
{
	uint32_t at = place_of(s, a->lower);

	return at == IDENTITY_NONE ? at : root_of(s, at);
}
