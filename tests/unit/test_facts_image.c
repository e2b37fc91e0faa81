/*
 * The image of the bundled facts that the program is linked with: the same
 * rows, organisations and names as the files give when they are read, alone
 * and with rows of the user's.
 */
#include "unit.h"

#include "model/facts_index.h"
#include "store/bundle.h"
#include "store/facts_image.h"
#include "store/facts_store.h"

static struct facts image, text;
static struct diags diags;

/* The files, as the user's: nothing else reads them where there is an
 * image. */
static void read_files(void)
{
	const struct bundle_file *files;
	size_t n = bundle_list("seed/", &files);

	for (size_t i = 0; i < n; i++) {
		struct str path = str_c(files[i].path);
		struct str bytes = str_n((const char *)files[i].data,
					 files[i].size);

		if (str_has_suffix(path, STR(".csv")))
			assert_int_equal(facts_store_parse(&text, bytes, path,
							   &diags), OK);
	}
}

static int setup(void **state)
{
	(void)state;
	assert_int_equal(facts_store_load(&image, &diags), OK);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	facts_store_release(&image);
	facts_store_release(&text);
	diag_release(&diags);
	return 0;
}

static void same_text(struct str a, struct str b)
{
	if (!str_eq(a, b))
		fail_msg("\"%.*s\" is not \"%.*s\"", STR_ARG(a), STR_ARG(b));
}

static void same_evidence(const struct fact_evidence *a,
			  const struct fact_evidence *b)
{
	same_text(a->source, b->source);
	same_text(a->speaks_for, b->speaks_for);
	same_text(a->read, b->read);
	same_text(a->note, b->note);
	same_text(a->file, b->file);
}

static void same_row(const struct fact *a, const struct fact *b)
{
	same_text(a->subject, b->subject);
	same_text(a->object, b->object);
	same_text(a->value, b->value);
	same_evidence(a->evidence, b->evidence);
	assert_memory_equal(&a->from, &b->from, sizeof a->from);
	assert_memory_equal(&a->to, &b->to, sizeof a->to);
	assert_int_equal(a->subject_org, b->subject_org);
	assert_int_equal(a->object_org, b->object_org);
	assert_int_equal(facts_low(a), facts_low(b));
	assert_int_equal(facts_high(a), facts_high(b));
	assert_int_equal(a->line, b->line);
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->confidence, b->confidence);
	assert_int_equal(a->state, b->state);
}

static void same_organisation(const struct organisation *a,
			      const struct organisation *b)
{
	same_text(a->id, b->id);
	same_text(a->name, b->name);
	same_text(a->kind, b->kind);
	same_text(a->lei, b->lei);
	assert_int_equal(a->fact, b->fact);
}

static void same_names(const struct facts_names_table *a,
		       const struct facts_names_table *b)
{
	assert_int_equal(a->entries.n, b->entries.n);
	assert_memory_equal(a->entries.v, b->entries.v,
			    a->entries.n * sizeof *a->entries.v);
}

static void test_it_is_what_the_files_say(void **state)
{
	const struct facts_names *a, *b;

	(void)state;
	read_files();
	assert_non_null(image.image);
	assert_null(text.image);
	facts_store_index(&image, &diags);
	facts_store_index(&text, &diags);
	/* of the user's rows that say nothing one is told: not of ours */
	assert_int_equal(diags.kept.n, diags.counts[RW1704]);
	assert_int_equal(image.rows.n, text.rows.n);
	for (size_t i = 0; i < text.rows.n; i++) {
		same_row(&image.rows.v[i], &text.rows.v[i]);
		assert_false(image.rows.v[i].is_assumed);
	}
	assert_int_equal(image.organisations.n, text.organisations.n);
	for (size_t i = 0; i < text.organisations.n; i++)
		same_organisation(&image.organisations.v[i],
				  &text.organisations.v[i]);
	a = facts_index_names(&image);
	b = facts_index_names(&text);
	same_names(&a->forms, &b->forms);
	same_names(&a->shorts, &b->shorts);
	assert_int_equal(a->unclear.n + b->unclear.n, 0);
}

#define HEADER "kind,subject,object,value,from,to,source,speaks_for,read," \
	"confidence,state,note\n"

static void add(const char *rows, enum err e)
{
	struct str bytes = arena_fmt(&image.arena, HEADER "%s", rows);

	assert_int_equal(facts_store_add_bytes(&image, "own.csv", bytes,
					       &diags), e);
}

/* What the rows say of each other is found anew when one is added. */
static void test_rows_are_added(void **state)
{
	struct facts_run run;
	size_t before = image.rows.n, ours;

	(void)state;
	add("organisation,a-firm,vendor,A Firm,,,,,,A,,\n"
	    "host,huawei.com,a-firm,,,,,,,A,,\n"
	    "owns,a-firm,zte,60%,,,,,,A,,\n", OK);
	assert_null(image.image);
	facts_store_index(&image, &diags);
	ours = facts_organisation(&image, STR("a-firm"));
	run = facts_index_subject(&image, FACT_HOST, STR("huawei.com"));
	assert_int_equal(run.n, 1);
	assert_true(image.rows.v[run.first].is_assumed);
	assert_int_equal(image.rows.v[run.first].object_org, ours);
	run = facts_index_subject(&image, FACT_OWNS, STR("a-firm"));
	assert_int_equal(run.n, 1);
	assert_int_equal(image.rows.v[run.first].object_org,
			 facts_organisation(&image, STR("zte")));
	assert_int_equal(facts_index_name(&image, STR("A Firm"), NULL), ours);
	assert_int_equal(image.rows.n, before + 2);
	for (size_t i = 1; i < image.rows.n; i++)
		assert_true(facts_compare(&image.rows.v[i - 1],
					  &image.rows.v[i]) < 0);
}

/* Rows that are refused leave the image as it is; those that contradict it
 * are told. */
static void test_rows_are_checked(void **state)
{
	(void)state;
	add("host,a..example,huawei-technologies,,,,,,,A,,\n", ERR_CONFIG);
	assert_non_null(image.image);
	assert_int_equal(diags.counts[RW1701], 1);
	add("host,a.example,nobody-at-all,,,,,,,A,,\n"
	    "alias,zte,,\"Huawei Technologies Co., Ltd.\",,,,,,A,,\n",
	    OK);
	facts_store_index(&image, &diags);
	assert_int_equal(diags.counts[RW1701], 2);
	assert_true(diags.counts[RW1703] > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_it_is_what_the_files_say, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_rows_are_added, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_rows_are_checked, setup, teardown),
	};

	return cmocka_run_group_tests_name("facts_image", tests, NULL, NULL);
}
