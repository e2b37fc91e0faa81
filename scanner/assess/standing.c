/* From ladders to standings: accepted rows of confidence A decide. */
#include "assess/standing.h"

#include "model/facts_index.h"

enum fact_confidence standing_fact(const struct facts *f, size_t fact)
{
	const struct fact *row;

	if (!f || fact >= f->rows.n)
		return FACT_C;
	row = &f->rows.v[fact];
	return row->state == FACT_ACCEPTED ? row->confidence : FACT_C;
}

static bool is_proven(const struct policy *p, const struct rung_result *r)
{
	(void)p;
	return r->state == RUNG_PROVEN;
}

static bool is_proven_on_b(const struct policy *p,
			   const struct rung_result *r)
{
	(void)p;
	return r->state_on_b == RUNG_PROVEN;
}

static bool is_open_on_b(const struct policy *p, const struct rung_result *r)
{
	(void)p;
	return r->state_on_b == RUNG_POSSIBLE;
}

/* Not ruled out on the confidence that the policy demands. */
static bool is_open(const struct policy *p, const struct rung_result *r)
{
	return r->state != RUNG_NO || r->confidence < p->evidence_other;
}

struct step {
	bool (*is)(const struct policy *p, const struct rung_result *r);
	enum standing standing, on_b;
};

/* Tried in turn: the first test that a rung of the policy's passes decides,
 * and the first such rung. */
static const struct step steps[] = {
	{is_proven, STANDING_CONCERN, STANDING_CONCERN},
	{is_proven_on_b, STANDING_UNKNOWN, STANDING_CONCERN},
	{is_open_on_b, STANDING_UNKNOWN, STANDING_UNKNOWN},
	{is_open, STANDING_UNKNOWN, STANDING_OTHER},
};

/* When no rung passes a test, each is ruled out: the weakest decides. */
static struct org_standing judge(const struct policy *p,
				 const struct ladder *l)
{
	struct org_standing s = {.standing = STANDING_OTHER,
				 .on_b = STANDING_OTHER,
				 .rung = RUNG_UNKNOWN, .confidence = FACT_A};

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		for (size_t k = 0; k < p->rungs_n; k++) {
			const struct rung_result *r =
				&l->rungs[p->rungs[k]];

			if (steps[i].is(p, r))
				return (struct org_standing){
					steps[i].standing, steps[i].on_b,
					p->rungs[k], r->confidence};
		}
	for (size_t k = 0; k < p->rungs_n; k++)
		if (l->rungs[p->rungs[k]].confidence < s.confidence)
			s.confidence = l->rungs[p->rungs[k]].confidence;
	return s;
}

static enum standing if_at_least(enum standing s, enum fact_confidence has,
				 enum fact_confidence needs)
{
	return has >= needs ? s : STANDING_UNKNOWN;
}

/* Lists that the policy names and the facts do not hold. */
static void find_missing_lists(const struct facts *f, const struct policy *p,
			       struct verdict *v)
{
	for (size_t i = 0; i < p->concern.lists_n; i++)
		if (!facts_index_subject(f, FACT_LIST,
					 p->concern.lists[i]).n)
			vec_push(&v->missing_lists,
				 arena_dup(&v->arena, p->concern.lists[i]));
}

/* Of a list that is not known nobody is known not to be on it. */
static enum standing if_no_list_misses(const struct verdict *v,
				       enum standing s)
{
	return s == STANDING_OTHER && v->missing_lists.n ? STANDING_UNKNOWN
							 : s;
}

void standing_all(const struct facts *f, const struct policy *p,
		  struct verdict *v)
{
	size_t n = f ? f->organisations.n : 0;

	if (f)
		find_missing_lists(f, p, v);
	for (size_t i = 0; i < n; i++) {
		struct org_standing s = {.standing = STANDING_UNKNOWN,
					 .on_b = STANDING_UNKNOWN,
					 .rung = RUNG_UNKNOWN,
					 .confidence = FACT_C};

		if (i < v->ladders->n && v->ladders->v[i])
			s = judge(p, v->ladders->v[i]);
		s.standing = if_no_list_misses(v, s.standing);
		s.on_b = if_no_list_misses(v, s.on_b);
		vec_push(&v->standings, s);
	}
}

static bool is_accepted(const struct accepted *a, const struct standing_of *of)
{
	for (size_t i = 0; a && i < a->list.n; i++)
		if (a->list.v[i].organisation == of->organisation &&
		    (a->list.v[i].component == SIZE_MAX ||
		     a->list.v[i].component == of->component))
			return true;
	return false;
}

struct standing_unit standing_unit(const struct verdict *v,
				   const struct policy *p,
				   struct standing_of of)
{
	struct standing_unit u = {.standing = STANDING_UNKNOWN,
				  .on_b = STANDING_UNKNOWN};
	enum standing standing, on_b;

	if (of.organisation >= v->standings.n)
		return u;
	standing = v->standings.v[of.organisation].standing;
	on_b = v->standings.v[of.organisation].on_b;
	if (is_accepted(v->accepted, &of))
		standing = on_b = STANDING_OTHER;
	u.confidence = of.confidence;
	u.standing = if_at_least(standing, of.confidence,
				 standing == STANDING_OTHER
				 ? p->evidence_other : FACT_A);
	u.on_b = if_at_least(on_b, of.confidence, FACT_B);
	return u;
}
