/*
 * Names matter in a .mailmap, and of those the walk keeps a hash only: of
 * every author of a host that it would change one commit is read once more.
 */
#include "history/moves.h"

#include "base/limits.h"
#include "base/strbuf.h"
#include "history/commit.h"

#define FILE_NAME MAILMAP_FILE
#define MOST_TOLD 20

struct move {
	struct str from, to;
	uint64_t commits;
};

struct moves {
	struct walk *walk;
	struct diags *diags;
	const struct mailmap *map;
	struct map hosts;      /* those that a row leads away from */
	struct arena arena;
	struct map authors;    /* hashes of address and name: place in list */
	struct map places;     /* "from\0to": the same */
	VEC(struct move) list;
};

static struct place place_of(const struct moves *m)
{
	return gitdir_place(m->walk->git, "");
}

/* False when no row leads from one host to another. */
static bool find_hosts(struct moves *m)
{
	bool is_any = false;

	for (size_t i = 0; i < m->map->rows.n; i++) {
		const struct mailmap_row *row = &m->map->rows.v[i];
		struct str from = address_host(row->from);

		if (str_eq(from, address_host(row->to)))
			continue;
		map_put(&m->hosts, from, 0, NULL);
		is_any = true;
	}
	return is_any;
}

/* ---- the commits ------------------------------------------------------- */

/* The place of a move in the list. */
static size_t add(struct moves *m, struct str from, struct str to)
{
	struct str key = arena_fmt(&m->arena, "%.*s%c%.*s", STR_ARG(from),
				   '\0', STR_ARG(to));
	bool is_new;
	size_t *at = map_put(&m->places, key, m->list.n, &is_new);

	if (is_new)
		vec_push(&m->list, ((struct move){from, to, 0}));
	return *at;
}

/* Where a commit goes that was read; SIZE_MAX: nowhere. */
static size_t place_in(struct moves *m, struct str host, struct str raw)
{
	const struct mailmap_row *row;
	struct commit_text text;

	commit_parse(raw, m->walk->git->oid_bytes, &text);
	row = mailmap_find(m->map, text.name, text.address);
	if (!row || str_eq(host, address_host(row->to)))
		return SIZE_MAX;
	return add(m, host, address_host(row->to));
}

static void count_commit(struct moves *m, struct odb_reader *r,
			 const struct walk_commit *c, struct str host)
{
	const uint64_t author[] = {c->address, c->name};
	struct str key = str_n((const char *)author, sizeof author);
	size_t *at = map_get(&m->authors, key);

	if (!at) {
		struct object *o;

		at = map_put(&m->authors, arena_dup(&m->arena, key),
			     SIZE_MAX, NULL);
		if (odb_read(r, &c->id, LIMIT_COMMIT_BYTES, &o))
			diag_add(m->diags, RW1412, place_of(m),
				 "a commit cannot be read again");
		else
			*at = place_in(m, host, str_n(o->p, o->n));
		odb_drop(r, o);
	}
	if (*at != SIZE_MAX)
		m->list.v[*at].commits++;
}

/* The host of a commit that counts and might be moved; NULL bytes if not. */
static struct str host_of(const struct moves *m, const struct walk_commit *c)
{
	const struct addresses *as = &m->walk->addresses;
	const struct address *by;

	if (c->state != WALK_READ || c->is_hidden || c->is_elsewhere ||
	    c->is_automatic ||
	    c->n_parents > 1)
		return (struct str){0};
	by = &as->list.v[address_find(as, c->address)];
	if (by->is_bot || !map_get(&m->hosts, by->host))
		return (struct str){0};
	return by->host;
}

static void read_commits(struct moves *m, struct odb_reader *r)
{
	struct walk *w = m->walk;

	if (w->meter)
		meter_begin(w->meter, "comparing " FILE_NAME, w->commits.n);
	for (size_t i = 0; i < w->commits.n && walk_step(w, 1); i++) {
		const struct walk_commit *c = &w->commits.v[i];
		struct str host = host_of(m, c);

		if (host.p)
			count_commit(m, r, c, host);
	}
	if (walk_is_late(w))
		diag_add(m->diags, RW1415, place_of(m), "the time was up: "
			 "not all commits are compared with its " FILE_NAME);
}

/* ---- what is told ------------------------------------------------------ */

/* Most commits first. */
static int compare_moves(const void *va, const void *vb)
{
	const struct move *a = va, *b = vb;
	int d = str_cmp(a->from, b->from);

	if (a->commits != b->commits)
		return a->commits > b->commits ? -1 : 1;
	return d ? d : str_cmp(a->to, b->to);
}

static void tell(struct moves *m)
{
	uint64_t rest = 0;

	vec_sort(&m->list, compare_moves);
	for (size_t i = 0; i < m->list.n; i++) {
		const struct move *move = &m->list.v[i];

		if (i >= MOST_TOLD)
			rest += move->commits;
		else
			diag_add(m->diags, RW1415, place_of(m),
				 "its " FILE_NAME " would move from host "
				 "'%.*s' to host '%.*s': %llu commits",
				 STR_ARG(move->from), STR_ARG(move->to),
				 (unsigned long long)move->commits);
	}
	if (rest)
		diag_add(m->diags, RW1415, place_of(m),
			 "its " FILE_NAME " would move between %zu other "
			 "pairs of hosts: %llu commits",
			 m->list.n - MOST_TOLD, (unsigned long long)rest);
}

void moves_tell(struct walk *w, struct odb_reader *r,
		const struct mailmap *map, struct diags *ds)
{
	struct moves m = {.walk = w, .diags = ds, .map = map};

	if (find_hosts(&m)) {
		read_commits(&m, r);
		tell(&m);
	}
	map_release(&m.hosts);
	map_release(&m.authors);
	map_release(&m.places);
	vec_release(&m.list);
	arena_release(&m.arena);
}
