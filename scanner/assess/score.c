/*
 * Influence per component.  A component that has neither history nor seats
 * nor a stated supplier shares one set of tallies in which nothing is
 * observed.
 */
#include "assess/score.h"

#include "assess/contributors.h"
#include "assess/joint.h"
#include "assess/linked.h"
#include "assess/owned.h"
#include "assess/reach.h"
#include "assess/share.h"
#include "assess/standing.h"
#include "assess/tally.h"
#include "assess/units.h"
#include "base/count.h"

#define NOTHING {.high_bp = SHARE_ALL, .on_b_high_bp = SHARE_ALL}
static const struct tally unobserved[AXIS_COUNT] = {
	NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING};
_Static_assert(AXIS_COUNT == 6, "one NOTHING per axis");

/* What commits count on, and with reviews all that has a date. */
#define COMMIT_AXES (1u << AXIS_COMMITS | 1u << AXIS_CHURN)
#define DATED_AXES (COMMIT_AXES | 1u << AXIS_REVIEW)

/* Somebody in a role of the supply. */
struct said {
	size_t role, organisation; /* SIZE_MAX: whoever the name means */
	struct str name;
};

/* One component while its units are counted. */
struct counting {
	const struct scan *scan;
	const struct policy *policy;
	const struct verdict *verdict;
	struct tally tallies[WINDOW_COUNT][AXIS_COUNT];
	struct contributors by;
	VEC(size_t) seen[WINDOW_COUNT]; /* organisations with a commit */
	VEC(struct said) said;
	size_t component;
	enum fact_confidence most; /* that its history is worth */
	unsigned axes;     /* mask of 1u << enum axis: what is counted now */
	unsigned observed; /* the same: what is there in full */
	int32_t first[WINDOW_COUNT]; /* month in which a window begins */
	int32_t last;                /* month of the day of judgement */
};

/* A row without units for an organisation (or, SIZE_MAX, a host). */
static struct contribution row_of(const struct counting *c,
				  size_t organisation, struct str host,
				  enum fact_confidence confidence)
{
	struct standing_unit u = standing_unit(
		c->verdict, c->policy, (struct standing_of){
			c->component, organisation, confidence});
	struct contribution row = {
		.organisation = organisation, .standing = u.standing,
		.on_b = u.on_b, .confidence = u.confidence,
		.class = HOST_ORGANISATION};

	if (organisation == SIZE_MAX) {
		row.host = host;
		row.class = HOST_UNKNOWN;
	}
	return row;
}

static enum fact_confidence at_most(enum fact_confidence most,
				    enum fact_confidence confidence)
{
	return confidence < most ? confidence : most;
}

static struct contribution row_of_host(const struct counting *c,
				       const struct linked_month *m,
				       enum fact_confidence most)
{
	const struct attribution *by = &m->month->by;
	bool is_known = by->class == HOST_ORGANISATION && !by->is_ambiguous;
	struct contribution row = row_of(
		c, is_known ? by->organisation : SIZE_MAX, m->host,
		at_most(most, standing_fact(c->scan->facts, by->fact)));

	if (by->class == HOST_NEUTRAL)
		row.class = HOST_NEUTRAL;
	return row;
}

/* Counts a row's units in one window. */
static void count(struct counting *c, enum window w,
		  const struct contribution *row,
		  const uint64_t units[AXIS_COUNT])
{
	/* What survives stands there now, whenever it was written. */
	for (size_t i = 0; i < AXIS_COUNT; i++)
		if (i != AXIS_SURVIVING || w == WINDOW_ALL)
			tally_add(&c->tallies[w][i], row->standing,
				  row->on_b, units[i]);
}

/* Who dates a commit after the day of judgement may have written it at any
 * time: it may be in each window. */
static bool is_in(const struct counting *c, size_t window, int32_t month)
{
	return month >= c->first[window];
}

/* Counts a part of a month. */
static void count_part(struct counting *c, int32_t month,
		       const struct contribution *row,
		       const struct digest_counts *counts)
{
	static const struct contribution open = {
		.standing = STANDING_UNKNOWN, .on_b = STANDING_UNKNOWN};
	uint64_t units[AXIS_COUNT];

	units_of(counts, units);
	for (size_t i = 0; i < AXIS_COUNT; i++)
		units[i] = c->axes & 1u << i ? units[i] : 0;
	for (size_t w = 0; w < WINDOW_COUNT; w++) {
		bool is_dated = w == WINDOW_ALL || month <= c->last;

		if (!is_in(c, w, month))
			continue;
		count(c, (enum window)w, is_dated ? row : &open, units);
		if (is_dated && units[AXIS_COMMITS] &&
		    row->organisation != SIZE_MAX)
			vec_push(&c->seen[w], row->organisation);
	}
	contributors_add(&c->by, row, units);
}

