/* The kind `concentration`: the greatest share that one organisation holds,
 * of concern or not.  All that is unknown may be of the greatest. */
#include "assess/measure.h"
#include "assess/share.h"

/* What each organisation holds for sure, in parts of ROLLUP_PARTS. */
struct holdings {
	uint64_t *of;
	uint64_t known;  /* their sum */
	size_t greatest; /* organisation, SIZE_MAX when there is none */
};

static void hold(const struct rule_input *in, uint64_t part,
		 const struct component_score *s, struct holdings *h)
{
	struct rollup_query q = measure_query(in->rule);

	for (size_t i = 0; i < s->by.n; i++) {
		const struct contribution *c = &s->by.v[i];
		uint64_t held;

		if (c->organisation >= in->verdict->standings.n ||
		    c->confidence < FACT_A)
			continue;
		held = decide_part(in->policy, s, &q, c, part);
		h->of[c->organisation] += held;
		h->known += held;
	}
}

static struct holdings hold_all(const struct rule_input *in,
				struct arena *a)
{
	const struct verdict *v = in->verdict;
	struct rollup_query q = measure_query(in->rule);
	uint64_t *parts = rollup_parts(in->scan, in->policy, v, &q, a);
	struct holdings h = {.greatest = SIZE_MAX};

	h.of = arena_alloc(a, v->standings.n * sizeof *h.of);
	for (size_t i = 0; i < v->scores.n; i++)
		if (parts[i])
			hold(in, parts[i], verdict_counted(v, i), &h);
	for (size_t i = 0; i < v->standings.n; i++)
		if (h.of[i] && (h.greatest == SIZE_MAX ||
				h.of[i] > h.of[h.greatest]))
			h.greatest = i;
	return h;
}

static void measure(const struct rule_input *in, struct arena *a,
		    struct finding *f)
{
	struct arena scratch = {0};
	struct holdings h = hold_all(in, &scratch);
	uint64_t low = h.greatest == SIZE_MAX ? 0 : h.of[h.greatest];
	uint64_t high = low + ROLLUP_PARTS - h.known;
	struct strbuf b;

	measure_set(in, f,
		    (int32_t)share_floor(low, ROLLUP_PARTS, SHARE_ALL),
		    (int32_t)share_ceil(high, ROLLUP_PARTS, SHARE_ALL));
	strbuf_init(&b, 0);
	measure_write_bounds(&b, f);
	measure_write_noun(&b, in->rule);
	strbuf_cstr(&b, " is by one organisation");
	if (h.greatest != SIZE_MAX) {
		vec_push(&f->organisations, h.greatest);
		strbuf_fmt(&b, ", the greatest known of which is %.*s",
			   STR_ARG(in->scan->facts->organisations
				   .v[h.greatest].name));
	}
	measure_write_limit(&b, f);
	measure_reason(&b, a, f);
	arena_release(&scratch);
}

const struct rule_kind rule_concentration = {
	.name = "concentration",
	.summary = "greatest share of one organisation, of concern or not",
	.takes = RULE_AXIS | RULE_NEEDS_AXIS | RULE_LIMIT | RULE_FUNCTIONS,
	.measure = measure,
};
