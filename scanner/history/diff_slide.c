#include "history/diff_slide.h"

#define LONGEST_SLIDE 100
#define WIDEST 200      /* columns of indentation that count */
#define TAB 8
#define BLANKS 20       /* blank lines looked past */
#define BLANK (-1)      /* indentation of a blank line */

/* What speaks against a split between two lines. */
#define INDENT_WEIGHT 60
#define AT_START 1
#define AT_END 21
#define PER_BLANK (-30)
#define PER_BLANK_AFTER 6
#define DEEPER (-4)
#define DEEPER_BLANKS 10
#define BEFORE_DEEPER 24
#define BEFORE_DEEPER_BLANKS 17
#define SHALLOWER 23
#define SHALLOWER_BLANKS 17

/* The run that is moved, and the runs around and across from it. */
struct slide {
	const struct diff_slide_file *file, *other;
	struct diff_slide_runs *done; /* what is above, settled */
	size_t next;                  /* the first run below */
	size_t across;  /* first run of `other` with no less `common` */
	struct diff_slide_run run;
};

/* ---- moving ------------------------------------------------------------ */

static bool has_across(struct slide *s)
{
	const struct diff_slide_run *v = s->other->runs.list.v;
	size_t n = s->other->runs.list.n;

	while (s->across < n && v[s->across].common < s->run.common)
		s->across++;
	while (s->across && v[s->across - 1].common >= s->run.common)
		s->across--;
	return s->across < n && v[s->across].common == s->run.common;
}

static bool move_up(struct slide *s)
{
	const uint64_t *hash = s->file->text->hash;
	struct diff_slide_run *r = &s->run;

	if (!r->at || hash[r->at - 1] != hash[r->at + r->n - 1])
		return false;
	r->at--;
	r->common--;
	if (s->done->list.n) {
		const struct diff_slide_run *above =
			&s->done->list.v[s->done->list.n - 1];

		if (above->at + above->n == r->at) {
			r->at = above->at;
			r->n += above->n;
			s->done->list.n--;
		}
	}
	return true;
}

static bool move_down(struct slide *s)
{
	const struct diff_slide_file *f = s->file;
	const uint64_t *hash = f->text->hash;
	struct diff_slide_run *r = &s->run;

	if (r->at + r->n == f->n || hash[r->at] != hash[r->at + r->n])
		return false;
	r->at++;
	r->common++;
	if (s->next < f->runs.list.n &&
	    f->runs.list.v[s->next].at == r->at + r->n)
		r->n += f->runs.list.v[s->next++].n;
	return true;
}

/* ---- how good a place is ----------------------------------------------- */

static int indent_of(const struct diff_text *t, uint32_t line)
{
	const char *p = t->bytes.p + (line ? t->end[line - 1] : 0);
	const char *end = t->bytes.p + t->end[line];
	int columns = 0;

	for (; p < end; p++) {
		if (*p == ' ')
			columns++;
		else if (*p == '\t')
			columns += TAB - columns % TAB;
		else if (*p != '\r' && *p != '\n')
			return columns;
		if (columns >= WIDEST)
			return WIDEST;
	}
	return BLANK;
}

struct split {
	int indent;          /* of the line after it */
	int before, after;   /* of the next lines that are not blank */
	int blanks_before, blanks_after;
	bool is_end;
};

static void look_around(const struct diff_slide_file *f, uint32_t line,
			struct split *ret)
{
	*ret = (struct split){BLANK, BLANK, BLANK, 0, 0, line >= f->n};
	if (!ret->is_end)
		ret->indent = indent_of(f->text, line);
	for (uint32_t i = line; i-- > 0; ) {
		ret->before = indent_of(f->text, i);
		if (ret->before != BLANK)
			break;
		if (++ret->blanks_before == BLANKS) {
			ret->before = 0;
			break;
		}
	}
	for (uint32_t i = line + 1; i < f->n; i++) {
		ret->after = indent_of(f->text, i);
		if (ret->after != BLANK)
			break;
		if (++ret->blanks_after == BLANKS) {
			ret->after = 0;
			break;
		}
	}
}

struct badness {
	int indents;   /* sum of the effective indents */
	int penalty;
};

static void add_split(const struct diff_slide_file *f, uint32_t line,
		      struct badness *b)
{
	struct split s;
	int after, blanks, indent;

	look_around(f, line, &s);
	after = s.indent == BLANK ? s.blanks_after + 1 : 0;
	blanks = s.blanks_before + after;
	indent = s.indent != BLANK ? s.indent : s.after;
	if (s.before == BLANK && !s.blanks_before)
		b->penalty += AT_START;
	if (s.is_end)
		b->penalty += AT_END;
	b->penalty += PER_BLANK * blanks + PER_BLANK_AFTER * after;
	b->indents += indent;
	if (indent == BLANK || s.before == BLANK || indent == s.before)
		return;
	if (indent > s.before)
		b->penalty += blanks ? DEEPER_BLANKS : DEEPER;
	else if (s.after != BLANK && s.after > indent)
		b->penalty += blanks ? BEFORE_DEEPER_BLANKS : BEFORE_DEEPER;
	else
		b->penalty += blanks ? SHALLOWER_BLANKS : SHALLOWER;
}

static bool is_no_worse(const struct badness *a, const struct badness *b)
{
	int sign = (a->indents > b->indents) - (a->indents < b->indents);

	return INDENT_WEIGHT * sign + a->penalty - b->penalty <= 0;
}

/* The best end of the run between `highest` and where it stands. */
static uint32_t best_end(const struct slide *s, uint32_t highest)
{
	uint32_t n = s->run.n, lowest = s->run.at + n, end = highest, best;
	struct badness least = {0};

	if (lowest > LONGEST_SLIDE && end < lowest - LONGEST_SLIDE)
		end = lowest - LONGEST_SLIDE;
	if (lowest > n + 1 && end < lowest - n - 1)
		end = lowest - n - 1;
	for (best = end; end <= lowest; end++) {
		struct badness b = {0};

		add_split(s->file, end, &b);
		add_split(s->file, end - n, &b);
		if (end == best || is_no_worse(&b, &least)) {
			least = b;
			best = end;
		}
	}
	return best;
}

/* ---- settling ---------------------------------------------------------- */

static void settle(struct slide *s)
{
	uint32_t n, highest, target;
	bool has_met;

	do {
		n = s->run.n;
		while (move_up(s))
			continue;
		highest = s->run.at + s->run.n;
		has_met = has_across(s);
		while (move_down(s))
			has_met |= has_across(s);
	} while (n != s->run.n);
	if (has_met) {
		while (!has_across(s) && move_up(s))
			continue;
		return;
	}
	if (highest == s->run.at + s->run.n)
		return;
	target = best_end(s, highest);
	while (s->run.at + s->run.n > target && move_up(s))
		continue;
}

void diff_slide(struct diff_slide_file *f, const struct diff_slide_file *other)
{
	struct diff_slide_runs done = {0};
	struct slide s = {.file = f, .other = other, .done = &done};

	while (s.next < f->runs.list.n) {
		s.run = f->runs.list.v[s.next++];
		settle(&s);
		vec_push(&done.list, s.run);
	}
	vec_release(&f->runs.list);
	f->runs = done;
}
