/* Raw JSON values of SBOM documents. */
#include "extract/sbom_json.h"

#include "base/limits.h"
#include "extract/sbom_party.h"

struct json_raw sbom_json_unwrap(struct json_raw value, const char *mark)
{
	static const char *const wrappers[] = {"sbom", "predicate"};

	if (json_raw_get(value, mark).type != JSON_ABSENT)
		return value;
	for (size_t i = 0; i < 2; i++) {
		struct json_raw inner = json_raw_get(value, wrappers[i]);

		if (json_raw_get(inner, mark).type != JSON_ABSENT)
			return inner;
	}
	return value;
}

void sbom_json_members(struct sbom *b, struct json_raw of,
		       const struct str *keys, size_t n, struct json_raw *ret)
{
	json_raw_members(of, keys, n, ret, b->x->path, b->x->diags);
}

struct str sbom_json_plain(struct sbom *b, struct json_raw v,
			   struct arena *a)
{
	if (v.type == JSON_NUMBER && !v.cut && v.text.n <= LIMIT_NAME_BYTES)
		return arena_dup(a, v.text);
	if (v.type != JSON_STRING)
		return STR("");
	/* a text that is too long is not decoded first */
	if (v.text.n > LIMIT_NAME_BYTES + 2)
		return sbom_plain(b, v.text, v.line, a);
	return str_trim(json_raw_str(v, a));
}

struct str sbom_json_value(struct sbom *b, struct json_raw v,
			   struct arena *a)
{
	struct str text = sbom_json_plain(b, v, a);

	return sbom_party_is_nobody(text) ? STR("") : text;
}

struct str sbom_json_key(struct sbom *b, struct json_raw v)
{
	struct str inner = str_sub(v.text, 1, v.text.n - 1);

	if (v.type != JSON_STRING || v.cut)
		return STR("");
	if (str_find_ch(inner, '\\') == SIZE_MAX)
		return inner;
	return json_raw_str(v, b->x->scratch);
}

bool sbom_json_says(struct json_raw v)
{
	struct str inner = str_sub(v.text, 1, v.text.n ? v.text.n - 1 : 0);

	switch (v.type) {
	case JSON_ABSENT:
	case JSON_NULL:
		return false;
	case JSON_STRING:
	case JSON_ARRAY:
	case JSON_OBJECT:
		return str_trim(inner).n != 0;
	default:
		return true;
	}
}

bool sbom_json_means(struct sbom *b, struct json_raw v)
{
	if (v.type == JSON_STRING && v.text.n <= LIMIT_NAME_BYTES)
		return sbom_json_value(b, v, &b->temp).n != 0;
	return sbom_json_says(v);
}

struct json_walk sbom_json_walk(struct json_raw list)
{
	struct json_walk w;

	if (list.type != JSON_ARRAY)
		list = (struct json_raw){.type = JSON_ABSENT};
	json_walk_begin(&w, list);
	return w;
}

bool sbom_json_next(struct json_walk *w, struct json_raw *ret)
{
	return json_walk_next(w, NULL, ret);
}
