/*
 * The pack is cut into blocks of BLOCK bytes; an entry belongs to the block
 * in which it begins.  A block is claimed, read and published under one lock;
 * whoever needs a block that somebody else reads takes the next one instead
 * of waiting.  Nothing of what is found depends on who read it.
 */
#include "history/ahead.h"

#include <pthread.h>

#define BLOCK_BITS 15
#define FAR 32     /* blocks ahead, at most */
#define CACHE (4 * LIMIT_MB)
#define MOST_DELTAS 64 /* behind each other, for a commit */

enum state { UNTOUCHED, CLAIMED, DONE };

struct block_record {
	uint64_t offset;
	struct record record;
};

struct block {
	enum state state;
	uint32_t used;         /* records that were asked for */
	VEC(struct block_record) records; /* ascending by offset */
	struct record_lists lists;
};

struct helper {
	struct ahead *ahead;
	pthread_t thread;
	struct odb_reader *reader;
	struct addresses addresses;
};

struct ahead {
	struct odb *odb;
	const struct pack *pack;
	const struct author_keys *keys;
	uint32_t pack_number;
	size_t n_blocks;
	struct block *blocks;
	uint32_t *first;        /* of each block, in `offsets` */
	uint64_t *offsets;      /* of all entries, by block */
	unsigned n_helpers;     /* the caller is the first */
	struct helper *helpers;
	pthread_mutex_t lock;   /* guards what follows and block.state */
	pthread_cond_t changed;
	size_t cursor;          /* the block the walk is in */
	size_t reach;           /* how many blocks may be read ahead */
	VEC(size_t) done;       /* blocks, as they were finished */
	size_t n_judged;        /* of them, which the next line counts */
	uint64_t found, used;   /* records, and those asked for */
	bool is_over;
};

/* ---- blocks ------------------------------------------------------------ */

static size_t block_of(uint64_t offset)
{
	return (size_t)(offset >> BLOCK_BITS);
}

