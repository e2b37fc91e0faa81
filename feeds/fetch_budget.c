/* What several processes may ask of services together, between the transport
 * and whoever keeps count. */
#include "feeds/fetch.h"

bool fetch_budget_must_wait(const struct fetch_budget *b,
			    struct fetch_service *s, int64_t now)
{
	int64_t wait = b ? b->draw(b->with, s) : 0;

	if (wait > 0 && s->pace.next < now + wait)
		s->pace.next = now + wait;
	return wait > 0;
}

void fetch_budget_hold(const struct fetch_budget *b,
		       const struct fetch_service *s, int64_t wait)
{
	if (b && wait > 0)
		b->hold(b->with, s, wait);
}
