/* Trees of notes, with a stack of our own: git spreads them over folders of
 * two digits as they grow. */
#include "history/notes.h"

#include "history/commit.h"
#include "history/entry.h"
#include "history/refs.h"

struct level {
	struct object *tree;
	struct str rest;     /* entries not yet looked at */
	size_t digits;       /* of the folders up to here */
};

struct lister {
	struct gitdir *git;
	struct odb_reader *reader;
	struct diags *diags;
	struct notes *notes;
	VEC(struct level) stack;
	char digits[2 * OID_MAX_BYTES];
	size_t seen;
};

static void tell(struct lister *l, const struct oid *id, enum err e)
{
	struct arena scratch = {0};
	bool is_missing = e == ERR_NOTFOUND;
	enum diag_code missing = l->git->odb.has_promised ? RW1405 : RW1403;

	diag_add(l->diags, is_missing ? missing : RW1412,
		 gitdir_place(l->git, ""), "%s of the notes: %s",
		 oid_hex(id, l->git->oid_bytes, &scratch).p, err_name(e));
	arena_release(&scratch);
}

static void push(struct lister *l, const struct oid *id, size_t digits)
{
	struct object *o;
	enum err e = odb_read(l->reader, id, LIMIT_BLOB_BYTES, &o);

	if (!e && o->type != PACK_TREE)
		e = ERR_FORMAT;
	if (e) {
		odb_drop(l->reader, o);
		tell(l, id, e);
		return;
	}
	vec_push(&l->stack, ((struct level){o, str_n(o->p, o->n), digits}));
}

/* Hexadecimal digits behind those of the folder; what else stands in the
 * tree is no note. */
static bool take_digits(struct lister *l, struct str name, size_t digits)
{
	if (digits + name.n > 2 * l->git->oid_bytes)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_is_hex(name.p[i]))
			return false;
	memcpy(l->digits + digits, name.p, name.n);
	return true;
}

static void add_entry(struct lister *l, const struct entry *e, size_t digits)
{
	size_t bytes = l->git->oid_bytes, all = digits + e->name.n;
	struct note note = {.blob = oid_of(e->id, bytes)};
	enum entry_kind kind = entry_kind(e->mode);

	if (!take_digits(l, e->name, digits))
		return;
	if (kind == ENTRY_FOLDER && all < 2 * bytes)
		push(l, &note.blob, all);
	else if (kind == ENTRY_FILE && all == 2 * bytes &&
		 oid_parse(str_n(l->digits, all), bytes, &note.about))
		vec_push(&l->notes->list, note);
}

static void pop(struct lister *l)
{
	odb_drop(l->reader, l->stack.v[--l->stack.n].tree);
}

static void list(struct lister *l, const struct oid *root)
{
	push(l, root, 0);
	while (l->stack.n && l->seen < LIMIT_TREE_FILES) {
		struct level *at = &l->stack.v[l->stack.n - 1];
		size_t digits = at->digits;
		struct entry entry;
		enum err e = entry_next(&at->rest, l->git->oid_bytes,
					&entry);

		if (e == ERR_FORMAT)
			tell(l, root, e);
		if (e) {
			pop(l);
		} else {
			l->seen++;
			add_entry(l, &entry, digits);
		}
	}
	if (l->stack.n)
		tell(l, root, ERR_LIMIT);
	while (l->stack.n)
		pop(l);
	vec_release(&l->stack);
}

static int compare_notes(const void *va, const void *vb)
{
	const struct note *a = va, *b = vb;
	int d = memcmp(&a->about, &b->about, sizeof a->about);

	return d ? d : memcmp(&a->blob, &b->blob, sizeof a->blob);
}

enum err notes_load(struct gitdir *g, struct odb_reader *r, struct str ref,
		    struct diags *ds, struct notes *ret)
{
	struct lister l = {.git = g, .reader = r, .diags = ds, .notes = ret};
	struct commit_text text;
	struct object *o;
	struct oid id;
	enum err e;

	*ret = (struct notes){0};
	if (!refs_read(g, ref, &id))
		return ERR_NOTFOUND;
	e = odb_read(r, &id, LIMIT_COMMIT_BYTES, &o);
	if (!e && o->type != PACK_COMMIT)
		e = ERR_FORMAT;
	if (!e) {
		commit_parse(str_n(o->p, o->n), g->oid_bytes, &text);
		if (!oid_parse(text.tree, g->oid_bytes, &id))
			e = ERR_FORMAT;
	}
	odb_drop(r, o);
	if (e)
		tell(&l, &id, e);
	else
		list(&l, &id);
	vec_sort(&ret->list, compare_notes);
	return OK;
}

void notes_release(struct notes *n)
{
	vec_release(&n->list);
}
