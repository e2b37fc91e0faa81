/*
 * Each file is judged by itself first: whoever is an author whatever the
 * unknown commits are, and whoever may be one.  A degree only grows with
 * one's own commits and falls with those of others, so that the extremes are
 * "all of the unknown are its own" and "none is".
 */
#include "model/truck.h"

#define THRESHOLD 3293000
#define NONE (-((int64_t)1 << 40))     /* less than any degree */
#define MOST ((uint64_t)1 << 40)       /* commits that are told apart */
#define UNRANKED UINT64_MAX

/* ---- the degree -------------------------------------------------------- */

/*
 * The natural logarithm of n > 0 in millionths, rounded down: binary digits
 * of the logarithm to base 2 by squaring a number in [1, 2), of 31 bits.
 */
static int64_t logarithm(uint64_t n)
{
	unsigned whole = 63 - (unsigned)__builtin_clzll(n);
	uint64_t x = whole > 31 ? n >> (whole - 31) : n << (31 - whole);
	uint64_t bits = whole;

	for (int i = 0; i < 32; i++) {
		x = x * x >> 31;
		bits = bits << 1 | x >> 32;
		x >>= x >> 32;
	}
	return (int64_t)((bits * 693147) >> 32);
}

int64_t truck_authorship(bool created, uint64_t own, uint64_t all)
{
	int64_t degree = THRESHOLD + (created ? 1098000 : 0);

	own = own < MOST ? own : MOST;
	all = all < MOST ? all : MOST;
	return degree + 164000 * (int64_t)own -
	       321 * logarithm(1 + all - (own < all ? own : all)) / 1000;
}

/* ---- one file ---------------------------------------------------------- */

/* An organisation in a file. */
struct author {
	uint32_t organisation;
	bool created;
	uint64_t own;
	int64_t low, high;  /* bounds of its degree */
	bool is_certain, is_possible;
};

struct file {
	VEC(struct author) authors;
	uint64_t all, unknown; /* commits */
	bool is_creator_open;  /* it may be anybody's */
	int64_t high;          /* of somebody who is not among the authors */
	bool is_open;          /* such a one may be an author: */
	uint64_t most_others;  /* at most so many */
	bool is_authored;      /* somebody is an author for sure */
};

static int by_organisation(const void *va, const void *vb)
{
	const struct author *a = va, *b = vb;

	return (a->organisation > b->organisation) -
	       (a->organisation < b->organisation);
}

static void collect(struct file *f, const struct ownership *o,
		    const struct ownership_row *r, const uint32_t *of)
{
	uint32_t creator = r->creator == OWNERSHIP_NOBODY
				   ? OWNERSHIP_NOBODY : of[r->creator];
	size_t n = 0;

	vec_clear(&f->authors);
	f->is_creator_open = creator == OWNERSHIP_NOBODY;
	f->all = f->unknown = r->deliveries;
	if (!f->is_creator_open)
		vec_push(&f->authors, ((struct author){
			.organisation = creator, .created = true}));
	for (size_t i = r->first; i < r->first + r->n; i++) {
		const struct ownership_share *s = &o->shares.v[i];

		if (s->deliveries && of[s->holder] != OWNERSHIP_NOBODY)
			vec_push(&f->authors, ((struct author){
				.organisation = of[s->holder],
				.own = s->deliveries}));
	}
	vec_sort(&f->authors, by_organisation);
	for (size_t i = 0; i < f->authors.n; i++) {
		struct author *a = &f->authors.v[i];

		f->unknown -= a->own;
		if (n && f->authors.v[n - 1].organisation ==
				 a->organisation) {
			f->authors.v[n - 1].own += a->own;
			f->authors.v[n - 1].created |= a->created;
		} else {
			f->authors.v[n++] = *a;
		}
	}
	f->authors.n = n;
}

/* The two greatest of some numbers: the greatest but one's own. */
struct greatest { int64_t first, second; };

static void take(struct greatest *g, int64_t n)
{
	if (n > g->first) {
		g->second = g->first;
		g->first = n;
	} else if (n > g->second) {
		g->second = n;
	}
}

static int64_t other_than(const struct greatest *g, int64_t own)
{
	return own == g->first ? g->second : g->first;
}

static bool is_author(int64_t degree, int64_t greatest_other)
{
	return degree >= THRESHOLD && 4 * degree > 3 * greatest_other;
}

/* How many who are not known may be authors: who created it, and those who
 * each have enough of the unknown commits. */
