/* pom.xml: versions from properties, parents and lists, modules, rubbish. */
#include "extracting.h"

#include "base/limits.h"

#define P "<project xmlns='http://maven.apache.org/POM/4.0.0'>\n"
#define GAV(g, a, v) "<groupId>" g "</groupId><artifactId>" a \
	"</artifactId>" v
#define V(v) "<version>" v "</version>"
#define DEP(g, a, rest) "<dependency>" GAV(g, a, rest) "</dependency>\n"
#define DEPS(list) "<dependencies>\n" list "</dependencies>\n"
#define LINE(g, a, v, rest) \
	g ":" a " " v " pkg:maven/" g "/" a "@" v " " rest "\n"
#define BARE(g, a, rest) \
	g ":" a "  pkg:maven/" g "/" a " " rest " unpinned\n"

static void test_one_file(void **state)
{
	(void)state;
	assert_extracts("pom.xml",
		P GAV("g", "me", V("1.0")) "\n"
		"<properties><a.v>${b.v}.3</a.v><b.v>1.2</b.v>"
		"<loop>${loop}</loop></properties>\n"
		DEPS(DEP("o", "a", V("${a.v}"))
		     DEP("o", "b", V(" [2.0] ") "<scope>test</scope>")
		     DEP("o", "c", V("[1,2)") "<optional>true</optional>")
		     DEP("${project.groupId}.x", "d", V("${project.version}"))
		     DEP("o", "e", "<type>zip</type><classifier>q</classifier>"
			 V("1-SNAPSHOT"))
		     DEP("o", "f", V("${none}"))
		     DEP("o", "g", V("${loop}"))
		     DEP("o", "h-${none}", V("1"))
		     "<dependency><groupId>o</groupId></dependency>\n")
		"<build><plugins><plugin><artifactId>maven-jar-plugin"
		"</artifactId>" V("3.0") DEPS(DEP("o", "p", V("1")))
		"</plugin></plugins></build></project>",
		LINE("o", "a", "1.2.3", "runtime 5")
		LINE("o", "b", "2.0", "test 6")
		BARE("o", "c", "runtime 7")
		LINE("g.x", "d", "1.0", "runtime 8")
		"o:e  pkg:maven/o/e?classifier=q&type=zip runtime 9 unpinned\n"
		BARE("o", "f", "runtime 10") BARE("o", "g", "runtime 11")
		"o:h-${none}   runtime 12 unpinned\n"
		LINE("org.apache.maven.plugins", "maven-jar-plugin", "3.0",
		     "build 15")
		LINE("o", "p", "1", "build 16"),
		"RW1302 10 a version is not known: ${none}\n"
		"RW1302 11 a version is not known: ${loop}\n"
		"RW1302 12 a name is not known: o:h-${none}\n"
		"RW1301 13 no name\n");
}

/* A parent in the tree, a list that it imports, a module, one outside. */
static void test_parents_and_modules(void **state)
{
	static const struct made files[] = {
		{"bom/pom.xml", STR(P GAV("g", "bom", V("1"))
			"<properties><z.v>9</z.v></properties>"
			"<dependencyManagement>" DEPS(DEP("o", "z", V("7")))
			"</dependencyManagement></project>"), NULL},
		{"mod/pom.xml", STR(P "<parent>" GAV("g", "top", V("1"))
			"</parent><artifactId>mod</artifactId>\n"
			DEPS(DEP("o", "a", "") DEP("g", "bom", V("1"))
			     DEP("o", "z", "") DEP("o", "none", ""))
			"</project>"), NULL},
		{"pom.xml", STR(P "<parent>" GAV("org", "out", V("2"))
			"<relativePath/></parent>\n"
			GAV("g", "top", V("1")) "\n"
			"<properties><a.v>4.5</a.v></properties>\n"
			"<dependencyManagement>" DEPS(
			DEP("o", "a", V("${a.v}") "<scope>test</scope>")
			DEP("g", "bom", V("1") "<type>pom</type>"
			    "<scope>import</scope>")
			DEP("b", "b", V("3") "<type>pom</type>"
			    "<scope>import</scope>"))
			"</dependencyManagement></project>"), NULL},
		{0}};

	(void)state;
	assert_tree(files,
		"o:a 4.5 pkg:maven/o/a@4.5 test 4,6\n"
		"o:z 7 pkg:maven/o/z@7 runtime 6,3\n"
		BARE("o", "none", "runtime 7")
		"org:out 2 pkg:maven/org/out@2?type=pom build 2\n"
		"b:b 3 pkg:maven/b/b@3?type=pom build 8\n",
		"RW1304 5 the module bom is taken from the folder bom\n"
		"RW1304 7 the module bom is taken from the folder bom\n");
}

