/* A sorted set of ids. */
#include "model/account_commits.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"

static int by_id(const void *a, const void *b)
{
	return memcmp(a, b, ACCOUNT_COMMITS_ID);
}

static unsigned value_of(char c)
{
	c = ascii_lower(c);
	return (unsigned)(ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
}

void account_commits_add(struct account_commits *c, struct str hex)
{
	struct account_commit one;

	if (hex.n != 2 * ACCOUNT_COMMITS_ID)
		return;
	for (size_t i = 0; i < ACCOUNT_COMMITS_ID; i++) {
		char high = hex.p[2 * i], low = hex.p[2 * i + 1];

		if (!ascii_is_hex(high) || !ascii_is_hex(low))
			return;
		one.id[i] = (unsigned char)(value_of(high) << 4 |
					    value_of(low));
	}
	vec_push(&c->list, one);
}

void account_commits_sort(struct account_commits *c)
{
	size_t n = 0;

	vec_sort(&c->list, by_id);
	for (size_t i = 0; i < c->list.n; i++)
		if (!n || by_id(&c->list.v[n - 1], &c->list.v[i]))
			c->list.v[n++] = c->list.v[i];
	c->list.n = n;
}

bool account_commits_has(const struct account_commits *c,
			 const unsigned char *id)
{
	return c->list.n && bsearch(id, c->list.v, c->list.n,
				    sizeof *c->list.v, by_id);
}

void account_commits_digest(const struct account_commits *c,
			    struct strbuf *to)
{
	unsigned char digest[SHA256_BYTES];

	sha256_of(c->list.n ? str_n((const char *)c->list.v[0].id,
				    c->list.n * sizeof *c->list.v)
			    : STR(""), digest);
	sha256_hex(to, digest, sizeof digest);
}

void account_commits_release(struct account_commits *c)
{
	vec_release(&c->list);
}
