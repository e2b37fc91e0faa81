/* Keys, counts and hosts of ranwhence.digest/3. */
#include "model/digest_part.h"

#include "base/limits.h"

const char *digest_part_members(struct json_raw object,
				struct digest_keys keys, unsigned *line,
				struct json_raw *ret)
{
	struct json_walk w;
	struct json_raw value;
	struct str key;

	*line = object.line;
	if (object.type != JSON_OBJECT)
		return "an object is missing";
	for (size_t i = 0; i < keys.n; i++)
		ret[i] = (struct json_raw){.type = JSON_ABSENT};
	json_walk_begin(&w, object);
	while (json_walk_next(&w, &key, &value)) {
		size_t i = 0;

		*line = value.line;
		while (i < keys.n && !str_is(key, keys.names[i]))
			i++;
		if (i == keys.n)
			return "a key is not one of the format";
		if (ret[i].type != JSON_ABSENT)
			return "a key stands there twice";
		ret[i] = value;
	}
	*line = object.line;
	for (size_t i = 0; i < keys.needed; i++)
		if (ret[i].type == JSON_ABSENT)
			return "a key is missing";
	return NULL;
}

bool digest_part_count(struct json_raw raw, uint64_t *ret)
{
	return raw.type == JSON_NUMBER && str_to_u64(raw.text, ret) &&
	       *ret <= DIGEST_GREATEST;
}

bool digest_part_is_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '@' || ascii_lower(s.p[i]) != s.p[i])
			return false;
	return s.n <= LIMIT_HOST_BYTES;
}
