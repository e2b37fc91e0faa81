/*
 * One function for each structure goes both ways: it writes what stands in
 * it, or puts there what is read.  So both have the same members in the same
 * order, whatever they are.
 */
#include "model/scan_text.h"

#include "base/utf8.h"

struct coder {
	struct strbuf *out; /* NULL: it is read */
	struct str in;      /* what is left of it */
	struct arena *arena;
	bool is_bad;
};

static struct str fail(struct coder *c)
{
	c->is_bad = true;
	return STR("");
}

/* What stands before a byte, which is at most 20 bytes away. */
static struct str take_to(struct coder *c, char end)
{
	size_t n = str_find_ch(str_head(c->in, 21), end);
	struct str s = str_head(c->in, n);

	if (n == SIZE_MAX)
		return fail(c);
	c->in = str_from(c->in, n + 1);
	return s;
}

/* A number below `end`. */
static uint64_t below(struct coder *c, uint64_t v, uint64_t end)
{
	if (c->out) {
		strbuf_fmt(c->out, "%llu ", (unsigned long long)v);
		return v;
	}
	if (!c->is_bad && str_to_u64(take_to(c, ' '), &v) && v < end)
		return v;
	c->is_bad = true;
	return 0;
}

static bool truth(struct coder *c, bool v)
{
	return below(c, v, 2) != 0;
}

static uint64_t number(struct coder *c, uint64_t v)
{
	return below(c, v, UINT64_MAX);
}

static unsigned small(struct coder *c, unsigned v)
{
	return (unsigned)below(c, v, (uint64_t)UINT32_MAX + 1);
}

/* A place in a list, or SIZE_MAX; whether it is in it is looked at when all is
 * read. */
static size_t place(struct coder *c, size_t v)
{
	uint64_t k = number(c, v == SIZE_MAX ? 0 : (uint64_t)v + 1);

	return k ? (size_t)(k - 1) : SIZE_MAX;
}

static void text(struct coder *c, struct str *s)
{
	uint64_t n;

	if (c->out) {
		strbuf_fmt(c->out, "%zu:", s->n);
		strbuf_add(c->out, *s);
		return;
	}
	*s = STR("");
	if (c->is_bad || !str_to_u64(take_to(c, ':'), &n) || n > c->in.n ||
	    !utf8_is_valid(str_head(c->in, (size_t)n))) {
		c->is_bad = true;
		return;
	}
	*s = arena_dup(c->arena, str_head(c->in, (size_t)n));
	c->in = str_from(c->in, (size_t)n);
}

/* How many follow, of which each takes two bytes or more. */
static size_t count(struct coder *c, size_t n)
{
	return (size_t)below(c, n, c->in.n / 2 + 1);
}

/* All of a list, which is empty before it is read. */
#define EACH(c, vec, item) \
	for (size_t i_ = 0, n_ = count(c, (vec)->n); \
	     i_ < n_ && !(c)->is_bad; i_++) { \
		if (!(c)->out) \
			memset(vec_add(vec), 0, sizeof *(vec)->v); \
		item(c, &(vec)->v[i_]); \
	}

static void evidence(struct coder *c, struct evidence *e)
{
	text(c, &e->path);
	e->line = small(c, e->line);
}

static void provenance(struct coder *c, struct provenance *p)
{
	p->kind = (enum provenance_kind)below(c, p->kind,
					      PROVENANCE_REPOSITORY + 1);
	text(c, &p->repository);
	text(c, &p->commit);
	text(c, &p->ref);
	text(c, &p->hash);
	text(c, &p->how);
	p->is_claimed = truth(c, p->is_claimed);
}

