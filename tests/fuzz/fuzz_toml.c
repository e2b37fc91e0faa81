/* Any text as TOML: read and walked. */
#include <assert.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/toml_in.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void walk(const struct toml *root)
{
	VEC(const struct toml *) todo = {0};
	size_t n = 0;

	vec_push(&todo, root);
	while (todo.n) {
		const struct toml *t = todo.v[--todo.n];

		assert(utf8_is_valid(t->text) && utf8_is_valid(t->key));
		assert(!t->first || t->type == TOML_ARRAY ||
		       t->type == TOML_TABLE);
		for (const struct toml *m = t->first; m; m = m->next)
			vec_push(&todo, m);
		n++;
	}
	assert(n <= LIMIT_TOML_NODES);
	vec_release(&todo);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = {0};
	struct diags ds = {0};
	struct str text = utf8_repair(&a, str_n((const char *)bytes, n));
	const struct toml *root;
	enum err err = toml_parse(text, STR("f"), &a, &ds, &root);

	assert(err == OK || ds.kept.n);
	walk(root);
	toml_get(root, "key");
	diag_release(&ds);
	arena_release(&a);
	return 0;
}
