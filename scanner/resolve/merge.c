/* Merging components, linear in their number. */
#include "resolve/merge.h"

#include "base/map.h"
#include "model/address.h"
#include "model/facts_name.h"

/* How strongly a scope binds: of two places the stronger one counts, and an
 * unknown purpose may be the product itself. */
static unsigned strength(enum scope s)
{
	static const unsigned char of[SCOPE_COUNT] = {
		[SCOPE_RUNTIME] = 8, [SCOPE_UNKNOWN] = 7, [SCOPE_DEPLOY] = 6,
		[SCOPE_BUILD] = 5, [SCOPE_CI] = 4, [SCOPE_TEST] = 3,
		[SCOPE_EXAMPLE] = 2, [SCOPE_DOCS] = 1, [SCOPE_RELEASE] = 0};

	return of[s];
}

/* One run of a merge. */
struct merge {
	struct scan *scan;
	struct arena scratch;
};

static void fill(struct str *to, struct str from)
{
	if (!to->n)
		*to = from;
}

/* Of two texts the same one, whichever came first. */
static void fill_least(struct str *to, struct str from)
{
	if (!to->n || (from.n && str_cmp(from, *to) < 0))
		*to = from;
}

/* Do two names surely mean one organisation? */
static bool is_same_name(struct merge *m, struct str a, struct str b)
{
	return str_eq(a, b) ||
	       str_eq(facts_name_short(facts_name_form(&m->scratch, a)),
		      facts_name_short(facts_name_form(&m->scratch, b)));
}

/* Two declarations name somebody in one role. */
static void take_name(struct merge *m, struct component *c, struct str *to,
		      struct str from, enum dispute what)
{
	if (to->n && from.n && !is_same_name(m, *to, from)) {
		bool is_first = str_cmp(*to, from) < 0;

		c->disputes |= what;
		diag_add(&m->scan->diags, RW1804,
			 diag_at_line(c->evidence.v[0].path,
				      c->evidence.v[0].line),
			 "%.*s: \"%.*s\" or \"%.*s\"", STR_ARG(c->name),
			 STR_ARG(str_head(is_first ? *to : from, 200)),
			 STR_ARG(str_head(is_first ? from : *to, 200)));
	}
	fill_least(to, from);
}

static void take_supplier(struct merge *m, struct component *to,
			  const struct component *from)
{
	if (!from->supplier.n)
		return;
	/* One that stands on everything gives way to one that does not. */
	if (!to->supplier.n || (to->is_stamped && !from->is_stamped)) {
		to->supplier = from->supplier;
		to->is_stamped = from->is_stamped;
	} else if (to->is_stamped) {
		fill_least(&to->supplier, from->supplier);
	} else if (!from->is_stamped) {
		take_name(m, to, &to->supplier, from->supplier,
			  DISPUTE_SUPPLIER);
	}
}

static bool is_same_repository(struct merge *m, struct str a, struct str b)
{
	const struct scan *s = m->scan;

	return str_eq(address_key(s->facts, s->as_of, a, &m->scratch),
		      address_key(s->facts, s->as_of, b, &m->scratch));
}

/* Nothing is known of a source for which two places are named. */
static void take_provenance(struct merge *m, struct component *c,
			    const struct component *other)
{
	struct provenance *to = &c->provenance;
	const struct provenance *from = &other->provenance;

	/* what is declared goes before what is claimed */
	if (to->is_claimed != from->is_claimed && to->repository.n &&
	    from->repository.n) {
		if (to->is_claimed)
			*to = *from;
		return;
	}
	if (to->repository.n && from->repository.n &&
	    !is_same_repository(m, to->repository, from->repository))
		c->disputes |= DISPUTE_REPOSITORY;
	if (!to->repository.n && from->repository.n) {
		to->kind = from->kind;
		to->how = from->how;
		to->is_claimed = from->is_claimed;
	}
	fill_least(&to->repository, from->repository);
	fill_least(&to->commit, from->commit);
	fill_least(&to->ref, from->ref);
	fill_least(&to->hash, from->hash);
}

/* A history that was read in full goes before one that was not. */
static void take_digest(struct merge *m, struct component *to, size_t from)
{
	const struct digest *all = m->scan->digests.v;

	if (to->digest == SIZE_MAX ||
	    (from != SIZE_MAX && all[to->digest].incomplete &&
	     !all[from].incomplete))
		to->digest = from;
}

/* All purls of `from` that are not the first of `to`. */
static void take_purls(struct component *to, struct component *from)
{
	if (from->purl.n && !str_eq(from->purl, to->purl))
		vec_push(&to->more_purls, from->purl);
	for (size_t i = 0; i < from->more_purls.n; i++)
		if (!str_eq(from->more_purls.v[i], to->purl))
			vec_push(&to->more_purls, from->more_purls.v[i]);
	vec_release(&from->more_purls);
}

static void take_refs(struct component *to, struct component *from)
{
	for (size_t i = 0; i < from->refs.n; i++)
		vec_push(&to->refs, from->refs.v[i]);
	vec_release(&from->refs);
}

/* In service as long as any of the two. */
static void take_service(struct component *to, const struct component *from)
{
	if (to->in_service == 0 ||
	    (from->in_service && from->in_service < to->in_service))
		to->in_service = from->in_service;
	if (from->end_of_life > to->end_of_life)
		to->end_of_life = from->end_of_life;
}

/* What has something of its own stands for a mirror, too.  Where two have, the
 * group misses one, and none of it counts with others. */
