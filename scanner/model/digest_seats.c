/*
 * Rows of seats, in the order of role, host and company.  Counted from what
 * the extractors found, folded for publication, written and read.
 */
#include "model/digest_seats.h"

#include "base/count.h"
#include "base/limits.h"

static int compare_rows(const void *va, const void *vb)
{
	const struct digest_seat *a = va, *b = vb;
	int d = (int)a->role - (int)b->role;

	d = d ? d : str_cmp(a->host, b->host);
	return d ? d : str_cmp(a->company, b->company);
}

/* Joins rows of one role, host and company. */
static void merge_rows(struct digest *d)
{
	size_t n = 0;

	vec_sort(&d->seats, compare_rows);
	for (size_t i = 0; i < d->seats.n; i++) {
		struct digest_seat *s = &d->seats.v[i], *to = s;

		if (n && !compare_rows(&d->seats.v[n - 1], s)) {
			to = &d->seats.v[n - 1];
			count_add(&to->seats, s->seats);
			count_add(&to->holders, s->holders);
			count_add(&to->lines, s->lines);
		} else {
			d->seats.v[n++] = *s;
		}
	}
	d->seats.n = n;
}

/* So that joined rows stay within the format. */
static bool sum_fits(const struct digest *d)
{
	uint64_t seats = 0, lines = 0;

	for (size_t i = 0; i < d->seats.n; i++) {
		count_add(&seats, d->seats.v[i].seats);
		count_add(&lines, d->seats.v[i].lines);
	}
	return seats <= DIGEST_GREATEST && lines <= DIGEST_GREATEST;
}

/* --- counting ------------------------------------------------------------- */

static struct digest_seat row_of(const struct seat *s)
{
	/* Whoever wrote an address there: it is not published. */
	bool is_text = str_find_ch(s->company, '@') == SIZE_MAX;

	return (struct digest_seat){
		.role = s->role, .host = s->host,
		.company = is_text ? s->company : STR(""), .seats = 1,
		.lines = s->has_lines ? s->lines : 0,
		.organisation = SIZE_MAX};
}

struct held {
	struct digest_seat row;
	size_t person;
};

static int compare_held(const void *va, const void *vb)
{
	const struct held *a = va, *b = vb;
	int d = compare_rows(&a->row, &b->row);

	return d ? d : (a->person > b->person) - (a->person < b->person);
}

void digest_seats_count(struct digest *d, const struct parts *p,
			size_t component)
{
	struct { VEC(struct held) list; } all = {0};

	d->has_lines = true;
	for (size_t i = 0; i < p->seats.n; i++) {
		const struct seat *s = &p->seats.v[i];

		if (s->component != component)
			continue;
		vec_push(&all.list, ((struct held){row_of(s), s->person}));
		d->has_lines = d->has_lines && s->has_lines;
	}
	vec_sort(&all.list, compare_held);
	for (size_t i = 0; i < all.list.n; i++) {
		struct held *h = &all.list.v[i];

		h->row.holders = !i || compare_held(&h[-1], h) != 0;
		vec_push(&d->seats, h->row);
	}
	merge_rows(d);
	vec_release(&all.list);
	d->has_lines = d->has_lines && sum_fits(d);
	if (d->seats.n)
		d->axes |= DIGEST_STEWARDSHIP;
	else
		d->has_lines = false;
}

/* --- folding -------------------------------------------------------------- */

/* A text of a row, and how many hold seats under it in one role. */
struct people {
	struct str text;
	enum seat_role role;
	uint64_t holders;
	size_t row;
};

struct peoples { VEC(struct people) list; };

static int compare_people(const void *va, const void *vb)
{
	const struct people *a = va, *b = vb;
	int d = str_cmp(a->text, b->text);

	return d ? d : (int)a->role - (int)b->role;
}

/* The most that hold seats in one role under the text at `i`, which ends
 * before *ret_end.  Who has two roles must not count for two. */
static uint64_t most_holders(const struct peoples *p, size_t i,
			     size_t *ret_end)
{
	const struct people *first = &p->list.v[i];
	uint64_t most = 0, n = 0;

	for (; i < p->list.n; i++) {
		const struct people *at = &p->list.v[i];

		if (!str_eq(at->text, first->text))
			break;
		if (at != first && at->role != at[-1].role)
			n = 0;
		count_add(&n, at->holders);
		most = n > most ? n : most;
	}
	*ret_end = i;
	return most;
}

