/* Counting units and bounding shares. */
#include "assess/tally.h"

#include "assess/share.h"
#include "base/count.h"

/* Of a sum that does not fit, tally_sum says so. */
void tally_add(struct tally *t, enum standing standing, enum standing on_b,
	       uint64_t n)
{
	switch (standing) {
	case STANDING_CONCERN:
		count_add(&t->concern, n);
		return;
	case STANDING_OTHER:
		count_add(&t->other, n);
		return;
	case STANDING_UNKNOWN:
		break;
	}
	count_add(&t->unknown, n);
	if (on_b == STANDING_OTHER)
		count_add(&t->on_b, n);
	else if (on_b == STANDING_CONCERN)
		count_add(&t->concern_on_b, n);
}

void tally_exclude(struct tally *t, uint64_t n)
{
	count_add(&t->excluded, n);
}

bool tally_sum(const struct tally *t, uint64_t *ret)
{
	return !__builtin_add_overflow(t->concern, t->other, ret) &&
	       !__builtin_add_overflow(*ret, t->unknown, ret) &&
	       *ret != UINT64_MAX;
}

void tally_close(struct tally *t, bool is_observed)
{
	uint64_t n, high;

	t->is_observed = is_observed && tally_sum(t, &n) && n != 0;
	t->low_bp = t->on_b_low_bp = 0;
	t->high_bp = t->on_b_high_bp = SHARE_ALL;
	if (!t->is_observed)
		return;
	high = t->concern + t->unknown;
	t->low_bp = (int32_t)share_floor(t->concern, n, SHARE_ALL);
	t->high_bp = (int32_t)share_ceil(high, n, SHARE_ALL);
	t->on_b_low_bp = (int32_t)share_floor(t->concern + t->concern_on_b,
					      n, SHARE_ALL);
	t->on_b_high_bp = (int32_t)share_ceil(high - t->on_b, n, SHARE_ALL);
}

void tally_close_window(struct tally *t, bool is_observed)
{
	uint64_t n;

	tally_close(t, is_observed);
	if (is_observed && tally_sum(t, &n) && n == 0) {
		t->is_observed = true;
		t->high_bp = t->on_b_high_bp = 0;
	}
}
