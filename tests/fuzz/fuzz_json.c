/* Any bytes as JSON: scanned, walked to the leaves, parsed into a tree and
 * written again. */
#include <assert.h>
#include <stdint.h>

#include "base/json_in.h"
#include "base/json_out.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void walk(struct json_raw root, struct arena *a)
{
	VEC(struct json_raw) todo = {0};

	vec_push(&todo, root);
	while (todo.n) {
		struct json_raw v = todo.v[--todo.n], member;
		struct json_walk w;
		struct str key = STR("");

		assert(utf8_is_valid(json_raw_str(v, a)));
		json_walk_begin(&w, v);
		while (json_walk_next(&w, &key, &member)) {
			json_raw_key_is(key, STR("key"));
			vec_push(&todo, member);
		}
		assert(w.done || w.broken);
		assert(v.cut || !w.broken);
	}
	vec_release(&todo);
}

/* A tree, written and read again, is sound. */
static void write_again(const struct json *j, struct arena *a)
{
	struct strbuf b = {0};
	struct json_out out;
	struct json_raw raw;
	int64_t number;

	json_i64(j, &number);
	json_out_init(&out, &b, false);
	json_out_array(&out);
	for (const struct json *m = json_first(j); m; m = json_next(m))
		json_out_str(&out, json_str(m));
	json_out_array_end(&out);
	json_out_end(&out);
	assert(json_scan(strbuf_str(&b), &raw, NULL) == OK && !raw.cut);
	walk(raw, a);
	strbuf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n};
	struct arena a = {0};
	struct diags ds = {0};
	struct json_raw raw;
	struct json *tree;
	enum err err = json_open(text, diag_at(STR("f")), &ds, &raw);

	assert(err == OK || ds.kept.n);
	if (raw.type != JSON_ABSENT)
		walk(raw, &a);
	if (json_parse(text, diag_at(STR("f")), &ds, &tree) == OK) {
		assert(err == OK);
		write_again(tree, &a);
		json_free(tree);
	}
	diag_release(&ds);
	arena_release(&a);
	return 0;
}
