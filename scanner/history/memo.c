/*
 * A magic number, a digest of the rest, and the parts, each behind its length.
 * Numbers are written in 7 bits a byte, lowest first.
 */
#include "history/memo.h"

#include "base/sha256.h"

#define MAGIC STR("ranwhence memo 1\n")

/* ---- numbers ----------------------------------------------------------- */

static void fault(struct memo_in *in)
{
	in->is_bad = true;
	in->rest = STR("");
}

uint64_t memo_get(struct memo_in *in, uint64_t max)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 63; shift += 7) {
		unsigned char c;

		if (!in->rest.n)
			break;
		c = (unsigned char)in->rest.p[0];
		in->rest = str_from(in->rest, 1);
		v |= (uint64_t)(c & 127) << shift;
		if (c & 128)
			continue;
		if (v <= max)
			return v;
		break;
	}
	fault(in);
	return 0;
}

struct str memo_get_bytes(struct memo_in *in, size_t n)
{
	struct str bytes = str_head(in->rest, n);

	if (bytes.n < n) {
		fault(in);
		return STR("");
	}
	in->rest = str_from(in->rest, n);
	return bytes;
}

struct oid memo_get_oid(struct memo_in *in)
{
	struct str bytes = memo_get_bytes(in, in->oid_bytes);

	return oid_of((const unsigned char *)bytes.p, bytes.n);
}

void memo_get_paths(struct memo_in *in, struct paths *ret)
{
	uint64_t n = memo_get(in, in->rest.n);

	for (uint64_t i = 0; i < n && !in->is_bad; i++) {
		uint32_t parent = (uint32_t)memo_get(in, ret->nodes.n - 1);
		struct str name = memo_get_bytes(in, memo_get(in,
							      in->rest.n));

		if (!in->is_bad &&
		    paths_add(ret, parent, name) != ret->nodes.n - 1)
			fault(in); /* twice the same */
	}
	if (ret->nodes.n != n + 1)
		fault(in);
}

void memo_put(struct strbuf *to, uint64_t v)
{
	for (; v > 127; v >>= 7)
		strbuf_ch(to, (char)(v | 128));
	strbuf_ch(to, (char)v);
}

void memo_put_oid(struct strbuf *to, const struct oid *id, size_t bytes)
{
	strbuf_add(to, str_n((const char *)id->b, bytes));
}

static void put_bytes(struct strbuf *to, struct str s)
{
	memo_put(to, s.n);
	strbuf_add(to, s);
}

void memo_put_paths(struct strbuf *to, const struct paths *p)
{
	memo_put(to, p->nodes.n - 1);
	for (size_t i = 1; i < p->nodes.n; i++) {
		memo_put(to, p->nodes.v[i].parent);
		put_bytes(to, p->nodes.v[i].name);
	}
}

/* ---- everything together ----------------------------------------------- */

void memo_init(struct memo *m, struct str bytes, size_t oid_bytes)
{
	unsigned char digest[SHA256_BYTES];
	struct memo_in in = {.rest = bytes};
	struct str magic = memo_get_bytes(&in, MAGIC.n);
	struct str told = memo_get_bytes(&in, SHA256_BYTES);

	*m = (struct memo){.oid_bytes = oid_bytes};
	for (size_t i = 0; i < MEMO_PART_COUNT; i++)
		strbuf_init(&m->after[i], 0);
	sha256_of(in.rest, digest);
	if (!str_eq(magic, MAGIC) ||
	    !str_eq(told, str_n((const char *)digest, sizeof digest)) ||
	    memo_get(&in, 64) != oid_bytes)
		return;
	for (size_t i = 0; i < MEMO_PART_COUNT; i++)
		m->before[i] = memo_get_bytes(&in, memo_get(&in,
							    in.rest.n));
}

void memo_release(struct memo *m)
{
	for (size_t i = 0; i < MEMO_PART_COUNT; i++)
		strbuf_release(&m->after[i]);
}

void memo_write(const struct memo *m, struct strbuf *to)
{
	unsigned char digest[SHA256_BYTES];
	struct strbuf body;
	size_t n = 0;

	for (size_t i = 0; i < MEMO_PART_COUNT; i++)
		n += m->after[i].n;
	if (!n)
		return;
	strbuf_init(&body, 0);
	memo_put(&body, m->oid_bytes);
	for (size_t i = 0; i < MEMO_PART_COUNT; i++)
		put_bytes(&body, m->after[i].n ? strbuf_str(&m->after[i])
					       : m->before[i]);
	sha256_of(strbuf_str(&body), digest);
	strbuf_add(to, MAGIC);
	strbuf_add(to, str_n((const char *)digest, sizeof digest));
	strbuf_add(to, strbuf_str(&body));
	strbuf_release(&body);
}

/* How long the names of its commits are; 0 when it is not sound. */
static size_t oid_bytes_of(struct str bytes)
{
	struct memo_in in = {.rest = bytes};

	(void)memo_get_bytes(&in, MAGIC.n + SHA256_BYTES);
	return memo_get(&in, 64);
}

bool memo_join(const struct str *memos, size_t n, struct strbuf *to)
{
	struct memo all, one;
	bool is_sound = true;

	memo_init(&all, STR(""), 0);
	for (size_t i = 0; i < n; i++) {
		size_t found = 0;

		if (!memos[i].n)
			continue;
		if (!all.oid_bytes)
			all.oid_bytes = oid_bytes_of(memos[i]);
		memo_init(&one, memos[i], all.oid_bytes);
		for (size_t k = 0; k < MEMO_PART_COUNT; k++) {
			strbuf_add(&all.after[k], one.before[k]);
			found += one.before[k].n;
		}
		is_sound = is_sound && found;
		memo_release(&one);
	}
	if (is_sound)
		memo_write(&all, to);
	memo_release(&all);
	return is_sound && !to->full;
}
