/*
 * Records: components (the error, the text of what was added), unbuilt (a
 * pattern), told and more; then, of a repository with terms of seats, terms
 * (the member of a digest), and what was told of them.
 */
#include "cli/part_components.h"

#include "base/fs.h"
#include "base/json_in.h"
#include "base/json_out.h"
#include "base/limits.h"
#include "cli/part.h"
#include "cli/part_record.h"
#include "model/digest_terms.h"
#include "model/scan_text.h"

static void put_terms(const struct reading *r, struct str path,
		      struct strbuf *to)
{
	struct strbuf text;
	struct json_out j;
	struct str field;

	strbuf_init(&text, PART_BYTES);
	json_out_init(&j, &text, true);
	json_out_object(&j);
	digest_terms_write(&r->terms, &j);
	json_out_object_end(&j);
	json_out_end(&j);
	field = strbuf_str(&text);
	part_record_put(to, "terms", &field, 1);
	part_record_put_told(&r->terms_told, path, to);
	strbuf_release(&text);
}

bool part_components_write(struct str key, const char *path, struct scan *s,
			   const struct reading *r, struct strbuf *to)
{
	struct arena a = {0};
	struct scan again = {.as_of = 0};
	struct strbuf text;
	struct str fields[2];
	size_t from = to->n;
	bool is_sound;

	strbuf_init(&text, PART_BYTES);
	scan_text_write(s, &text);
	fields[0] = arena_fmt(&a, "%d", (int)r->e);
	fields[1] = strbuf_str(&text);
	is_sound = !text.full && scan_text_read(fields[1], &again);
	part_record_begin(key, to);
	part_record_put(to, "components", fields, 2);
	for (size_t i = 0; i < r->unbuilt.n; i++)
		part_record_put(to, "unbuilt", &r->unbuilt.v[i], 1);
	part_record_put_told(&s->diags, str_c(path), to);
	if (r->terms.has_terms || r->terms_told.kept.n)
		put_terms(r, str_c(path), to);
	part_record_put_end(to, from);
	scan_release(&again);
	strbuf_release(&text);
	arena_release(&a);
	return is_sound && !to->full;
}

/* --- reading -------------------------------------------------------------- */

static bool get_terms(struct str rest, struct str path, struct arena *a,
		      struct reading *to)
{
	struct part_record r;
	struct digest_reading to_terms = {.d = &to->terms, .a = a};
	struct json_raw raw;

	return part_record_next(&rest, &r) && str_is(r.name, "terms") &&
	       r.n == 1 &&
	       !json_scan(arena_dup(a, r.fields[0]), &raw, NULL) &&
	       !raw.cut &&
	       !digest_terms_read(&to_terms, json_raw_get(raw, "terms")) &&
	       part_record_get_told(&rest, path, &to->terms_told) && !rest.n;
}

static bool get_unbuilt(struct str *rest, struct arena *a,
			struct reading *to)
{
	struct str after = *rest;
	struct part_record r;

	while (part_record_next(&after, &r) && str_is(r.name, "unbuilt")) {
		if (r.n != 1)
			return false;
		vec_push(&to->unbuilt, arena_dup(a, r.fields[0]));
		*rest = after;
	}
	return true;
}

/* What was told goes to `told`; what was added, to the scan at last. */
static bool get(struct str rest, struct str path, struct scan *s,
		struct diags *told, struct reading *to)
{
	struct part_record r;
	uint64_t e;

	if (!part_record_next(&rest, &r) || !str_is(r.name, "components") ||
	    r.n != 2 || !str_to_u64(r.fields[0], &e) || e > ERR_FEED ||
	    !get_unbuilt(&rest, &s->arena, to) ||
	    !part_record_get_told(&rest, path, told) ||
	    (rest.n && !get_terms(rest, path, &s->arena, to)))
		return false;
	to->e = (enum err)e;
	return scan_text_read(r.fields[1], s);
}

void part_components_find(const char *folder, struct str key,
			  const char *path, struct scan *s,
			  struct reading *ret)
{
	struct arena scratch = {0};
	struct diags told = {0};
	const char *file = part_file(folder, key, &scratch);
	struct str bytes, inner;
	enum err e = ERR_NOTFOUND;

	*ret = (struct reading){.e = OK};
	if (fs_kind(file) != FS_FILE) {
		diag_add(&s->diags, RW1830, diag_at(str_c(path)),
			 "its components are not among the parts (%.*s)",
			 STR_ARG(key));
	} else if (!fs_read(file, PART_BYTES, &scratch, &s->diags, &bytes)) {
		e = part_record_body(bytes, key, &inner) &&
		    get(inner, str_c(path), s, &told, ret) ? OK : ERR_FORMAT;
		if (!e)
			diag_merge(&s->diags, &told);
		else
			diag_add(&s->diags, RW1831, diag_at(str_c(file)),
				 "not the whole part of %s", path);
	}
	if (e) {
		reading_release(ret);
		*ret = (struct reading){.e = e};
	}
	diag_release(&told);
	arena_release(&scratch);
}