static void component(struct coder *c, struct component *k)
{
	text(c, &k->name);
	text(c, &k->version);
	text(c, &k->purl);
	EACH(c, &k->more_purls, text);
	EACH(c, &k->refs, text);
	text(c, &k->group);
	text(c, &k->type);
	k->scope = (enum scope)below(c, k->scope, SCOPE_COUNT);
	k->function = (enum function)below(c, k->function, FUNCTION_COUNT);
	k->completeness = (enum completeness)below(
		c, k->completeness, COMPLETENESS_INCOMPLETE + 1);
	text(c, &k->supplier);
	text(c, &k->producer);
	text(c, &k->packager);
	provenance(c, &k->provenance);
	text(c, &k->extractor);
	k->is_root = truth(c, k->is_root);
	k->is_scanned = truth(c, k->is_scanned);
	k->is_unpinned = truth(c, k->is_unpinned);
	k->is_indirect = truth(c, k->is_indirect);
	k->is_optional = truth(c, k->is_optional);
	k->is_stamped = truth(c, k->is_stamped);
	EACH(c, &k->evidence, evidence);
	k->digest = SIZE_MAX;
	c->is_bad |= !k->evidence.n;
}

static void target(struct coder *c, struct target *t)
{
	t->kind = (enum target_kind)below(c, t->kind, TARGET_PURL + 1);
	text(c, &t->name);
	text(c, &t->format);
	t->root = place(c, t->root);
	t->files_seen = number(c, t->files_seen);
	t->files_read = number(c, t->files_read);
	t->files_failed = number(c, t->files_failed);
}

static void area_path(struct coder *c, struct area_path *p)
{
	text(c, &p->glob);
	p->is_file = truth(c, p->is_file);
	p->is_folder = truth(c, p->is_folder);
	p->is_excluded = truth(c, p->is_excluded);
}

static void area(struct coder *c, struct area *a)
{
	a->first = place(c, a->first);
	a->n = place(c, a->n);
	a->is_overridden = truth(c, a->is_overridden);
}

static void edge(struct coder *c, struct edge *e)
{
	e->from = place(c, e->from);
	e->to = place(c, e->to);
	e->kind = (enum edge_kind)below(c, e->kind, EDGE_CONTAINS + 1);
}

static void seat(struct coder *c, struct seat *s)
{
	s->component = place(c, s->component);
	s->role = (enum seat_role)below(c, s->role, SEAT_ROLE_COUNT);
	text(c, &s->company);
	text(c, &s->host);
	s->person = place(c, s->person);
	s->area = place(c, s->area);
	s->has_lines = truth(c, s->has_lines);
	s->lines = number(c, s->lines);
	evidence(c, &s->evidence);
	s->organisation = SIZE_MAX;
}

static void parts(struct coder *c, struct parts *p)
{
	EACH(c, &p->components, component);
	EACH(c, &p->edges, edge);
	EACH(c, &p->area_paths, area_path);
	EACH(c, &p->areas, area);
	EACH(c, &p->seats, seat);
	p->persons = (size_t)number(c, p->persons);
}

static void bits(struct coder *c, uint32_t *v)
{
	*v = small(c, *v);
}

static void reference(struct coder *c, struct document_ref *r)
{
	text(c, &r->ref);
	r->component = place(c, r->component);
}

static void document(struct coder *c, struct document *d)
{
	text(c, &d->path);
	text(c, &d->format);
	text(c, &d->id);
	d->first = place(c, d->first);
	d->n = place(c, d->n);
	d->root = place(c, d->root);
	bits(c, &d->has);
	EACH(c, &d->parts_have, bits);
	EACH(c, &d->refs, reference);
}

static void link_end(struct coder *c, struct document_end *e)
{
	e->component = place(c, e->component);
	text(c, &e->document);
	text(c, &e->ref);
}

static void document_link(struct coder *c, struct document_link *l)
{
	link_end(c, &l->from);
	link_end(c, &l->to);
	l->kind = (enum edge_kind)below(c, l->kind, EDGE_CONTAINS + 1);
	l->scope = (enum scope)below(c, l->scope, SCOPE_COUNT);
	l->is_optional = truth(c, l->is_optional);
	evidence(c, &l->place);
}

static void all(struct coder *c, struct scan *s)
{
	EACH(c, &s->targets, target);
	parts(c, &s->parts);
	EACH(c, &s->documents.list, document);
	EACH(c, &s->documents.links, document_link);
}

/* --- what is read --------------------------------------------------------- */

static bool is_at(size_t v, size_t n)
{
	return v < n || v == SIZE_MAX;
}

static bool is_range(size_t first, size_t n, size_t all)
{
	return first <= all && n <= all - first;
}