static bool has_units(const struct digest_counts *c)
{
	return c->credits || c->weighed || c->surviving_source ||
	       c->reviews || c->submits;
}

/* What is below the rung of authorship that is demanded is nobody's, and so
 * is what may be an author's alone. */
static void count_open(struct counting *c, int32_t month, struct str name,
		       const struct digest_counts *counts)
{
	struct contribution row = row_of(c, SIZE_MAX, name, FACT_A);

	if (has_units(counts))
		count_part(c, month, &row, counts);
}

/* What links would settle is of the same unknown host, in rows of its own. */
static void count_month(struct counting *c, const struct linked_month *m)
{
	struct contribution row = row_of_host(c, m, c->most), told;
	struct linked_parts parts;

	linked_split(c->verdict, c->policy, m, &parts);
	count_part(c, m->month->month, &row, &parts.rest);
	for (size_t w = 0; w < WINDOW_COUNT; w++)
		if (c->axes & 1u << AXIS_COMMITS &&
		    is_in(c, w, m->month->month))
			tally_exclude(&c->tallies[w][AXIS_COMMITS],
				      m->month->counts.excluded);
	row.on_b = STANDING_OTHER;
	if (parts.has_other)
		count_part(c, m->month->month, &row, &parts.other);
	row.on_b = STANDING_CONCERN;
	if (parts.has_concern)
		count_part(c, m->month->month, &row, &parts.concern);
	if (parts.has_below)
		count_open(c, m->month->month, STR(LINKED_BELOW),
			   &parts.below);
	if (parts.has_shared)
		count_open(c, m->month->month, STR(LINKED_SHARED),
			   &parts.shared);
	told = row_of_host(c, m, FACT_B);
	if (parts.has_told)
		count_part(c, m->month->month, &told, &parts.told);
}

/* What stands in reports for who wrote what may not be generated. */
#define MARKED "(marked as generated)"

/* The lines of a month that may be marked as generated: of changes at most
 * what may weigh. */
static void add_marked(const struct digest_counts *month,
		       uint64_t units[AXIS_COUNT])
{
	uint64_t lines = month->added, most = UINT64_MAX;

	count_add(&lines, month->deleted);
	if (month->commits < UINT64_MAX / LINE_CLASS_CAP)
		most = month->commits * LINE_CLASS_CAP;
	count_add(&units[AXIS_CHURN], lines < most ? lines : most);
	if (month->surviving > month->surviving_source)
		count_add(&units[AXIS_SURVIVING],
			  month->surviving - month->surviving_source);
}

static void keep_least(uint64_t *n, uint64_t most)
{
	*n = *n < most ? *n : most;
}

/*
 * Whoever writes a file can mark it as generated, or name it so.  Such lines
 * do not count, but may be what they do not say: those of whoever is not
 * known to be another may.
 */
static void count_marked(struct counting *c, const struct digest *d,
			 const struct digest_host *h)
{
	const struct digest_lines *all = &h->rest.lines[LINE_GENERATED];
	struct contribution row = row_of(c, SIZE_MAX, STR(MARKED), FACT_A);
	uint64_t churn = all->added;

	count_add(&churn, all->deleted);
	for (size_t w = 0; (churn || all->surviving) && w < WINDOW_COUNT; w++) {
		uint64_t units[AXIS_COUNT] = {0};

		for (size_t k = 0; k < h->months.n; k++) {
			const struct digest_month *m = &h->months.v[k];

			if (is_in(c, w, m->month) &&
			    row_of_host(c, &(struct linked_month){
				    c->component, d, h->host, m},
				    c->most).standing != STANDING_OTHER)
				add_marked(&m->counts, units);
		}
		keep_least(&units[AXIS_CHURN],
			   c->axes & 1u << AXIS_CHURN ? churn : 0);
		keep_least(&units[AXIS_SURVIVING],
			   c->axes & 1u << AXIS_SURVIVING ? all->surviving : 0);
		count(c, (enum window)w, &row, units);
		if (w == WINDOW_ALL &&
		    (units[AXIS_CHURN] || units[AXIS_SURVIVING]))
			contributors_add(&c->by, &row, units);
	}
}

