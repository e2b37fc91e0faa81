/* The questions of several verdicts as one list. */
#include "unit.h"

#include "report/questions_list.h"

static struct scan scan;
static struct facts facts;
static struct verdict verdicts[2];
static struct questions_list list;

static struct organisation org = {.id = STR("zte"), .name = STR("ZTE Corp.")};

static int setup(void **state)
{
	(void)state;
	vec_push(&facts.organisations, org);
	scan.facts = &facts;
	component_add(&scan.parts, STR("a"), STR("t"), (struct evidence){0});
	component_add(&scan.parts, STR("b"), STR("t"), (struct evidence){0});
	scan.parts.components.v[1].version = STR("2");
	verdicts[0].policy = STR("one");
	verdicts[1].policy = STR("two");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	questions_list_release(&list);
	for (size_t i = 0; i < 2; i++) {
		verdict_release(&verdicts[i]);
		verdicts[i] = (struct verdict){0};
	}
	scan_release(&scan);
	scan = (struct scan){0};
	vec_release(&facts.organisations);
	return 0;
}

static void ask(size_t verdict, struct question q)
{
	vec_push(&verdicts[verdict].questions, q);
}

static void make(void)
{
	struct report_input in = {.scan = &scan, .verdicts = verdicts,
				  .verdicts_n = 2};

	questions_list_make(&in, &list);
}

#define OF_HOST(text, gain) (struct question){ \
	.kind = QUESTION_DOMAIN, .host = STR(text), .gain_bp = (gain), \
	.organisation = SIZE_MAX}
#define OF_COMPONENT(i, gain) (struct question){ \
	.kind = QUESTION_SOURCE, .component = (i), .gain_bp = (gain), \
	.organisation = SIZE_MAX}

static void test_one_question_once(void **state)
{
	(void)state;
	ask(0, OF_HOST("x.example", 10));
	ask(0, OF_HOST("y.example", 7));
	ask(1, OF_HOST("x.example", 30));
	make();
	assert_int_equal(list.items.n, 2);
	assert_str(list.items.v[0].policies, "one, two");
	assert_int_equal(list.items.v[0].question->gain_bp, 30);
	assert_ptr_equal(list.items.v[0].verdict, &verdicts[1]);
	assert_str(list.items.v[1].policies, "one");
}

static void test_what_is_worth_most_first(void **state)
{
	(void)state;
	ask(0, OF_COMPONENT(0, 5));
	ask(0, OF_COMPONENT(1, 9));
	ask(1, OF_COMPONENT(0, 4));
	ask(1, OF_HOST("x.example", 9));
	make();
	assert_int_equal(list.items.n, 3);
	assert_str(list.items.v[0].subject, "b 2");
	assert_str(list.items.v[1].subject, "x.example");
	assert_str(list.items.v[2].subject, "a");
	assert_str(list.items.v[2].policies, "one, two");
}

static void test_each_kind_says_how_to_answer(void **state)
{
	(void)state;
	for (unsigned k = 0; k < QUESTION_KIND_COUNT; k++)
		ask(0, (struct question){
			.kind = (enum question_kind)k, .gain_bp = 100 -
			(int32_t)k, .host = STR("h"), .organisation = SIZE_MAX});
	make();
	assert_int_equal(list.items.n, QUESTION_KIND_COUNT);
	for (size_t i = 0; i < list.items.n; i++)
		assert_true(list.items.v[i].answer_as.n > 10);
	assert_str(list.items.v[QUESTION_DOMAIN].answer_as,
		   "a row: host,h,ORGANISATION,");
}

static void test_organisations_have_their_names(void **state)
{
	(void)state;
	ask(0, (struct question){.kind = QUESTION_CONTROL, .gain_bp = 1});
	make();
	assert_str(list.items.v[0].subject, "ZTE Corp.");
	assert_true(str_find(list.items.v[0].answer_as,
			     STR("owns,HOLDER,zte,SHARE")) != SIZE_MAX);
}

static void test_points(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	questions_list_points(&b, 1234);
	strbuf_ch(&b, ' ');
	questions_list_points(&b, 5);
	strbuf_ch(&b, ' ');
	questions_list_points(&b, 10000);
	assert_str(strbuf_str(&b), "12.34 0.05 100.00");
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(test_one_question_once),
		TEST(test_what_is_worth_most_first),
		TEST(test_each_kind_says_how_to_answer),
		TEST(test_organisations_have_their_names),
		TEST(test_points),
	};

	return cmocka_run_group_tests_name("questions_list", tests, NULL,
					   NULL);
}