static bool has_sound_parts(const struct parts *p)
{
	size_t n = p->components.n;

	for (size_t i = 0; i < p->edges.n; i++)
		if (p->edges.v[i].from >= n || p->edges.v[i].to >= n)
			return false;
	for (size_t i = 0; i < p->areas.n; i++)
		if (!is_range(p->areas.v[i].first, p->areas.v[i].n,
			      p->area_paths.n))
			return false;
	for (size_t i = 0; i < p->seats.n; i++)
		if (p->seats.v[i].component >= n ||
		    p->seats.v[i].person >= p->persons ||
		    !is_at(p->seats.v[i].area, p->areas.n))
			return false;
	return p->persons <= UINT32_MAX;
}

static bool is_sound_document(const struct document *d, size_t n)
{
	for (size_t i = 0; i < d->refs.n; i++)
		if (d->refs.v[i].component >= n)
			return false;
	return is_range(d->first, d->n, n) && d->parts_have.n == d->n &&
	       is_at(d->root, n);
}

static bool is_sound(const struct scan *s)
{
	size_t n = s->parts.components.n;

	for (size_t i = 0; i < s->targets.n; i++)
		if (!is_at(s->targets.v[i].root, n))
			return false;
	for (size_t i = 0; i < s->documents.list.n; i++)
		if (!is_sound_document(&s->documents.list.v[i], n))
			return false;
	for (size_t i = 0; i < s->documents.links.n; i++)
		if (!is_at(s->documents.links.v[i].from.component, n) ||
		    !is_at(s->documents.links.v[i].to.component, n))
			return false;
	return has_sound_parts(&s->parts);
}

static void shift(size_t *v, size_t by)
{
	if (*v != SIZE_MAX)
		*v += by;
}

/* Moves all of a list behind another one. */
#define MOVE(to, from) \
	do { \
		for (size_t i_ = 0; i_ < (from)->n; i_++) \
			vec_push(to, (from)->v[i_]); \
		vec_clear(from); \
	} while (0)

static void move_parts(struct parts *to, struct parts *from)
{
	size_t first = to->components.n, area = to->areas.n;

	for (size_t i = 0; i < from->edges.n; i++) {
		from->edges.v[i].from += first;
		from->edges.v[i].to += first;
	}
	for (size_t i = 0; i < from->areas.n; i++)
		from->areas.v[i].first += to->area_paths.n;
	for (size_t i = 0; i < from->seats.n; i++) {
		from->seats.v[i].component += first;
		from->seats.v[i].person += to->persons;
		shift(&from->seats.v[i].area, area);
	}
	MOVE(&to->components, &from->components);
	MOVE(&to->edges, &from->edges);
	MOVE(&to->area_paths, &from->area_paths);
	MOVE(&to->areas, &from->areas);
	MOVE(&to->seats, &from->seats);
	to->persons += from->persons;
}

static void move_documents(struct documents *to, struct documents *from,
			   size_t first)
{
	for (size_t i = 0; i < from->list.n; i++) {
		struct document *d = &from->list.v[i];

		d->first += first;
		shift(&d->root, first);
		for (size_t k = 0; k < d->refs.n; k++)
			d->refs.v[k].component += first;
	}
	for (size_t i = 0; i < from->links.n; i++) {
		shift(&from->links.v[i].from.component, first);
		shift(&from->links.v[i].to.component, first);
	}
	MOVE(&to->list, &from->list);
	MOVE(&to->links, &from->links);
}

void scan_text_write(struct scan *s, struct strbuf *to)
{
	struct coder c = {.out = to};

	all(&c, s);
}

bool scan_text_read(struct str text, struct scan *to)
{
	struct coder c = {.in = text, .arena = &to->arena};
	struct scan s = {.as_of = 0};
	bool is_fine;

	all(&c, &s);
	is_fine = !c.is_bad && !c.in.n && is_sound(&s);
	if (is_fine) {
		size_t first = to->parts.components.n;

		for (size_t i = 0; i < s.targets.n; i++)
			shift(&s.targets.v[i].root, first);
		MOVE(&to->targets, &s.targets);
		move_documents(&to->documents, &s.documents, first);
		move_parts(&to->parts, &s.parts);
	}
	scan_release(&s);
	return is_fine;
}