static int by_index(const void *x, const void *y)
{
	size_t a = *(const size_t *)x, b = *(const size_t *)y;

	return (a > b) - (a < b);
}

/* How many organisations were seen in each window; forgets them. */
static void count_seen(struct counting *c, struct component_score *ret)
{
	for (size_t w = 0; w < WINDOW_COUNT; w++) {
		vec_sort(&c->seen[w], by_index);
		for (size_t i = 0; i < c->seen[w].n; i++)
			ret->organisations[w] += i == 0 ||
				c->seen[w].v[i] != c->seen[w].v[i - 1];
		vec_clear(&c->seen[w]);
	}
}

/* Is an axis that comes from history there in full? */
static bool has_axis(const struct digest *d, enum axis a)
{
	return d && d->axes & ~d->incomplete & units_bit(a);
}

/* Counts some axes of a history; what is not there in full is not observed. */
static void count_history(struct counting *c, const struct digest *d,
			  unsigned axes)
{
	c->axes = axes;
	for (size_t i = 0; i < AXIS_COUNT; i++)
		if (axes & 1u << i && !has_axis(d, (enum axis)i))
			c->observed &= ~(1u << i);
	for (size_t i = 0; axes && d && i < d->hosts.n; i++) {
		for (size_t k = 0; k < d->hosts.v[i].months.n; k++)
			count_month(c, &(struct linked_month){
				c->component, d, d->hosts.v[i].host,
				&d->hosts.v[i].months.v[k]});
		count_marked(c, d, &d->hosts.v[i]);
	}
}

/* Units without a date: of seats, or roles in the supply. */
static void count_undated(struct counting *c, enum axis axis,
			  const struct contribution *row, uint64_t n)
{
	uint64_t units[AXIS_COUNT] = {0};

	units[axis] = n;
	count(c, WINDOW_ALL, row, units);
	contributors_add(&c->by, row, units);
}

static void count_seats(struct counting *c, const struct seat *s,
			uint64_t units)
{
	struct contribution row = row_of(
		c, s->organisation, s->host.n ? s->host : s->company,
		(enum fact_confidence)s->confidence);

	count_undated(c, AXIS_STEWARDSHIP, &row, units);
}

/* The seats of each component: those of k are v[from[k]..from[k + 1]). */
struct seats_by_component {
	size_t *from, *v;
};

/* Is it known of all seats of a component which lines they govern? */
static bool seats_have_lines(const struct scan *s,
			     const struct seats_by_component *by, size_t k,
			     const struct digest *d)
{
	bool have = true;

	if (by->from[k] == by->from[k + 1])
		return !d || !d->seats.n || d->has_lines;
	for (size_t i = by->from[k]; i < by->from[k + 1]; i++)
		have = have && s->parts.seats.v[by->v[i]].has_lines;
	return have;
}

/* The seats that its own tree declares: each counts the lines that it
 * governs where they are known of all. */
static void count_own_seats(struct counting *c, const size_t *places,
			    size_t n, bool has_lines)
{
	const struct seat *all = c->scan->parts.seats.v;

	for (size_t i = 0; i < n; i++)
		count_seats(c, &all[places[i]],
			    has_lines ? all[places[i]].lines : 1);
}

/* The seats that the digest of its repository tells. */
static void count_digest_seats(struct counting *c, const struct digest *d,
			       bool has_lines)
{
	for (size_t i = 0; i < d->seats.n; i++) {
		const struct digest_seat *s = &d->seats.v[i];
		struct seat seat = {
			.host = s->host, .company = s->company,
			.organisation = s->organisation,
			.confidence = at_most(
				c->most, (enum fact_confidence)s->confidence)};

		count_seats(c, &seat, has_lines ? s->lines : s->seats);
	}
}

/* Those of a component; whether there is any. */
static bool count_all_seats(struct counting *c,
			    const struct seats_by_component *by,
			    const struct digest *d, bool has_lines)
{
	size_t first = by->from[c->component];
	size_t n = by->from[c->component + 1] - first;

	if (n)
		count_own_seats(c, by->v + first, n, has_lines);
	else if (d)
		count_digest_seats(c, d, has_lines);
	return n || (d && d->seats.n);
}

/* A supplier that stands on nearly everything names whoever made the SBOM:
 * no evidence of origin. */
