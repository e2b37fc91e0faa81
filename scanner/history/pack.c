/* Index, entry headers and deltas of a pack. */
#include "history/pack.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "history/beneath.h"

#define HEADER 12      /* of a pack: magic, version, count */
#define IDX_HEADER 8   /* of an index: magic, version */
#define IDX_FANOUT (256 * 4)

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static uint64_t be64(const unsigned char *p)
{
	return (uint64_t)be32(p) << 32 | be32(p + 4);
}

static enum err read_fanout(struct pack *p, int fd)
{
	unsigned char raw[IDX_HEADER + IDX_FANOUT];

	if (!beneath_pread(fd, raw, sizeof raw, 0))
		return ERR_FORMAT;
	if (memcmp(raw, "\377tOc", 4) || be32(raw + 4) != 2)
		return ERR_UNSUPPORTED;
	for (size_t i = 0; i < 256; i++) {
		p->fanout[i] = be32(raw + IDX_HEADER + 4 * i);
		if (i && p->fanout[i] < p->fanout[i - 1])
			return ERR_FORMAT;
	}
	p->n = p->fanout[255];
	return OK;
}

/* Reads the tables behind the fan-out; the checksums between are skipped. */
static enum err read_tables(struct pack *p, int fd, uint64_t size)
{
	uint64_t n = p->n, hash = p->oid_bytes;
	uint64_t ids = IDX_HEADER + IDX_FANOUT;
	uint64_t small = ids + n * hash + n * 4;
	uint64_t large = small + n * 4, tail = 2 * hash;

	if (size < large + tail || (size - large - tail) % 8)
		return ERR_FORMAT;
	p->n_large = (size - large - tail) / 8;
	if (p->n_large > n)
		return ERR_FORMAT;
	p->ids = mem_large(n, hash);
	p->small = mem_resize(NULL, n, 4);
	p->large = mem_resize(NULL, p->n_large, 8);
	if (!beneath_pread(fd, p->ids, n * hash, ids) ||
	    !beneath_pread(fd, p->small, n * 4, small) ||
	    !beneath_pread(fd, p->large, p->n_large * 8, large))
		return ERR_IO;
	return OK;
}

/* A link or device is not "another version": nobody else shall try it. */
static enum err open_file(int folder, struct str name, int *ret_fd,
			  uint64_t *ret_size)
{
	enum err e = beneath_open_file(folder, name, ret_fd, ret_size);

	return e == ERR_UNSUPPORTED ? ERR_IO : e;
}

static enum err open_index(struct pack *p, int folder, struct str file)
{
	uint64_t size;
	int fd;
	enum err e = open_file(folder, file, &fd, &size);

	if (e)
		return e;
	e = size > LIMIT_PACK_INDEX_BYTES ? ERR_LIMIT : read_fanout(p, fd);
	if (!e)
		e = read_tables(p, fd, size);
	close(fd);
	return e;
}

static enum err open_entries(struct pack *p, int folder, struct str file)
{
	unsigned char header[HEADER];
	uint64_t size;
	enum err e = open_file(folder, file, &p->fd, &size);

	if (e) {
		p->fd = -1;
		return e;
	}
	if (size >> 48)
		return ERR_LIMIT;
	if (size < HEADER + p->oid_bytes ||
	    !beneath_pread(p->fd, header, HEADER, 0) ||
	    memcmp(header, "PACK", 4))
		return ERR_FORMAT;
	p->end = size - p->oid_bytes;
	p->n_entries = be32(header + 8);
	if (be32(header + 4) != 2 && be32(header + 4) != 3)
		return ERR_UNSUPPORTED;
	return OK;
}

enum err pack_open(struct pack *p, int folder, struct str name,
		   size_t oid_bytes)
{
	struct arena scratch = {0};
	struct str entries = arena_fmt(&scratch, "%.*s.pack", STR_ARG(name));
	struct str index = arena_fmt(&scratch, "%.*s.idx", STR_ARG(name));
	enum err e;

	*p = (struct pack){.name = name, .fd = -1, .oid_bytes = oid_bytes};
	e = open_entries(p, folder, entries);
	if (!e)
		e = open_index(p, folder, index);
	if (!e && p->n != p->n_entries)
		e = ERR_FORMAT;
	arena_release(&scratch);
	if (e)
		pack_close(p);
	return e;
}

