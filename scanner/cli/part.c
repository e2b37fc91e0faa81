/* Parts: written as records, read back with every length checked. */
#include "cli/part.h"

#include "base/fs.h"
#include "base/limits.h"
#include "cli/part_record.h"
#include "history/history.h"
#include "store/digest_cache.h"

/* Reading its text gives the same digest again. */
static bool is_faithful(struct str text)
{
	const struct diags nothing = {0};
	struct diags unsaid = {0};
	struct arena a = {0};
	struct digest d;
	struct strbuf again;
	bool is_same = false;

	strbuf_init(&again, 0);
	if (!digest_parse(text, STR(""), &a, &unsaid, &d)) {
		(void)digest_cache_text(&d, &nothing, &again);
		is_same = str_eq(strbuf_str(&again), text);
		digest_release(&d);
	}
	strbuf_release(&again);
	diag_release(&unsaid);
	arena_release(&a);
	return is_same;
}

bool part_put(struct str key, const char *path, const struct part *p,
	      struct strbuf *to)
{
	const struct diags nothing = {0};
	struct arena a = {0};
	struct strbuf text;
	struct str fields[2];
	size_t from = to->n;
	bool is_sound;

	strbuf_init(&text, LIMIT_DIGEST_BYTES);
	if (!p->e)
		(void)digest_cache_text(p->digest, &nothing, &text);
	is_sound = !text.full && (p->e || is_faithful(strbuf_str(&text)));
	fields[0] = arena_fmt(&a, "%d", (int)p->e);
	fields[1] = strbuf_str(&text);
	part_record_begin(key, to);
	part_record_put(to, "history", fields, 2);
	part_record_put_told(p->told, str_c(path), to);
	if (p->seats) {
		part_record_put(to, "seats", NULL, 0);
		part_record_put_told(p->seats, str_c(path), to);
	}
	part_record_put_end(to, from);
	strbuf_release(&text);
	arena_release(&a);
	return is_sound && !to->full;
}

bool part_write(struct str key, const char *path, enum err e,
		const struct digest *d, const struct diags *told,
		struct strbuf *to)
{
	struct digest digest = d ? *d : (struct digest){0};
	struct diags copy = *told;

	return part_put(key, path, &(struct part){e, &digest, &copy, NULL},
			to);
}

bool part_write_slice(struct str key, struct str slice, struct strbuf *to)
{
	size_t from = to->n;

	part_record_begin(key, to);
	part_record_put(to, "slice", &slice, 1);
	part_record_put_end(to, from);
	return !to->full;
}

void part_slice_key(struct str key, unsigned number, unsigned of,
		    struct strbuf *to)
{
	unsigned char sum[SHA256_BYTES];
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "slice %u of %u of %.*s", number, of, STR_ARG(key));
	sha256_of(strbuf_str(&b), sum);
	sha256_hex(to, sum, sizeof sum);
	strbuf_release(&b);
}

/* --- reading -------------------------------------------------------------- */

bool part_is_sound(struct str bytes, struct str key)
{
	struct str unused;

	return part_record_body(bytes, key, &unused);
}

/* All records but the first. */
static bool get_told(struct str rest, const char *path, struct part *p)
{
	struct part_record r;
	bool is_sound = part_record_get_told(&rest, str_c(path), p->told);

	if (is_sound && p->seats && rest.n)
		is_sound = part_record_next(&rest, &r) &&
			   str_is(r.name, "seats") && !r.n &&
			   part_record_get_told(&rest, str_c(path), p->seats);
	return is_sound && !rest.n;
}

bool part_get(struct str bytes, struct str key, const char *path,
	      struct arena *a, struct part *ret)
{
	struct diags unsaid = {0};
	struct part_record r;
	struct str rest;
	uint64_t e;
	bool is_sound = part_record_body(bytes, key, &rest) &&
			part_record_next(&rest, &r) &&
			str_is(r.name, "history") && r.n == 2 &&
			str_to_u64(r.fields[0], &e) && e <= ERR_FEED &&
			get_told(rest, path, ret);

	if (is_sound)
		ret->e = (enum err)e;
	if (is_sound && !e &&
	    digest_parse(arena_dup(a, r.fields[1]), STR(""), a, &unsaid,
			 ret->digest)) {
		*ret->digest = (struct digest){0};
		is_sound = false;
	}
	diag_release(&unsaid);
	return is_sound;
}

const char *part_file(const char *folder, struct str key, struct arena *a)
{
	return arena_fmt(a, "%s/%.*s" PART_SUFFIX, folder, STR_ARG(key)).p;
}

