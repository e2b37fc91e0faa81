/* What the tests of the store share: opening it, rows, LEIs. */
#ifndef TESTS_STORE_ROWS_H
#define TESTS_STORE_ROWS_H

#include "folder.h"

#include "store/edition.h"

static inline struct store *rows_open(enum db_mode mode, struct diags *ds)
{
	struct store *s;

	assert_int_equal(store_open("t/store.db", mode, ds, &s), OK);
	return s;
}

/* The LEI of a number: 18 characters and two check digits. */
static inline struct str rows_lei(char *room, unsigned n)
{
	unsigned rest = 0;

	snprintf(room, 21, "TEST00%012u", n);
	for (int i = 0; i < 18; i++) {
		char c = room[i];

		rest = c <= '9' ? rest * 10 + (unsigned)(c - '0')
				: rest * 100 + (unsigned)(c - 'A') + 10;
		rest %= 97;
	}
	snprintf(room + 18, 3, "%02u", 98 - rest * 100 % 97);
	return str_n(room, 20);
}

static inline struct edition rows_edition(const char *name)
{
	return (struct edition){
		.feed = STR("test"), .name = str_c(name),
		.speaks_for = STR("2026-01-02"), .licence = STR("free"),
		.url = STR("https://example.com/x"), .fetched = 1767312000};
}

static inline void rows_add_fact(struct store *s, const char *kind,
				 const char *subject, const char *object,
				 const char *value)
{
	struct str fields[COLUMN_COUNT] = {
		str_c(kind), str_c(subject), str_c(object), str_c(value),
		STR(""), STR(""), STR(""), STR("2026"), STR(""), STR("B"),
		STR(""), STR("")};
	enum facts_column column;
	const char *problem = edition_add_fact(s, fields, &column);

	if (problem)
		fail_msg("%s", problem);
}

static inline void rows_add_entity(struct store *s, unsigned n,
				   const char *name, const char *country)
{
	char room[32];

	assert_null(edition_add_entity(s, &(struct edition_entity){
		.lei = rows_lei(room, n), .name = str_c(name),
		.country = str_c(country), .confidence = FACT_A}));
}

static inline void rows_add_relation(struct store *s, unsigned held,
				     unsigned holder,
				     enum edition_relation_kind kind)
{
	char a[32], b[32];

	assert_null(edition_add_relation(s, &(struct edition_relation){
		.held = rows_lei(a, held), .holder = rows_lei(b, holder),
		.from = STR("2020-01-01"), .kind = kind,
		.confidence = FACT_A}));
}

static inline void rows_add_exception(struct store *s, unsigned n,
				      const char *reason)
{
	char room[32];

	assert_null(edition_add_exception(s, &(struct edition_exception){
		.lei = rows_lei(room, n), .reason = str_c(reason),
		.level = RELATION_ULTIMATE}));
}

/* The only feed of the store. */
static inline struct store_feed rows_feed(struct store *s, struct arena *a)
{
	struct store_feeds feeds;
	struct store_feed feed = {0};

	assert_int_equal(store_list_feeds(s, a, &feeds), OK);
	if (feeds.list.n)
		feed = feeds.list.v[0];
	vec_release(&feeds.list);
	return feed;
}

#endif
