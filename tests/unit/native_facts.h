/*
 * What the tests of native builds share: a few facts about the names of
 * libraries, and one file of a tree, with another beside it.
 */
#ifndef TESTS_NATIVE_FACTS_H
#define TESTS_NATIVE_FACTS_H

#include "extracting.h"
#include "facts_text.h"

#define NATIVE_ROWS \
	A("library,cmake/sctp,github.com/sctp/lksctp-tools,lksctp-tools") \
	A("library,link/sctp,github.com/sctp/lksctp-tools,lksctp-tools") \
	A("library,link/rte_*,github.com/dpdk/dpdk,dpdk") \
	A("library,pkg-config/libdpdk,github.com/dpdk/dpdk,dpdk") \
	A("library,cmake/fmt,github.com/fmtlib/fmt,fmt") \
	B("library,cmake/mkl,,intel-mkl") \
	B("library,cmake/intel-mkl,,intel-mkl") \
	C("library,cmake/guess,github.com/g/g,guess")

/* Extracts from files, sorted and ended by {0}, and compares. */
static inline void native_expect_all(const struct made *files,
				     const char *components,
				     const char *diags, const char *file,
				     int line)
{
	struct tree tree = {.name = STR("tree"), .read = extracting_read,
			    .own = (void *)(uintptr_t)files};
	struct facts facts = {0};
	struct extracting e = {0};

	facts_good(&facts, NATIVE_ROWS);
	e.scan.facts = &facts;
	for (; files->path; files++)
		vec_push(&tree.files, ((struct file){
			.path = str_c(files->path), .size = files->text.n}));
	component_add(&e.scan.parts, STR("root"), STR(""),
		      (struct evidence){STR(""), 0});
	extract_tree(&e.scan, &tree, 0, &e.target);
	vec_release(&tree.files);
	unit_assert_str(extracting_components(&e), str_c(components), file,
			line);
	unit_assert_str(extracting_diags(&e), str_c(diags), file, line);
	extracting_release(&e);
	facts_store_release(&facts);
}

/* The same for one file; `beside` is the path of another, or NULL. */
static inline void native_expect(const struct made *made, const char *beside,
				 const char *components, const char *diags,
				 int line)
{
	const struct made files[] = {*made, {beside, STR(""), NULL}, {0}};

	native_expect_all(files, components, diags, __FILE__, line);
}

#define assert_native(path, text, beside, components, diags) \
	native_expect(&(struct made){path, text, NULL}, beside, components, \
		      diags, __LINE__)
#define assert_native_all(files, components, diags) \
	native_expect_all(files, components, diags, __FILE__, __LINE__)

#endif
