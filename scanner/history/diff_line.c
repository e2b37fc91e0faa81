#include "history/diff_line.h"

#include <string.h>
#include <sys/random.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define WORD sizeof(uint64_t)
#define BLOCK 64 /* bytes that are looked through at a time */

__extension__ typedef unsigned __int128 wide;

void diff_line_key_init(struct diff_line_key *k)
{
	static const uint64_t fallback[] = {
		0x9e3779b97f4a7c15u, 0xc2b2ae3d27d4eb4fu, 0x165667b19e3779f9u};

	/* Should there be no random numbers, it is only easier to collide. */
	if (getrandom(k->k, sizeof k->k, 0) != (ssize_t)sizeof k->k)
		memcpy(k->k, fallback, sizeof k->k);
	for (size_t i = 0; i < sizeof k->k / sizeof *k->k; i++)
		k->k[i] |= 1;
}

/* ---- where lines end --------------------------------------------------- */

/* The LFs among BLOCK bytes, one bit each. */
#ifdef __SSE2__
static uint64_t find_ends(const char *p)
{
	const __m128i lf = _mm_set1_epi8('\n');
	uint64_t bits = 0;

	for (int i = 0; i < BLOCK / 16; i++) {
		__m128i b = _mm_loadu_si128((const void *)(p + 16 * i));

		bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(
				_mm_cmpeq_epi8(b, lf)) << (16 * i);
	}
	return bits;
}
#else
static uint64_t find_ends(const char *p)
{
	uint64_t bits = 0;

	for (int i = 0; i < BLOCK; i++)
		bits |= (uint64_t)(p[i] == '\n') << i;
	return bits;
}
#endif

/* The same for the n < BLOCK bytes at the end. */
static uint64_t find_last_ends(const char *p, size_t n)
{
	char block[BLOCK] = {0};

	memcpy(block, p, n);
	return find_ends(block);
}

#ifdef __SSE2__
/* Counts LFs a vector at a time, in bytes that hold up to 255. */
static uint32_t count_ends(const char *p, size_t blocks)
{
	const __m128i lf = _mm_set1_epi8('\n'), zero = _mm_setzero_si128();
	__m128i sum = zero, part[BLOCK / 16];

	for (size_t some; blocks; blocks -= some) {
		some = blocks < 255 ? blocks : 255;
		part[0] = part[1] = part[2] = part[3] = zero;
		for (size_t i = 0; i < some; i++, p += BLOCK)
			for (int j = 0; j < BLOCK / 16; j++)
				part[j] = _mm_sub_epi8(part[j], _mm_cmpeq_epi8(
					_mm_loadu_si128((const void *)
							(p + 16 * j)), lf));
		for (int j = 0; j < BLOCK / 16; j++)
			sum = _mm_add_epi64(sum, _mm_sad_epu8(part[j], zero));
	}
	return (uint32_t)_mm_cvtsi128_si32(sum) +
	       (uint32_t)_mm_cvtsi128_si32(_mm_srli_si128(sum, 8));
}
#else
static uint32_t count_ends(const char *p, size_t blocks)
{
	uint32_t n = 0;

	for (size_t i = 0; i < blocks * BLOCK; i++)
		n += p[i] == '\n';
	return n;
}
#endif

uint32_t diff_line_count(struct str s)
{
	size_t blocks = s.n / BLOCK;
	uint64_t last;
	uint32_t n;

	if (!s.n)
		return 0;
	n = s.p[s.n - 1] != '\n';
	last = find_last_ends(s.p + blocks * BLOCK, s.n % BLOCK);
	for (; last; last &= last - 1)
		n++;
	return n + count_ends(s.p, blocks);
}

/* ---- hashes ------------------------------------------------------------ */

static uint64_t load(const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof w);
	return w;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	wide x = (wide)a * b;

	return (uint64_t)x ^ (uint64_t)(x >> 64);
}

/* n < WORD bytes; there are `room` to read. */
static uint64_t load_few(const char *p, size_t n, size_t room)
{
	uint64_t w = 0;

	if (room < WORD) {
		memcpy(&w, p, n);
		return w;
	}
	memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return w & (((uint64_t)1 << 8 * n) - 1);
#else
	return n ? w >> (64 - 8 * n) : 0;
#endif
}

/* Words are taken in pairs; the last pair may overlap the one before. */
static uint64_t hash_of(const char *p, size_t n, size_t room,
			const struct diff_line_key *k)
{
	uint64_t h = k->k[0] ^ n, a, b;

	if (n >= 2 * WORD) {
		const char *last = p + n - 2 * WORD;

		for (; p < last; p += 2 * WORD)
			h = mix(load(p) ^ h, load(p + WORD) ^ k->k[1]);
		a = load(last);
		b = load(last + WORD);
	} else if (n >= WORD) {
		a = load(p);
		b = load(p + n - WORD);
	} else {
		a = load_few(p, n, room);
		b = 0;
	}
	return mix(mix(a ^ h, b ^ k->k[1]) ^ n, k->k[2]);
}

uint64_t diff_line_hash(struct str s, const struct diff_line_key *k)
{
	return hash_of(s.p, s.n, s.n, k);
}

/* ---- both -------------------------------------------------------------- */

struct scan {
	struct str s;
	const struct diff_line_key *k;
	uint64_t *hash;
	uint32_t *end;
	uint32_t n;
	size_t from;  /* where the next line begins */
};

static void add_line(struct scan *c, size_t end)
{
	c->hash[c->n] = hash_of(c->s.p + c->from, end - c->from,
				c->s.n - c->from, c->k);
	if (c->end)
		c->end[c->n] = (uint32_t)end;
	c->n++;
	c->from = end;
}

static void add_lines(struct scan *c, size_t at, uint64_t ends)
{
	for (; ends; ends &= ends - 1)
		add_line(c, at + (size_t)__builtin_ctzll(ends) + 1);
}

uint32_t diff_line_scan(struct str s, const struct diff_line_key *k,
			uint64_t *hash, uint32_t *end)
{
	struct scan c = {s, k, hash, end, 0, 0};
	size_t i = 0;

	if (!s.n)
		return 0;
	for (; s.n - i >= BLOCK; i += BLOCK)
		add_lines(&c, i, find_ends(s.p + i));
	add_lines(&c, i, find_last_ends(s.p + i, s.n - i));
	if (c.from < s.n)
		add_line(&c, s.n);
	return c.n;
}
