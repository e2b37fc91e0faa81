/* The owner of a plan's data, and when its products end. */
#include "model/plan.h"

void plan_release(struct plan *p)
{
	for (size_t i = 0; i < p->assets.n; i++)
		vec_release(&p->assets.v[i].alternatives);
	vec_release(&p->assets);
	vec_release(&p->points);
	arena_release(&p->arena);
}

int32_t plan_end(const struct plan_asset *a, bool by_rules)
{
	int32_t end = a->end_of_life ? a->end_of_life : DATE_MAX;

	return by_rules && a->out.rule.n && a->out.day < end ? a->out.day
							     : end;
}