static int compare_offsets(const void *va, const void *vb)
{
	const uint64_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

/* Sorts the offsets of the pack by block; within one they are sorted when
 * it is read. */
static void cut(struct ahead *a)
{
	const struct pack *p = a->pack;

	a->n_blocks = block_of(p->end) + 1;
	a->blocks = mem_new(a->n_blocks, sizeof *a->blocks);
	a->first = mem_new(a->n_blocks + 2, sizeof *a->first);
	a->offsets = mem_resize(NULL, p->n, sizeof *a->offsets);
	for (uint32_t i = 0; i < p->n; i++)
		a->first[block_of(pack_offset(p, i)) + 2]++;
	for (size_t i = 2; i < a->n_blocks + 2; i++)
		a->first[i] += a->first[i - 1];
	for (uint32_t i = 0; i < p->n; i++) {
		uint64_t offset = pack_offset(p, i);

		a->offsets[a->first[block_of(offset) + 1]++] = offset;
	}
}

static void read_block(struct helper *h, size_t at)
{
	struct ahead *a = h->ahead;
	struct block *b = &a->blocks[at];
	uint64_t *offsets = a->offsets + a->first[at];
	size_t n = a->first[at + 1] - a->first[at];

	if (n)
		qsort(offsets, n, sizeof *offsets, compare_offsets);
	for (size_t i = 0; i < n; i++) {
		struct block_record *r;
		struct object *o;

		if (!offsets[i] || (i && offsets[i] == offsets[i - 1]) ||
		    odb_read_commit_at(h->reader, a->pack, offsets[i],
				       MOST_DELTAS, &o))
			continue;
		r = vec_add(&b->records);
		r->offset = offsets[i];
		record_parse(&r->record, str_n(o->p, o->n),
			     (struct record_by){a->odb->oid_bytes, a->keys},
			     &h->addresses, &b->lists);
		odb_drop(h->reader, o);
	}
}

/* ---- who reads which --------------------------------------------------- */

/* An untouched block near the cursor, claimed; SIZE_MAX: there is none. */
static size_t claim(struct ahead *a)
{
	size_t end = a->cursor + a->reach;

	if (end > a->n_blocks)
		end = a->n_blocks;
	for (size_t i = a->cursor; i < end; i++)
		if (a->blocks[i].state == UNTOUCHED) {
			a->blocks[i].state = CLAIMED;
			return i;
		}
	return SIZE_MAX;
}

/* Reads a claimed block, with the lock let go meanwhile. */
static void read_claimed(struct helper *h, size_t at)
{
	struct ahead *a = h->ahead;

	pthread_mutex_unlock(&a->lock);
	read_block(h, at);
	pthread_mutex_lock(&a->lock);
	a->blocks[at].state = DONE;
	vec_push(&a->done, at);
	pthread_cond_broadcast(&a->changed);
}

static void *help(void *arg)
{
	struct helper *h = arg;
	struct ahead *a = h->ahead;

	pthread_mutex_lock(&a->lock);
	while (!a->is_over) {
		size_t at = claim(a);

		if (at == SIZE_MAX)
			pthread_cond_wait(&a->changed, &a->lock);
		else
			read_claimed(h, at);
	}
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

/*
 * Moves the cursor.  Blocks that were read a while ago show whether reading
 * ahead is of use: then it goes further ahead, else it ends.
 */
static void move(struct ahead *a, size_t at)
{
	a->cursor = at;
	for (; a->n_judged + 2 * a->reach < a->done.n; a->n_judged++) {
		const struct block *b = &a->blocks[a->done.v[a->n_judged]];

		a->found += b->records.n;
		a->used += b->used;
	}
	if (a->used * 4 >= a->found)
		a->reach = a->reach < FAR ? a->reach * 2 : FAR;
	else if (a->found > 512)
		a->is_over = true;
	pthread_cond_broadcast(&a->changed);
}

static bool wait_for(struct ahead *a, size_t at)
{
	struct block *b = &a->blocks[at];

	if (at != a->cursor)
		move(a, at);
	while (b->state != DONE) {
		size_t other = a->is_over ? SIZE_MAX : claim(a);

		if (other != SIZE_MAX)
			read_claimed(&a->helpers[0], other);
		else if (b->state == CLAIMED)
			pthread_cond_wait(&a->changed, &a->lock);
		else
			return false;
	}
	return true;
}

static const struct block_record *search(const struct block *b,
					 uint64_t offset)
{
	size_t low = 0, high = b->records.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (b->records.v[mid].offset < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low < b->records.n && b->records.v[low].offset == offset
		       ? &b->records.v[low] : NULL;
}

const struct record *ahead_find(struct ahead *a, struct odb_spot spot,
				const struct record_lists **ret_lists)
{
	const struct block_record *r = NULL;
	size_t at = block_of(spot.offset);

	if (spot.pack != a->pack_number)
		return NULL;
	pthread_mutex_lock(&a->lock);
	if (wait_for(a, at))
		r = search(&a->blocks[at], spot.offset);
	a->blocks[at].used += r != NULL;
	pthread_mutex_unlock(&a->lock);
	if (!r)
		return NULL;
	*ret_lists = &a->blocks[at].lists;
	return &r->record;
}

/* ---- beginning and end ------------------------------------------------- */

static const struct pack *largest(const struct odb *o)
{
	const struct pack *p = NULL;

	for (size_t i = 0; i < o->packs.n; i++)
		if (!p || o->packs.v[i].n > p->n)
			p = &o->packs.v[i];
	return p;
}

struct ahead *ahead_start(struct odb *o, unsigned threads,
			  const struct facts *facts,
			  const struct author_keys *keys)
{
	const struct pack *p = largest(o);
	struct ahead *a;

	if (threads < 2 || !p)
		return NULL;
	a = mem_new(1, sizeof *a);
	*a = (struct ahead){.odb = o, .pack = p, .reach = 2, .keys = keys,
			    .pack_number = (uint32_t)(p - o->packs.v)};
	cut(a);
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->changed, NULL);
	a->helpers = mem_new(threads, sizeof *a->helpers);
	for (unsigned i = 0; i < threads; i++) {
		struct helper *h = &a->helpers[i];

		h->ahead = a;
		h->reader = odb_reader_new(o, CACHE);
		address_init(&h->addresses, facts);
		if (i && pthread_create(&h->thread, NULL, help, h)) {
			odb_reader_free(h->reader);
			address_release(&h->addresses);
			break; /* fewer will do */
		}
		a->n_helpers++;
	}
	return a;
}

void ahead_stop(struct ahead *a, struct addresses *ret)
{
	if (!a)
		return;
	pthread_mutex_lock(&a->lock);
	a->is_over = true;
	pthread_cond_broadcast(&a->changed);
	pthread_mutex_unlock(&a->lock);
	for (unsigned i = 0; i < a->n_helpers; i++) {
		struct helper *h = &a->helpers[i];

		if (i)
			pthread_join(h->thread, NULL);
		address_merge(ret, &h->addresses);
		odb_reader_free(h->reader);
		address_release(&h->addresses);
	}
	for (size_t i = 0; i < a->n_blocks; i++) {
		vec_release(&a->blocks[i].records);
		record_lists_release(&a->blocks[i].lists);
	}
	pthread_cond_destroy(&a->changed);
	pthread_mutex_destroy(&a->lock);
	vec_release(&a->done);
	free(a->helpers);
	free(a->blocks);
	free(a->first);
	free(a->offsets);
	free(a);
}
