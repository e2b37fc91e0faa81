/* A blob's print is how many bytes there are of each of its pieces: lines,
 * cut at PIECE bytes. */
#include "history/rename.h"

#include <stdlib.h>

#include "history/diff.h"

#define PIECE 64
#define SCALE 60000         /* similarity of equal blobs */
#define ENOUGH 30000
#define ENOUGH_SAME_NAME 45000
#define SLOTS 4
#define KEEP (32 * LIMIT_MB) /* of a turn, and as much from turns before */

struct piece {
	uint64_t hash;
	uint32_t bytes; /* 0: a free slot */
};

/* What is known of a blob: its size, and when that was not enough a table of
 * its pieces by hash, with linear probing. */
struct rename_print {
	struct oid blob;
	uint64_t size;
	size_t cap;
	struct piece *pieces;  /* NULL: not cut yet */
	uint64_t found, filled; /* the last turn in which it was needed */
};

/* ---- prints ------------------------------------------------------------ */

static size_t slot_of_piece(const struct rename_print *p, uint64_t hash)
{
	size_t i = hash & (p->cap - 1);

	while (p->pieces[i].bytes && p->pieces[i].hash != hash)
		i = (i + 1) & (p->cap - 1);
	return i;
}

static void add_piece(struct rename_print *p, uint64_t hash, uint32_t bytes)
{
	struct piece *at = &p->pieces[slot_of_piece(p, hash)];

	at->hash = hash;
	at->bytes += bytes;
}

static void add_pieces(struct rename_print *p, struct str s,
		       const struct diff_line_key *k)
{
	for (; s.n > PIECE; s = str_from(s, PIECE))
		add_piece(p, diff_line_hash(str_head(s, PIECE), k), PIECE);
	if (s.n == PIECE || (s.n && s.p[s.n - 1] == '\n'))
		add_piece(p, diff_line_hash(s, k), (uint32_t)s.n);
}

/* The same for a line without the CR before its LF. */
static void add_without_cr(struct rename_print *p, struct str line,
			   const struct diff_line_key *k)
{
	size_t n = line.n - 2, whole = n - n % PIECE;
	char last[PIECE + 1];

	add_pieces(p, str_head(line, whole), k);
	memcpy(last, line.p + whole, n - whole);
	last[n - whole] = '\n';
	add_pieces(p, str_n(last, n - whole + 1), k);
}

/*
 * Cuts a blob into pieces; in text, CR before LF is left out.  A last line
 * without LF does not count, as in git before 2.44.
 */
static void cut(struct str s, const struct diff_line_key *k,
		struct rename_print *ret)
{
	bool is_text = !diff_is_binary(s);

	while (s.n) {
		size_t end = str_find_ch(s, '\n');
		struct str line = str_head(s, end == SIZE_MAX ? s.n : end + 1);

		if (is_text && str_has_suffix(line, STR("\r\n")))
			add_without_cr(ret, line, k);
		else
			add_pieces(ret, line, k);
		s = str_from(s, line.n);
	}
}

void rename_init(struct rename *s, struct odb_reader *r)
{
	*s = (struct rename){.reader = r};
	diff_line_key_init(&s->key);
}

void rename_release(struct rename *s)
{
	for (size_t i = 0; i < s->cap; i++) {
		if (s->table[i])
			free(s->table[i]->pieces);
		free(s->table[i]);
	}
	free(s->table);
	s->table = NULL;
	s->n = s->cap = s->bytes = 0;
}

static void next_turn(struct rename *s)
{
	if (s->bytes > KEEP)
		rename_release(s);
	s->turn++;
	s->used = 0;
}

void rename_begin(struct rename *s, uint64_t steps)
{
	s->steps = steps;
	next_turn(s);
}

static size_t slot_of(const struct rename *s, const struct oid *blob)
{
	size_t i = oid_word(blob) & (s->cap - 1);

	while (s->table[i] && !oid_eq(&s->table[i]->blob, blob))
		i = (i + 1) & (s->cap - 1);
	return i;
}

static void grow(struct rename *s)
{
	struct rename_print **old = s->table;
	size_t n = s->cap;

	s->cap = n ? n * 2 : 64;
	s->table = mem_new(s->cap, sizeof(struct rename_print *));
	for (size_t i = 0; i < n; i++)
		if (old[i])
			s->table[slot_of(s, &old[i]->blob)] = old[i];
	free(old);
}

/* The print of a blob, of which the size is known then. */
static enum err find_print(struct rename *s, const struct oid *blob,
			   struct rename_print **ret)
{
	struct rename_print *p;
	uint64_t size;
	enum err e;

	if ((s->n + 1) * 2 > s->cap)
		grow(s);
	p = s->table[slot_of(s, blob)];
	if (!p) {
		e = odb_size(s->reader, blob, &size);
		if (e)
			return e;
		p = mem_new(1, sizeof *p);
		p->blob = *blob;
		p->size = size;
		s->table[slot_of(s, blob)] = p;
		s->n++;
		s->bytes += sizeof *p;
	}
	s->used += p->found == s->turn ? 0 : sizeof *p;
	p->found = s->turn;
	*ret = p;
	return OK;
}

static enum err make_pieces(struct rename *s, struct rename_print *p)
{
	struct object *o;
	size_t most, cap = 16;
	enum err e;