static uint64_t most_others(const struct file *f)
{
	uint64_t low = 1, high = f->unknown;

	if (!f->unknown || truck_authorship(false, high, f->all) < THRESHOLD)
		return f->is_creator_open;
	while (low < high) {
		uint64_t middle = low + (high - low) / 2;

		if (truck_authorship(false, middle, f->all) >= THRESHOLD)
			high = middle;
		else
			low = middle + 1;
	}
	return f->is_creator_open + f->unknown / low;
}

static void judge(struct file *f, bool has_creator)
{
	struct greatest lows = {NONE, NONE}, highs = {NONE, NONE};

	f->high = f->unknown || f->is_creator_open
		? truck_authorship(f->is_creator_open, f->unknown, f->all)
		: NONE;
	take(&highs, f->high);
	for (size_t i = 0; i < f->authors.n; i++) {
		struct author *a = &f->authors.v[i];

		a->low = truck_authorship(a->created, a->own, f->all);
		a->high = truck_authorship(a->created || f->is_creator_open,
					   a->own + f->unknown, f->all);
		take(&lows, a->low);
		take(&highs, a->high);
	}
	for (size_t i = 0; i < f->authors.n; i++) {
		struct author *a = &f->authors.v[i];

		a->is_certain = is_author(a->low,
					  other_than(&highs, a->high));
		a->is_possible = is_author(a->high,
					   other_than(&lows, a->low));
	}
	f->is_open = is_author(f->high, lows.first);
	f->most_others = f->is_open ? most_others(f) : 0;
	f->is_authored = lows.first >= THRESHOLD ||
			 (has_creator && truck_authorship(true, 0, f->all) >=
						 THRESHOLD);
}

/* ---- all files --------------------------------------------------------- */

/* An organisation over all files. */
struct standing {
	uint64_t certain, possible; /* files that it is an author of */
	uint64_t rank;      /* at most so many are authors of as many */
	uint64_t counted;   /* files that only its leaving may orphan */
};

struct need { uint64_t rank, files; };

struct counting {
	const struct ownership *ownership;
	uint32_t *of;       /* of each holder; a number of our own */
	struct standing *standings;
	size_t n;           /* organisations */
	uint64_t files, unauthored, uncertain;
	uint64_t open;      /* files that somebody not known may be author of */
	uint64_t others;    /* how often, at most */
	struct { VEC(struct need) list; } needs;
	struct file file;
};

static int by_number(const void *va, const void *vb)
{
	size_t a = *(const size_t *)va, b = *(const size_t *)vb;

	return (a > b) - (a < b);
}

/* Numbers the organisations that holders belong to. */
static void number(struct counting *c, const size_t *of)
{
	size_t n = c->ownership->holders.n;
	size_t *all = mem_new(n, sizeof *all);

	c->of = mem_new(n, sizeof *c->of);
	for (size_t i = 0; i < n; i++)
		if (of[i] != SIZE_MAX)
			all[c->n++] = of[i];
	if (c->n > 1)
		qsort(all, c->n, sizeof *all, by_number);
	n = c->n;
	c->n = 0;
	for (size_t i = 0; i < n; i++)
		if (!i || all[i] != all[c->n - 1])
			all[c->n++] = all[i];
	for (size_t i = 0; i < c->ownership->holders.n; i++) {
		const size_t *at = of[i] == SIZE_MAX ? NULL : bsearch(
			&of[i], all, c->n, sizeof *all, by_number);

		c->of[i] = at ? (uint32_t)(at - all) : OWNERSHIP_NOBODY;
	}
	c->standings = mem_new(c->n, sizeof *c->standings);
	free(all);
}

static void judge_row(struct counting *c, const struct ownership_row *r)
{
	collect(&c->file, c->ownership, r, c->of);
	judge(&c->file, r->creator != OWNERSHIP_NOBODY);
}

static void count_row(struct counting *c, const struct ownership_row *r)
{
	struct file *f = &c->file;

	judge_row(c, r);
	ownership_add(&c->files, 1, r->files);
	ownership_add(&c->unauthored, !f->is_authored, r->files);
	ownership_add(&c->open, f->is_open, r->files);
	ownership_add(&c->others, f->most_others, r->files);
	for (size_t i = 0; i < f->authors.n; i++) {
		const struct author *a = &f->authors.v[i];
		struct standing *s = &c->standings[a->organisation];

		ownership_add(&s->certain, a->is_certain, r->files);
		ownership_add(&s->possible, a->is_possible, r->files);
	}
}

static int by_possible(const void *va, const void *vb)
{
	const struct standing *a = *(struct standing *const *)va;
	const struct standing *b = *(struct standing *const *)vb;

	return (a->possible < b->possible) - (a->possible > b->possible);
}

