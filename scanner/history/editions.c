/*
 * The editions of one file at the top of the tree, along the first parents of
 * a commit: what the branch itself said, and when.  Other parents of a merge
 * may hold editions that never held there.  Only the root trees are read, and
 * a tree that stays the same once.
 */
#include "history/history.h"

#include "base/date.h"
#include "history/commit.h"
#include "history/entry.h"
#include "history/gitdir.h"

#define CACHE (8 * LIMIT_MB)

/* The file as it was in a commit. */
struct edition {
	struct oid commit, tree, blob;
	int32_t day;
	bool is_there;
};

struct editions {
	struct gitdir *git;
	struct odb_reader *reader;
	const char *name;
	struct diags *diags;
	uint64_t steps;         /* tree entries that may still be read */
	VEC(struct edition) list; /* newest first */
};

static void tell(struct editions *s, enum diag_code code,
		 const struct oid *commit, const char *what)
{
	struct arena scratch = {0};

	diag_add(s->diags, code, gitdir_place(s->git, ""),
		 "%s of commit %s %s", s->name,
		 oid_hex(commit, s->git->oid_bytes, &scratch).p, what);
	arena_release(&scratch);
}

static bool find_file(struct editions *s, struct str tree, struct edition *e)
{
	struct entry entry;

	e->is_there = false;
	while (s->steps && !entry_next(&tree, s->git->oid_bytes, &entry)) {
		s->steps--;
		if (!str_is(entry.name, s->name))
			continue;
		e->blob = oid_of(entry.id, s->git->oid_bytes);
		e->is_there = entry_kind(entry.mode) == ENTRY_FILE;
		break;
	}
	return s->steps != 0;
}

static bool read_tree(struct editions *s, struct edition *e)
{
	struct object *o;
	bool is_read = !odb_read(s->reader, &e->tree, LIMIT_BLOB_BYTES, &o) &&
		       o->type == PACK_TREE &&
		       find_file(s, str_n(o->p, o->n), e);

	odb_drop(s->reader, o);
	return is_read;
}

/* Reads a commit, and its tree unless it is `child`'s.  False where the way
 * ends. */
static bool read_commit(struct editions *s, const struct edition *child,
			struct edition *e, struct oid *ret_parent,
			bool *ret_has_parent)
{
	size_t n = s->git->oid_bytes;
	struct commit_text text;
	struct object *o;
	bool is_read = !odb_read(s->reader, &e->commit, LIMIT_COMMIT_BYTES,
				 &o) && o->type == PACK_COMMIT;

	if (is_read) {
		commit_parse(str_n(o->p, o->n), n, &text);
		e->day = date_of_seconds(text.seconds);
		*ret_has_parent = !gitdir_is_shallow(s->git, &e->commit) &&
				  commit_next_parent(&text, n, ret_parent);
		is_read = oid_parse(text.tree, n, &e->tree);
	}
	odb_drop(s->reader, o);
	if (!is_read || !child || !oid_eq(&child->tree, &e->tree))
		return is_read && read_tree(s, e);
	e->blob = child->blob;
	e->is_there = child->is_there;
	return true;
}

static bool is_same(const struct edition *a, const struct edition *b)
{
	return a->is_there == b->is_there &&
	       (!a->is_there || oid_eq(&a->blob, &b->blob));
}

static void find_editions(struct editions *s, const struct oid *head)
{
	struct edition child = {0}, e = {.commit = *head};
	struct oid parent = {0};
	bool has_child = false, has_parent = true;

	for (uint64_t n = 0; has_parent && n < LIMIT_COMMITS; n++) {
		if (!read_commit(s, has_child ? &child : NULL, &e, &parent,
				 &has_parent)) {
			tell(s, RW1416, &e.commit, "and of older ones cannot "
			     "be looked for");
			break;
		}
		if (has_child && !is_same(&child, &e))
			vec_push(&s->list, child);
		child = e;
		has_child = true;
		e = (struct edition){.commit = parent};
		if (s->list.n == LIMIT_EDITIONS) {
			tell(s, RW1416, &child.commit, "and older ones are "
			     "not read: the limit is met");
			return;
		}
	}
	if (has_child && child.is_there)
		vec_push(&s->list, child);
}

static void give(struct editions *s, const struct edition *e,
		 history_edition_fn *take, void *with)
{
	struct history_edition ret = {.day = e->day, .is_there = e->is_there};
	struct arena scratch = {0};
	struct object *o = NULL;

	ret.commit = oid_hex(&e->commit, s->git->oid_bytes, &scratch);
	ret.text = STR("");
	if (!e->is_there) {
		take(&ret, with);
	} else if (odb_read(s->reader, &e->blob, LIMIT_EDITION_BYTES, &o) ||
		   o->type != PACK_BLOB) {
		tell(s, RW1416, &e->commit, "cannot be read");
	} else {
		ret.text = str_n(o->p, o->n);
		take(&ret, with);
	}
	odb_drop(s->reader, o);
	arena_release(&scratch);
}

void history_editions(const char *path, struct str head, const char *name,
		      struct history_editions_to to, struct diags *ds)
{
	struct gitdir g;
	struct editions s = {.git = &g, .name = name, .diags = ds,
			     .steps = LIMIT_TREE_STEPS};
	struct oid id;

	/* what was told when it was opened to count is told once */
	if (!gitdir_open_again(&g, path, ds) &&
	    oid_parse(head, g.oid_bytes, &id)) {
		s.reader = odb_reader_new(&g.odb, CACHE);
		find_editions(&s, &id);
		for (size_t i = s.list.n; i-- > 0; )
			give(&s, &s.list.v[i], to.take, to.with);
		odb_reader_free(s.reader);
		gitdir_add_reads(&g, to.reads);
	}
	vec_release(&s.list);
	gitdir_close(&g);
}
