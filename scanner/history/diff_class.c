#include "history/diff_class.h"

#include <string.h>

#define WINDOW 100      /* lines looked at on either side */
#define FREQUENT 1024   /* at most this makes a line frequent */
#define SCARCE 3        /* kept: at least 1 in SCARCE + 1 around it */

enum class { ALONE, USUAL, FREQUENTLY };

struct diff_class_line {
	uint64_t hash;
	uint32_t count[2];  /* lines equal to it on each side */
};

enum { SLOTS, LINES, NUMBER, CHANGED = 4, KEPT = 6, AT = 8, CLASS = 10 };

void diff_class_release(struct diff_class *c)
{
	for (size_t i = 0; i < sizeof c->memory / sizeof *c->memory; i++)
		diff_array_release(&c->memory[i]);
	*c = (struct diff_class){0};
}

/* ---- numbers ----------------------------------------------------------- */

static void make_room(struct diff_class *c, const struct diff_parts *p)
{
	size_t total = (size_t)p->n[0] + p->n[1], slots = 16;

	while (slots < total * 2)
		slots *= 2;
	c->mask = (uint32_t)(slots - 1);
	c->slots = diff_array_room(&c->memory[SLOTS], slots,
				   sizeof *c->slots);
	memset(c->slots, 0, slots * sizeof *c->slots);
	c->lines = diff_array_room(&c->memory[LINES], total,
				   sizeof *c->lines);
	c->n_lines = 0;
	for (size_t s = 0; s < 2; s++) {
		struct diff_side *d = &c->side[s];
		size_t n = d->n = p->n[s];

		d->number = diff_array_room(&c->memory[NUMBER + s], n,
					    sizeof *d->number);
		d->changed = diff_array_room(&c->memory[CHANGED + s], n,
					     sizeof *d->changed);
		d->kept = diff_array_room(&c->memory[KEPT + s], n,
					  sizeof *d->kept);
		d->at = diff_array_room(&c->memory[AT + s], n,
					sizeof *d->at);
		d->n_kept = 0;
	}
}

/* The slot that holds a hash, or the free one where it belongs. */
static uint32_t *slot_of(const struct diff_class *c, uint64_t hash)
{
	uint32_t i = (uint32_t)hash & c->mask;

	while (c->slots[i] && c->lines[c->slots[i] - 1].hash != hash)
		i = (i + 1) & c->mask;
	return &c->slots[i];
}

static uint32_t number_of(struct diff_class *c, uint64_t hash)
{
	uint32_t *slot = slot_of(c, hash);

	if (!*slot) {
		c->lines[c->n_lines] = (struct diff_class_line){.hash = hash};
		*slot = ++c->n_lines;
	}
	return *slot - 1;
}

bool diff_class_number(struct diff_class *c, const struct diff_parts *p)
{
	bool any = false;

	make_room(c, p);
	for (size_t s = 0; s < 2; s++) {
		for (uint32_t i = 0; i < p->n[s]; i++) {
			uint32_t no = number_of(c, p->middle[s][i]);

			c->side[s].number[i] = no;
			c->lines[no].count[s]++;
			any |= s && c->lines[no].count[0];
		}
	}
	return any;
}

/* Counts the equals of the middles' lines in the common ends as well. */
static void count_common(struct diff_class *c, const uint64_t *hash,
			 uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t slot = *slot_of(c, hash[i]);

		if (slot) {
			c->lines[slot - 1].count[0]++;
			c->lines[slot - 1].count[1]++;
		}
	}
}

/* ---- what is kept ------------------------------------------------------ */

static void keep(struct diff_side *d, uint32_t i)
{
	d->changed[i] = 0;
	d->kept[d->n_kept] = d->number[i];
	d->at[d->n_kept++] = i;
}

/*
 * Could a line be dropped as frequent amid lines without a counterpart?  No,
 * when even if all that have one were frequent, none would be outnumbered.
 */
static bool may_drop(const struct diff_class *c, size_t s)
{
	const struct diff_side *d = &c->side[s];
	int32_t *above = (int32_t *)(void *)d->at; /* not in use yet */
	int32_t below = 0, run = 0;

	for (uint32_t i = 0; i < d->n; i++) {
		bool alone = !c->lines[d->number[i]].count[!s];

		above[i] = run;
		run += alone ? 1 : -SCARCE;
		run = run < 0 ? 0 : run;
	}
	for (uint32_t i = d->n; i-- > 0; ) {
		bool alone = !c->lines[d->number[i]].count[!s];

		if (!alone && above[i] + below > 2 * SCARCE)
			return true;
		below += alone ? 1 : -SCARCE;
		below = below < 0 ? 0 : below;
	}
	return false;
}

size_t diff_class_keep_plain(struct diff_class *c)
{
	size_t alone = 0;

	for (size_t s = 0; s < 2; s++) {
		struct diff_side *d = &c->side[s];

		if (may_drop(c, s))
			return SIZE_MAX;
		for (uint32_t i = 0; i < d->n; i++) {
			if (c->lines[d->number[i]].count[!s])
				keep(d, i);
			else
				d->changed[i] = 1;
		}
		alone += d->n - d->n_kept;
	}
	return alone;
}

/* A power of two near the square root. */
static uint32_t rough_root(uint32_t n)
{
	uint32_t r = 1;

	for (; n; n >>= 2)
		r <<= 1;
	return r;
}

/* Looks from line i in one direction; counts both kinds that it meets. */
static void look(const uint8_t *class, size_t from, size_t to, int step,
		 uint32_t count[3])
{
	for (size_t i = from; i != to; i += (size_t)step) {
		if (class[i] == USUAL)
			break;
		count[class[i]]++;
	}
}

/* Is a frequent line outnumbered by lines without a counterpart? */
static bool is_lost(const uint8_t *class, size_t i, size_t n)
{
	size_t first = i > WINDOW ? i - WINDOW : 0;
	size_t last = n - i > WINDOW ? i + WINDOW + 1 : n;
	uint32_t up[3] = {0}, down[3] = {0};

	look(class, i - 1, first - 1, -1, up);
	look(class, i + 1, last, 1, down);
	if (!up[ALONE] || !down[ALONE])
		return false;
	return (up[FREQUENTLY] + down[FREQUENTLY] + 2) * SCARCE <
	       up[ALONE] + down[ALONE];
}

static void keep_side(struct diff_class *c, size_t s, uint32_t limit)
{
	struct diff_side *d = &c->side[s];
	uint8_t *class = diff_array_room(&c->memory[CLASS + s], d->n, 1);

	for (uint32_t i = 0; i < d->n; i++) {
		uint32_t n = c->lines[d->number[i]].count[!s];

		class[i] = !n ? ALONE : n >= limit ? FREQUENTLY : USUAL;
	}
	for (uint32_t i = 0; i < d->n; i++) {
		d->changed[i] = 1;
		if (class[i] == USUAL ||
		    (class[i] == FREQUENTLY && !is_lost(class, i, d->n)))
			keep(d, i);
	}
}

void diff_class_keep(struct diff_class *c, const struct diff_parts *p)
{
	uint32_t ends = p->n_head + p->n_tail;

	count_common(c, p->head, p->n_head);
	count_common(c, p->tail, p->n_tail);
	for (size_t s = 0; s < 2; s++) {
		uint32_t limit = rough_root(ends + p->n[s]);

		c->side[s].n_kept = 0;
		keep_side(c, s, limit < FREQUENT ? limit : FREQUENT);
	}
}
