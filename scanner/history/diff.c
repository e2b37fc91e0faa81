#include "history/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "history/diff_class.h"
#include "history/diff_line.h"
#include "history/diff_search.h"
#include "history/diff_slide.h"

#define BINARY_BYTES 8000 /* where git looks for a NUL */
#define PLAIN 512         /* changes that meet no cut-off */
#define TAIL_BLOCK 1024

struct diff_work {
	struct diff_line_key key;
	struct diff_class class;
	struct diff_search search;
	struct diff_array hashes[2], common;
	struct diff_slide_file file[2];
	VEC(struct diff_hunk) hunks;
};

struct diff_work *diff_work_new(void)
{
	struct diff_work *w = mem_new(1, sizeof *w);

	diff_line_key_init(&w->key);
	return w;
}

void diff_work_free(struct diff_work *w)
{
	if (!w)
		return;
	diff_class_release(&w->class);
	diff_search_release(&w->search);
	for (size_t s = 0; s < 2; s++) {
		diff_array_release(&w->hashes[s]);
		vec_release(&w->file[s].runs.list);
	}
	diff_array_release(&w->common);
	vec_release(&w->hunks);
	free(w);
}

bool diff_is_binary(struct str s)
{
	return s.n &&
	       memchr(s.p, 0, s.n < BINARY_BYTES ? s.n : BINARY_BYTES);
}

uint32_t diff_lines(struct str s)
{
	return diff_line_count(s);
}

/* ---- counts ------------------------------------------------------------ */

/* Two blobs as the lines both begin with, the lines both end with, and
 * what is between. */
struct ends {
	struct str head, tail, middle[2];
};

static size_t common_prefix(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n, i = 0;
	uint64_t x, y;

	for (; n - i >= sizeof x; i += sizeof x) {
		memcpy(&x, a.p + i, sizeof x);
		memcpy(&y, b.p + i, sizeof y);
		if (x != y)
			break;
	}
	while (i < n && a.p[i] == b.p[i])
		i++;
	return i;
}

static size_t common_suffix(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n, i = 0;
	uint64_t x, y;

	for (; n - i >= sizeof x; i += sizeof x) {
		memcpy(&x, a.p + a.n - i - sizeof x, sizeof x);
		memcpy(&y, b.p + b.n - i - sizeof y, sizeof y);
		if (x != y)
			break;
	}
	while (i < n && a.p[a.n - i - 1] == b.p[b.n - i - 1])
		i++;
	return i;
}

static bool is_line_start(struct str s, size_t at)
{
	return !at || s.p[at - 1] == '\n';
}

static void split_ends(struct str a, struct str b, struct ends *ret)
{
	size_t n = common_prefix(a, b), line;

	if (n < a.n || n < b.n)
		while (!is_line_start(a, n))
			n--;
	ret->head = str_head(a, n);
	a = str_from(a, n);
	b = str_from(b, n);
	n = common_suffix(a, b);
	if (!is_line_start(a, a.n - n) || !is_line_start(b, b.n - n)) {
		line = str_find_ch(str_from(a, a.n - n), '\n');
		n = line == SIZE_MAX ? 0 : n - line - 1;
	}
	ret->tail = str_from(a, a.n - n);
	ret->middle[0] = str_head(a, a.n - n);
	ret->middle[1] = str_head(b, b.n - n);
}

static void hash_middle(struct diff_work *w, struct str s,
			struct diff_parts *p, size_t side)
{
	uint64_t *hash = diff_array_room(&w->hashes[side], p->n[side],
					 sizeof *hash);

	diff_line_scan(s, &w->key, hash, NULL);
	p->middle[side] = hash;
}

/* The lines of both ends of the blobs, for the counts of equal lines. */
static void hash_ends(struct diff_work *w, const struct ends *e,
		      struct diff_parts *p)
{
	uint32_t head = diff_line_count(e->head);
	uint32_t tail = diff_line_count(e->tail);
	uint64_t *hash = diff_array_room(&w->common, (size_t)head + tail,
					 sizeof *hash);

	p->n_head = diff_line_scan(e->head, &w->key, hash, NULL);
	p->n_tail = diff_line_scan(e->tail, &w->key, hash + head, NULL);
	p->head = hash;
	p->tail = hash + head;
}

/*
 * The counts when nothing but the least number of changes can come out:
 * false when frequent lines or cut-offs might make it more.
 */
static bool count_plain(struct diff_work *w, struct diff_counts *ret)
{
	const struct diff_side *side = w->class.side;
	size_t alone = diff_class_keep_plain(&w->class), cost;
	uint32_t dx = side[0].n_kept, dy = side[1].n_kept;

	if (alone > PLAIN)
		return false;
	cost = diff_search_least(&w->search, side, PLAIN - alone);
	if (cost > PLAIN - alone)
		return false;
	ret->deleted = side[0].n - dx + (uint32_t)(cost + dx - dy) / 2;
	ret->added = side[1].n - dy + (uint32_t)(cost + dy - dx) / 2;
	return true;
}

