/* Counts and scores of a report that is read back. */
#include "store/report_in_parts.h"

#define KEY REREAD_KEY

static const char *standing_name(size_t i)
{
	return verdict_standing_name((enum standing)i);
}

static const char *function_name(size_t i)
{
	return component_function_name((enum function)i);
}

static const char *class_name(size_t i)
{
	static const char *const names[] = {
		[HOST_UNKNOWN] = "unknown",
		[HOST_ORGANISATION] = "organisation",
		[HOST_NEUTRAL] = "neutral"};

	return names[i];
}

static const char *letter_name(size_t i)
{
	static const char *const names[] = {"", "C", "B", "A"};

	return names[i];
}

enum standing report_in_score_standing(struct reread *r, struct json_raw v)
{
	return (enum standing)reread_word(r, v, 3, standing_name);
}

enum function report_in_score_function(struct reread *r, struct json_raw v)
{
	return (enum function)reread_word(r, v, FUNCTION_COUNT,
					       function_name);
}

enum fact_confidence report_in_score_letter(struct reread *r,
				      struct json_raw v)
{
	return (enum fact_confidence)reread_word(r, v, 4, letter_name);
}

size_t report_in_score_components(const struct report_in_filling *f)
{
	return f->parts->to->scan.parts.components.n;
}

/* A share that must be there. */
int32_t report_in_score_bound(struct reread *r, struct json_raw v)
{
	int32_t bp = reread_share(r, v);

	if (bp < 0)
		reread_bad(r, v.line, "a share is missing");
	return bp < 0 ? 0 : bp;
}

/* An interval that must be there. */
void report_in_score_bounds(struct reread *r, struct json_raw v,
		      int32_t *ret_low, int32_t *ret_high)
{
	struct report_interval i = reread_interval(r, v);

	*ret_low = i.low_bp;
	*ret_high = i.high_bp;
	if (*ret_low >= 0 && *ret_high >= 0)
		return;
	reread_bad(r, v.line, "a share is missing");
	*ret_low = 0;
	*ret_high = 10000;
}

/* --- counts --------------------------------------------------------------- */

/* Commits are counted in parts, and written whole. */
static uint64_t units_of(struct reread *r, enum axis a,
			 struct json_raw v)
{
	uint64_t n = reread_count(r, v);

	if (a == AXIS_COMMITS &&
	    __builtin_mul_overflow(n, (uint64_t)DIGEST_CREDITS, &n)) {
		reread_bad(r, v.line, "a count that is too great");
		return 0;
	}
	return n;
}

/* The parts themselves, where they are written, too. */
static void credits_to(struct reread *r, struct json_raw v, uint64_t *to)
{
	uint64_t n = reread_count(r, v);

	if (verdict_shown(AXIS_COMMITS, n) * DIGEST_CREDITS != *to)
		reread_bad(r, v.line, "parts of commits that are not "
					   "what the commits are");
	*to = n;
}

static void read_credits(struct reread *r, struct json_raw v,
			 struct tally *t)
{
	REREAD_KEYS(r, v, KEY("concern"), KEY("other"), KEY("unknown"),
			 KEY("unknown_other_on_b"),
			 KEY("unknown_concern_on_b"));

	credits_to(r, m[0], &t->concern);
	credits_to(r, m[1], &t->other);
	credits_to(r, m[2], &t->unknown);
	credits_to(r, m[3], &t->on_b);
	credits_to(r, m[4], &t->concern_on_b);
}

struct tally report_in_score_tally(struct reread *r, enum axis a,
			     struct json_raw v)
{
	struct tally t;
	REREAD_KEYS(r, v, KEY("concern"), KEY("other"), KEY("unknown"),
			 KEY("excluded"), KEY("unknown_other_on_b"),
			 KEY("unknown_concern_on_b"), KEY("low_bp"),
			 KEY("high_bp"), KEY("credits"));

	t = (struct tally){
		.is_observed = true, .concern = units_of(r, a, m[0]),
		.other = units_of(r, a, m[1]),
		.unknown = units_of(r, a, m[2]),
		.excluded = reread_count(r, m[3]),
		.on_b = units_of(r, a, m[4]),
		.concern_on_b = units_of(r, a, m[5]),
		.low_bp = report_in_score_bound(r, m[6]),
		.high_bp = report_in_score_bound(r, m[7])};
	if (a == AXIS_COMMITS && m[8].type != JSON_ABSENT)
		read_credits(r, m[8], &t);
	return t;
}

