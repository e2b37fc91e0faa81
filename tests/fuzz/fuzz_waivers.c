/* Any bytes as a waivers file: none is taken for ever, for nothing, or without
 * a reason and somebody who answers for it. */
#include <assert.h>
#include <stdint.h>

#include "assess/waivers.h"
#include "base/date.h"

#define TODAY 20782 /* 25 November 2026 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n};
	struct waivers all = {0};
	struct diags ds = {0};
	enum err e = waivers_parse(text, STR("w.yaml"), TODAY, &ds, &all);

	assert(!e || ds.kept.n);
	for (size_t i = 0; !e && i < all.list.n; i++) {
		const struct waiver *w = &all.list.v[i];

		int32_t first = w->since == DATE_MIN ? TODAY : w->since;

		assert(w->reason.n && w->owner.n && w->line && w->column);
		assert(w->since < w->expires);
		assert(w->expires <= first ||
		       w->expires - first <= WAIVERS_DAYS);
		assert(!w->is_used);
	}
	waivers_release(&all);
	diag_release(&ds);
	return 0;
}
