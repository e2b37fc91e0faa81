/* Rows of equal files: order, limits, and who holds the greater part. */
#include "model/ownership.h"

void ownership_release(struct ownership *o)
{
	vec_release(&o->holders);
	vec_release(&o->shares);
	vec_release(&o->rows);
}

void ownership_add(uint64_t *a, uint64_t n, uint64_t each)
{
	uint64_t all;

	if (__builtin_mul_overflow(n, each, &all) ||
	    __builtin_add_overflow(*a, all, a))
		*a = UINT64_MAX;
}

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* ---- holders ----------------------------------------------------------- */

/* A holder and where it was. */
struct place {
	struct ownership_holder holder;
	size_t was;
};

static int compare_places(const void *va, const void *vb)
{
	const struct place *a = va, *b = vb;
	int d = str_cmp(a->holder.host, b->holder.host);

	return d ? d : (a->holder.year > b->holder.year) -
		       (a->holder.year < b->holder.year);
}

/* Sorts the holders that are used; to[i] is where holder i came. */
static void sort_holders(struct ownership *o, const bool *is_used,
			 uint32_t *to)
{
	struct { VEC(struct place) list; } all = {0};

	for (size_t i = 0; i < o->holders.n; i++)
		if (is_used[i])
			vec_push(&all.list, ((struct place){
				o->holders.v[i], i}));
	vec_sort(&all.list, compare_places);
	o->holders.n = 0;
	for (size_t i = 0; i < all.list.n; i++) {
		if (!i || compare_places(&all.list.v[i - 1],
					 &all.list.v[i]))
			o->holders.v[o->holders.n++] = all.list.v[i].holder;
		to[all.list.v[i].was] = (uint32_t)o->holders.n - 1;
	}
	vec_release(&all.list);
}

static void settle_holders(struct ownership *o)
{
	bool *is_used = mem_new(o->holders.n, sizeof *is_used);
	uint32_t *to = mem_new(o->holders.n, sizeof *to);

	for (size_t i = 0; i < o->shares.n; i++)
		is_used[o->shares.v[i].holder] = true;
	for (size_t i = 0; i < o->rows.n; i++)
		if (o->rows.v[i].creator != OWNERSHIP_NOBODY)
			is_used[o->rows.v[i].creator] = true;
	sort_holders(o, is_used, to);
	for (size_t i = 0; i < o->shares.n; i++)
		o->shares.v[i].holder = to[o->shares.v[i].holder];
	for (size_t i = 0; i < o->rows.n; i++)
		if (o->rows.v[i].creator != OWNERSHIP_NOBODY)
			o->rows.v[i].creator = to[o->rows.v[i].creator];
	free(is_used);
	free(to);
}

/* ---- shares ------------------------------------------------------------ */

static int by_holder(const void *va, const void *vb)
{
	const struct ownership_share *a = va, *b = vb;

	return compare(a->holder, b->holder);
}

static int greatest_first(const void *va, const void *vb)
{
	const struct ownership_share *a = va, *b = vb;
	int d = compare(b->lines, a->lines);

	d = d ? d : compare(b->deliveries, a->deliveries);
	return d ? d : compare(a->holder, b->holder);
}

/* Joins shares of one holder; keeps the greatest. */
static void settle_shares(struct ownership *o, struct ownership_row *r)
{
	struct ownership_share *s;
	size_t n = 0;

	if (!r->n)
		return;
	s = &o->shares.v[r->first];
	qsort(s, r->n, sizeof *s, by_holder);
	for (size_t i = 0; i < r->n; i++)
		if (n && s[n - 1].holder == s[i].holder) {
			ownership_add(&s[n - 1].deliveries, 1,
				      s[i].deliveries);
			ownership_add(&s[n - 1].lines, 1, s[i].lines);
		} else {
			s[n++] = s[i];
		}
	if (n > OWNERSHIP_HOLDERS) {
		qsort(s, n, sizeof *s, greatest_first);
		n = OWNERSHIP_HOLDERS;
		qsort(s, n, sizeof *s, by_holder);
	}
	r->n = n;
}

/* ---- rows -------------------------------------------------------------- */

/* What is in two files, however many there are of each. */
static int compare_files(const struct ownership *o,
			 const struct ownership_row *a,
			 const struct ownership_row *b)
{
	int d = compare(b->lines, a->lines);

	d = d ? d : compare(b->deliveries, a->deliveries);
	d = d ? d : compare(a->creator, b->creator);
	d = d ? d : compare(a->n, b->n);
	for (size_t i = 0; i < a->n && !d; i++) {
		const struct ownership_share *x = &o->shares.v[a->first + i];
		const struct ownership_share *y = &o->shares.v[b->first + i];

		d = compare(x->holder, y->holder);
		d = d ? d : compare(y->lines, x->lines);
		d = d ? d : compare(y->deliveries, x->deliveries);
	}
	return d;
}

int ownership_compare(const struct ownership *o,
		      const struct ownership_row *a,
		      const struct ownership_row *b)
{
	int d = compare(b->files, a->files);

	return d ? d : compare_files(o, a, b);
}

