/* A merge of sorted entries, folder by folder, on a stack of our own. */
#include "history/treediff.h"

/* One folder on one side. */
struct side {
	struct object *object; /* NULL: no such folder */
	struct str rest;
	struct entry entry;    /* the next one */
	bool has_entry;
};

struct treediff_level {
	struct side old, new;
	uint32_t path;
};

void treediff_init(struct treediff *d, struct odb_reader *r,
		   size_t oid_bytes, struct paths *paths)
{
	*d = (struct treediff){.reader = r, .oid_bytes = oid_bytes,
			       .paths = paths};
}

void treediff_release(struct treediff *d)
{
	vec_release(&d->changes);
	vec_release(&d->stack.list);
}

static void note(struct treediff *d, enum err e)
{
	if (!d->worst)
		d->worst = e;
}

static void advance(struct treediff *d, struct side *s)
{
	enum err e = entry_next(&s->rest, d->oid_bytes, &s->entry);

	s->has_entry = !e;
	if (e == ERR_FORMAT)
		note(d, e);
	if (!e && !d->steps) {
		note(d, ERR_LIMIT);
		s->has_entry = false;
	}
	d->steps -= s->has_entry;
}

static void open_side(struct treediff *d, struct side *s,
		      const unsigned char *id)
{
	struct oid oid;
	enum err e;

	*s = (struct side){0};
	if (!id)
		return;
	oid = oid_of(id, d->oid_bytes);
	e = odb_read(d->reader, &oid, LIMIT_BLOB_BYTES, &s->object);
	if (!e && s->object->type != PACK_TREE)
		e = ERR_FORMAT;
	if (e) {
		note(d, e);
		odb_drop(d->reader, s->object);
		s->object = NULL;
		return;
	}
	s->rest = str_n(s->object->p, s->object->n);
	advance(d, s);
}

/* Begins a folder; when one side cannot be read, neither is compared: all
 * of the other would look changed. */
static void push(struct treediff *d, uint32_t path, const unsigned char *old,
		 const unsigned char *new)
{
	struct treediff_level *l;

	if (d->stack.list.n >= LIMIT_TREE_DEPTH) {
		note(d, ERR_LIMIT);
		return;
	}
	l = vec_add(&d->stack.list);
	l->path = path;
	open_side(d, &l->old, old);
	open_side(d, &l->new, new);
	if ((old && !l->old.object) || (new && !l->new.object))
		l->old.has_entry = l->new.has_entry = false;
}

static void pop(struct treediff *d)
{
	struct treediff_level *l =
		&d->stack.list.v[--d->stack.list.n];

	odb_drop(d->reader, l->old.object);
	odb_drop(d->reader, l->new.object);
}

static bool is_folder(const struct entry *e)
{
	return entry_kind(e->mode) == ENTRY_FOLDER;
}

/* Trees are sorted as if a folder's name ended in '/'. */
static int compare(const struct entry *a, const struct entry *b)
{
	size_t n = a->name.n < b->name.n ? a->name.n : b->name.n;
	int c = memcmp(a->name.p, b->name.p, n);
	unsigned char ca, cb;

	if (c)
		return c;
	ca = a->name.n > n ? (unsigned char)a->name.p[n]
			   : is_folder(a) ? '/' : 0;
	cb = b->name.n > n ? (unsigned char)b->name.p[n]
			   : is_folder(b) ? '/' : 0;
	return (ca > cb) - (ca < cb);
}

/* The modes that git writes nowadays; older ones say the same. */
static unsigned canonical(unsigned mode)
{
	switch (entry_kind(mode)) {
	case ENTRY_LINK:
		return 0120000;
	case ENTRY_GITLINK:
		return 0160000;
	case ENTRY_FOLDER:
		return 0040000;
	default:
		return mode & 0100 ? 0100755 : 0100644;
	}
}

/* A name on one or both sides; NULL where it is not. */
static void changed(struct treediff *d, uint32_t folder,
		    const struct entry *old, const struct entry *new)
{
	const struct entry *any = new ? new : old;
	uint32_t path = paths_add(d->paths, folder, any->name);
	struct treediff_change *c;

	if (is_folder(any)) {
		push(d, path, old ? old->id : NULL, new ? new->id : NULL);
		return;
	}
	c = vec_add(&d->changes);
	*c = (struct treediff_change){.path = path};
	if (old)
		c->old = (struct treediff_side){
			canonical(old->mode), oid_of(old->id, d->oid_bytes)};
	if (new)
		c->new = (struct treediff_side){
			canonical(new->mode), oid_of(new->id, d->oid_bytes)};
}

static bool is_same(const struct treediff *d, const struct entry *a,
		    const struct entry *b)
{
	return !memcmp(a->id, b->id, d->oid_bytes) &&
	       canonical(a->mode) == canonical(b->mode);
}

/* Handles the next name of the folder on top. */
static void step(struct treediff *d)
{
	struct treediff_level *l = &d->stack.list.v[d->stack.list.n - 1];
	struct entry old = l->old.entry, new = l->new.entry;
	uint32_t path = l->path;
	int c = !l->old.has_entry   ? 1
		: !l->new.has_entry ? -1
				    : compare(&old, &new);

	if (c <= 0)
		advance(d, &l->old);
	if (c >= 0)
		advance(d, &l->new);
	if (c || !is_same(d, &old, &new)) /* may move the levels */
		changed(d, path, c <= 0 ? &old : NULL, c >= 0 ? &new : NULL);
}

enum err treediff_run(struct treediff *d, const struct oid *old,
		      const struct oid *new)
{
	vec_clear(&d->changes);
	d->worst = OK;
	push(d, PATHS_ROOT, old ? old->b : NULL, new->b);
	while (d->stack.list.n) {
		const struct treediff_level *l =
			&d->stack.list.v[d->stack.list.n - 1];

		if (l->old.has_entry || l->new.has_entry)
			step(d);
		else
			pop(d);
	}
	return d->worst;
}