static bool is_stamp(const struct component *k, size_t role)
{
	return role == SUPPLY_SUPPLIER && k->is_stamped;
}

/* Does anybody say who supplies a component?  A namespace whose owner is not
 * known says nothing by itself. */
static bool has_supply(const struct component *k)
{
	for (size_t i = 0; i < SUPPLY_COUNT; i++)
		if (k->supply[i].is_stated && !is_stamp(k, i) &&
		    (i != SUPPLY_PUBLISHER ||
		     k->supply[i].organisation != SIZE_MAX))
			return true;
	return false;
}

/* Was the same said before? */
static bool is_said(struct counting *c, const struct said *new)
{
	for (size_t i = 0; i < c->said.n; i++)
		if (c->said.v[i].role == new->role &&
		    c->said.v[i].organisation == new->organisation &&
		    (new->organisation != SIZE_MAX ||
		     str_eq(c->said.v[i].name, new->name)))
			return true;
	vec_push(&c->said, *new);
	return false;
}

static void count_supply(struct counting *c, const struct component *k)
{
	const struct str names[SUPPLY_COUNT] = {
		[SUPPLY_SUPPLIER] = k->supplier,
		[SUPPLY_PRODUCER] = k->producer,
		[SUPPLY_PUBLISHER] = k->purl.n ? k->purl
					       : k->provenance.repository};
	bool is_known = has_supply(k);

	for (size_t i = 0; i < SUPPLY_COUNT; i++) {
		const struct supply *s = &k->supply[i];
		struct contribution row;

		if (s->is_stated && is_stamp(k, i))
			tally_exclude(&c->tallies[WINDOW_ALL][AXIS_SUPPLY],
				      1);
		if (!s->is_stated || is_stamp(k, i) || !is_known ||
		    is_said(c, &(struct said){i, s->organisation, names[i]}))
			continue;
		row = row_of(c, s->organisation, names[i],
			     standing_fact(c->scan->facts, s->fact));
		count_undated(c, AXIS_SUPPLY, &row, 1);
	}
}

static const struct digest *digest_of(const struct scan *s,
				      const struct component *k)
{
	return k->digest < s->digests.n ? &s->digests.v[k->digest] : NULL;
}

/* Nobody is known to have reviewed: records may have moved elsewhere, while a
 * commit cannot.  A history that is only claimed proves no absence. */
static void close_window(const struct counting *c, struct tally *t,
			 enum axis a, bool is_dated)
{
	if (a == AXIS_REVIEW || c->most < FACT_A)
		tally_close(t, is_dated);
	else
		tally_close_window(t, is_dated);
}

static void close_tallies(struct counting *c)
{
	for (size_t i = 0; i < AXIS_COUNT; i++) {
		enum axis a = (enum axis)i;
		bool is_observed = c->observed & 1u << i;
		bool is_dated = is_observed && units_bit(a) &&
				a != AXIS_SURVIVING;

		tally_close(&c->tallies[WINDOW_ALL][i], is_observed);
		is_dated = is_dated &&
			   c->tallies[WINDOW_ALL][i].is_observed;
		for (size_t w = WINDOW_ALL + 1; w < WINDOW_COUNT; w++)
			close_window(c, &c->tallies[w][i], a, is_dated);
	}
}

/* Is a part missing of what the policy looks at? */
static bool is_incomplete(const struct policy *p, const struct digest *d)
{
	return d && d->incomplete & units_bits(policy_axes(p));
}

/* Why nothing, or only a part, is known of a component's history. */
static struct str why(const struct policy *policy, const struct component *k,
		      const struct digest *d, struct arena *a)
{
	const struct provenance *p = &k->provenance;

	if (is_incomplete(policy, d))
		return STR("only a part of its history could be read");
	if (d && k->has_claimed_digest && p->is_claimed)
		return arena_fmt(a, "that %.*s is its source is only "
				 "claimed: %.*s", STR_ARG(p->repository),
				 STR_ARG(p->how));
	if (d && k->has_claimed_digest)
		return arena_fmt(a, "only the history of what %.*s is a fork "
				 "of is at hand", STR_ARG(p->repository));
	if (d)
		return STR("");
	if (k->is_scanned && p->repository.n)
		return STR("its own history could not be read");
	if (p->repository.n)
		return arena_fmt(a, "no history of %.*s is at hand",
				 STR_ARG(p->repository));
	if (p->how.n)
		return arena_fmt(a, "its source repository is not known: "
				 "%.*s", STR_ARG(p->how));
	return STR("its source repository is not known");
}