void pack_close(struct pack *p)
{
	if (p->fd >= 0)
		close(p->fd);
	free(p->ids);
	free(p->small);
	free(p->large);
	free(p->starts);
	*p = (struct pack){.fd = -1};
}

static int compare_at(const struct pack *p, uint32_t place,
		      const struct oid *id)
{
	return memcmp(p->ids + (size_t)place * p->oid_bytes, id->b,
		      p->oid_bytes);
}

/*
 * Names are spread evenly, so that the first guess is nearly right; the
 * range around it doubles until it holds the name.
 */
uint32_t pack_lower_bound(const struct pack *p, const struct oid *id)
{
	uint32_t low = id->b[0] ? p->fanout[id->b[0] - 1] : 0;
	uint32_t high = p->fanout[id->b[0]], step = 16;
	uint32_t guess = low + (uint32_t)((uint64_t)be32(id->b + 1) *
					  (high - low) >> 32);

	if (low == high)
		return low;
	if (compare_at(p, guess, id) < 0) {
		low = guess + 1;
		for (; step < high - low; step *= 2) {
			if (compare_at(p, low + step, id) >= 0) {
				high = low + step;
				break;
			}
			low += step + 1;
		}
	} else {
		high = guess;
		for (; step < high - low; step *= 2) {
			if (compare_at(p, high - step, id) < 0) {
				low = high - step + 1;
				break;
			}
			high -= step;
		}
	}
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (compare_at(p, mid, id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool pack_find(const struct pack *p, const struct oid *id, uint32_t *ret)
{
	*ret = pack_lower_bound(p, id);
	return *ret < p->n && !compare_at(p, *ret, id);
}

struct oid pack_id(const struct pack *p, uint32_t place)
{
	return oid_of(p->ids + (size_t)place * p->oid_bytes, p->oid_bytes);
}

uint64_t pack_offset(const struct pack *p, uint32_t place)
{
	uint64_t at = be32(p->small + (size_t)place * 4);

	if (at >> 31) {
		at &= 0x7fffffff;
		at = at < p->n_large ? be64(p->large + at * 8) : 0;
	}
	return at < HEADER || at >= p->end ? 0 : at;
}

/* One pass of a radix sort by 16 bits of the offset. */
static void sort_by(const struct pack_start *from, struct pack_start *to,
		    uint32_t n, unsigned shift)
{
	uint32_t *at = mem_new((1 << 16) + 1, sizeof *at);

	for (uint32_t i = 0; i < n; i++)
		at[(from[i].offset >> shift & 0xffff) + 1]++;
	for (size_t i = 1; i <= 1 << 16; i++)
		at[i] += at[i - 1];
	for (uint32_t i = 0; i < n; i++)
		to[at[from[i].offset >> shift & 0xffff]++] = from[i];
	free(at);
}

void pack_sort_offsets(struct pack *p)
{
	struct pack_start *to, *from;

	if (p->starts)
		return;
	from = mem_large(p->n, sizeof *from);
	to = mem_large(p->n, sizeof *to);
	for (uint32_t i = 0; i < p->n; i++)
		from[i] = (struct pack_start){pack_offset(p, i), i};
	for (unsigned shift = 0; shift < 64 && p->end >> shift; shift += 16) {
		struct pack_start *last = from;

		sort_by(from, to, p->n, shift);
		from = to;
		to = last;
	}
	free(to);
	p->starts = from;
}

/* The first start behind an offset; may be p->n. */
static uint32_t start_behind(const struct pack *p, uint64_t offset)
{
	uint32_t low = 0, high = p->starts ? p->n : 0;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (p->starts[mid].offset <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint64_t pack_entry_end(const struct pack *p, uint64_t offset)
{
	uint32_t next = start_behind(p, offset);

	return p->starts && next < p->n ? p->starts[next].offset : p->end;
}

bool pack_id_at(const struct pack *p, uint64_t offset, struct oid *ret)
{
	uint32_t next = start_behind(p, offset);

	if (!next || p->starts[next - 1].offset != offset)
		return false;
	*ret = pack_id(p, p->starts[next - 1].place);
	return true;
}

/* A number of 7 bits a byte, lowest first, behind `have` bits already read. */
static bool varint(struct str *s, unsigned have, uint64_t *value)
{
	for (unsigned shift = have; s->n; shift += 7) {
		unsigned char c = (unsigned char)s->p[0];

		if (shift > 57 && (uint64_t)(c & 127) >> (64 - shift))
			return false;
		*value |= (uint64_t)(c & 127) << shift;
		*s = str_from(*s, 1);
		if (!(c & 128))
			return true;
		if (shift > 56)
			return false;
	}
	return false;
}

/* How far before the entry its base is: 7 bits a byte, highest first, each
 * longer form beginning where the shorter one ends. */
static bool distance(struct str *s, uint64_t *ret)
{
	uint64_t v = 0;

	for (bool first = true; s->n; first = false) {
		unsigned char c = (unsigned char)s->p[0];

		if (v > UINT64_MAX >> 8)
			return false;
		v = first ? c & 127u : ((v + 1) << 7) | (c & 127u);
		*s = str_from(*s, 1);
		if (!(c & 128)) {
			*ret = v;
			return true;
		}
	}
	return false;
}

static enum err parse_base(const struct pack *p, uint64_t offset,
			   struct str *rest, struct pack_entry *ret)
{
	uint64_t back;

	if (ret->type == PACK_REF_DELTA) {
		if (rest->n < p->oid_bytes)
			return ERR_FORMAT;
		ret->base_id = oid_of((const unsigned char *)rest->p,
				      p->oid_bytes);
		*rest = str_from(*rest, p->oid_bytes);
		return OK;
	}
	if (!distance(rest, &back) || !back || back > offset ||
	    offset - back < HEADER)
		return ERR_FORMAT;
	ret->base = offset - back;
	return OK;
}

enum err pack_entry_parse(const struct pack *p, uint64_t offset,
			  struct str bytes, struct pack_entry *ret)
{
	struct str rest = bytes;
	unsigned char c;
	enum err e = OK;

	if (!rest.n)
		return ERR_FORMAT;
	c = (unsigned char)rest.p[0];
	rest = str_from(rest, 1);
	ret->type = (enum pack_type)(c >> 4 & 7);
	ret->size = c & 15;
	if (c & 128 && !varint(&rest, 4, &ret->size))
		return ERR_FORMAT;
	switch (ret->type) {
	case PACK_COMMIT: case PACK_TREE: case PACK_BLOB: case PACK_TAG:
		break;
	case PACK_OFS_DELTA: case PACK_REF_DELTA:
		e = parse_base(p, offset, &rest, ret);
		break;
	default:
		e = ERR_FORMAT;
	}
	ret->header = bytes.n - rest.n;
	return e;
}

enum err pack_delta_sizes(struct str *delta, uint64_t *ret_base,
			  uint64_t *ret_result)
{
	*ret_base = *ret_result = 0;
	return varint(delta, 0, ret_base) && varint(delta, 0, ret_result)
		       ? OK : ERR_FORMAT;
}

/* Reads the bytes of a number that a bit mask says are there. */
static bool masked(const unsigned char **at, const unsigned char *end,
		   unsigned mask, size_t *ret)
{
	size_t v = 0;

	for (unsigned shift = 0; mask; mask >>= 1, shift += 8)
		if (mask & 1) {
			if (*at == end)
				return false;
			v |= (size_t)*(*at)++ << shift;
		}
	*ret = v;
	return true;
}

enum err pack_delta_apply(struct str delta, struct str base, char *to,
			  size_t n)
{
	const unsigned char *at = (const unsigned char *)delta.p;
	const unsigned char *end = at + delta.n;
	char *stop = to + n;

	while (at < end) {
		unsigned char op = *at++;
		size_t from = 0, count = op;

		if (op & 128) {
			if (!masked(&at, end, op & 15, &from) ||
			    !masked(&at, end, op >> 4 & 7, &count))
				return ERR_FORMAT;
			if (!count)
				count = 0x10000;
			if (from > base.n || count > base.n - from ||
			    count > (size_t)(stop - to))
				return ERR_FORMAT;
			memcpy(to, base.p + from, count);
		} else {
			if (!op || count > (size_t)(end - at) ||
			    count > (size_t)(stop - to))
				return ERR_FORMAT;
			memcpy(to, at, count);
			at += count;
		}
		to += count;
	}
	return to == stop ? OK : ERR_FORMAT;
}
