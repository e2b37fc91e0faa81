/* A hash table of addresses by a 64-bit hash of their bytes. */
#include "history/address.h"

#include <string.h>

#include "base/limits.h"
#include "model/digest_part.h"

uint64_t address_hash(struct str s)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ s.n;

	for (; s.n; s = str_from(s, 8)) {
		uint64_t w = 0;

		memcpy(&w, s.p, s.n < 8 ? s.n : 8);
		h = (h ^ w) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	h *= 0xc4ceb9fe1a85ec53u;
	return h ^ h >> 29;
}

void address_init(struct addresses *as, const struct facts *facts)
{
	*as = (struct addresses){0};
	for (size_t i = 0; facts && i < facts->rows.n; i++) {
		const struct fact *f = &facts->rows.v[i];

		if (f->state != FACT_ACCEPTED || f->confidence < FACT_B)
			continue;
		if (f->kind == FACT_BOT)
			vec_push(&as->bots, f->subject);
		if (f->kind == FACT_NEUTRAL &&
		    str_is(f->object, "ai-coauthor"))
			vec_push(&as->tools, f->subject);
	}
}

void address_release(struct addresses *as)
{
	vec_release(&as->bots);
	vec_release(&as->tools);
	vec_release(&as->list);
	free(as->table);
	arena_release(&as->arena);
}

/* The slot of a hash: where it is, or where it would go. */
static size_t slot_of(const struct addresses *as, uint64_t hash)
{
	size_t i = hash & (as->cap - 1);

	while (as->table[i] && as->list.v[as->table[i] - 1].hash != hash)
		i = (i + 1) & (as->cap - 1);
	return i;
}

static void grow(struct addresses *as)
{
	free(as->table);
	as->cap = as->cap ? as->cap * 2 : 256;
	as->table = mem_new(as->cap, sizeof *as->table);
	for (size_t i = 0; i < as->list.n; i++)
		as->table[slot_of(as, as->list.v[i].hash)] = (uint32_t)i + 1;
}

/* The slot of a hash, with room to add it. */
static size_t room_for(struct addresses *as, uint64_t hash)
{
	if ((as->list.n + 1) * 2 > as->cap)
		grow(as);
	return slot_of(as, hash);
}

static bool is_bot(const struct addresses *as, struct str address)
{
	for (size_t i = 0; i < as->bots.n; i++)
		if (str_glob(address, as->bots.v[i], true))
			return true;
	return false;
}

static bool is_tool(const struct addresses *as, struct str host)
{
	for (size_t i = 0; i < as->tools.n; i++) {
		struct str tool = as->tools.v[i];

		if (str_has_suffix(host, tool) &&
		    (host.n == tool.n || host.p[host.n - tool.n - 1] == '.'))
			return true;
	}
	return false;
}

struct str address_host(struct str address)
{
	size_t at = str_rfind_ch(address, '@');
	struct str host = str_from(address, at == SIZE_MAX ? address.n
							   : at + 1);

	return host.n > LIMIT_HOST_BYTES ? STR("") : host;
}

/* Forges stand "NUMBER+login" in front of these hosts; GitLab's has '-', which
 * may be a part of the login itself elsewhere. */
uint64_t address_account(struct str lower)
{
	struct str host = address_host(lower);
	size_t n = 0;
	uint64_t hash;

	if (!str_has_prefix(host, STR("users.noreply.")))
		return 0;
	while (n < lower.n && ascii_is_digit(lower.p[n]))
		n++;
	if (!n || (lower.p[n] != '+' &&
		   !(lower.p[n] == '-' &&
		     str_has_prefix(host, STR("users.noreply.gitlab.")))))
		return 0;
	hash = address_hash(str_head(lower, n)) * 31 + address_hash(host);
	return hash ? hash : 1;
}

uint64_t address_note(struct addresses *as, struct str raw)
{
	uint64_t hash = address_hash(raw);
	size_t slot = room_for(as, hash);
	struct str lower;
	struct address *a;

	if (as->table[slot])
		return hash;
	lower = arena_lower(&as->arena, raw);
	a = vec_add(&as->list);
	*a = (struct address){
		.hash = hash, .lower = address_hash(lower),
		.account = address_account(lower), .is_bot = is_bot(as, lower),
		.host = address_host(lower)};
	if (a->is_bot) /* anybody can claim to be one */
		a->host = STR(DIGEST_ROBOTS);
	a->is_tool = is_tool(as, a->host);
	as->table[slot] = (uint32_t)as->list.n;
	return hash;
}

size_t address_find(const struct addresses *as, uint64_t hash)
{
	return as->table[slot_of(as, hash)] - 1;
}

void address_merge(struct addresses *as, const struct addresses *from)
{
	for (size_t i = 0; i < from->list.n; i++) {
		struct address a = from->list.v[i];
		size_t slot = room_for(as, a.hash);

		if (as->table[slot])
			continue;
		a.host = arena_dup(&as->arena, a.host);
		vec_push(&as->list, a);
		as->table[slot] = (uint32_t)as->list.n;
	}
}