#define UNSEEN {.high_bp = 10000, .on_b_high_bp = 10000}
const struct tally report_in_score_unobserved[AXIS_COUNT] = {
	UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN};

/* The tallies of a window as far as there are any. */
static const struct tally *read_window(struct reread *r,
				       const struct json_raw *axes,
				       const char *name, struct arena *a)
{
	struct tally *t = NULL;

	for (size_t i = 0; i < AXIS_COUNT; i++) {
		struct json_raw v = json_raw_get(axes[i], name);

		if (v.type == JSON_ABSENT)
			continue;
		if (!t) {
			t = arena_alloc(a, sizeof report_in_score_unobserved);
			for (size_t k = 0; k < AXIS_COUNT; k++)
				t[k] = report_in_score_unobserved[k];
		}
		t[i] = report_in_score_tally(r, (enum axis)i, v);
	}
	return t ? t : report_in_score_unobserved;
}

/* --- scores --------------------------------------------------------------- */

static void read_contribution(struct reread *r, struct json_raw v,
			      void *to)
{
	struct report_in_filling *f = to;
	struct contribution *c = vec_add(&f->score->by);
	struct json_walk w;
	struct json_raw n;
	struct str key;
	REREAD_KEYS(r, v, KEY("organisation"), KEY("host"), KEY("class"),
			 KEY("standing"), KEY("standing_on_b"),
			 KEY("confidence"), KEY("units"), KEY("credits"));

	*c = (struct contribution){
		.organisation = report_in_facts_organisation(f->parts, m[0]),
		.host = reread_text(r, m[1]),
		.class = (enum host_class)reread_word(r, m[2], 3,
							   class_name),
		.standing = report_in_score_standing(r, m[3]),
		.on_b = report_in_score_standing(r, m[4]),
		.confidence = report_in_score_letter(r, m[5])};
	json_walk_begin(&w, m[6]);
	while (json_walk_next(&w, &key, &n)) {
		enum axis a;

		if (verdict_find_axis(key, &a))
			c->units[a] = units_of(r, a, n);
		else
			reread_bad(r, n.line, "an axis that is not known");
	}
	if (m[7].type != JSON_ABSENT)
		credits_to(r, m[7], &c->units[AXIS_COMMITS]);
}

static uint64_t count_or_none(struct reread *r, struct json_raw v)
{
	int64_t n = reread_number(r, v);

	return n < 0 ? 0 : (uint64_t)n;
}

static struct spread spread_of(struct reread *r, struct json_raw v)
{
	REREAD_KEYS(r, v, KEY("known"), KEY("all_known"),
			 KEY("elephant_low"), KEY("elephant_high"),
			 KEY("hhi_low_bp"), KEY("hhi_high_bp"));

	return (struct spread){
		.known = reread_count(r, m[0]),
		.is_all_known = reread_bool(r, m[1]),
		.elephant_low = count_or_none(r, m[2]),
		.elephant_high = count_or_none(r, m[3]),
		.hhi_low_bp = report_in_score_bound(r, m[4]),
		.hhi_high_bp = report_in_score_bound(r, m[5])};
}

/* At least and at most. */
static void read_counts(struct reread *r, struct json_raw v, uint64_t *ret_low,
			uint64_t *ret_high)
{
	REREAD_KEYS(r, v, KEY("low"), KEY("high"));

	*ret_low = reread_count(r, m[0]);
	*ret_high = reread_count(r, m[1]);
	if (*ret_low > *ret_high)
		reread_bad(r, v.line, "at least is more than at most");
}

static struct owned owned_of(struct reread *r, struct json_raw v)
{
	struct owned o = {.is_known = true};
	int64_t most;
	REREAD_KEYS(r, v, KEY("files"), KEY("lines"), KEY("concern_files"),
		    KEY("concern_lines"), KEY("concern_files_on_b"),
		    KEY("truck_factor_low"), KEY("truck_factor_high"));

