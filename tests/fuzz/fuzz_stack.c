/* Any bytes as a stack file: what is taken names only what lies below it. */
#include <assert.h>
#include <stdint.h>

#include "base/path.h"
#include "discover/stack.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_path(struct str path)
{
	struct str part, rest = path;

	assert(path.n && path.p[0] != '/');
	while (rest.n) {
		str_cut(rest, '/', &part, &rest);
		assert(!str_is(part, ".."));
	}
}

static void check(const struct stack *st)
{
	assert(st->info.name.n && st->components.n);
	for (size_t i = 0; i < st->components.n; i++) {
		const struct stack_component *c = &st->components.v[i];

		assert(c->what.n && c->line && c->function < FUNCTION_COUNT);
		if (c->form == STACK_PATH || c->form == STACK_SBOM)
			check_path(c->what);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n};
	struct arena a = {0};
	struct diags ds = {0};
	struct stack st = {0};

	stack_sniffs(text);
	if (!stack_parse(text, STR("stack.yaml"), &a, &ds, &st))
		check(&st);
	else
		assert(ds.kept.n);
	stack_release(&st);
	diag_release(&ds);
	arena_release(&a);
	return 0;
}
