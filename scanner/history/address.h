/*
 * The distinct author addresses of a history.  Of an address only a hash, the
 * host behind its last '@' and whether it is a bot's are kept.
 */
#ifndef HISTORY_ADDRESS_H
#define HISTORY_ADDRESS_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/facts.h"

struct address {
	uint64_t hash;
	uint64_t lower;   /* hash of it in lower case: what joins go by */
	uint64_t account; /* of the numbered account at a forge; 0: none */
	struct str host;  /* lower-case; "" = no '@', or no host at all;
			     DIGEST_ROBOTS = a bot's */
	bool is_bot;
	bool is_tool;     /* an assistant that writes for people */
};

struct addresses {
	struct arena arena;
	VEC(struct str) bots;       /* patterns of their addresses */
	VEC(struct str) tools;      /* hosts */
	VEC(struct address) list;
	uint32_t *table;            /* place in list + 1; 0 = free */
	size_t cap;
};

/* An empty table; `facts` (may be NULL) gives bots and tools and must live
 * as long. */
void address_init(struct addresses *as, const struct facts *facts);
void address_release(struct addresses *as);
/* The host of an address in lower case; "" when there is none, or more than
 * LIMIT_HOST_BYTES of it. */
struct str address_host(struct str address);
/* A hash of bytes: addresses and names are told apart by it. */
uint64_t address_hash(struct str s);
/* The same of the forge's account that it is the stand-in of, by its number:
 * "12345+login@users.noreply.github.com"; 0 when it is of none. */
uint64_t address_account(struct str lower);
/* Notes a raw address; its hash. */
uint64_t address_note(struct addresses *as, struct str raw);
/* The place of a hash in the list; it must have been noted. */
size_t address_find(const struct addresses *as, uint64_t hash);
/* Adds what is only in `from`. */
void address_merge(struct addresses *as, const struct addresses *from);

#endif