bool part_has_file(const char *folder, struct str key)
{
	struct arena a = {0};
	bool has = fs_kind(part_file(folder, key, &a)) == FS_FILE;

	arena_release(&a);
	return has;
}

bool part_is_there(const char *folder, struct str key)
{
	struct diags unsaid = {0};
	struct arena a = {0};
	const char *file = part_file(folder, key, &a);
	struct str bytes;
	bool is_there = fs_kind(file) == FS_FILE &&
			!fs_read(file, PART_BYTES, &a, &unsaid, &bytes) &&
			part_is_sound(bytes, key);

	diag_release(&unsaid);
	arena_release(&a);
	return is_there;
}

/* --- slices --------------------------------------------------------------- */

static const char *name_of_slice(const char *folder, struct str key,
				 struct part_slices at, struct arena *a)
{
	struct strbuf b;
	const char *name;

	strbuf_init(&b, 0);
	part_slice_key(key, at.there, at.of, &b);
	name = part_file(folder, strbuf_str(&b), a);
	strbuf_release(&b);
	return name;
}

static unsigned count_slices(const char *folder, struct str key, unsigned of)
{
	struct arena a = {0};
	unsigned n = 0;

	for (unsigned i = 0; i < of; i++)
		n += fs_kind(name_of_slice(folder, key,
					   (struct part_slices){i, of},
					   &a)) == FS_FILE;
	arena_release(&a);
	return n;
}

bool part_find_slices(const char *folder, struct str key,
		      struct part_slices *ret)
{
	*ret = (struct part_slices){0};
	for (unsigned of = 2; of <= HISTORY_SLICES; of++) {
		unsigned n = count_slices(folder, key, of);

		if (n && (!ret->of || (uint64_t)n * ret->of >
				      (uint64_t)ret->there * of))
			*ret = (struct part_slices){n, of};
	}
	return ret->of && ret->there == ret->of;
}

static bool get_slice(const char *file, struct str key, struct arena *a,
		      struct str *ret)
{
	struct diags unsaid = {0};
	struct str bytes, rest;
	struct part_record r;
	bool is_sound = !fs_read(file, PART_BYTES, a, &unsaid, &bytes) &&
			part_record_body(bytes, key, &rest) &&
			part_record_next(&rest, &r) &&
			str_is(r.name, "slice") && r.n == 1 && !rest.n;

	if (is_sound)
		*ret = r.fields[0];
	diag_release(&unsaid);
	return is_sound;
}

bool part_join(const char *folder, struct str key, unsigned of,
	       struct strbuf *to)
{
	struct str slices[HISTORY_SLICES];
	struct arena a = {0};
	struct strbuf own;
	bool is_sound = of <= HISTORY_SLICES;

	strbuf_init(&own, 0);
	for (unsigned i = 0; is_sound && i < of; i++) {
		strbuf_clear(&own);
		part_slice_key(key, i, of, &own);
		is_sound = get_slice(part_file(folder, strbuf_str(&own), &a),
				     strbuf_str(&own), &a, &slices[i]);
	}
	is_sound = is_sound && history_join(slices, of, to);
	strbuf_release(&own);
	arena_release(&a);
	return is_sound;
}

/* --- finding -------------------------------------------------------------- */

static void tell_missing(const char *folder, struct str key,
			 const char *path, struct diags *ds)
{
	struct part_slices s;

	(void)part_find_slices(folder, key, &s);
	if (s.there)
		diag_add(ds, RW1830, diag_at(str_c(path)),
			 "its history is not among the parts (%.*s): of %u "
			 "slices %u are there", STR_ARG(key), s.of, s.there);
	else
		diag_add(ds, RW1830, diag_at(str_c(path)),
			 "its history is not among the parts (%.*s)",
			 STR_ARG(key));
}

enum err part_find(const char *folder, struct str key, const char *path,
		   struct arena *a, struct diags *ds, struct digest *ret)
{
	struct arena scratch = {0};
	struct diags told = {0};
	const char *file = part_file(folder, key, &scratch);
	struct part p = {.digest = ret, .told = &told};
	struct str bytes;
	enum err e = ERR_NOTFOUND;

	if (fs_kind(file) != FS_FILE) {
		tell_missing(folder, key, path, ds);
	} else if (!fs_read(file, PART_BYTES, &scratch, ds, &bytes)) {
		if (part_get(bytes, key, path, a, &p)) {
			e = p.e;
			diag_merge(ds, &told);
		} else {
			e = ERR_FORMAT;
			diag_add(ds, RW1831, diag_at(str_c(file)),
				 "not the whole part of %s", path);
		}
	}
	diag_release(&told);
	arena_release(&scratch);
	return e;
}
