/* Reading XML: events and places, what is refused, limits, cut texts. */
#include "unit.h"

#include "base/limits.h"
#include "base/strbuf.h"
#include "base/xml_in.h"

static struct diags ds;
static struct strbuf out;

static int release(void **state)
{
	(void)state;
	diag_release(&ds);
	strbuf_release(&out);
	return 0;
}

static void on_open(void *with, const struct xml_element *e)
{
	const char *a = xml_attribute(e, "a");

	(void)with;
	strbuf_fmt(&out, "<%.*s|%.*s@%u", STR_ARG(e->space), STR_ARG(e->name),
		   e->line);
	if (a)
		strbuf_fmt(&out, " a=%s", a);
	strbuf_ch(&out, '>');
}

static void on_text(void *with, struct str text)
{
	(void)with;
	strbuf_add(&out, text);
}

static void on_close(void *with)
{
	(void)with;
	strbuf_cstr(&out, "</>");
}

static const struct xml_events events = {on_open, on_text, on_close};

static enum err parse(struct str text)
{
	diag_release(&ds);
	strbuf_clear(&out);
	return xml_parse(text, STR("f"), &ds, &events, NULL);
}

static void check(struct str text, enum err err, enum diag_code code)
{
	enum err got = parse(text);

	assert_int_equal(got, err);
	assert_int_equal(ds.kept.n, err != OK);
	if (err)
		assert_int_equal(ds.kept.v[0].code, code);
}
#define CHECK(text, err, code) check(STR(text), err, code)

static void test_events(void **state)
{
	(void)state;
	CHECK("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
	      "<x xmlns=\"urn:n\" a=\"1&amp;2\">\n <!-- no -->"
	      "<p:y xmlns:p=\"urn:p\" p:a='2'>t&lt;<![CDATA[<&]]></p:y>"
	      "\xc3\xa9</x>\n", OK, RW1109);
	assert_str(strbuf_str(&out), "<urn:n|x@2 a=1&2>\n <urn:p|y@3>t<<&</>"
		   "\xc3\xa9</>");
}

static void test_doctypes_are_refused(void **state)
{
	(void)state;
	CHECK("<!DOCTYPE x><x/>", ERR_FORMAT, RW1110);
	assert_str(strbuf_str(&out), "");
	CHECK("<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "
	      "\"file:///etc/passwd\">]><x>&e;</x>", ERR_FORMAT, RW1110);
	assert_int_equal(ds.kept.v[0].place.line, 2);
	CHECK("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
	      "\"&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>", ERR_FORMAT, RW1110);
	CHECK("<!DOCTYPE x SYSTEM \"http://h.example/d\"><x/>", ERR_FORMAT,
	      RW1110);
	CHECK("<x>&e;</x>", ERR_FORMAT, RW1109);
}

static void test_malformed(void **state)
{
	(void)state;
	CHECK("", ERR_FORMAT, RW1109);
	CHECK("x", ERR_FORMAT, RW1109);
	CHECK("<x>", ERR_FORMAT, RW1109);
	CHECK("<x></y>", ERR_FORMAT, RW1109);
	CHECK("<x/>more", ERR_FORMAT, RW1109);
	CHECK("<x/><y/>", ERR_FORMAT, RW1109);
	CHECK("<x a='1' a='2'/>", ERR_FORMAT, RW1109);
	CHECK("<x>&#0;</x>", ERR_FORMAT, RW1109);
	CHECK("<x>&#27;</x>", ERR_FORMAT, RW1109);
	CHECK("<x>\x1b</x>", ERR_FORMAT, RW1109);
	CHECK("<x>\xff</x>", ERR_FORMAT, RW1109);
	CHECK("<p:x/>", ERR_FORMAT, RW1109);
	CHECK("<x>\n<y>\n<z ", ERR_FORMAT, RW1109);
	assert_str(strbuf_str(&out), "<|x@1>\n<|y@2>\n");
	assert_int_equal(ds.kept.v[0].place.line, 3);
}

static void test_depth(void **state)
{
	struct strbuf b = {0};

	(void)state;
	for (size_t n = LIMIT_XML_DEPTH; n < LIMIT_XML_DEPTH + 2; n++) {
		strbuf_clear(&b);
		for (size_t i = 0; i < n; i++)
			strbuf_cstr(&b, "<x>");
		for (size_t i = 0; i < n; i++)
			strbuf_cstr(&b, "</x>");
		check(strbuf_str(&b), n == LIMIT_XML_DEPTH ? OK : ERR_LIMIT,
		      RW1104);
	}
	strbuf_clear(&b);
	for (size_t i = 0; i < 1000000; i++)
		strbuf_cstr(&b, "<x>");
	check(strbuf_str(&b), ERR_LIMIT, RW1104);
	strbuf_release(&b);
}

static void test_attributes_and_tokens(void **state)
{
	struct strbuf b = {0};

	(void)state;
	for (size_t n = LIMIT_XML_ATTRIBUTES; n < LIMIT_XML_ATTRIBUTES + 2;
	     n++) {
		strbuf_clear(&b);
		strbuf_cstr(&b, "<x ");
		for (size_t i = 0; i < n; i++)
			strbuf_fmt(&b, "a%zu='' ", i);
		strbuf_cstr(&b, "/>");
		check(strbuf_str(&b), n == LIMIT_XML_ATTRIBUTES ? OK
								: ERR_LIMIT,
		      RW1901);
	}
	/* a token of 40 MB is not read forty times */
	strbuf_clear(&b);
	strbuf_cstr(&b, "<x a='");
	strbuf_pad(&b, 'a', 40 * LIMIT_MB);
	strbuf_cstr(&b, "'/>");
	check(strbuf_str(&b), ERR_LIMIT, RW1901);
	/* a text is no token */
	strbuf_clear(&b);
	strbuf_cstr(&b, "<x>");
	strbuf_pad(&b, 'a', 40 * LIMIT_MB);
	strbuf_cstr(&b, "</x>");
	check(strbuf_str(&b), OK, RW1901);
	assert_true(out.n > 40 * LIMIT_MB);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_doctypes_are_refused),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_attributes_and_tokens),
	};

	return cmocka_run_group_tests_name("xml_in", tests, NULL, release);
}
