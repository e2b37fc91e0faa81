/* From the text of a commit to the few numbers that are counted. */
#include "history/record.h"

#include "base/date.h"
#include "history/commit.h"

void record_parse(struct record *r, struct str raw, size_t oid_bytes,
		  struct addresses *addresses, struct oids *parents)
{
	struct commit_text text;
	struct oid id;

	commit_parse(raw, oid_bytes, &text);
	*r = (struct record){
		.address = address_note(addresses, text.address),
		.month = date_month(date_of_seconds(text.seconds)),
		.flaws = (uint8_t)text.flaws, .parents = parents->list.n};
	r->has_tree = oid_parse(text.tree, oid_bytes, &r->tree);
	while (commit_next_parent(&text, oid_bytes, &id)) {
		vec_push(&parents->list, id);
		r->n_parents++;
	}
}
