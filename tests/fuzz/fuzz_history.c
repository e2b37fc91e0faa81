/*
 * Any bytes as a commit, its signature, keys of authors, a tree, a config file, a delta, and as the entries
 * of a pack of which an index names four: nothing is read beyond its end and
 * nothing gets larger than was allowed.
 */
#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "history/author_keys.h"
#include "history/pgpsig_text.h"
#include "history/commit.h"
#include "history/entry.h"
#include "history/gitconfig.h"
#include "history/odb.h"

#define MOST 65536 /* bytes of an object */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void as_texts(struct str s)
{
	struct gitconfig config = {0};
	struct arena arena = {0};
	struct commit_text commit;
	struct entry entry;
	struct oid id;
	size_t parents = 0;

	commit_parse(s, OID_SHA1_BYTES, &commit);
	assert(!commit.address.n || (commit.address.p >= s.p &&
	       commit.address.p + commit.address.n <= s.p + s.n));
	while (commit_next_parent(&commit, OID_SHA1_BYTES, &id))
		parents++;
	assert(parents == commit.n_parents);
	gitconfig_parse(&config, s, &arena);
	for (size_t i = 0; i < config.entries.n; i++)
		assert(config.entries.v[i].key.n);
	gitconfig_release(&config);
	arena_release(&arena);
	while (!entry_next(&s, OID_SHA1_BYTES, &entry))
		assert(entry.name.n && entry.id + OID_SHA1_BYTES <=
					       (const uint8_t *)s.p);
}

/* The key is that of the seed `signed-commit`. */
static void as_signed(struct str s)
{
	const struct str file = STR(
		"*@one.test ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID+ZpoYFuRRzj"
		"y7MOUppQUnImik4+BUhJjGrxhE8jp/G\n");
	struct author_keys keys = {0};
	struct diags ds = {0};
	struct strbuf packet;
	int hash;

	if (!pgpsig_is_keyring(s) &&
	    !author_keys_parse(s, STR("k"), &ds, &keys)) {
		assert(keys.list.n && keys.list.v[0].key.n == 32);
		author_keys_release(&keys);
	}
	assert(!author_keys_parse(file, STR("k"), &ds, &keys));
	if (author_keys_check(&keys, s, OID_SHA1_BYTES, STR("one.test"),
			      STR("a@one.test")) == SIGNATURE_SOUND)
		assert(s.n > 300);
	author_keys_release(&keys);
	diag_release(&ds);
	strbuf_init(&packet, PGPSIG_TEXT_MOST);
	if (pgpsig_text_parse(s, &packet, &hash))
		assert(packet.n > 6 && packet.n < s.n);
	strbuf_release(&packet);
}

static void as_delta(struct str s)
{
	struct str base = str_head(s, s.n / 2), delta = str_from(s, s.n / 2);
	uint64_t base_size, size;
	char *to;

	if (pack_delta_sizes(&delta, &base_size, &size) || size > MOST)
		return;
	to = malloc(size + 1);
	if (to && !pack_delta_apply(delta, base, to, size))
		assert(size || !delta.n || delta.p[0]);
	free(to);
}

static void be32(struct strbuf *b, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		strbuf_ch(b, (char)(v >> shift));
}

static void write_file(const char *name, const struct strbuf *b)
{
	FILE *f = fopen(name, "wb");

	assert(f && fwrite(b->p, 1, b->n, f) == b->n);
	fclose(f);
}

static void write_pack(struct str s)
{
	struct strbuf pack = {0}, index = {0};

	strbuf_add(&pack, STR("PACK\0\0\0\2\0\0\0\4"));
	strbuf_add(&pack, s);
	strbuf_pad(&pack, 0, 20);
	strbuf_add(&index, STR("\377tOc\0\0\0\2"));
	for (int first = 0; first < 256; first++)
		be32(&index, first < 'a' ? 0 : first > 'd' ? 4
			     : (uint32_t)(first - 'a' + 1));
	for (int c = 'a'; c <= 'd'; c++)
		strbuf_pad(&index, (char)c, 20);
	strbuf_pad(&index, 0, 4 * 4);
	for (size_t i = 0; i < 4; i++)
		be32(&index, 12 + (i && i < s.n ? (uint8_t)s.p[s.n - i] : 0));
	strbuf_pad(&index, 0, 40);
	write_file("pack/p.pack", &pack);
	write_file("pack/p.idx", &index);
	strbuf_release(&pack);
	strbuf_release(&index);
}

static void as_pack(struct str s)
{
	struct odb_problems problems = {0};
	struct odb_reader *r;
	struct odb odb;
	int fd = open(".", O_RDONLY | O_DIRECTORY);

	write_pack(s);
	odb_init(&odb, OID_SHA1_BYTES);
	assert(!odb_add_folder(&odb, fd, STR("."), &problems));
	odb_prepare(&odb);
	r = odb_reader_new(&odb, 1 << 16);
	for (int c = 'a'; c <= 'd'; c++) {
		struct object *o;
		struct oid id = {0};

		memset(id.b, c, OID_SHA1_BYTES);
		if (!odb_read(r, &id, MOST, &o))
			assert(o->n <= MOST);
		odb_drop(r, o);
	}
	odb_reader_free(r);
	odb_release(&odb);
	vec_release(&problems.list);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static char folder[] = "/tmp/rw-fuzz-XXXXXX";
	char *copy = malloc(n ? n : 1); /* so that its end is its end */
	int here = open(".", O_RDONLY | O_DIRECTORY);

	assert(copy && here >= 0);
	memcpy(copy, bytes, n);
	as_texts(str_n(copy, n));
	as_signed(str_n(copy, n));
	as_delta(str_n(copy, n));
	memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
	assert(mkdtemp(folder) && !chdir(folder) && !mkdir("pack", 0777));
	as_pack(str_n(copy, n));
	assert(!unlink("pack/p.pack") && !unlink("pack/p.idx") &&
	       !rmdir("pack") && !fchdir(here) && !rmdir(folder));
	close(here);
	free(copy);
	return 0;
}
