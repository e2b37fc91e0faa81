/* Any bytes as a digest: one that is taken adds up, is written as it was
 * read, and still adds up when it is folded. */
#include <assert.h>
#include <stdint.h>

#include "model/digest.h"
#include "model/digest_seats.h"

static bool is_named(struct str text, void *with)
{
	(void)with;
	return text.n % 2;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void write(const struct digest *d, struct strbuf *out)
{
	struct digest_names names = {0};
	struct diags none = {0};

	for (size_t i = 0; i < d->hosts.n; i++)
		vec_push(&names.hosts,
			 ((struct digest_name){HOST_UNKNOWN, STR("")}));
	strbuf_init(out, 0);
	digest_write(d, &names, &none, out);
	vec_release(&names.hosts);
}

/* Written and read again, twice the same. */
static void check(const struct digest *d, struct arena *a)
{
	struct strbuf once, twice;
	struct diags ds = {0};
	struct digest again;

	write(d, &once);
	assert(digest_parse(strbuf_str(&once), STR("f"), a, &ds, &again) ==
	       OK);
	write(&again, &twice);
	assert(str_eq(strbuf_str(&once), strbuf_str(&twice)));
	digest_release(&again);
	strbuf_release(&once);
	strbuf_release(&twice);
}

static bool is_listed(const struct digest_host *h, void *with)
{
	(void)with;
	return h->host.n % 2;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = {0};
	struct diags ds = {0};
	struct digest d;
	const struct digest_listed l = {is_named, is_named, NULL};

	if (digest_parse(str_n((const char *)bytes, n), STR("f"), &a, &ds,
			 &d) == OK) {
		assert(ds.kept.n == 0);
		check(&d, &a);
		digest_fold(&d, is_listed, NULL);
		digest_seats_fold(&d, &l);
		check(&d, &a);
		digest_release(&d);
	} else {
		assert(ds.kept.n == 1 && ds.kept.v[0].code == RW1803);
	}
	diag_release(&ds);
	arena_release(&a);
	return 0;
}
