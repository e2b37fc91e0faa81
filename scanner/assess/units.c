/* Which column of a digest is what axis. */
#include "assess/units.h"

#include "base/count.h"

void units_of(const struct digest_counts *c, uint64_t ret[AXIS_COUNT])
{
	for (size_t i = 0; i < AXIS_COUNT; i++)
		ret[i] = 0;
	ret[AXIS_COMMITS] = c->credits;
	ret[AXIS_CHURN] = c->weighed;
	ret[AXIS_SURVIVING] = c->surviving_source;
	ret[AXIS_REVIEW] = c->reviews;
	count_add(&ret[AXIS_REVIEW], c->submits);
}

unsigned units_bit(enum axis a)
{
	static const unsigned bits[AXIS_COUNT] = {
		[AXIS_COMMITS] = DIGEST_COMMITS, [AXIS_CHURN] = DIGEST_CHURN,
		[AXIS_SURVIVING] = DIGEST_SURVIVING,
		[AXIS_REVIEW] = DIGEST_REVIEW};

	return bits[a];
}

unsigned units_bits(unsigned axes)
{
	unsigned bits = 0;

	for (size_t i = 0; i < AXIS_COUNT; i++)
		if (axes & 1u << i)
			bits |= units_bit((enum axis)i);
	return bits;
}