static void test_plugin_management_and_profiles(void **state)
{
	(void)state;
	assert_extracts("pom.xml",
		P "<build><pluginManagement><plugins><plugin>"
		GAV("p", "q", V("1.1")) "</plugin><plugin>"
		GAV("p", "unused", V("1")) "</plugin></plugins>"
		"</pluginManagement>\n"
		"<plugins><plugin>" GAV("p", "q", "") "</plugin></plugins>"
		"</build>\n"
		"<profiles><profile>" DEPS(DEP("o", "a", V("1")))
		"</profile></profiles></project>",
		"p:q 1.1 pkg:maven/p/q@1.1 build 3,2\n"
		LINE("o", "a", "1", "runtime 5"), "");
}

static void test_parents_in_a_circle(void **state)
{
	static const struct made files[] = {
		{"a/pom.xml", STR(P "<parent>" GAV("g", "b", V("1"))
			"<relativePath>../b</relativePath></parent>"
			"<artifactId>a</artifactId>" DEPS(
			DEP("o", "x", V("${v}"))) "</project>"), NULL},
		{"b/pom.xml", STR(P "<parent>" GAV("g", "a", V("1"))
			"<relativePath>../a/pom.xml</relativePath></parent>"
			"<artifactId>b</artifactId></project>"), NULL},
		{0}};

	(void)state;
	assert_tree(files, BARE("o", "x", "runtime 3"),
		    "RW1302 3 a version is not known: ${v}\n");
}

static void test_hostile(void **state)
{
	struct strbuf b = {0};
	struct extracting e;

	(void)state;
	assert_extracts("pom.xml",
		P DEPS(DEP("o", "a", V("1") V("2")) DEP("o", "cut", V("1"))
		       "<dependency><groupId>o"),
		LINE("o", "a", "1", "runtime 3")
		LINE("o", "cut", "1", "runtime 4"),
		"RW1103 3 the element \"version\" is there twice\n"
		"RW1109 5 mismatched tag\n"
		"RW1301 5 no name\n");
	assert_extracts("pom.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><project/>",
			"", "RW1110 1 the document is not read further\n");
	strbuf_cstr(&b, P DEPS(DEP("o", "a", V("1"))));
	for (int i = 0; i < 10000; i++)
		strbuf_cstr(&b, "<x>");
	extracting_text(&e, "pom.xml", strbuf_str(&b));
	assert_str(extracting_components(&e),
		   LINE("o", "a", "1", "runtime 3"));
	assert_int_equal(e.scan.diags.counts[RW1104], 1);
	extracting_release(&e);
	strbuf_clear(&b);
	strbuf_cstr(&b, P DEPS(DEP("o", "a", V("1"))) "<properties><x>");
	strbuf_pad(&b, 'y', LIMIT_MB);
	strbuf_cstr(&b, "</x></properties>" DEPS(DEP("o", "b", V("${x}"))));
	strbuf_cstr(&b, "</project>");
	extracting_text(&e, "pom.xml", strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 3);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_file),
		cmocka_unit_test(test_parents_and_modules),
		cmocka_unit_test(test_plugin_management_and_profiles),
		cmocka_unit_test(test_parents_in_a_circle),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests_name("extract_maven", tests, NULL,
					   NULL);
}