static void take_joint(struct component *to, const struct component *from)
{
	if (from->joint.group && (!to->joint.group ||
				  (to->joint.is_contained &&
				   !from->joint.is_contained)))
		to->joint = from->joint;
}

/* Everything of `from` that `to` does not say yet. */
static void take(struct merge *m, struct component *to,
		 struct component *from)
{
	fill(&to->version, from->version);
	fill(&to->purl, from->purl);
	take_purls(to, from);
	take_refs(to, from);
	fill(&to->type, from->type);
	take_name(m, to, &to->producer, from->producer, DISPUTE_PRODUCER);
	fill(&to->packager, from->packager);
	take_supplier(m, to, from);
	take_provenance(m, to, from);
	if (strength(from->scope) > strength(to->scope))
		to->scope = from->scope;
	if (to->function == FUNCTION_NONE)
		to->function = from->function;
	if (from->completeness > to->completeness)
		to->completeness = from->completeness;
	to->is_root = to->is_root || from->is_root;
	to->is_scanned = to->is_scanned || from->is_scanned;
	take_service(to, from);
	to->is_unpinned = to->is_unpinned || from->is_unpinned;
	to->is_indirect = to->is_indirect && from->is_indirect;
	to->is_optional = to->is_optional && from->is_optional;
	take_joint(to, from);
	take_digest(m, to, from->digest);
	for (size_t i = 0; i < from->evidence.n; i++)
		component_add_evidence(to, from->evidence.v[i]);
	vec_release(&from->evidence);
}

static int compare_places(const void *va, const void *vb)
{
	const struct evidence *a = va, *b = vb;
	int c = str_cmp(a->path, b->path);

	return c ? c : (a->line > b->line) - (a->line < b->line);
}

static void sort_evidence(struct component *c)
{
	size_t n = 0;

	vec_sort(&c->evidence, compare_places);
	for (size_t i = 0; i < c->evidence.n; i++)
		if (!n || compare_places(&c->evidence.v[n - 1],
					 &c->evidence.v[i]))
			c->evidence.v[n++] = c->evidence.v[i];
	c->evidence.n = n;
}

static int compare_edges(const void *va, const void *vb)
{
	const struct edge *a = va, *b = vb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind);
}

static void move_edges(struct parts *p, const size_t *now)
{
	size_t n = 0;

	for (size_t i = 0; i < p->edges.n; i++) {
		struct edge e = p->edges.v[i];

		e.from = now[e.from];
		e.to = now[e.to];
		if (e.from != e.to)
			p->edges.v[n++] = e;
	}
	p->edges.n = n;
	vec_sort(&p->edges, compare_edges);
	n = 0;
	for (size_t i = 0; i < p->edges.n; i++)
		if (!n || compare_edges(&p->edges.v[n - 1], &p->edges.v[i]))
			p->edges.v[n++] = p->edges.v[i];
	p->edges.n = n;
}

/* Each declaration of a component tells all its seats: one's count. */
static void move_seats(struct parts *p, const size_t *now)
{
	size_t *teller = mem_new(p->components.n, sizeof *teller);
	size_t n = 0;

	for (size_t i = 0; i < p->seats.n; i++) {
		struct seat s = p->seats.v[i];
		size_t to = now[s.component], said_by = s.component + 1;

		if (teller[to] && teller[to] != said_by)
			continue;
		teller[to] = said_by;
		s.component = to;
		p->seats.v[n++] = s;
	}
	p->seats.n = n;
	free(teller);
}

static void drop_disputed(struct component *c)
{
	struct provenance *p = &c->provenance;

	if (!(c->disputes & DISPUTE_REPOSITORY))
		return;
	*p = (struct provenance){
		.kind = p->hash.n ? PROVENANCE_ARTIFACT : PROVENANCE_UNKNOWN,
		.hash = p->hash,
		.how = STR("its declarations name different repositories")};
}

/* Moves the components together; now[i] becomes the new index of i. */
static void fold(struct merge *m, const struct str *keys, size_t *now)
{
	struct parts *p = &m->scan->parts;
	struct map first = {0};
	bool *is_merged = mem_new(p->components.n, sizeof *is_merged);
	size_t n = 0;

	for (size_t i = 0; i < p->components.n; i++) {
		bool is_new = true;

		now[i] = n;
		if (keys[i].n)
			now[i] = *map_put(&first, keys[i], n, &is_new);
		if (is_new) {
			p->components.v[n++] = p->components.v[i];
		} else {
			take(m, &p->components.v[now[i]],
			     &p->components.v[i]);
			is_merged[now[i]] = true;
		}
	}
	p->components.n = n;
	for (size_t i = 0; i < n; i++)
		if (is_merged[i]) {
			sort_evidence(&p->components.v[i]);
			component_fold_purls(&p->components.v[i]);
			drop_disputed(&p->components.v[i]);
		}
	free(is_merged);
	map_release(&first);
}

void merge_components(struct scan *s, const struct str *keys)
{
	struct merge m = {.scan = s};
	struct parts *p = &s->parts;
	size_t n = p->components.n;
	size_t *now;

	if (!n)
		return;
	now = mem_new(n, sizeof *now);
	fold(&m, keys, now);
	arena_release(&m.scratch);
	move_edges(p, now);
	move_seats(p, now);
	for (size_t i = 0; i < s->targets.n; i++)
		if (s->targets.v[i].root < n)
			s->targets.v[i].root = now[s->targets.v[i].root];
	free(now);
}