/* *ret holds the numbers of their lines, and then of those that differ. */
static void count_middles(struct diff_work *w, const struct ends *e,
			  struct diff_counts *ret)
{
	const struct diff_side *side = w->class.side;
	struct diff_parts p = {.n = {ret->deleted, ret->added}};
	uint32_t changed[2];

	for (size_t s = 0; s < 2; s++)
		hash_middle(w, e->middle[s], &p, s);
	if (!diff_class_number(&w->class, &p) || count_plain(w, ret))
		return;
	hash_ends(w, e, &p);
	diff_class_keep(&w->class, &p);
	diff_search_count(&w->search, side, changed);
	ret->deleted = side[0].n - side[0].n_kept + changed[0];
	ret->added = side[1].n - side[1].n_kept + changed[1];
}

enum err diff_count(struct diff_work *w, struct str a, struct str b,
		    struct diff_counts *ret)
{
	struct ends e;

	*ret = (struct diff_counts){0};
	if (a.n > LIMIT_BLOB_BYTES || b.n > LIMIT_BLOB_BYTES)
		return ERR_LIMIT;
	if (diff_is_binary(a) || diff_is_binary(b)) {
		ret->is_binary = true;
		return OK;
	}
	split_ends(a, b, &e);
	ret->deleted = diff_line_count(e.middle[0]);
	ret->added = diff_line_count(e.middle[1]);
	if (!ret->added || !ret->deleted)
		return OK;
	if (ret->added > LIMIT_DIFF_LINES || ret->deleted > LIMIT_DIFF_LINES)
		return ERR_LIMIT;
	count_middles(w, &e, ret);
	return OK;
}

/* ---- texts ------------------------------------------------------------- */

