/*
 * Which lines of the two middles the search looks at.  Lines get numbers,
 * equal ones the same; those without a counterpart, and frequent ones amid
 * such, are taken as changed at once.
 */
#ifndef HISTORY_DIFF_CLASS_H
#define HISTORY_DIFF_CLASS_H

#include "base/str.h"
#include "history/diff_array.h"

/* What the two sides have in common at their ends, and between it the two
 * middles, as hashes of lines. */
struct diff_parts {
	const uint64_t *middle[2];
	uint32_t n[2];
	const uint64_t *head, *tail;
	uint32_t n_head, n_tail;
};

struct diff_side {
	uint32_t n;        /* lines of the middle */
	uint32_t *number;  /* of each */
	uint8_t *changed;  /* of each: is it? */
	uint32_t n_kept;   /* lines that the search looks at: */
	uint32_t *kept;    /* their numbers */
	uint32_t *at;      /* and their places in the middle */
};

struct diff_class_line;

struct diff_class {
	struct diff_side side[2];
	struct diff_class_line *lines; /* by number */
	uint32_t n_lines;
	uint32_t *slots;               /* hash table of number + 1 */
	uint32_t mask;
	struct diff_array memory[12];
};

/* All zero is empty and usable. */
void diff_class_release(struct diff_class *c);
/* Numbers the lines of the middles; true when any line is in both. */
bool diff_class_number(struct diff_class *c, const struct diff_parts *p);
/*
 * Without a look at the common ends: keeps the lines that are in both
 * middles and gives how many are not.  SIZE_MAX: the frequent ones among
 * them might have to be dropped.
 */
size_t diff_class_keep_plain(struct diff_class *c);
/* Keeps the lines that git's default diff keeps. */
void diff_class_keep(struct diff_class *c, const struct diff_parts *p);

#endif
