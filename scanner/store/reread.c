/* Reading single values of a report. */
#include "store/reread.h"

#include "base/date.h"
#include "base/fs.h"
#include "base/limits.h"

enum err reread_file(const char *path, struct diags *ds,
		     enum err (*parse)(struct str bytes, struct str path,
				       struct diags *ds, void *to),
		     void *to)
{
	struct arena a = {0};
	struct str bytes;
	enum err e = ERR_CONFIG;

	if (fs_read(path, LIMIT_REPORT_BYTES, &a, ds, &bytes))
		diag_add(ds, RW1606, diag_at(str_c(path)),
			 "the report cannot be read");
	else
		e = parse(bytes, str_c(path), ds, to);
	arena_release(&a);
	return e;
}

void reread_bad(struct reread *r, unsigned line, const char *what)
{
	diag_add(r->diags, RW1606, diag_at_line(r->path, line), "%s", what);
	r->is_bad = true;
}

struct str reread_text(struct reread *r, struct json_raw v)
{
	if (v.type != JSON_STRING && v.type != JSON_NULL)
		reread_bad(r, v.line, "a text is missing");
	return json_raw_str(v, r->arena);
}

int64_t reread_number(struct reread *r, struct json_raw v)
{
	int64_t n = -1;

	if (v.type == JSON_NULL)
		return -1;
	if (v.type != JSON_NUMBER || !str_to_i64(v.text, &n) || n < 0)
		reread_bad(r, v.line, "a whole number is missing");
	return n;
}

uint64_t reread_count(struct reread *r, struct json_raw v)
{
	int64_t n = reread_number(r, v);

	if (v.type == JSON_NULL)
		reread_bad(r, v.line, "a whole number is missing");
	return n < 0 ? 0 : (uint64_t)n;
}

int32_t reread_share(struct reread *r, struct json_raw v)
{
	int64_t n = reread_number(r, v);

	if (n > 10000)
		reread_bad(r, v.line, "a share is over 100 %");
	return n > 10000 ? 10000 : (int32_t)n;
}

bool reread_bool(struct reread *r, struct json_raw v)
{
	if (v.type != JSON_BOOL)
		reread_bad(r, v.line, "true or false is missing");
	return v.type == JSON_BOOL && str_is(v.text, "true");
}

struct report_interval reread_interval(struct reread *r,
					    struct json_raw v)
{
	struct report_interval i;
	REREAD_KEYS(r, v, REREAD_KEY("low_bp"),
			 REREAD_KEY("high_bp"));

	i.low_bp = reread_share(r, m[0]);
	i.high_bp = reread_share(r, m[1]);
	if (i.low_bp > i.high_bp)
		reread_bad(r, v.line,
				"a lower bound is above its upper one");
	return i;
}

size_t reread_index(struct reread *r, struct json_raw v, size_t n)
{
	int64_t i = reread_number(r, v);

	if (v.type == JSON_NULL || i < 0)
		return SIZE_MAX;
	if ((uint64_t)i < n)
		return (size_t)i;
	reread_bad(r, v.line, "an index leads past what it is into");
	return SIZE_MAX;
}

int32_t reread_date(struct reread *r, struct json_raw v,
			 int32_t none)
{
	int32_t day = none;

	if (v.type == JSON_NULL)
		return none;
	if (date_parse(reread_text(r, v), &day)) {
		reread_bad(r, v.line, "a day is missing");
		return none;
	}
	return day;
}

size_t reread_word(struct reread *r, struct json_raw v, size_t n,
			const char *(*name)(size_t i))
{
	struct str word = reread_text(r, v);

	for (size_t i = 0; i < n; i++)
		if (str_is(word, name(i)))
			return i;
	reread_bad(r, v.line, "a word that is not known here");
	return 0;
}

void reread_list(struct reread *r, struct json_raw v,
		      void (*each)(struct reread *r, struct json_raw v,
				   void *to), void *to)
{
	struct json_walk w;
	struct json_raw element;

	if (v.type != JSON_ARRAY)
		reread_bad(r, v.line, "a list is missing");
	json_walk_begin(&w, v);
	while (json_walk_next(&w, NULL, &element))
		each(r, element, to);
}