/* How many lines end at an offset or before it. */
static uint32_t lines_until(const struct diff_text *t, size_t offset)
{
	uint32_t low = 0, high = t->n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (t->end[middle] > offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* Room for n lines, which are not set. */
static enum err make_room(struct diff_text *t, uint32_t n)
{
	if (n > LIMIT_DIFF_LINES)
		return ERR_LIMIT;
	t->end = mem_resize(NULL, n, sizeof *t->end);
	t->hash = mem_resize(NULL, n, sizeof *t->hash);
	t->n = n;
	return OK;
}

enum err diff_text_init(struct diff_text *t, const struct diff_work *w,
			struct str bytes)
{
	enum err e;

	*t = (struct diff_text){.bytes = bytes};
	if (bytes.n > LIMIT_BLOB_BYTES)
		return ERR_LIMIT;
	e = make_room(t, diff_line_count(bytes));
	if (!e)
		diff_line_scan(bytes, &w->key, t->hash, t->end);
	return e;
}

/* Takes over the lines of the common ends; those between are scanned. */
static void fill_like(struct diff_text *t, const struct diff_work *w,
		      const struct ends *e, const struct diff_text *like,
		      uint32_t head)
{
	uint32_t first = lines_until(like, like->bytes.n - e->tail.n);
	uint32_t tail = like->n - first, middle = t->n - head - tail;
	uint32_t *end = t->end + head, *like_end = like->end + first;
	uint32_t shift = (uint32_t)(t->bytes.n - like->bytes.n);

	memcpy(t->end, like->end, head * sizeof *t->end);
	memcpy(t->hash, like->hash, head * sizeof *t->hash);
	diff_line_scan(e->middle[1], &w->key, t->hash + head, end);
	for (uint32_t i = 0; i < middle; i++)
		end[i] += (uint32_t)e->head.n;
	memcpy(t->hash + head + middle, like->hash + first,
	       tail * sizeof *t->hash);
	for (uint32_t i = 0; i < tail; i++)
		end[middle + i] = like_end[i] + shift;
}

enum err diff_text_init_like(struct diff_text *t, const struct diff_work *w,
			     struct str bytes, const struct diff_text *like)
{
	struct ends ends;
	uint32_t head, tail;
	enum err e;

	if (!bytes.n || !like->n || bytes.n > LIMIT_BLOB_BYTES)
		return diff_text_init(t, w, bytes);
	*t = (struct diff_text){.bytes = bytes};
	split_ends(like->bytes, bytes, &ends);
	head = lines_until(like, ends.head.n);
	tail = like->n - lines_until(like, like->bytes.n - ends.tail.n);
	e = make_room(t, head + diff_line_count(ends.middle[1]) + tail);
	if (!e)
		fill_like(t, w, &ends, like, head);
	return e;
}

void diff_text_release(struct diff_text *t)
{
	free(t->end);
	free(t->hash);
	*t = (struct diff_text){0};
}

/* ---- hunks ------------------------------------------------------------- */

static uint32_t line_start(const struct diff_text *t, uint32_t line)
{
	return line ? t->end[line - 1] : 0;
}

/* How many lines both end with that no comparison needs to see. */
static uint32_t trim_tail(const struct diff_text *a, const struct diff_text *b)
{
	uint32_t n = a->n < b->n ? a->n : b->n, i = 0, zone;

	while (i < n && a->hash[a->n - 1 - i] == b->hash[b->n - 1 - i])
		i++;
	zone = (uint32_t)a->bytes.n - line_start(a, a->n - i);
	zone += (uint32_t)common_suffix(
		str_head(a->bytes, a->bytes.n - zone),
		str_head(b->bytes, b->bytes.n - zone));
	zone -= zone % TAIL_BLOCK;
	if (!zone)
		return 0;
	/* the first line that ends in the zone stays */
	zone = (uint32_t)a->bytes.n - zone;
	return a->n - lines_until(a, zone) - 1;
}

static void find_parts(const struct diff_slide_file file[2],
		       struct diff_parts *ret)
{
	const uint64_t *a = file[0].text->hash, *b = file[1].text->hash;
	uint32_t na = file[0].n, nb = file[1].n;
	uint32_t head = 0, tail = 0;

	while (head < na && head < nb && a[head] == b[head])
		head++;
	while (tail < na - head && tail < nb - head &&
	       a[na - 1 - tail] == b[nb - 1 - tail])
		tail++;
	*ret = (struct diff_parts){
		.middle = {a + head, b + head},
		.n = {na - head - tail, nb - head - tail},
		.head = a, .tail = a + (na - tail),
		.n_head = head, .n_tail = tail};
}

/* The runs of changed lines, as places in the whole file. */
static void collect_runs(const struct diff_side *d, uint32_t head,
			 struct diff_slide_file *f)
{
	uint32_t i = 0, from, common = head;

	while (i < d->n) {
		for (; i < d->n && !d->changed[i]; i++)
			common++;
		for (from = i; i < d->n && d->changed[i]; )
			i++;
		if (i > from)
			vec_push(&f->runs.list, ((struct diff_slide_run){
				head + from, i - from, common}));
	}
}

static void find_runs(struct diff_work *w, const struct diff_parts *p)
{
	struct diff_side *side = w->class.side;

	if (!p->n[0] || !p->n[1] || !diff_class_number(&w->class, p)) {
		/* no line of the middles is common to both */
		for (size_t s = 0; s < 2; s++)
			if (p->n[s])
				vec_push(&w->file[s].runs.list,
					 ((struct diff_slide_run){
					 p->n_head, p->n[s], p->n_head}));
		return;
	}
	diff_class_keep(&w->class, p);
	diff_search_mark(&w->search, side);
	for (size_t s = 0; s < 2; s++)
		collect_runs(&side[s], p->n_head, &w->file[s]);
}

/* Puts runs that stand across from each other into one hunk. */
static void join_runs(struct diff_work *w)
{
	const struct diff_slide_runs *a = &w->file[0].runs;
	const struct diff_slide_runs *b = &w->file[1].runs;
	uint32_t shift[2] = {0};
	size_t i = 0, j = 0;

	while (i < a->list.n || j < b->list.n) {
		struct diff_slide_run x = {.common = UINT32_MAX}, y = x;
		uint32_t common;

		if (i < a->list.n)
			x = a->list.v[i];
		if (j < b->list.n)
			y = b->list.v[j];
		common = x.common < y.common ? x.common : y.common;
		x.n = x.common == common ? x.n : 0;
		y.n = y.common == common ? y.n : 0;
		vec_push(&w->hunks, ((struct diff_hunk){
			common + shift[0], x.n, common + shift[1], y.n}));
		shift[0] += x.n;
		shift[1] += y.n;
		i += x.n != 0;
		j += y.n != 0;
	}
}

void diff_hunks(struct diff_work *w, const struct diff_text *a,
		const struct diff_text *b, struct diff_hunks *ret)
{
	const struct diff_text *text[2] = {a, b};
	uint32_t trimmed = trim_tail(a, b);
	struct diff_parts p;

	for (size_t s = 0; s < 2; s++) {
		w->file[s].text = text[s];
		w->file[s].n = text[s]->n - trimmed;
		vec_clear(&w->file[s].runs.list);
	}
	vec_clear(&w->hunks);
	find_parts(w->file, &p);
	find_runs(w, &p);
	diff_slide(&w->file[0], &w->file[1]);
	diff_slide(&w->file[1], &w->file[0]);
	join_runs(w);
	*ret = (struct diff_hunks){w->hunks.v, w->hunks.n};
}
