/*
 * An entry holds 32 bits of a form's hash, whether several organisations have
 * the form, and the row.  Names of one hash are sorted by form, so that no
 * choice of names makes a look-up slow.
 */
#include "model/facts_names.h"

#include <string.h>

#include "base/limits.h"
#include "model/facts_index.h"
#include "model/facts_name.h"

#define SEVERAL ((uint64_t)1 << 31)
#define ROW_MASK (SEVERAL - 1)

/* A name of a group that shares one hash. */
struct member {
	struct str form;
	uint64_t entry;
};

struct builder {
	const struct facts *f;
	struct facts_names *names;
	struct arena arena;
	VEC(struct member) group;
	bool is_short;
};

/* FNV-1a, mixed. */
static uint64_t hash_of(struct str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	h *= 0x9e3779b97f4a7c15u;
	return h >> 32;
}

static size_t row_of(uint64_t entry)
{
	return entry & ROW_MASK;
}

static struct str form_of(const struct facts *f, uint64_t entry,
			  bool is_short, struct arena *a)
{
	struct str form = facts_name_form(a, f->rows.v[row_of(entry)].value);

	return is_short ? facts_name_short(form) : form;
}

static void add_row(struct builder *b, size_t row)
{
	const struct fact *r = &b->f->rows.v[row];
	struct str form, shorter;

	if (r->state != FACT_ACCEPTED || r->confidence == FACT_C)
		return;
	if (b->arena.total > LIMIT_MB)
		arena_release(&b->arena);
	form = facts_name_form(&b->arena, r->value);
	if (!form.n) {
		vec_push(&b->names->unclear, row);
		return;
	}
	shorter = facts_name_short(form);
	vec_push(&b->names->forms.entries, hash_of(form) << 32 | row);
	vec_push(&b->names->shorts.entries, hash_of(shorter) << 32 | row);
}

static int compare_entries(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c = str_cmp(x->form, y->form);

	return c ? c : compare_entries(&x->entry, &y->entry);
}

/* Members first..end have one form: its entry names their organisation by
 * the best row, the first of equals. */
static uint64_t merge(struct builder *b, size_t first, size_t end)
{
	const struct fact *rows = b->f->rows.v;
	const struct member *m = b->group.v;
	uint64_t best = m[first].entry;
	bool is_several = false;

	for (size_t i = first + 1; i < end; i++) {
		const struct fact *r = &rows[row_of(m[i].entry)];

		is_several |= r->subject_org !=
			      rows[row_of(best)].subject_org;
		if (r->confidence > rows[row_of(best)].confidence)
			best = m[i].entry;
	}
	for (size_t i = first; is_several && !b->is_short && i < end; i++)
		vec_push(&b->names->unclear, row_of(m[i].entry));
	return is_several ? best | SEVERAL : best;
}

/* Entries of one hash become one per form; how many are left. */
static size_t merge_group(struct builder *b, uint64_t *v, size_t n)
{
	size_t end, kept = 0;

	if (n == 1)
		return 1;
	vec_clear(&b->group);
	arena_release(&b->arena);
	for (size_t i = 0; i < n; i++)
		vec_push(&b->group, ((struct member){
			form_of(b->f, v[i], b->is_short, &b->arena), v[i]}));
	vec_sort(&b->group, compare_members);
	for (size_t i = 0; i < n; i = end) {
		end = i + 1;
		while (end < n && str_eq(b->group.v[i].form,
					 b->group.v[end].form))
			end++;
		v[kept++] = merge(b, i, end);
	}
	return kept;
}

static void finish(struct builder *b, struct facts_names_table *t)
{
	uint64_t *v = t->entries.v;
	size_t n = t->entries.n, kept = 0, end;

	b->is_short = t == &b->names->shorts;
	vec_sort(&t->entries, compare_entries);
	for (size_t i = 0; i < n; i = end) {
		size_t left;

		end = i + 1;
		while (end < n && v[end] >> 32 == v[i] >> 32)
			end++;
		left = merge_group(b, v + i, end - i);
		memmove(v + kept, v + i, left * sizeof *v);
		kept += left;
	}
	t->entries.n = kept;
}

static int compare_rows(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

void facts_names_build(struct facts_names *names, const struct facts *f)
{
	static const enum fact_kind kinds[] = {FACT_ORGANISATION, FACT_ALIAS};
	struct builder b = {.f = f, .names = names};

	*names = (struct facts_names){0};
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		struct facts_run run = facts_index_kind(f, kinds[k]);

		for (size_t i = 0; i < run.n; i++)
			add_row(&b, run.first + i);
	}
	finish(&b, &names->forms);
	finish(&b, &names->shorts);
	vec_sort(&names->unclear, compare_rows);
	vec_release(&b.group);
	arena_release(&b.arena);
}

void facts_names_release(struct facts_names *names)
{
	vec_release(&names->forms.entries);
	vec_release(&names->shorts.entries);
	vec_release(&names->unclear);
}

/* The first entry whose hash is not below this one. */
static size_t lower_bound(const struct facts_names_table *t, uint64_t hash)
{
	size_t lo = 0, hi = t->entries.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->entries.v[mid] >> 32 < hash)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The entry of a form in a table, NULL when there is none. */
static const uint64_t *look_up(const struct facts_names_table *t,
			       const struct facts *f, struct str form,
			       bool is_short)
{
	uint64_t hash = hash_of(form);
	size_t lo = lower_bound(t, hash), hi = lower_bound(t, hash + 1);
	const uint64_t *found = NULL;
	struct arena a = {0};

	while (lo < hi && !found) {
		size_t mid = lo + (hi - lo) / 2;
		const uint64_t *entry = &t->entries.v[mid];
		int c = str_cmp(form_of(f, *entry, is_short, &a), form);

		if (!c)
			found = entry;
		else if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	arena_release(&a);
	return found;
}

size_t facts_names_find(const struct facts_names *names,
			const struct facts *f, struct str name,
			size_t *ret_fact)
{
	struct arena a = {0};
	struct str form = facts_name_form(&a, name);
	const uint64_t *entry = NULL;

	if (form.n)
		entry = look_up(&names->forms, f, form, false);
	if (form.n && !entry)
		entry = look_up(&names->shorts, f, facts_name_short(form),
				true);
	arena_release(&a);
	if (!entry)
		return SIZE_MAX;
	if (ret_fact)
		*ret_fact = row_of(*entry);
	return *entry & SEVERAL ? SIZE_MAX
				: f->rows.v[row_of(*entry)].subject_org;
}
