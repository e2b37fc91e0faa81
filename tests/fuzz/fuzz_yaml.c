/* Any bytes as YAML, first, second and all documents: read and walked. */
#include <assert.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/yaml_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Aliases share their members: the walk itself shows that the budget of
 * nodes holds. */
static void walk(const struct yaml *root)
{
	VEC(const struct yaml *) todo = {0};
	size_t n = 0;

	vec_push(&todo, root);
	while (todo.n) {
		const struct yaml *y = todo.v[--todo.n];
		size_t count = 0;

		n++;
		assert(utf8_is_valid(yaml_str(y)));
		for (const struct yaml *m = y->first; m; m = m->next) {
			assert(!m->key == (y->type == YAML_SEQUENCE));
			vec_push(&todo, m);
			count++;
		}
		assert(count == y->count);
	}
	assert(n <= LIMIT_YAML_NODES + 1);
	vec_release(&todo);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n};

	for (size_t i = 0; i < 3; i++) {
		struct arena a = {0};
		struct diags ds = {0};
		const struct yaml *root;
		enum err err = i < 2
			? yaml_parse(text, i, STR("f"), &a, &ds, &root)
			: yaml_parse_all(text, STR("f"), &a, &ds, &root);

		assert(err == OK || err == ERR_NOTFOUND || ds.kept.n);
		walk(root);
		yaml_get(root, "key");
		diag_release(&ds);
		arena_release(&a);
	}
	return 0;
}
