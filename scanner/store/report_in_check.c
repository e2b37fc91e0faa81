/*
 * What must add up in a report that is read back.  A reader takes figures on
 * trust where the ones below them are not shown: none may say other than they
 * do.
 */
#include "base/mem.h"
#include "base/count.h"
#include "store/report_in_parts.h"

#define ALL_BP 10000

static void bad(struct report_in_parts *p, const char *what)
{
	reread_bad(&p->read, 0, what);
}

/* --- counts --------------------------------------------------------------- */

/* Do the bounds follow from the counts? */
static bool is_bounded(const struct tally *t)
{
	unsigned __int128 n = (unsigned __int128)t->concern + t->other +
			      t->unknown;
	unsigned __int128 low, high;

	if (t->on_b > t->unknown || t->concern_on_b > t->unknown - t->on_b)
		return false;
	if (!n)
		return !t->is_observed || (!t->low_bp && !t->high_bp);
	low = (unsigned __int128)t->concern * ALL_BP / n;
	high = (((unsigned __int128)t->concern + t->unknown) * ALL_BP + n -
		1) / n;
	return !t->is_observed ||
	       ((unsigned __int128)t->low_bp == low &&
		(unsigned __int128)t->high_bp == high);
}

/* Do contributions add up to what is said of an axis? */
static bool is_sum(const struct component_score *s, size_t a)
{
	uint64_t of[3] = {0, 0, 0};

	for (size_t i = 0; i < s->by.n; i++)
		count_add(&of[s->by.v[i].standing], s->by.v[i].units[a]);
	return of[STANDING_CONCERN] == s->axes[a].concern &&
	       of[STANDING_OTHER] == s->axes[a].other &&
	       of[STANDING_UNKNOWN] == s->axes[a].unknown;
}

/* Is the influence the mean of its axes, by their weights? */
static bool is_mean(const struct verdict *v, const struct component_score *s)
{
	uint64_t low = 0, high = 0, all = 0;

	for (size_t a = 0; a < AXIS_COUNT; a++) {
		uint64_t w = (uint64_t)v->axis_weights[a];

		all += w;
		low += w * (uint64_t)s->axes[a].low_bp;
		high += w * (uint64_t)s->axes[a].high_bp;
	}
	return all && (uint64_t)s->low_bp == low / all &&
	       (uint64_t)s->high_bp == (high + all - 1) / all;
}

static void check_score(struct report_in_parts *p, const struct verdict *v,
			const struct component_score *s)
{
	bool is_seen = false;

	for (size_t a = 0; a < AXIS_COUNT; a++) {
		is_seen = is_seen || s->axes[a].is_observed;
		for (size_t w = 0; w < WINDOW_COUNT; w++)
			if (!is_bounded(&s->windows[w][a]))
				bad(p, "a share is not what its counts give");
		if (s->axes[a].is_observed && !is_sum(s, a))
			bad(p, "contributions do not add up to their axis");
	}
	if (is_seen != s->has_data)
		bad(p, "a component has data that it has not");
	if (!is_mean(v, s))
		bad(p, "an influence is not the mean of its axes");
	for (size_t k = 0; k < s->by.n; k++)
		if (s->by.v[k].organisation != SIZE_MAX &&
		    !v->ladders->v[s->by.v[k].organisation])
			bad(p, "a contribution by an organisation of which "
			       "the verdict does not speak");
}

static void check_place(struct report_in_parts *p, const struct verdict *v,
			size_t i)
{
	const struct joint_score *j = verdict_joint(v, i);

	if (v->scores.v[i].component != i)
		bad(p, "the scores are not those of the components");
	if (j && v->scores.v[i].weight &&
	    (j->score.component != i ||
	     j->score.weight != v->scores.v[i].weight))
		bad(p, "a component weighs that counts with another");
	check_score(p, v, &v->scores.v[i]);
}

/* --- the graph ------------------------------------------------------------ */

/* Leads every way upwards to an end? */
static bool is_tree(const struct verdict *v)
{
	size_t n = v->scores.n, *seen = mem_new(n + 1, sizeof *seen);
	bool is_sound = true;

	for (size_t i = 0; i < n && is_sound; i++)
		for (size_t at = i; at != SIZE_MAX && at < n;
		     at = v->scores.v[at].parent) {
			if (seen[at]) {
				is_sound = seen[at] != i + 1;
				break;
			}
			seen[at] = i + 1;
		}
	free(seen);
	return is_sound;
}

/* --- verdicts ------------------------------------------------------------- */

static void check_years(struct report_in_parts *p, const struct verdict *v)
{
	for (size_t i = 0; i < v->years.n; i++)
		for (size_t a = 0; a < AXIS_COUNT; a++)
			if (!is_bounded(&v->years.v[i].axes[a]))
				bad(p, "a share is not what its counts give");
}

static void check_counts(struct report_in_parts *p, const struct verdict *v)
{
	uint64_t counted = 0, with_data = 0, served = 0;

	for (size_t i = 0; i < v->scores.n; i++) {
		counted += v->scores.v[i].weight != 0;
		with_data += v->scores.v[i].weight &&
			     verdict_counted(v, i)->has_data;
	}
	for (size_t i = 0; i < v->functions.n; i++)
		count_add(&served, v->functions.v[i].components);
	if (counted != v->components_counted ||
	    with_data != v->components_with_data || served != counted)
		bad(p, "the components are not as many as is said");
}

/* The worst state of the rules that count. */
static enum rule_state worst(const struct verdict *v, bool is_gate)
{
	enum rule_state is = RULE_NOT_APPLICABLE;

	for (size_t i = 0; i < v->findings.n; i++) {
		enum rule_state s = is_gate ? v->findings.v[i].gate
					    : v->findings.v[i].counts_as;

		if (verdict_is_worse(s, is) ||
		    (is == RULE_NOT_APPLICABLE && s == RULE_MET))
			is = s;
	}
	return is;
}

static void check_states(struct report_in_parts *p, const struct verdict *v)
{
	const struct rollup *all = &v->axes[AXIS_COUNT];

	if (worst(v, false) != v->state || worst(v, true) != v->gate)
		bad(p, "the verdict is not what its rules give");
	if ((v->decided_by == SIZE_MAX) != (v->state == RULE_NOT_APPLICABLE) ||
	    (v->decided_by != SIZE_MAX &&
	     v->findings.v[v->decided_by].counts_as != v->state))
		bad(p, "the rule that decides does not");
	if (v->headline_low_bp != all->exposure_low_bp ||
	    v->headline_high_bp != all->exposure_high_bp)
		bad(p, "the headline is not the exposure over all axes");
	if (v->concern.as_of != p->to->scan.as_of)
		bad(p, "a verdict as of another day");
}

void report_in_check(struct report_in_parts *p)
{
	size_t n = p->to->scan.parts.components.n;

	for (size_t i = 0; i < p->to->verdicts.n; i++) {
		const struct verdict *v = &p->to->verdicts.v[i];

		if (v->scores.n != n) {
			bad(p, "the scores are not those of the components");
			return;
		}
		for (size_t k = 0; k < n; k++)
			check_place(p, v, k);
		for (size_t k = 0; k < v->joints.n; k++)
			check_score(p, v, &v->joints.v[k].score);
		if (!is_tree(v))
			bad(p, "a component comes in by itself");
		check_years(p, v);
		check_counts(p, v);
		check_states(p, v);
	}
}