/* Bounds and coverage over the axes that the policy weighs. */
static void weigh_axes(const struct policy *p, struct component_score *s)
{
	uint64_t low = 0, high = 0, b_low = 0, b_high = 0, seen = 0, all = 0;

	for (size_t i = 0; i < AXIS_COUNT; i++) {
		const struct tally *t = &s->axes[i];
		uint64_t w = (uint64_t)p->axis_weights[i];

		all += w;
		low += w * (uint64_t)t->low_bp;
		high += w * (uint64_t)t->high_bp;
		b_low += w * (uint64_t)t->on_b_low_bp;
		b_high += w * (uint64_t)t->on_b_high_bp;
		/* what is claimed was not seen */
		seen += t->is_observed && (!s->is_claimed || i == AXIS_SUPPLY)
			? w : 0;
	}
	s->low_bp = (int32_t)(low / all);
	s->high_bp = (int32_t)((high + all - 1) / all);
	s->on_b_low_bp = (int32_t)(b_low / all);
	s->on_b_high_bp = (int32_t)((b_high + all - 1) / all);
	s->coverage_bp = (int32_t)(seen * SHARE_ALL / all);
	for (size_t i = 0; i < AXIS_COUNT; i++)
		s->has_data = s->has_data || s->axes[i].is_observed;
}

/* Keeps the tallies that say something. */
static void keep_tallies(struct counting *c, bool has_windows,
			 struct arena *a, struct component_score *ret)
{
	size_t n = has_windows ? WINDOW_COUNT : 1;
	bool is_empty = c->by.rows.n == 0 && !has_windows &&
			c->tallies[WINDOW_ALL][AXIS_SUPPLY].excluded == 0;

	for (size_t w = 0; w < WINDOW_COUNT; w++) {
		struct tally *kept;

		ret->windows[w] = unobserved;
		if (is_empty || w >= n)
			continue;
		kept = arena_alloc(a, sizeof c->tallies[w]);
		for (size_t i = 0; i < AXIS_COUNT; i++)
			kept[i] = c->tallies[w][i];
		ret->windows[w] = kept;
	}
	ret->axes = ret->windows[WINDOW_ALL];
}

static void sort_seats(const struct parts *p, struct arena *a,
		       struct seats_by_component *ret)
{
	size_t n = p->components.n;

	ret->from = arena_alloc(a, (n + 2) * sizeof *ret->from);
	ret->v = arena_alloc(a, p->seats.n * sizeof *ret->v);
	for (size_t i = 0; i < p->seats.n; i++)
		if (p->seats.v[i].component < n)
			ret->from[p->seats.v[i].component + 2]++;
	for (size_t i = 0; i + 1 < n + 2; i++)
		ret->from[i + 1] += ret->from[i];
	for (size_t i = 0; i < p->seats.n; i++)
		if (p->seats.v[i].component < n)
			ret->v[ret->from[p->seats.v[i].component + 1]++] = i;
}

/* Forgets what was counted. */
static void begin(struct counting *c)
{
	c->observed = (1u << AXIS_COUNT) - 1;
	vec_clear(&c->said);
	for (size_t w = 0; w < WINDOW_COUNT; w++)
		for (size_t j = 0; j < AXIS_COUNT; j++)
			c->tallies[w][j] = (struct tally){0};
}

/* What follows from the units. */
static void finish(struct counting *c, bool has_history, struct arena *a,
		   struct component_score *ret)
{
	close_tallies(c);
	keep_tallies(c, has_history, a, ret);
	contributors_take(&c->by, ret);
	count_seen(c, ret);
	weigh_axes(c->policy, ret);
}

/* Fills one score but for function, weight and parent. */
static void score_component(struct counting *c,
			    const struct seats_by_component *seats, size_t i,
			    struct arena *a, struct component_score *ret)
{
	const struct component *k = &c->scan->parts.components.v[i];
	const struct digest *d = digest_of(c->scan, k);

	c->component = i;
	c->most = k->has_claimed_digest ? FACT_B : FACT_A;
	ret->is_claimed = k->has_claimed_digest;
	begin(c);
	count_history(c, d, DATED_AXES | 1u << AXIS_SURVIVING);
	count_all_seats(c, seats, d, seats_have_lines(c->scan, seats, i, d));
	count_supply(c, k);
	ret->owned = owned_of(c->scan, c->policy, c->verdict, i, d);
	/* Of a bundled digest nothing more was to be read by this run. */
	ret->is_incomplete = is_incomplete(c->policy, d) && !d->is_bundled;
	ret->why = why(c->policy, k, d, a);
	finish(c, d != NULL, a, ret);
}

