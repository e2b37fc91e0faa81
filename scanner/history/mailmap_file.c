/* A link of that name is none, as in git. */
#include "history/mailmap_file.h"

#include "base/limits.h"
#include "history/entry.h"

static bool find_file(struct str tree, size_t oid_bytes, struct oid *ret)
{
	struct entry e;

	while (!entry_next(&tree, oid_bytes, &e))
		if (str_is(e.name, MAILMAP_FILE)) {
			*ret = oid_of(e.id, oid_bytes);
			return entry_kind(e.mode) == ENTRY_FILE;
		}
	return false;
}

void mailmap_file_read(struct walk *w, struct odb_reader *r,
		       const struct oid *tip, struct diags *ds,
		       struct mailmap *ret)
{
	struct object *o;
	struct oid id;
	uint32_t at;
	bool is_there;
	enum err e;

	if (!walk_find(w, tip, &at) || !w->commits.v[at].has_tree)
		return;
	/* a tree that cannot be read is told by who lists the files */
	is_there = !odb_read(r, &w->commits.v[at].tree, LIMIT_BLOB_BYTES,
			     &o) && o->type == PACK_TREE &&
		   find_file(str_n(o->p, o->n), w->git->oid_bytes, &id);
	odb_drop(r, o);
	if (!is_there)
		return;
	e = odb_read(r, &id, LIMIT_MAILMAP_BYTES, &o);
	if (!e && o->type != PACK_BLOB)
		e = ERR_FORMAT;
	if (e)
		diag_add(ds, RW1415, gitdir_place(w->git, ""),
			 "its " MAILMAP_FILE " cannot be read: %s",
			 err_name(e));
	else
		mailmap_parse(ret, str_n(o->p, o->n));
	odb_drop(r, o);
}
