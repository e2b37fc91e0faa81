/* From the text of a commit to the few numbers that are counted. */
#include "history/record.h"

#include "base/date.h"
#include "base/sha256.h"
#include "history/authors.h"
#include "history/bumps.h"
#include "history/commit.h"

/* The name that these bytes have, whatever an index says. */
static struct oid name_of(struct str raw, size_t oid_bytes)
{
	char head[32] = "", *at = head + sizeof head - 1;
	const struct str type = STR("commit ");
	struct oid id = {0};
	size_t n = raw.n;

	do
		*--at = (char)('0' + n % 10);
	while (n /= 10);
	at -= type.n;
	memcpy(at, type.p, type.n);
	sha256_git_name(str_n(at, (size_t)(head + sizeof head - at)), raw,
			oid_bytes, id.b);
	return id;
}

static enum signature check(struct str raw, struct record_by by,
			    const struct addresses *as, struct str author,
			    uint64_t hash)
{
	if (!by.keys)
		return SIGNATURE_NONE;
	return author_keys_check(by.keys, raw, by.oid_bytes,
				 as->list.v[address_find(as, hash)].host,
				 author);
}

void record_parse(struct record *r, struct str raw, struct record_by by,
		  struct addresses *addresses, struct record_lists *lists)
{
	size_t oid_bytes = by.oid_bytes;
	struct commit_text text;
	struct oid id;

	commit_parse(raw, oid_bytes, &text);
	*r = (struct record){
		.id = name_of(raw, oid_bytes),
		.address = address_note(addresses, text.address),
		.name = address_hash(text.name),
		.day = date_of_seconds(text.seconds),
		.flaws = (uint8_t)text.flaws,
		.parents = lists->parents.list.n,
		.coauthors = lists->coauthors.n,
		.signers = lists->signers.n};
	r->has_tree = oid_parse(text.tree, oid_bytes, &r->tree);
	while (commit_next_parent(&text, oid_bytes, &id)) {
		vec_push(&lists->parents.list, id);
		r->n_parents++;
	}
	if (r->n_parents > 1)
		return; /* merges give no credit */
	r->is_signed_off = authors_of(&text, addresses, lists);
	r->n_coauthors = (uint32_t)(lists->coauthors.n - r->coauthors);
	r->n_signers = (uint32_t)(lists->signers.n - r->signers);
	r->signature = (uint8_t)check(raw, by, addresses, text.address,
				      r->address);
	r->is_squashed = authors_is_squashed(text.message);
	r->is_automatic = bumps_is_title(text.message);
}

void record_lists_release(struct record_lists *l)
{
	vec_release(&l->parents.list);
	vec_release(&l->coauthors);
	vec_release(&l->signers);
}
