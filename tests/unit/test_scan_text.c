/* What a target added, there and back; and what is not sound. */
#include "unit.h"

#include "model/scan_text.h"

static void fill_document(struct scan *s)
{
	struct document *d = vec_add(&s->documents.list);

	*d = (struct document){.path = STR("p"), .format = STR("SPDX 2.3"),
			       .id = STR("urn:x"), .n = 2, .root = 1,
			       .has = DOCUMENT_NAME};
	vec_push(&d->parts_have, COMPONENT_PURL);
	vec_push(&d->parts_have, 0);
	vec_push(&d->refs, ((struct document_ref){STR("r"), 1}));
	vec_push(&s->documents.links, ((struct document_link){
		.from = {1, STR(""), STR("")},
		.to = {SIZE_MAX, STR("urn:y"), STR("z")},
		.kind = EDGE_CONTAINS, .scope = SCOPE_TEST,
		.is_optional = true, .place = {STR("p"), 3}}));
}

/* Two components, of which every member has a value. */
static void fill(struct scan *s)
{
	struct component *c;
	struct seat *seat;

	vec_push(&s->targets, ((struct target){
		TARGET_REPOSITORY, STR("t"), STR("f"), 0, 4, 3, 2}));
	component_add(&s->parts, STR("root"), STR("x/y"),
		      (struct evidence){STR("t"), 0});
	c = &s->parts.components.v[component_add(
		&s->parts, STR("n"), STR("x/y"),
		(struct evidence){STR("a: b 1"), 7})];
	component_add_evidence(c, (struct evidence){STR(""), 0});
	c->version = STR("1");
	c->purl = STR("pkg:npm/n@1");
	vec_push(&c->more_purls, STR("pkg:npm/m"));
	vec_push(&c->refs, STR("ref"));
	c->group = STR("g");
	c->type = STR("library");
	c->scope = SCOPE_RELEASE;
	c->function = FUNCTION_TOOLING;
	c->completeness = COMPLETENESS_INCOMPLETE;
	c->supplier = STR("s");
	c->producer = STR("p\n");
	c->packager = STR("k");
	c->provenance = (struct provenance){
		PROVENANCE_REPOSITORY, STR("https://a/b"), STR("c0"),
		STR("v1"), STR("sha256:0"), STR("how"), true};
	c->is_root = c->is_scanned = c->is_unpinned = true;
	c->is_indirect = c->is_optional = c->is_stamped = true;
	component_add_edge(&s->parts, 0, 1, EDGE_CONTAINS);
	component_add_area(&s->parts, true);
	component_add_area_path(&s->parts, (struct area_path){
		STR("src/**"), true, false, true});
	seat = component_add_seat(&s->parts, 1, SEAT_OWNER,
				  (struct evidence){STR("OWNERS"), 2});
	seat->company = STR("Some");
	seat->host = STR("h.example");
	seat->area = 0;
	seat->has_lines = true;
	seat->lines = 99;
	component_add_seat(&s->parts, 0, SEAT_LEAD,
			   (struct evidence){STR("OWNERS"), 3});
	fill_document(s);
}

static void test_there_and_back(void **state)
{
	struct scan one = {.as_of = 0}, all = {.as_of = 0};
	struct strbuf a, b;

	(void)state;
	strbuf_init(&a, 0);
	strbuf_init(&b, 0);
	fill(&one);
	scan_text_write(&one, &a);
	assert_true(scan_text_read(strbuf_str(&a), &all));
	scan_text_write(&all, &b);
	assert_true(str_eq(strbuf_str(&a), strbuf_str(&b)));
	assert_true(all.parts.components.v[1].digest == SIZE_MAX);
	assert_true(all.parts.seats.v[0].organisation == SIZE_MAX);
	scan_release(&one);
	scan_release(&all);
	strbuf_release(&a);
	strbuf_release(&b);
}

/* Behind what is there already, all places are moved. */
static void test_behind_another(void **state)
{
	struct scan one = {.as_of = 0}, all = {.as_of = 0};
	struct strbuf a;

	(void)state;
	strbuf_init(&a, 0);
	fill(&one);
	fill(&all);
	scan_text_write(&one, &a);
	assert_true(scan_text_read(strbuf_str(&a), &all));
	assert_int_equal(all.targets.v[1].root, 2);
	assert_int_equal(all.parts.components.n, 4);
	assert_int_equal(all.parts.edges.v[1].from, 2);
	assert_int_equal(all.parts.edges.v[1].to, 3);
	assert_int_equal(all.parts.seats.v[2].component, 3);
	assert_int_equal(all.parts.seats.v[2].person, 2);
	assert_int_equal(all.parts.seats.v[2].area, 1);
	assert_true(all.parts.seats.v[3].area == SIZE_MAX);
	assert_int_equal(all.parts.persons, 4);
	assert_int_equal(all.parts.areas.v[1].first, 1);
	assert_int_equal(all.documents.list.v[1].first, 2);
	assert_int_equal(all.documents.list.v[1].root, 3);
	assert_int_equal(all.documents.list.v[1].refs.v[0].component, 3);
	assert_int_equal(all.documents.links.v[1].from.component, 3);
	assert_true(all.documents.links.v[1].to.component == SIZE_MAX);
	scan_release(&one);
	scan_release(&all);
	strbuf_release(&a);
}

/* Cut anywhere, or with any byte another, it is refused or another text;
 * nothing of what is refused was added. */
static void test_what_is_not_sound(void **state)
{
	struct scan one = {.as_of = 0};
	struct strbuf a, b;

	(void)state;
	strbuf_init(&a, 0);
	strbuf_init(&b, 0);
	fill(&one);
	scan_text_write(&one, &a);
	for (size_t i = 0; i < 2 * a.n; i++) {
		struct scan s = {.as_of = 0};
		struct str text = strbuf_str(&a);

		strbuf_clear(&b);
		strbuf_add(&b, i < a.n ? str_head(text, i) : text);
		if (i >= a.n)
			b.p[i - a.n] = i % 3 ? '9' : '\xff';
		if (!scan_text_read(strbuf_str(&b), &s))
			assert_int_equal(s.targets.n + s.parts.components.n +
					 s.documents.list.n, 0);
		else
			assert_true(i >= a.n);
		scan_release(&s);
	}
	strbuf_add(&a, STR(" "));
	assert_false(scan_text_read(strbuf_str(&a), &one));
	scan_release(&one);
	strbuf_release(&a);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_behind_another),
		cmocka_unit_test(test_what_is_not_sound),
	};

	return cmocka_run_group_tests_name("scan_text", tests, NULL, NULL);
}
