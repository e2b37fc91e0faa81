/* Hosts and months of a digest, by name. */
#include "model/digest_whole.h"

#include <stdlib.h>
#include <string.h>

#include "model/digest_part.h"

#define COLUMNS (sizeof(struct digest_counts) / sizeof(uint64_t))

int digest_whole_compare(struct digest_whole a, struct digest_whole b)
{
	int d = str_cmp(a.host, b.host);

	return d ? d : (a.month > b.month) - (a.month < b.month);
}

static int compare_host(const void *key, const void *at)
{
	return str_cmp(*(const struct str *)key,
		       ((const struct digest_host *)at)->host);
}

static int compare_month(const void *key, const void *at)
{
	int32_t a = *(const int32_t *)key;
	int32_t b = ((const struct digest_month *)at)->month;

	return (a > b) - (a < b);
}

const struct digest_host *digest_whole_host(const struct digest *d,
					    struct str host)
{
	return d->hosts.n ? bsearch(&host, d->hosts.v, d->hosts.n,
				    sizeof *d->hosts.v, compare_host) : NULL;
}

const struct digest_month *digest_whole_find(const struct digest *d,
					     struct digest_whole of)
{
	const struct digest_host *h = digest_whole_host(d, of.host);

	return h && h->months.n
		? bsearch(&of.month, h->months.v, h->months.n,
			  sizeof *h->months.v, compare_month) : NULL;
}

bool digest_whole_holds(const struct digest_counts *whole,
			const struct digest_counts *part)
{
	uint64_t a[COLUMNS], b[COLUMNS];

	memcpy(a, part, sizeof *part);
	memcpy(b, whole, sizeof *whole);
	for (size_t i = 0; i < COLUMNS; i++)
		if (a[i] > b[i])
			return false;
	return true;
}

bool digest_whole_read(const struct json_raw of[2], struct arena *a,
		       struct digest_whole *ret)
{
	ret->host = json_raw_str(of[0], a);
	return of[0].type == JSON_STRING &&
	       digest_part_month(of[1], &ret->month);
}

void digest_whole_write(struct json_out *j, struct digest_whole of)
{
	json_out_str(j, of.host);
	digest_part_write_month(j, of.month);
}