/* --- groups --------------------------------------------------------------- */

/* One component of a group.  An axis that is not known of one of them is not
 * known of the group. */
static void count_member(struct counting *c,
			 const struct seats_by_component *seats,
			 bool has_lines)
{
	const struct component *k =
		&c->scan->parts.components.v[c->component];
	struct joint_histories h;

	if (!joint_histories(c->scan, c->component, &h))
		return;
	count_history(c, h.commits, COMMIT_AXES);
	count_history(c, h.review, 1u << AXIS_REVIEW);
	count_history(c, h.tree, 1u << AXIS_SURVIVING);
	if (!count_all_seats(c, seats, h.tree, has_lines))
		c->observed &= ~(1u << AXIS_STEWARDSHIP);
	if (!has_supply(k))
		c->observed &= ~(1u << AXIS_SUPPLY);
}

/* Each role that somebody has in any of them, once. */
static void count_suppliers(struct counting *c, const struct joint_score *j)
{
	for (size_t i = 0; i < j->components.n; i++) {
		c->component = j->components.v[i];
		count_supply(c, &c->scan->parts.components.v[c->component]);
	}
}

static void score_joint(struct counting *c,
			const struct seats_by_component *seats,
			struct arena *a, struct joint_score *j)
{
	const struct verdict *v = c->verdict;
	struct component_score *ret = &j->score;
	bool has_lines = true;

	c->most = FACT_A;
	begin(c);
	for (size_t i = 0; i < j->components.n; i++) {
		size_t k = j->components.v[i];
		const struct digest *d = digest_of(
			c->scan, &c->scan->parts.components.v[k]);

		has_lines = has_lines &&
			    seats_have_lines(c->scan, seats, k, d);
		ret->is_incomplete |= v->scores.v[k].is_incomplete;
		if (!ret->why.n)
			ret->why = v->scores.v[k].why;
	}
	for (size_t i = 0; i < j->components.n; i++) {
		c->component = j->components.v[i];
		count_member(c, seats, has_lines);
	}
	count_suppliers(c, j);
	finish(c, true, a, ret);
}

/* The first of a group counts for all of them, a mirror never. */
static void weigh_joint(struct verdict *v, const struct scan *s,
			struct joint_score *j)
{
	const struct component_score *first =
		&v->scores.v[j->components.v[0]];

	j->score.component = first->component;
	j->score.function = first->function;
	j->score.weight = j->score.weight_alone = first->weight;
	j->score.parent = first->parent;
	j->score.product = first->product;
	j->score.in_service = first->in_service;
	for (size_t i = 0; i < j->components.n; i++) {
		size_t k = j->components.v[i];

		v->scores.v[k].joint = (size_t)(j - v->joints.v) + 1;
		if (i)
			v->scores.v[k].weight = 0;
		if (s->parts.components.v[k].joint.is_mirror)
			v->scores.v[k].weight_alone = 0;
	}
}

void score_components(const struct scan *s, const struct policy *p,
		      struct verdict *v)
{
	struct counting c = {.scan = s, .policy = p, .verdict = v};
	struct seats_by_component seats;
	struct arena scratch = {0};

	c.last = date_month(s->as_of);
	c.first[WINDOW_ALL] = INT32_MIN;
	c.first[WINDOW_24] = c.last - 23;
	c.first[WINDOW_12] = c.last - 11;
	sort_seats(&s->parts, &scratch, &seats);
	for (size_t i = 0; i < s->parts.components.n; i++) {
		struct component_score score = {.component = i};

		score_component(&c, &seats, i, &v->arena, &score);
		vec_push(&v->scores, score);
	}
	reach_components(s, p, v);
	joint_find(s, v);
	for (size_t i = 0; i < v->joints.n; i++) {
		score_joint(&c, &seats, &v->arena, &v->joints.v[i]);
		weigh_joint(v, s, &v->joints.v[i]);
	}
	arena_release(&scratch);
	contributors_release(&c.by);
	vec_release(&c.said);
	for (size_t w = 0; w < WINDOW_COUNT; w++)
		vec_release(&c.seen[w]);
}
