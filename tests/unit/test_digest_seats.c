/* Seats of a digest: counting, folding, writing, refusing what is unsound. */
#include "unit.h"

#include "model/digest_seats.h"

static struct arena arena;
static struct parts parts;
static struct digest digest;
static struct strbuf text;

static int teardown(void **state)
{
	(void)state;
	digest_release(&digest);
	digest = (struct digest){0};
	component_parts_release(&parts);
	parts = (struct parts){0};
	arena_release(&arena);
	strbuf_release(&text);
	return 0;
}

static struct seat *seat(size_t component, enum seat_role role,
			 const char *company, const char *host)
{
	struct seat *s = component_add_seat(&parts, component, role,
					    (struct evidence){STR("f"), 1});

	s->company = str_c(company);
	s->host = str_c(host);
	return s;
}

/* The rows, one a line. */
static struct str rows(void)
{
	strbuf_clear(&text);
	for (size_t i = 0; i < digest.seats.n; i++) {
		const struct digest_seat *s = &digest.seats.v[i];

		strbuf_fmt(&text, "%s [%.*s] [%.*s] %d %d %d\n",
			   component_role_name(s->role), STR_ARG(s->host),
			   STR_ARG(s->company), (int)s->seats,
			   (int)s->holders, (int)s->lines);
	}
	return strbuf_str(&text);
}

static void test_counts(void **state)
{
	size_t ada;

	(void)state;
	ada = seat(0, SEAT_COMMITTER, "Nokia", "nokia.com")->person;
	seat(0, SEAT_COMMITTER, "Nokia", "nokia.com");
	seat(0, SEAT_COMMITTER, "Nokia", "nokia.com")->person = ada;
	seat(0, SEAT_LEAD, "Nokia", "nokia.com")->person = ada;
	seat(0, SEAT_COMMITTER, "Bell", "nokia.com");
	seat(0, SEAT_OWNER, "", "");
	seat(0, SEAT_OWNER, "jane@private.example", "");
	seat(1, SEAT_LEAD, "Other", "other.example");
	digest_seats_count(&digest, &parts, 0);
	assert_str(rows(), "lead [nokia.com] [Nokia] 1 1 0\n"
			   "committer [nokia.com] [Bell] 1 1 0\n"
			   "committer [nokia.com] [Nokia] 3 2 0\n"
			   "owner [] [] 2 2 0\n");
	assert_false(digest.has_lines);
	assert_int_equal(digest.axes, DIGEST_STEWARDSHIP);
}

static void test_counts_lines(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		struct seat *s = seat(0, SEAT_MAINTAINER, "", "a.example");

		s->has_lines = true;
		s->lines = 5 + i;
	}
	digest_seats_count(&digest, &parts, 0);
	assert_str(rows(), "maintainer [a.example] [] 3 3 18\n");
	assert_true(digest.has_lines);
	digest_release(&digest);
	digest = (struct digest){0};
	parts.seats.v[1].has_lines = false;
	digest_seats_count(&digest, &parts, 0);
	assert_false(digest.has_lines);
	digest_release(&digest);
	digest = (struct digest){0};
	for (unsigned i = 0; i < 3; i++) {
		parts.seats.v[i].has_lines = true;
		parts.seats.v[i].lines = UINT64_MAX / 2;
	}
	digest_seats_count(&digest, &parts, 0);
	assert_false(digest.has_lines); /* the sum does not fit */
}

static void test_no_seats_are_not_observed(void **state)
{
	(void)state;
	digest_seats_count(&digest, &parts, 0);
	assert_int_equal(digest.axes, 0);
	assert_false(digest.has_lines);
}

static bool is_known(struct str s, void *with)
{
	(void)with;
	return str_is(s, "Nokia") || str_is(s, "gmail.com");
}

static void test_folds(void **state)
{
	const struct digest_listed l = {is_known, is_known, NULL};
	size_t jane;

	(void)state;
	/* one person in three roles is one person */
	jane = seat(0, SEAT_LEAD, "Jane Ltd", "jane.example")->person;
	seat(0, SEAT_COMMITTER, "Jane Ltd", "jane.example")->person = jane;
	seat(0, SEAT_OWNER, "Jane Ltd", "jane.example")->person = jane;
	seat(0, SEAT_COMMITTER, "Two", "two.example");
	seat(0, SEAT_COMMITTER, "Two", "two.example");
	seat(0, SEAT_COMMITTER, "Three", "three.example");
	seat(0, SEAT_COMMITTER, "Three", "three.example");
	seat(0, SEAT_COMMITTER, "Three", "three.example");
	seat(0, SEAT_COMMITTER, "Nokia", "joe.example");
	seat(0, SEAT_COMMITTER, "Joe Ltd", "gmail.com");
	seat(0, SEAT_COMMITTER, "", "");
	digest_seats_count(&digest, &parts, 0);
	digest_seats_fold(&digest, &l);
	assert_str(rows(), "lead [(unlisted)] [] 1 1 0\n"
			   "committer [] [] 1 1 0\n"
			   "committer [(unlisted)] [] 3 3 0\n"
			   "committer [(unlisted)] [Nokia] 1 1 0\n"
			   "committer [gmail.com] [] 1 1 0\n"
			   "committer [three.example] [Three] 3 3 0\n"
			   "owner [(unlisted)] [] 1 1 0\n");
	digest_seats_fold(&digest, &l);
	assert_int_equal(digest.seats.n, 7);
}

