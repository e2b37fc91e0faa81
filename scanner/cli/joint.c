/*
 * Histories that share commits share a first one, so repositories
 * are put together by those alone.  Only within such a group are all commits
 * looked at, in an order that depends on nothing but the histories.
 */
#include "cli/joint.h"

#include "base/map.h"
#include "base/strbuf.h"
#include "discover/stack.h"
#include "history/history.h"

#define KEPT 2000000 /* names of commits; more are read again, not kept */

/* One item while it is compared. */
struct found {
	struct joint_item *item;
	struct history_roots roots;
	struct history_names *names; /* NULL: to be read again */
	size_t leader;  /* of those it belongs together with; itself */
};

struct relating {
	struct scan *scan;
	unsigned threads;
	struct { VEC(struct found) list; } all;
	struct map by_role; /* how many items have it */
	struct map by_root; /* the first one that has it */
	uint64_t kept;      /* names of commits */
};

struct str joint_role(const struct stack_component *of, struct arena *a)
{
	struct strbuf b;
	struct str role;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%d %d %d\n", (int)of->function, of->in_service,
		   of->end_of_life);
	for (size_t k = 0; k < of->built.n; k++)
		strbuf_fmt(&b, "%.*s\n", STR_ARG(of->built.v[k]));
	for (size_t k = 0; k < of->classes.list.n; k++)
		strbuf_fmt(&b, "%d %.*s\n", (int)of->classes.list.v[k].class,
			   STR_ARG(of->classes.list.v[k].paths));
	role = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return role;
}

/* --- groups --------------------------------------------------------------- */

static size_t leader_of(struct relating *r, size_t i)
{
	struct found *all = r->all.list.v;

	while (all[i].leader != i) {
		all[i].leader = all[all[i].leader].leader;
		i = all[i].leader;
	}
	return i;
}

static void put_together(struct relating *r, size_t a, size_t b)
{
	a = leader_of(r, a);
	b = leader_of(r, b);
	if (a < b)
		r->all.list.v[b].leader = a;
	else
		r->all.list.v[a].leader = b;
}

static void apart(struct relating *r, const struct joint_item *i,
		  const char *why)
{
	diag_add(&r->scan->diags, RW1422, diag_at(str_c(i->path)),
		 "it counts by itself: %s", why);
}

static void find_one(struct relating *r, struct joint_item *item)
{
	size_t at = r->all.list.n;
	struct found *f = vec_add(&r->all.list);

	*f = (struct found){.item = item, .leader = at};
	if (*map_get(&r->by_role, item->role) < 2)
		return; /* there is nothing to compare it with */
	f->names = history_names_read(item->path, r->threads);
	if (!f->names) {
		apart(r, item, "its history is not whole, or cannot be read");
		return;
	}
	history_roots(f->names, &r->scan->arena, &f->roots);
	r->kept += f->roots.commits;
	if (r->kept > KEPT) {
		r->kept -= f->roots.commits;
		history_names_free(f->names);
		f->names = NULL;
	}
	for (size_t k = 0; k < f->roots.ids.n; k++) {
		struct str key = arena_fmt(&r->scan->arena, "%.*s\n%.*s",
					   STR_ARG(f->roots.ids.v[k]),
					   STR_ARG(item->role));

		put_together(r, *map_put(&r->by_root, key, at, NULL), at);
	}
}

/* Those of a group together, the longest history first. */
static int by_length(const void *va, const void *vb)
{
	const struct found *a = va, *b = vb;
	int c;

	if (a->leader != b->leader)
		return a->leader < b->leader ? -1 : 1;
	if (a->roots.commits != b->roots.commits)
		return a->roots.commits > b->roots.commits ? -1 : 1;
	c = str_cmp(a->roots.head, b->roots.head);
	c = c ? c : str_cmp(str_c(a->item->path), str_c(b->item->path));
	return c ? c : (a->item > b->item) - (a->item < b->item);
}

/* --- one group ------------------------------------------------------------ */

static void meet(struct relating *r, struct found *f,
		 struct history_seen *seen)
{
	struct joint_item *item = f->item;
	struct history_met met = {0};