	if (v.type == JSON_NULL)
		return (struct owned){0};
	o.concern.files = reread_count(r, m[0]);
	o.concern.lines = reread_count(r, m[1]);
	read_counts(r, m[2], &o.concern.files_low, &o.concern.files_high);
	read_counts(r, m[3], &o.concern.lines_low, &o.concern.lines_high);
	read_counts(r, m[4], &o.on_b.files_low, &o.on_b.files_high);
	o.truck.low = reread_count(r, m[5]);
	most = reread_number(r, m[6]);
	o.truck.has_high = most >= 0;
	o.truck.high = most < 0 ? 0 : (uint64_t)most;
	if (o.concern.files_high > o.concern.files ||
	    o.concern.lines_high > o.concern.lines)
		reread_bad(r, v.line, "more files or lines than there are");
	return o;
}

static void read_window_count(struct reread *r, struct json_raw v,
			      void *to)
{
	struct report_in_filling *f = to;

	if (f->n < WINDOW_COUNT)
		f->score->organisations[f->n] = reread_count(r, v);
	f->n++;
}

static void read_tallies(struct reread *r, struct json_raw v,
			 struct report_in_filling *f)
{
	static const char *const names[] = {
		[WINDOW_ALL] = "all", [WINDOW_24] = "last_24_months",
		[WINDOW_12] = "last_12_months"};
	struct component_score *s = f->score;
	struct json_raw spread;
	REREAD_KEYS(r, json_raw_get(v, "axes"), KEY("commits"),
			 KEY("churn"), KEY("surviving"), KEY("review"),
			 KEY("stewardship"), KEY("supply"));

	for (size_t w = 0; w < WINDOW_COUNT; w++)
		s->windows[w] = read_window(r, m, names[w],
					    &f->verdict->arena);
	s->axes = s->windows[WINDOW_ALL];
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		if (!s->axes[a].is_observed)
			continue;
		spread = json_raw_get(json_raw_get(v, "spread"),
				      verdict_axis_name((enum axis)a));
		s->spread[a] = spread_of(r, spread);
	}
}

static void read_score(struct reread *r, struct json_raw v,
		       struct report_in_filling *f, struct component_score *s)
{
	size_t n = report_in_score_components(f);
	REREAD_KEYS(r, v, KEY("component"), KEY("function"),
			 KEY("weight"), KEY("has_data"), KEY("incomplete"),
			 KEY("why"), KEY("influence"), KEY("influence_on_b"),
			 KEY("coverage_bp"), KEY("organisations"),
			 KEY("parent"), KEY("contributions"),
		    KEY("ownership"), KEY("weight_alone"));

	*s = (struct component_score){
		.component = reread_index(r, m[0], n),
		.function = report_in_score_function(r, m[1]),
		.weight = (int32_t)(reread_count(r, m[2]) & INT32_MAX),
		.has_data = reread_bool(r, m[3]),
		.is_incomplete = reread_bool(r, m[4]),
		.why = reread_text(r, m[5]),
		.coverage_bp = report_in_score_bound(r, m[8]),
		.parent = reread_index(r, m[10], n),
		.product = SIZE_MAX, .owned = owned_of(r, m[12])};
	/* an older report has none: then each weighs what it weighs */
	s->weight_alone = m[13].type == JSON_ABSENT ? s->weight
			  : (int32_t)(reread_count(r, m[13]) & INT32_MAX);
	report_in_score_bounds(r, m[6], &s->low_bp, &s->high_bp);
	report_in_score_bounds(r, m[7], &s->on_b_low_bp, &s->on_b_high_bp);
	f->score = s;
	f->n = 0;
	reread_list(r, m[9], read_window_count, f);
	read_tallies(r, v, f);
	reread_list(r, m[11], read_contribution, f);
}

void report_in_score_read(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;

	read_score(r, v, f, vec_add(&f->verdict->scores));
}

/* One of a group; none may be in two. */
static void read_member(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	struct verdict *all = f->verdict;
	size_t i = reread_index(r, v, report_in_score_components(f));

	if (i >= all->scores.n || all->scores.v[i].joint) {
		reread_bad(r, v.line, "a component that cannot count with "
				      "others");
		return;
	}
	all->scores.v[i].joint = all->joints.n;
	vec_push(&all->joints.v[all->joints.n - 1].components, i);
}

void report_in_score_read_joint(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_filling *f = to;
	struct joint_score *j = vec_add(&f->verdict->joints);

	*j = (struct joint_score){.score.component = SIZE_MAX};
	reread_list(r, json_raw_get(v, "components"), read_member, f);
	read_score(r, v, f, &j->score);
	if (!j->components.n || j->components.v[0] != j->score.component)
		reread_bad(r, v.line, "a group without its first component");
}