static void test_one_person_of_many_seats_is_folded(void **state)
{
	const struct digest_listed l = {is_known, is_known, NULL};
	size_t jane;

	(void)state;
	jane = seat(0, SEAT_MAINTAINER, "", "jane.example")->person;
	for (int i = 0; i < 9; i++)
		seat(0, SEAT_MAINTAINER, "", "jane.example")->person = jane;
	digest_seats_count(&digest, &parts, 0);
	digest_seats_fold(&digest, &l);
	assert_str(rows(), "maintainer [(unlisted)] [] 10 1 0\n");
}

#define ROW(more) "{\"role\": \"lead\", \"host\": \"a.example\", " \
	"\"company\": null, \"seats\": 1, \"holders\": 1" more "}"
#define LINES(n) ", \"lines\": " n

/* Reads "seats"; what is wrong with them, or NULL. */
static const char *read(const char *json)
{
	struct json_raw raw;
	struct str after;
	struct digest_reading r = {&digest, &arena, 0};

	digest_release(&digest);
	digest = (struct digest){0};
	assert_int_equal(json_scan(str_c(json), &raw, &after), OK);
	return digest_seats_read(&r, raw);
}

static void test_writes_what_it_reads(void **state)
{
	static const char *const documents[] = {
		"{\"seats\": null}",
		"{\"seats\": [" ROW(LINES("null")) "]}",
		"{\"seats\": [" ROW(LINES("7")) ",\n{\"role\": \"lead\", "
		"\"host\": \"a.example\", \"company\": \"A & B\", "
		"\"seats\": 3, \"holders\": 2, \"lines\": 0}]}"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct strbuf again[2];
		struct json_raw raw;

		assert_int_equal(json_scan(str_c(documents[i]), &raw, NULL),
				 OK);
		for (size_t k = 0; k < 2; k++) {
			struct json_out j;
			struct digest d = {0};
			struct digest_reading r = {&d, &arena, 0};

			assert_null(digest_seats_read(
				&r, json_raw_get(raw, "seats")));
			assert_int_equal(d.axes & DIGEST_STEWARDSHIP,
					 i ? DIGEST_STEWARDSHIP : 0);
			strbuf_init(&again[k], 0);
			json_out_init(&j, &again[k], false);
			json_out_object(&j);
			digest_seats_write(&d, &j);
			json_out_object_end(&j);
			json_out_end(&j);
			digest_release(&d);
			assert_int_equal(json_scan(strbuf_str(&again[k]),
						   &raw, NULL), OK);
		}
		assert_true(str_eq(strbuf_str(&again[0]),
				   strbuf_str(&again[1])));
		strbuf_release(&again[0]);
		strbuf_release(&again[1]);
	}
}

static void test_refuses(void **state)
{
	static const char *const bad[] = {
		"[]", "{}", "7", "[7]", "[{}]",
		"[" ROW("") "]",
		"[" ROW(LINES("null") ", \"name\": \"J\"") "]",
		"[" ROW(LINES("-1")) "]",
		"[" ROW(LINES("\"1\"")) "]",
		"[" ROW(LINES("1.5")) "]",
		"[" ROW(LINES("9007199254740992")) "]",
		"[" ROW(LINES("null")) "," ROW(LINES("null")) "]",
		"[{\"role\": \"boss\", \"host\": \"\", \"company\": null, "
		"\"seats\": 1, \"holders\": 1, \"lines\": null}]",
		"[{\"role\": \"lead\", \"host\": null, \"company\": null, "
		"\"seats\": 1, \"holders\": 1, \"lines\": null}]",
		"[{\"role\": \"lead\", \"host\": \"j@a.example\", "
		"\"company\": null, \"seats\": 1, \"holders\": 1, "
		"\"lines\": null}]",
		"[{\"role\": \"lead\", \"host\": \"A.example\", "
		"\"company\": null, \"seats\": 1, \"holders\": 1, "
		"\"lines\": null}]",
		"[{\"role\": \"lead\", \"host\": \"\", \"company\": \"\", "
		"\"seats\": 1, \"holders\": 1, \"lines\": null}]",
		"[{\"role\": \"lead\", \"host\": \"\", \"company\": "
		"\"j@a.example\", \"seats\": 1, \"holders\": 1, "
		"\"lines\": null}]",
		"[{\"role\": \"lead\", \"host\": \"\", \"company\": null, "
		"\"seats\": 0, \"holders\": 0, \"lines\": null}]",
		"[{\"role\": \"lead\", \"host\": \"\", \"company\": null, "
		"\"seats\": 1, \"holders\": 2, \"lines\": null}]",
		"[{\"role\": \"lead\", \"host\": \"b\", \"company\": null, "
		"\"seats\": 1, \"holders\": 1, \"lines\": 1},"
		ROW(LINES("1")) "]",
		"[" ROW(LINES("1")) ",{\"role\": \"owner\", \"host\": \"\", "
		"\"company\": null, \"seats\": 1, \"holders\": 1, "
		"\"lines\": null}]",
		"[" ROW(LINES("1")) ",{\"role\": \"owner\", \"host\": \"\", "
		"\"company\": null, \"seats\": 1, \"holders\": 1, "
		"\"lines\": 9007199254740991}]"};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (!read(bad[i]))
			fail_msg("taken: %s", bad[i]);
	assert_null(read("null"));
	assert_null(read("[" ROW(LINES("9007199254740991")) "]"));
	assert_true(digest.has_lines);
}

int main(void)
{
#define T(name) cmocka_unit_test_teardown(name, teardown)
	const struct CMUnitTest tests[] = {
		T(test_counts), T(test_counts_lines),
		T(test_no_seats_are_not_observed), T(test_folds),
		T(test_one_person_of_many_seats_is_folded),
		T(test_writes_what_it_reads), T(test_refuses),
	};

	return cmocka_run_group_tests_name("digest_seats", tests, NULL, NULL);
}
