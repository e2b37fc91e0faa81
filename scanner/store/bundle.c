/*
 * Look-ups in the table of bundled files. The table itself, sorted by path,
 * is written by bundle-gen.sh.
 */
#include "store/bundle.h"

#include <string.h>

extern const size_t bundle_count;
extern const struct bundle_file bundle_table[];

/* The first entry whose path is not before key; bundle_count if none. */
static size_t lower_bound(const char *key)
{
	size_t lo = 0, hi = bundle_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(bundle_table[mid].path, key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct bundle_file *bundle_find(const char *path)
{
	size_t i = lower_bound(path);

	if (i == bundle_count || strcmp(bundle_table[i].path, path))
		return NULL;
	return &bundle_table[i];
}

size_t bundle_list(const char *prefix, const struct bundle_file **ret_first)
{
	size_t len = strlen(prefix);
	size_t first = lower_bound(prefix), end = first;

	while (end < bundle_count &&
	       !strncmp(bundle_table[end].path, prefix, len))
		end++;
	*ret_first = end > first ? &bundle_table[first] : NULL;
	return end - first;
}
