/*
 * Measures what facts cost: loading a facts file, the ladder of one
 * organisation, those of the organisations behind the hosts of a large
 * stack, and all ladders of the file.
 *	ladder FACTS.csv HOSTS [all]
 * Prints "NAME SECONDS" lines, of processor time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "attribute/attribute.h"
#include "store/facts_store.h"

static double now(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static struct concern concern_of(void)
{
	static const struct str places[] = {{"CN", 2}, {"HK", 2}, {"MO", 2}};
	static const struct str lists[] = {{"us-entity-list", 14}};

	return (struct concern){places, 3, lists, 1, date_of(2026, 6, 1)};
}

static void one(const struct facts *f, size_t organisation)
{
	struct concern c = concern_of();
	struct arena a = {0};
	struct ladder ladder;

	attribute_ladder(f, organisation, &c, &a, &ladder);
	arena_release(&a);
}

static void hosts(const struct facts *f, int n)
{
	struct concern c = concern_of();
	struct arena a = {0};
	struct ladders ladders;
	bool *asked = calloc(f->organisations.n + 1, sizeof *asked);

	for (int i = 1; i <= n; i++) {
		char host[32];
		struct attribution by;

		snprintf(host, sizeof host, "host-%d.example", i);
		attribute_host(f, str_c(host), (struct date_span){20000,
			       20000}, &by);
		if (by.organisation != SIZE_MAX)
			asked[by.organisation] = true;
	}
	attribute_ladders(f, &c, asked, &a, &ladders);
	arena_release(&a);
	free(asked);
}

static void all(const struct facts *f)
{
	struct concern c = concern_of();
	struct arena a = {0};
	struct ladders ladders;

	attribute_ladders(f, &c, NULL, &a, &ladders);
	arena_release(&a);
}

int main(int argc, char **argv)
{
	struct facts f = {0};
	struct diags ds = {0};
	double start = now();
	size_t step;

	if (argc < 3 || facts_store_load(&f, &ds) ||
	    facts_store_add(&f, argv[1], &ds))
		return 1;
	printf("read %.3f\n", now() - start);
	start = now();
	facts_store_index(&f, &ds);
	printf("index %.3f\n", now() - start);
	step = f.organisations.n / 1000 + 1;
	start = now();
	for (size_t i = 0; i < f.organisations.n; i += step)
		one(&f, i);
	printf("thousand %.3f\n", now() - start);
	start = now();
	hosts(&f, atoi(argv[2]));
	printf("hosts %.3f\n", now() - start);
	start = now();
	if (argc > 3)
		all(&f);
	printf("all %.3f\n", now() - start);
	diag_release(&ds);
	facts_store_release(&f);
	return 0;
}
