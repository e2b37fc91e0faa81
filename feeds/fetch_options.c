/* What holds where a configuration says nothing; docs/feeds.md lists it. */
#include "feeds/fetch.h"

struct fetch_options fetch_options_default(void)
{
	return (struct fetch_options){
		.connect_time = 20 * PACE_SECOND,
		.stall_time = 30 * PACE_SECOND, .time = 120 * PACE_SECOND,
		.file_time = 4 * 3600 * PACE_SECOND, .tries = 4,
		.max_wait = 120 * PACE_SECOND, .requests = 200000,
		.bytes = (uint64_t)16 << 30};
}
