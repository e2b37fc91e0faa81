/* From the text of a commit to the few numbers that are counted. */
#include "history/record.h"

#include "base/date.h"
#include "history/authors.h"
#include "history/commit.h"

void record_parse(struct record *r, struct str raw, size_t oid_bytes,
		  struct addresses *addresses, struct record_lists *lists)
{
	struct commit_text text;
	struct oid id;

	commit_parse(raw, oid_bytes, &text);
	*r = (struct record){
		.address = address_note(addresses, text.address),
		.name = address_hash(text.name),
		.day = date_of_seconds(text.seconds),
		.flaws = (uint8_t)text.flaws,
		.parents = lists->parents.list.n,
		.coauthors = lists->coauthors.n};
	r->has_tree = oid_parse(text.tree, oid_bytes, &r->tree);
	while (commit_next_parent(&text, oid_bytes, &id)) {
		vec_push(&lists->parents.list, id);
		r->n_parents++;
	}
	if (r->n_parents > 1)
		return; /* merges give no credit */
	authors_of(&text, addresses, lists);
	r->n_coauthors = (uint32_t)(lists->coauthors.n - r->coauthors);
	r->is_squashed = authors_is_squashed(text.message);
}

void record_lists_release(struct record_lists *l)
{
	vec_release(&l->parents.list);
	vec_release(&l->coauthors);
}