static int by_content(const void *a, const void *b, void *with)
{
	return compare_files(with, a, b);
}

static int by_size(const void *a, const void *b, void *with)
{
	return ownership_compare(with, a, b);
}

static void sort_rows(struct ownership *o,
		      int (*by)(const void *, const void *, void *))
{
	if (o->rows.n > 1)
		qsort_r(o->rows.v, o->rows.n, sizeof *o->rows.v, by, o);
}

static void join_rows(struct ownership *o)
{
	size_t n = 0;

	sort_rows(o, by_content);
	for (size_t i = 0; i < o->rows.n; i++) {
		struct ownership_row *r = &o->rows.v[i];

		if (n && !compare_files(o, &o->rows.v[n - 1], r))
			ownership_add(&o->rows.v[n - 1].files, 1, r->files);
		else
			o->rows.v[n++] = *r;
	}
	o->rows.n = n;
}

static void cut_rows(struct ownership *o)
{
	sort_rows(o, by_size);
	for (size_t i = OWNERSHIP_ROWS; i < o->rows.n; i++) {
		const struct ownership_row *r = &o->rows.v[i];

		ownership_add(&o->rest_files, 1, r->files);
		ownership_add(&o->rest_lines, r->files, r->lines);
	}
	if (o->rows.n > OWNERSHIP_ROWS)
		o->rows.n = OWNERSHIP_ROWS;
}

/* Leaves only shares that a row has, in its order. */
static void pack_shares(struct ownership *o)
{
	size_t n = 0, at = 0;
	struct ownership_share *packed;

	for (size_t i = 0; i < o->rows.n; i++)
		n += o->rows.v[i].n;
	packed = mem_new(n, sizeof *packed);
	for (size_t i = 0; i < o->rows.n; i++) {
		struct ownership_row *r = &o->rows.v[i];

		for (size_t k = 0; k < r->n; k++)
			packed[at + k] = o->shares.v[r->first + k];
		r->first = at;
		at += r->n;
	}
	free(o->shares.v);
	o->shares.v = packed;
	o->shares.n = o->shares.cap = n;
}

void ownership_settle(struct ownership *o)
{
	settle_holders(o);
	for (size_t i = 0; i < o->rows.n; i++)
		settle_shares(o, &o->rows.v[i]);
	join_rows(o);
	cut_rows(o);
	pack_shares(o);
	settle_holders(o); /* those that were cut off are not used */
}

/* ---- who holds the greater part ---------------------------------------- */

/* Is it more than half?  Both are at most 2^63. */
static bool is_most(uint64_t part, uint64_t all)
{
	return part > all - part;
}

void ownership_majority(const struct ownership *o, const uint8_t *of,
			struct ownership_majority *ret)
{
	*ret = (struct ownership_majority){
		.files = o->rest_files, .lines = o->rest_lines,
		.files_high = o->rest_files, .lines_high = o->rest_lines};
	for (size_t i = 0; i < o->rows.n; i++) {
		const struct ownership_row *r = &o->rows.v[i];
		uint64_t in = 0, out = 0;

		for (size_t k = r->first; k < r->first + r->n; k++) {
			const struct ownership_share *s = &o->shares.v[k];

			in += of[s->holder] == OWNERSHIP_IN ? s->lines : 0;
			out += of[s->holder] == OWNERSHIP_OUT ? s->lines : 0;
		}
		ownership_add(&ret->files, 1, r->files);
		ownership_add(&ret->lines, r->files, r->lines);
		if (is_most(in, r->lines)) {
			ownership_add(&ret->files_low, 1, r->files);
			ownership_add(&ret->lines_low, r->files, r->lines);
		}
		if (is_most(r->lines - out, r->lines)) {
			ownership_add(&ret->files_high, 1, r->files);
			ownership_add(&ret->lines_high, r->files, r->lines);
		}
	}
}

/* Lines of one organisation in a row. */
static uint64_t lines_of(const struct ownership *o,
			 const struct ownership_row *r, const size_t *of,
			 size_t organisation)
{
	uint64_t lines = 0;

	for (size_t i = r->first; i < r->first + r->n; i++)
		if (of[o->shares.v[i].holder] == organisation)
			lines += o->shares.v[i].lines;
	return lines;
}

/* Whoever has most lines is left when lines of two are struck out against
 * each other. */
size_t ownership_most(const struct ownership *o,
		      const struct ownership_row *r, const size_t *of)
{
	size_t most = SIZE_MAX;
	uint64_t left = 0;

	for (size_t i = r->first; i < r->first + r->n; i++) {
		const struct ownership_share *s = &o->shares.v[i];

		if (of[s->holder] == most) {
			left += s->lines;
		} else if (s->lines > left) {
			most = of[s->holder];
			left = s->lines - left;
		} else {
			left -= s->lines;
		}
	}
	if (most == SIZE_MAX ||
	    !is_most(lines_of(o, r, of, most), r->lines))
		return SIZE_MAX;
	return most;
}