	if (!f->names)
		f->names = history_names_read(item->path, r->threads);
	if (f->names)
		history_meet(seen, f->names, &r->scan->arena, &met);
	history_names_free(f->names);
	f->names = NULL;
	item->joint.commits = met.commits;
	item->joint.shared = met.shared;
	item->joint.is_contained = met.shared == met.commits;
	if (met.last.n > JOINT_MOST || !met.commits) {
		item->joint.group = 0;
		apart(r, item, met.commits
		      ? "it leaves the histories before it in too many places"
		      : "its history cannot be read again");
	} else if (!item->joint.is_contained) {
		for (size_t i = 0; i < met.last.n; i++)
			vec_push(&item->last, met.last.v[i]);
	}
	vec_release(&met.last);
}

/* Equal ones follow each other. */
static bool is_mirror(const struct relating *r, size_t first, size_t i)
{
	const struct found *f = &r->all.list.v[i];

	return i > first && str_eq(f[-1].roots.head, f->roots.head);
}

static void meet_all(struct relating *r, size_t first, size_t end,
		     size_t group)
{
	struct history_seen *seen = history_seen_new();

	for (size_t i = first; i < end; i++) {
		struct found *f = &r->all.list.v[i];

		f->item->joint = (struct joint){
			.group = group, .rank = i - first,
			.is_mirror = is_mirror(r, first, i),
			.digest = SIZE_MAX, .beyond = SIZE_MAX};
		meet(r, f, seen);
	}
	history_seen_free(seen);
}

void joint_relate(struct joint_items *all, unsigned threads, struct scan *s)
{
	struct relating r = {.scan = s, .threads = threads};
	size_t end, group = 0;

	for (size_t i = 0; i < all->list.n; i++)
		++*map_put(&r.by_role, all->list.v[i].role, 0, NULL);
	for (size_t i = 0; i < all->list.n; i++)
		find_one(&r, &all->list.v[i]);
	for (size_t i = 0; i < r.all.list.n; i++)
		r.all.list.v[i].leader = leader_of(&r, i);
	vec_sort(&r.all.list, by_length);
	for (size_t i = 0; i < r.all.list.n; i = end) {
		const struct found *f = &r.all.list.v[i];

		for (end = i + 1; end < r.all.list.n &&
				  f->leader == r.all.list.v[end].leader; end++)
			;
		if (end - i > 1)
			meet_all(&r, i, end, ++group);
	}
	for (size_t i = 0; i < r.all.list.n; i++) {
		history_names_free(r.all.list.v[i].names);
		vec_release(&r.all.list.v[i].roots.ids);
	}
	vec_release(&r.all.list);
	map_release(&r.by_role);
	map_release(&r.by_root);
}

/* --- what comes of it ----------------------------------------------------- */

/* How many of a group have something of their own, and all of them. */
struct sizes { size_t counted, all; };

static void tell(const struct joint_item *i, struct scan *s)
{
	unsigned long long shared = i->joint.shared, all = i->joint.commits;

	if (i->joint.is_contained)
		diag_add(&s->diags, RW1421, diag_at(str_c(i->path)),
			 "all of its %llu commits are those of repositories "
			 "that it is counted with", all);
	else if (shared)
		diag_add(&s->diags, RW1421, diag_at(str_c(i->path)),
			 "%llu of its %llu commits are those of repositories "
			 "that it is counted with: they count once", shared,
			 all);
}

void joint_settle(const struct joint_items *all, struct scan *s)
{
	struct sizes *of = mem_new(all->list.n + 1, sizeof *of);

	for (size_t i = 0; i < all->list.n; i++) {
		const struct joint *j = &all->list.v[i].joint;

		of[j->group].counted += !j->is_contained;
		of[j->group].all++;
	}
	for (size_t i = 0; i < all->list.n; i++) {
		const struct joint_item *item = &all->list.v[i];
		struct joint *to = &s->parts.components.v[item->component]
				    .joint;

		if (!item->joint.group || of[item->joint.group].all < 2)
			continue;
		*to = item->joint;
		to->counted = of[to->group].counted;
		tell(item, s);
	}
	free(of);
}

void joint_items_release(struct joint_items *all)
{
	for (size_t i = 0; i < all->list.n; i++)
		vec_release(&all->list.v[i].last);
	vec_release(&all->list);
}
