/* Any bytes as a raw commit and as a .mailmap: every text lies within them, an
 * address is one host's at most, and what a .mailmap joins stays joined. */
#include <assert.h>
#include <stdint.h>

#include "history/address.h"
#include "history/commit.h"
#include "history/mailmap.h"
#include "history/signers.h"
#include "history/trailers.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_within(struct str part, struct str whole)
{
	assert(!part.n || (part.p >= whole.p &&
			   part.p + part.n <= whole.p + whole.n));
}

static void check_address(struct str address, struct addresses *as)
{
	struct str host = address_host(address);
	uint64_t hash = address_note(as, address);

	assert(host.n <= address.n);
	assert(as->list.v[address_find(as, hash)].hash == hash);
	assert(address_note(as, address) == hash);
}

static void try_trailers(const struct commit_text *c, struct addresses *as)
{
	struct trailers t = trailers_of(c->message);
	struct str key, value;

	while (trailers_next(&t, &key, &value)) {
		check_within(key, c->message);
		check_within(value, c->message);
		assert(key.n);
		check_within(trailers_address(value), value);
		check_address(trailers_address(value), as);
		signers_is_own(value, c);
	}
}

static void try_commit(struct str raw, size_t oid_bytes, struct addresses *as)
{
	struct commit_text c;
	struct oid parent;
	size_t parents = 0;

	commit_parse(raw, oid_bytes, &c);
	check_within(c.tree, raw);
	check_within(c.name, raw);
	check_within(c.address, raw);
	check_within(c.committer, raw);
	check_within(c.message, raw);
	assert(!(c.flaws & COMMIT_NO_TREE) == (c.tree.n == 2 * oid_bytes));
	assert(commit_flaw_text(c.flaws));
	check_address(c.address, as);
	check_address(c.committer, as);
	try_trailers(&c, as);
	while (commit_next_parent(&c, oid_bytes, &parent))
		parents++;
	assert(parents == c.n_parents);
}

static void try_mailmap(struct str text)
{
	struct mailmap m = {0};

	mailmap_parse(&m, text);
	for (size_t i = 0; i < m.rows.n; i++) {
		const struct mailmap_row *r = &m.rows.v[i];

		assert(r->to.n);
		if (!r->has_name)
			assert(mailmap_find(&m, STR(""), r->from));
	}
	mailmap_release(&m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n};
	struct addresses as;

	address_init(&as, NULL);
	try_commit(text, OID_SHA1_BYTES, &as);
	try_commit(text, OID_MAX_BYTES, &as);
	try_mailmap(text);
	address_release(&as);
	return 0;
}
