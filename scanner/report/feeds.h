/* The feeds that the store knows: what `ranwhence feeds` prints. */
#ifndef REPORT_FEEDS_H
#define REPORT_FEEDS_H

#include "report/report.h"
#include "store/store.h"

struct feeds_input {
	struct str store;      /* where it is; "" = there is none */
	const struct store_feeds *feeds;
	int32_t today;
};

/* A table for a terminal. */
void feeds_text(const struct feeds_input *in,
		const struct report_style *style, struct strbuf *out);
/* ranwhence.feeds/1, docs/feeds.schema.json. */
void feeds_json(const struct feeds_input *in, const struct diags *ds,
		struct strbuf *out);

#endif
