/* Keys, counts and hosts of ranwhence.digest/3. */
#include "model/digest_part.h"

#include "base/date.h"
#include "base/limits.h"

const char *digest_part_members(struct digest_reading *r,
				struct json_raw object,
				struct digest_keys keys,
				struct json_raw *ret)
{
	struct json_walk w;
	struct json_raw value;
	struct str key;

	r->line = object.line;
	if (object.type != JSON_OBJECT)
		return "an object is missing";
	for (size_t i = 0; i < keys.n; i++)
		ret[i] = (struct json_raw){.type = JSON_ABSENT};
	json_walk_begin(&w, object);
	while (json_walk_next(&w, &key, &value)) {
		size_t i = 0;

		r->line = value.line;
		while (i < keys.n && !str_is(key, keys.names[i]))
			i++;
		if (i == keys.n)
			return "a key is not one of the format";
		if (ret[i].type != JSON_ABSENT)
			return "a key stands there twice";
		ret[i] = value;
	}
	r->line = object.line;
	for (size_t i = 0; i < keys.needed; i++)
		if (ret[i].type == JSON_ABSENT)
			return "a key is missing";
	return NULL;
}

const char *digest_part_rows(struct digest_reading *r, struct json_raw array,
			     const char *(*read)(struct digest_reading *r,
						 struct json_raw row))
{
	const char *why = NULL;
	struct json_walk w;
	struct json_raw row;

	json_walk_begin(&w, array);
	while (!why && json_walk_next(&w, NULL, &row)) {
		r->line = row.line;
		why = read(r, row);
	}
	if (!why)
		r->line = array.line;
	return why;
}

bool digest_part_count(struct json_raw raw, uint64_t *ret)
{
	return raw.type == JSON_NUMBER && str_to_u64(raw.text, ret) &&
	       *ret <= DIGEST_GREATEST;
}

bool digest_part_month(struct json_raw raw, int32_t *ret)
{
	struct str name = str_unquote(raw.text);
	struct date_span span;

	if (raw.type != JSON_STRING || name.n != 7 ||
	    date_parse_span(name, &span))
		return false;
	*ret = date_month(span.first);
	return true;
}

void digest_part_write_month(struct json_out *j, int32_t month)
{
	struct strbuf name;

	strbuf_init(&name, 0);
	date_write_month(&name, month);
	json_out_str(j, strbuf_str(&name));
	strbuf_release(&name);
}

bool digest_part_is_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '@' || ascii_lower(s.p[i]) != s.p[i])
			return false;
	return s.n <= LIMIT_HOST_BYTES;
}

bool digest_part_is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]) || ascii_lower(s.p[i]) != s.p[i])
			return false;
	return s.n == 40 || s.n == 64;
}