	e = odb_read(s->reader, &p->blob, LIMIT_BLOB_BYTES, &o);
	if (e)
		return e;
	most = diff_lines(str_n(o->p, o->n)) + o->n / PIECE + 1;
	while (cap < most + most / 2)
		cap *= 2;
	p->cap = cap;
	p->pieces = mem_new(cap, sizeof *p->pieces);
	cut(str_n(o->p, o->n), &s->key, p);
	s->bytes += cap * sizeof *p->pieces;
	odb_drop(s->reader, o);
	return OK;
}

static enum err fill_print(struct rename *s, struct rename_print *p)
{
	enum err e = p->pieces ? OK : make_pieces(s, p);

	if (e || p->filled == s->turn)
		return e;
	p->filled = s->turn;
	s->used += p->cap * sizeof *p->pieces;
	s->steps -= s->steps < p->size ? s->steps : p->size;
	return OK;
}

/* ---- similarity -------------------------------------------------------- */

/* Are their sizes too different for half of the larger to be the same? */
static bool is_unlike(const struct rename_print *a,
		      const struct rename_print *b)
{
	uint64_t large = a->size > b->size ? a->size : b->size;
	uint64_t small = a->size > b->size ? b->size : a->size;

	return !small || large * (SCALE - ENOUGH) < (large - small) * SCALE;
}

static unsigned similarity(struct rename *s, const struct rename_print *a,
			   const struct rename_print *b)
{
	uint64_t large = a->size > b->size ? a->size : b->size;
	uint64_t copied = 0, steps;

	if (a->cap > b->cap) {
		const struct rename_print *smaller = b;

		b = a;
		a = smaller;
	}
	steps = a->cap;
	s->steps -= s->steps < steps ? s->steps : steps;
	for (size_t i = 0; i < a->cap; i++) {
		const struct piece *x = &a->pieces[i], *y;

		if (!x->bytes)
			continue;
		y = &b->pieces[slot_of_piece(b, x->hash)];
		copied += x->bytes < y->bytes ? x->bytes : y->bytes;
	}
	return (unsigned)(copied * SCALE / large);
}

/* The similarity of a source and the file, 0 when they are not comparable. */
static enum err compare(struct rename *s, const struct oid *blob,
			const struct rename_source *from, unsigned *ret)
{
	struct rename_print *a, *b;
	enum err e;

	*ret = 0;
	if (!from->is_regular)
		return OK;
	if (!s->steps)
		return ERR_LIMIT;
	if (s->used > KEEP)
		next_turn(s);
	e = find_print(s, blob, &a);
	if (!e)
		e = find_print(s, &from->blob, &b);
	if (e || is_unlike(a, b))
		return e;
	e = fill_print(s, a);
	if (!e)
		e = fill_print(s, b);
	if (!e)
		*ret = similarity(s, a, b);
	return e;
}

/* ---- the choice -------------------------------------------------------- */

/* An equal blob, best one with the same name. */
static size_t find_equal(const struct oid *blob, struct str name,
			 const struct rename_sources *from)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < from->list.n; i++) {
		const struct rename_source *f = &from->list.v[i];

		if (!f->is_regular || !oid_eq(&f->blob, blob))
			continue;
		if (str_eq(f->name, name))
			return i;
		if (found == SIZE_MAX)
			found = i;
	}
	return found;
}

/* The only source of this name, SIZE_MAX when there is none or another. */
static size_t find_name(struct str name, const struct rename_sources *from)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < from->list.n; i++)
		if (str_eq(from->list.v[i].name, name)) {
			if (found != SIZE_MAX)
				return SIZE_MAX;
			found = i;
		}
	return found;
}

struct candidate {
	size_t source;
	unsigned similarity;
	bool has_name, is_set;
};

static bool is_better(const struct candidate *a, const struct candidate *b)
{
	if (a->is_set != b->is_set)
		return a->is_set;
	return a->similarity != b->similarity
		       ? a->similarity > b->similarity
		       : a->has_name > b->has_name;
}

/* A better one takes the place of the worst. */
static void offer(struct candidate slots[SLOTS], const struct candidate *new)
{
	struct candidate *worst = &slots[0];

	for (size_t i = 1; i < SLOTS; i++)
		if (is_better(worst, &slots[i]))
			worst = &slots[i];
	if (is_better(new, worst))
		*worst = *new;
}

static enum err find_similar(struct rename *s, const struct oid *blob,
			     struct str name,
			     const struct rename_sources *from, size_t *ret)
{
	struct candidate slots[SLOTS] = {{0}}, best = {0};

	for (size_t i = 0; i < from->list.n; i++) {
		struct candidate c = {
			.source = i, .is_set = true,
			.has_name = str_eq(from->list.v[i].name, name)};
		enum err e = compare(s, blob, &from->list.v[i],
				     &c.similarity);

		if (e)
			return e;
		offer(slots, &c);
	}
	for (size_t i = 0; i < SLOTS; i++)
		if (is_better(&slots[i], &best))
			best = slots[i];
	if (best.similarity >= ENOUGH)
		*ret = best.source;
	return OK;
}

enum err rename_find(struct rename *s, const struct oid *blob,
		     struct str name, const struct rename_sources *from,
		     size_t *ret)
{
	unsigned similar;
	size_t at;

	s->steps -= s->steps < from->list.n ? s->steps : from->list.n;
	*ret = find_equal(blob, name, from);
	if (*ret != SIZE_MAX)
		return OK;
	at = find_name(name, from);
	if (at != SIZE_MAX) {
		enum err e = compare(s, blob, &from->list.v[at], &similar);

		if (e)
			return e;
		if (similar >= ENOUGH_SAME_NAME) {
			*ret = at;
			return OK;
		}
	}
	return find_similar(s, blob, name, from, ret);
}