/*
 * How many organisations may be authors of as many files as one is for sure:
 * those that are in reach by themselves, and as many as can be brought there
 * by authors who are not known, the nearest first; none of these more than
 * once in a file.
 */
static uint64_t rank_of(const struct counting *c, const struct standing *s,
			struct standing *const *order)
{
	uint64_t rank = 1, others = c->others;
	size_t i = 0;

	if (!s->certain)
		return UNRANKED;
	for (; i < c->n && order[i]->possible >= s->certain; i++)
		rank += order[i] != s;
	for (; i < c->n; i++) {
		uint64_t lacks = s->certain - order[i]->possible;

		if (lacks > others || lacks > c->open)
			return rank;
		others -= lacks;
		rank++;
	}
	return s->certain > c->open ? rank : rank + others / s->certain;
}

static void rank_all(struct counting *c)
{
	struct standing **order = mem_new(c->n, sizeof(struct standing *));

	for (size_t i = 0; i < c->n; i++)
		order[i] = &c->standings[i];
	if (c->n > 1)
		qsort(order, c->n, sizeof *order, by_possible);
	for (size_t i = 0; i < c->n; i++)
		c->standings[i].rank = rank_of(c, &c->standings[i], order);
	free(order);
}

/* With a file goes the one of its certain authors that has the fewest files;
 * it is orphaned for sure when all possible authors are. */
static void weigh_row(struct counting *c, const struct ownership_row *r)
{
	const struct file *f = &c->file;
	struct standing *least = NULL;
	uint64_t rank = 0;

	judge_row(c, r);
	for (size_t i = 0; i < f->authors.n; i++) {
		const struct author *a = &f->authors.v[i];
		struct standing *s = &c->standings[a->organisation];

		if (a->is_certain && (!least || s->certain < least->certain))
			least = s;
		if (a->is_possible && s->rank > rank)
			rank = s->rank;
	}
	ownership_add(least ? &least->counted : &c->uncertain, 1, r->files);
	if (!f->is_open && rank != UNRANKED)
		vec_push(&c->needs.list, ((struct need){rank, r->files}));
}

/* ---- bounds ------------------------------------------------------------ */

/* Is it more than half? */
static bool is_most(uint64_t part, uint64_t all)
{
	return part > all - part;
}

static int by_counted(const void *va, const void *vb)
{
	const struct standing *a = va, *b = vb;

	return (a->counted < b->counted) - (a->counted > b->counted);
}

/* No k organisations can orphan more than what is not certain and the k
 * greatest counts. */
static uint64_t lower(struct counting *c)
{
	uint64_t orphans = c->uncertain;

	if (is_most(c->unauthored, c->files) || !c->files)
		return 0;
	if (c->n > 1)
		qsort(c->standings, c->n, sizeof *c->standings, by_counted);
	for (size_t i = 0; i < c->n; i++) {
		orphans += c->standings[i].counted;
		if (is_most(orphans, c->files))
			return i + 1;
	}
	return 1; /* all that is not certain may be of one */
}

static int by_rank(const void *va, const void *vb)
{
	const struct need *a = va, *b = vb;

	return (a->rank > b->rank) - (a->rank < b->rank);
}

static bool upper(struct counting *c, uint64_t *ret)
{
	uint64_t orphans = 0;

	vec_sort(&c->needs.list, by_rank);
	for (size_t i = 0; i < c->needs.list.n; i++) {
		orphans += c->needs.list.v[i].files;
		if (is_most(orphans, c->files)) {
			*ret = c->needs.list.v[i].rank;
			return true;
		}
	}
	return false;
}

void truck_factor(const struct ownership *o, const size_t *of,
		  struct truck *ret)
{
	struct counting c = {.ownership = o};

	*ret = (struct truck){0};
	number(&c, of);
	for (size_t i = 0; i < o->rows.n; i++)
		count_row(&c, &o->rows.v[i]);
	ownership_add(&c.files, 1, o->rest_files);
	ownership_add(&c.unauthored, 1, o->rest_files);
	c.uncertain = o->rest_files;
	ownership_add(&c.open, 1, o->rest_files);
	if (o->rest_files)
		c.others = UINT64_MAX;
	rank_all(&c);
	for (size_t i = 0; i < o->rows.n; i++)
		weigh_row(&c, &o->rows.v[i]);
	ret->has_high = upper(&c, &ret->high);
	ret->low = lower(&c);
	free(c.of);
	free(c.standings);
	vec_release(&c.needs.list);
	vec_release(&c.file.authors);
}