/* Replaces the texts that too few stand behind. */
static void fold(struct digest *d, struct peoples *p, bool is_host,
		 const struct digest_listed *l)
{
	bool (*is_listed)(struct str, void *) = is_host ? l->host
							: l->company;
	size_t end;

	vec_sort(&p->list, compare_people);
	for (size_t i = 0; i < p->list.n; i = end) {
		struct str text = p->list.v[i].text;

		if (most_holders(p, i, &end) >= DIGEST_FEWEST_PERSONS ||
		    !text.n || is_listed(text, l->with))
			continue;
		for (size_t k = i; k < end; k++) {
			struct digest_seat *s = &d->seats.v[p->list.v[k].row];

			if (is_host)
				s->host = STR(DIGEST_UNLISTED);
			else
				s->company = STR("");
		}
	}
}

void digest_seats_fold(struct digest *d, const struct digest_listed *l)
{
	for (int is_host = 0; is_host < 2; is_host++) {
		struct peoples p = {0};

		for (size_t i = 0; i < d->seats.n; i++) {
			const struct digest_seat *s = &d->seats.v[i];

			vec_push(&p.list, ((struct people){
				is_host ? s->host : s->company, s->role,
				s->holders, i}));
		}
		fold(d, &p, is_host, l);
		vec_release(&p.list);
	}
	merge_rows(d);
}

/* --- writing and reading -------------------------------------------------- */

void digest_seats_write(const struct digest *d, struct json_out *j)
{
	json_out_key(j, "seats");
	if (!(d->axes & DIGEST_STEWARDSHIP)) {
		json_out_null(j);
		return;
	}
	json_out_array(j);
	for (size_t i = 0; i < d->seats.n; i++) {
		const struct digest_seat *s = &d->seats.v[i];

		json_out_object(j);
		json_out_kstr(j, "role", str_c(component_role_name(s->role)));
		json_out_kstr(j, "host", s->host);
		json_out_kstr_or_null(j, "company", s->company);
		json_out_ki64(j, "seats", (int64_t)s->seats);
		json_out_ki64(j, "holders", (int64_t)s->holders);
		json_out_ki64_or_null(j, "lines",
				      d->has_lines ? (int64_t)s->lines : -1);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static const char *read_counts(struct digest *d, const struct json_raw *of,
			       struct digest_seat *s)
{
	bool has_lines = of[2].type != JSON_NULL;

	if (!digest_part_count(of[0], &s->seats) || !s->seats ||
	    !digest_part_count(of[1], &s->holders) || !s->holders ||
	    s->holders > s->seats ||
	    (has_lines && !digest_part_count(of[2], &s->lines)))
		return "a count of seats is not a whole number in its bounds";
	if (d->seats.n && has_lines != d->has_lines)
		return "lines are null in some rows of seats only";
	d->has_lines = has_lines;
	return NULL;
}

static const char *read_row(struct digest_reading *r, struct json_raw raw)
{
	static const char *const names[] = {"role", "host", "company",
					    "seats", "holders", "lines"};
	struct json_raw of[6];
	struct digest_seat s = {.organisation = SIZE_MAX};
	const char *why = digest_part_members(
		r, raw, (struct digest_keys){names, 6, 6}, of);
	struct digest *d = r->d;

	if (why)
		return why;
	s.host = json_raw_str(of[1], r->a);
	s.company = json_raw_str(of[2], r->a);
	if (!component_find_role(json_raw_str(of[0], r->a), &s.role))
		return "a role is not one of the format";
	if (of[1].type != JSON_STRING || !digest_part_is_host(s.host))
		return "the host of a seat is not a lower-case name "
		       "without '@'";
	if ((of[2].type != JSON_NULL && !s.company.n) ||
	    s.company.n > LIMIT_NAME_BYTES ||
	    str_find_ch(s.company, '@') != SIZE_MAX)
		return "a company is not a text without '@' or null";
	why = read_counts(d, of + 3, &s);
	if (why)
		return why;
	if (d->seats.n &&
	    compare_rows(&d->seats.v[d->seats.n - 1], &s) >= 0)
		return "rows of seats are not ascending";
	vec_push(&d->seats, s);
	return NULL;
}

const char *digest_seats_read(struct digest_reading *r, struct json_raw raw)
{
	const char *why;

	r->line = raw.line;
	if (raw.type == JSON_ABSENT || raw.type == JSON_NULL)
		return NULL;
	if (raw.type != JSON_ARRAY)
		return "seats are not an array or null";
	why = digest_part_rows(r, raw, read_row);
	if (why)
		return why;
	if (!r->d->seats.n)
		return "the seats are empty, not null";
	if (!sum_fits(r->d))
		return "the sum of the seats is over 2^53-1";
	r->d->axes |= DIGEST_STEWARDSHIP;
	return NULL;
}
