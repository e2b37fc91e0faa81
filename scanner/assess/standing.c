/* From ladders to standings: accepted rows of confidence A decide. */
#include "assess/standing.h"

enum fact_confidence standing_fact(const struct facts *f, size_t fact)
{
	const struct fact *row;

	if (!f || fact >= f->rows.n)
		return FACT_C;
	row = &f->rows.v[fact];
	return row->state == FACT_ACCEPTED ? row->confidence : FACT_C;
}

/* Is a rung ruled out, on the confidence that the policy demands? */
static bool is_ruled_out(const struct policy *p, const struct rung_result *r)
{
	return r->state == RUNG_NO && r->confidence >= p->evidence_other;
}

/* Concern when a rung of the policy's is proven, other when each is ruled
 * out; the first that is neither keeps an organisation unknown. */
static struct org_standing judge(const struct policy *p,
				 const struct ladder *l)
{
	struct org_standing s = {.standing = STANDING_OTHER,
				 .rung = RUNG_UNKNOWN, .confidence = FACT_A};

	for (size_t i = 0; i < p->rungs_n; i++) {
		const struct rung_result *r = &l->rungs[p->rungs[i]];

		if (r->state == RUNG_PROVEN)
			return (struct org_standing){
				.standing = STANDING_CONCERN,
				.rung = p->rungs[i],
				.confidence = r->confidence};
		if (s.standing == STANDING_OTHER && !is_ruled_out(p, r)) {
			s.standing = STANDING_UNKNOWN;
			s.rung = p->rungs[i];
		}
		if (r->confidence < s.confidence)
			s.confidence = r->confidence;
	}
	return s;
}

/* The same as if the rows of confidence B were cited. */
static enum standing judge_on_b(const struct policy *p,
				const struct ladder *l)
{
	enum standing s = STANDING_OTHER;

	for (size_t i = 0; i < p->rungs_n; i++) {
		enum rung_state state = l->rungs[p->rungs[i]].state_on_b;

		if (state == RUNG_PROVEN)
			return STANDING_CONCERN;
		if (state == RUNG_POSSIBLE)
			s = STANDING_UNKNOWN;
	}
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
	for (size_t i = 0; i < p->concern.lists_n; i++) {
		bool is_known = false;

		for (size_t j = 0; j < f->rows.n && !is_known; j++)
			is_known = f->rows.v[j].kind == FACT_LIST &&
				   str_eq(f->rows.v[j].subject,
					  p->concern.lists[i]);
		if (!is_known)
			vec_push(&v->missing_lists,
				 arena_dup(&v->arena, p->concern.lists[i]));
	}
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

		if (i < v->ladders->n) {
			s = judge(p, &v->ladders->v[i]);
			s.on_b = judge_on_b(p, &v->ladders->v[i]);
		}
		s.standing = if_no_list_misses(v, s.standing);
		s.on_b = if_no_list_misses(v, s.on_b);
		vec_push(&v->standings, s);
	}
}

struct standing_unit standing_unit(const struct verdict *v,
				   const struct policy *p,
				   size_t organisation,
				   enum fact_confidence confidence)
{
	struct standing_unit u = {.standing = STANDING_UNKNOWN,
				  .on_b = STANDING_UNKNOWN};
	const struct org_standing *s;

	if (organisation >= v->standings.n)
		return u;
	s = &v->standings.v[organisation];
	u.confidence = confidence;
	u.standing = if_at_least(s->standing, confidence,
				 s->standing == STANDING_OTHER
				 ? p->evidence_other : FACT_A);
	u.on_b = if_at_least(s->on_b, confidence, FACT_B);
	return u;
}
