#include "history/diff_line.h"

#include <string.h>
#include <sys/random.h>

#define WORD sizeof(uint64_t)

__extension__ typedef unsigned __int128 wide;

void diff_line_key_init(struct diff_line_key *k)
{
	/* Only speed and a 2^-64 chance hang on it being drawn. */
	if (getrandom(k->k, sizeof k->k, 0) != (ssize_t)sizeof k->k)
		k->k[0] = (uintptr_t)k;
	k->k[0] |= 1;
	k->k[1] |= 1;
	k->k[2] ^= 0x9e3779b97f4a7c15u;
}

static uint64_t load(const char *p, size_t n)
{
	uint64_t w = 0;

	memcpy(&w, p, n);
	return w;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	wide x = (wide)a * b;

	return (uint64_t)x ^ (uint64_t)(x >> 64);
}

static uint64_t hash_of(const char *p, size_t n,
			const struct diff_line_key *k)
{
	uint64_t h = k->k[2] + n * k->k[1];

	for (; n >= WORD; p += WORD, n -= WORD)
		h = mix(h ^ load(p, WORD), k->k[0]);
	return mix(h ^ load(p, n), k->k[1]);
}

/* The end of the line that begins at p. */
static const char *line_end(const char *p, const char *end)
{
	const char *q = memchr(p, '\n', (size_t)(end - p));

	return q ? q + 1 : end;
}

uint32_t diff_line_count(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	uint32_t n = 0;

	for (; p < end; n++)
		p = line_end(p, end);
	return n;
}

uint32_t diff_line_scan(struct str s, const struct diff_line_key *k,
			uint64_t *hash, uint32_t *ends)
{
	const char *p = s.p, *end = s.p + s.n;
	uint32_t n = 0;

	for (; p < end; n++) {
		const char *q = line_end(p, end);

		hash[n] = hash_of(p, (size_t)(q - p), k);
		if (ends)
			ends[n] = (uint32_t)(q - s.p);
		p = q;
	}
	return n;
}
