/*
 * Measures the store at the size of the register of legal entities.
 *	store STORE ENTITIES RELATIONS
 * fills STORE with one edition (entities in an order of their own, names that
 * are mostly unique), then takes the facts of organisations at hand from it.
 * Prints wall clock and the peak of memory so far.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "attribute/attribute.h"
#include "store/edition.h"
#include "store/facts_feed.h"
#include "store/facts_store.h"
#include "store/legal.h"

static struct diags diags;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double since(double *start, const char *what)
{
	double t = now() - *start;

	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	printf("%-44s %8.3f s, at most %4ld MB\n", what, t,
	       u.ru_maxrss / 1024);
	fflush(stdout);
	*start = now();
	return t;
}

static struct str lei_of(char *room, unsigned long n)
{
	unsigned rest = 0;

	/* spread over the alphabet as real ones are */
	snprintf(room, 21, "%018llX",
		 n * 0x9e3779b97f4a7c15ULL >> 4 & 0xffffffffffffffULL);
	for (int i = 0; i < 18; i++) {
		char c = room[i];

		rest = (c <= '9' ? rest * 10 + (unsigned)(c - '0')
				 : rest * 100 + (unsigned)(c - 'A') + 10) % 97;
	}
	snprintf(room + 18, 3, "%02u", 98 - rest * 100 % 97);
	return str_n(room, 20);
}

static void fill(struct store *s, unsigned long entities,
		 unsigned long relations)
{
	static const char *const forms[] = {"GmbH", "Co., Ltd.", "Inc.",
					    "S.A.", "Limited", "AG"};
	static const char *const places[] = {"DE", "CN", "US", "FR", "GB"};
	struct edition e = {.feed = STR("gleif"), .name = STR("bench"),
			    .licence = STR("free"), .fetched = 1764000000};
	double start = now();
	char a[32], b[32], name[96];

	if (edition_begin(s, &e))
		exit(1);
	for (unsigned long i = 0; i < relations; i++)
		edition_add_relation(s, &(struct edition_relation){
			.held = lei_of(a, i), .holder = lei_of(b, i / 3 + 7),
			.from = STR("2019-04-01"), .updated =
			STR("2026-01-05"), .kind = i % 2 ? RELATION_ULTIMATE
							 : RELATION_DIRECT,
			.confidence = FACT_A});
	since(&start, "relations staged");
	for (unsigned long i = 0; i < entities; i++) {
		snprintf(name, sizeof name, "Company number %lu of %s %s", i,
			 places[i % 5], forms[i % 6]);
		edition_add_entity(s, &(struct edition_entity){
			.lei = lei_of(a, i), .name = str_c(name),
			.country = str_c(places[i % 5]),
			.seat = str_c(places[i % 5]),
			.category = STR("GENERAL"),
			.updated = STR("2026-01-05"), .confidence = FACT_A});
	}
	since(&start, "entities staged");
	if (edition_publish(s))
		exit(1);
	since(&start, "published");
}

/* Facts with what one name asks for, and its ladder. */
static void one(struct store *s, const char *name)
{
	static const struct str places[] = {{"CN", 2}};
	struct concern c = {places, 1, NULL, 0, date_of(2026, 6, 1)};
	struct facts_feed_names names = {0};
	struct facts f = {0};
	struct arena a = {0};
	struct ladder ladder;
	double start = now();
	size_t org;

	vec_push(&names.list, str_c(name));
	facts_feed_load(&f, s, &names, &diags);
	since(&start, "  taken from the store");
	facts_store_index(&f, &diags);
	org = attribute_name(&f, str_c(name), NULL);
	if (org == SIZE_MAX)
		exit(1);
	attribute_ladder(&f, org, &c, &a, &ladder);
	since(&start, "  indexed, and its ladder");
	vec_release(&names.list);
	arena_release(&a);
	facts_store_release(&f);
}

/* What a run does: the bundled facts, and all entities they mean. */
static void bundled(struct store *s)
{
	struct facts f = {0};
	double start = now();

	if (facts_store_load(&f, &diags))
		exit(1);
	since(&start, "  bundled facts");
	facts_feed_load(&f, s, NULL, &diags);
	since(&start, "  their entities, by name and country");
	facts_store_index(&f, &diags);
	since(&start, "  indexed");
	facts_store_release(&f);
}

int main(int argc, char **argv)
{
	struct store *s;

	if (argc != 4 || store_open(argv[1], DB_WRITE, &diags, &s))
		return 2;
	fill(s, strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10));
	store_close(s);
	if (store_open(argv[1], DB_READ, &diags, &s))
		return 2;
	puts("one entity, first and again");
	one(s, "Company number 17 of US AG");
	one(s, "Company number 17 of US AG");
	puts("all organisations of the bundled facts, first and again");
	bundled(s);
	bundled(s);
	store_close(s);
	return 0;
}
