/*
 * A digest of hosts made by hand, for the tests of what is a part of them:
 * written, and read again or refused.
 */
#ifndef TESTS_DIGESTING_H
#define TESTS_DIGESTING_H

#include "unit.h"

#include <string.h>

#include "base/diag.h"
#include "model/digest.h"

#define ID "0123456789abcdef0123456789abcdef01234567"

static struct arena arena;
static struct diags diags;
static struct digest digest;
static struct strbuf written_text;

static inline int teardown(void **state)
{
	(void)state;
	digest_release(&digest);
	digest = (struct digest){0};
	diag_release(&diags);
	diags = (struct diags){0};
	strbuf_release(&written_text);
	arena_release(&arena);
	return 0;
}

static inline struct digest_counts commits(uint64_t n)
{
	return (struct digest_counts){.commits = n,
				      .credits = n * DIGEST_CREDITS};
}

/* Two months from 2020-01 on, n commits each. */
static inline void host(const char *name, uint64_t n)
{
	struct digest_host h = {.host = str_c(name), .counts = commits(2 * n)};

	for (int32_t m = 600; m < 602; m++)
		vec_push(&h.months, ((struct digest_month){
			.month = m, .counts = commits(n)}));
	h.rest.contributors = 1;
	digest.rest.contributors++;
	digest_counts_add(&digest.totals, &h.counts);
	vec_push(&digest.hosts, h);
	digest.axes = DIGEST_COMMITS;
	digest.head = STR(ID);
	digest.repository = STR("r");
	digest.engine = 1;
	digest.has_authorship = digest.has_links = true;
}

static inline struct str written(void)
{
	struct digest_names names = {0};
	const struct diags nothing = {0};

	for (size_t i = 0; i < digest.hosts.n; i++)
		vec_push(&names.hosts, (struct digest_name){0});
	strbuf_init(&written_text, 0);
	digest_write(&digest, &names, &nothing, &written_text);
	vec_release(&names.hosts);
	return strbuf_str(&written_text);
}

/* What is written is not read: the reason tells that. */
static inline void refuses(const char *why)
{
	struct digest d;

	assert_int_equal(digest_parse(written(), STR("x"), &arena, &diags,
				      &d), ERR_FORMAT);
	assert_non_null(strstr(diags.kept.v[0].message.p, why));
}

#endif
