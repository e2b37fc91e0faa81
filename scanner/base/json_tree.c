/*
 * The second half of json_in.h: trees of small JSON values, by cJSON 1.7; its
 * only door.  cJSON cuts strings at \u0000, lets bad UTF-8 pass and takes the
 * first of duplicate keys in silence: the text is repaired before, and the
 * keys are checked after.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/json_in.h"
#include "base/map.h"
#include "base/mem.h"

/* Two names for one thing: nobody but this file sees into a node. */
static const cJSON *node(const struct json *j)
{
	return (const cJSON *)(const void *)j;
}

static const struct json *json(const cJSON *c)
{
	return (const struct json *)(const void *)c;
}

static void check_object(const cJSON *object, struct place at,
			 struct diags *ds)
{
	struct map seen = {0};
	const cJSON *m;

	cJSON_ArrayForEach(m, object) {
		bool is_new;

		map_put(&seen, str_c(m->string), 0, &is_new);
		if (!is_new)
			diag_add(ds, RW1103, at,
				 "the key \"%.100s\" is there twice",
				 m->string);
	}
	map_release(&seen);
}

static void check_duplicates(const cJSON *root, struct place at,
			     struct diags *ds)
{
	VEC(const cJSON *) todo = {0};

	vec_push(&todo, root);
	while (todo.n) {
		const cJSON *c = todo.v[--todo.n], *m;

		if (cJSON_IsObject(c))
			check_object(c, at, ds);
		cJSON_ArrayForEach(m, c)
			if (m->child)
				vec_push(&todo, m);
	}
	vec_release(&todo);
}

enum err json_parse(struct str text, struct place at, struct diags *ds,
		    struct json **ret)
{
	struct strbuf b = {0};
	struct json_raw raw;
	cJSON *root = NULL;
	enum err err = json_open(text, at, ds, &raw);

	*ret = NULL;
	if (err)
		return err;
	json_raw_repair(raw, &b);
	root = cJSON_ParseWithLength(b.p, b.n);
	if (!root) { /* without memory it says the same: once more, with room */
		free(mem_resize(NULL, b.n + 1, sizeof(cJSON)));
		root = cJSON_ParseWithLength(b.p, b.n);
	}
	strbuf_release(&b);
	if (!root) {
		diag_add(ds, RW1101, at, "not JSON");
		return ERR_FORMAT;
	}
	check_duplicates(root, at, ds);
	*ret = (struct json *)(void *)root;
	return OK;
}

void json_free(struct json *root)
{
	cJSON_Delete((cJSON *)(void *)root);
}

const struct json *json_get(const struct json *object, const char *key)
{
	return json(cJSON_GetObjectItemCaseSensitive(node(object), key));
}

const struct json *json_first(const struct json *container)
{
	return container ? json(node(container)->child) : NULL;
}

const struct json *json_next(const struct json *element)
{
	return element ? json(node(element)->next) : NULL;
}

struct str json_str(const struct json *j)
{
	return str_c(cJSON_IsString(node(j)) ? node(j)->valuestring : NULL);
}

struct str json_get_str(const struct json *object, const char *key)
{
	return json_str(json_get(object, key));
}

/* Doubles hold whole numbers without loss below this. */
#define EXACT 9007199254740992.0

bool json_i64(const struct json *j, int64_t *ret_value)
{
	double d = cJSON_IsNumber(node(j)) ? node(j)->valuedouble : EXACT;

	if (!(d > -EXACT && d < EXACT) || d != (double)(int64_t)d)
		return false;
	*ret_value = (int64_t)d;
	return true;
}

bool json_get_i64(const struct json *object, const char *key,
		  int64_t *ret_value)
{
	return json_i64(json_get(object, key), ret_value);
}

const char *json_library_version(void)
{
	return cJSON_Version();
}
