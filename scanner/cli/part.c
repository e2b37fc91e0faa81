/* Parts: written as records, read back with every length checked. */
#include "cli/part.h"

#include "base/fs.h"
#include "base/limits.h"
#include "history/history.h"
#include "store/digest_cache.h"

#define HEAD "ranwhence-part 1 "
#define FIELDS 6
#define HEX_BYTES (2 * SHA256_BYTES)
#define END "end 64\n"
#define END_BYTES (sizeof END - 1 + HEX_BYTES + 1)

/* --- writing -------------------------------------------------------------- */

static void put(struct strbuf *to, const char *name, const struct str *fields,
		size_t n)
{
	strbuf_cstr(to, name);
	for (size_t i = 0; i < n; i++)
		strbuf_fmt(to, " %zu", fields[i].n);
	strbuf_ch(to, '\n');
	for (size_t i = 0; i < n; i++)
		strbuf_add(to, fields[i]);
	strbuf_ch(to, '\n');
}

/* Does it lie in the repository?  Then without the way there. */
static bool take_off(struct str path, struct str *of)
{
	struct str rest;

	if (!str_has_prefix(*of, path))
		return false;
	rest = str_from(*of, path.n);
	if (rest.n && rest.p[0] != '/')
		return false;
	*of = rest;
	return true;
}

static void put_told(const struct diags *told, struct str path,
		     struct strbuf *to)
{
	unsigned long more[DIAG_CODE_COUNT];
	struct arena a = {0};

	memcpy(more, told->counts, sizeof more);
	for (size_t i = 0; i < told->kept.n; i++) {
		const struct diag *d = &told->kept.v[i];
		struct str at = d->place.path;
		bool is_inside = take_off(path, &at);
		const struct str fields[] = {
			str_c(diag_name(d->code)),
			is_inside ? STR("1") : STR("0"), at,
			arena_fmt(&a, "%u", d->place.line),
			arena_fmt(&a, "%u", d->place.column), d->message};

		more[d->code]--;
		put(to, "told", fields, FIELDS);
	}
	for (size_t c = 0; c < DIAG_CODE_COUNT; c++) {
		const struct str fields[] = {
			str_c(diag_name((enum diag_code)c)),
			arena_fmt(&a, "%lu", more[c])};

		if (more[c])
			put(to, "more", fields, 2);
	}
	arena_release(&a);
}

static void put_end(struct strbuf *to, size_t from)
{
	unsigned char sum[SHA256_BYTES];

	sha256_of(str_from(strbuf_str(to), from), sum);
	strbuf_cstr(to, END);
	sha256_hex(to, sum, sizeof sum);
	strbuf_ch(to, '\n');
}

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

bool part_write(struct str key, const char *path, enum err e,
		const struct digest *d, const struct diags *told,
		struct strbuf *to)
{
	const struct diags nothing = {0};
	struct arena a = {0};
	struct strbuf text;
	struct str fields[2];
	size_t from = to->n;
	bool is_sound;

	strbuf_init(&text, LIMIT_DIGEST_BYTES);
	if (!e)
		(void)digest_cache_text(d, &nothing, &text);
	is_sound = !text.full && (e || is_faithful(strbuf_str(&text)));
	fields[0] = arena_fmt(&a, "%d", (int)e);
	fields[1] = strbuf_str(&text);
	strbuf_fmt(to, HEAD "%.*s\n", STR_ARG(key));
	put(to, "history", fields, 2);
	put_told(told, str_c(path), to);
	put_end(to, from);
	strbuf_release(&text);
	arena_release(&a);
	return is_sound && !to->full;
}

bool part_write_slice(struct str key, struct str slice, struct strbuf *to)
{
	size_t from = to->n;

	strbuf_fmt(to, HEAD "%.*s\n", STR_ARG(key));
	put(to, "slice", &slice, 1);
	put_end(to, from);
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

struct record {
	struct str name, fields[FIELDS];
	size_t n;
};

/* The next record; false at the end or where it is not one. */
static bool next(struct str *rest, struct record *r)
{
	struct str line, word;
	uint64_t sizes[FIELDS];

	*r = (struct record){0};
	if (!str_split(rest, '\n', &line) || !str_word(&line, &r->name))
		return false;
	while (str_word(&line, &word))
		if (r->n == FIELDS || !str_to_u64(word, &sizes[r->n++]))
			return false;
	for (size_t i = 0; i < r->n; i++) {
		if (sizes[i] > rest->n)
			return false;
		r->fields[i] = str_head(*rest, (size_t)sizes[i]);
		*rest = str_from(*rest, (size_t)sizes[i]);
	}
	if (!rest->n || rest->p[0] != '\n')
		return false;
	*rest = str_from(*rest, 1);
	return true;
}

/* What stands between head and end; false when those are not sound. */
static bool body(struct str bytes, struct str key, struct str *ret)
{
	struct str head = str_head(bytes, sizeof HEAD - 1 + HEX_BYTES + 1);
	struct str end;
	struct strbuf want;
	bool is_sound;

	if (bytes.n < head.n + END_BYTES || key.n != HEX_BYTES)
		return false;
	*ret = str_head(bytes, bytes.n - END_BYTES);
	end = str_from(bytes, ret->n);
	strbuf_init(&want, 0);
	strbuf_fmt(&want, HEAD "%.*s\n", STR_ARG(key));
	is_sound = str_eq(head, strbuf_str(&want));
	strbuf_clear(&want);
	strbuf_add(&want, *ret);
	put_end(&want, 0);
	is_sound = is_sound &&
		   str_eq(end, str_from(strbuf_str(&want), ret->n));
	strbuf_release(&want);
	*ret = str_from(*ret, head.n);
	return is_sound;
}

bool part_is_sound(struct str bytes, struct str key)
{
	struct str unused;

	return body(bytes, key, &unused);
}

static bool get_told(const struct record *r, struct str path, struct arena *a,
		     struct diags *told)
{
	uint64_t line, column;
	enum diag_code code;
	struct place at = {.path = r->fields[2]};

	if (r->n != FIELDS || !diag_find(r->fields[0], &code) ||
	    !(str_is(r->fields[1], "0") || str_is(r->fields[1], "1")) ||
	    !str_to_u64(r->fields[3], &line) || line > UINT32_MAX ||
	    !str_to_u64(r->fields[4], &column) || column > UINT32_MAX)
		return false;
	if (str_is(r->fields[1], "1"))
		at.path = arena_fmt(a, "%.*s%.*s", STR_ARG(path),
				    STR_ARG(at.path));
	at.line = (unsigned)line;
	at.column = (unsigned)column;
	diag_add(told, code, at, "%.*s", STR_ARG(r->fields[5]));
	return true;
}

static bool get_more(const struct record *r, struct diags *told)
{
	enum diag_code code;
	uint64_t n;

	if (r->n != 2 || !diag_find(r->fields[0], &code) ||
	    !str_to_u64(r->fields[1], &n) || n > UINT32_MAX)
		return false;
	told->counts[code] += n;
	return true;
}

/* Every record of a part but the first. */
static bool get_rest(struct str rest, struct str path, struct diags *told)
{
	struct arena a = {0};
	struct record r;
	bool is_sound = true;

	while (is_sound && rest.n) {
		is_sound = next(&rest, &r);
		if (is_sound && str_is(r.name, "told"))
			is_sound = get_told(&r, path, &a, told);
		else if (is_sound)
			is_sound = str_is(r.name, "more") &&
				   get_more(&r, told);
	}
	arena_release(&a);
	return is_sound;
}

static bool get(struct str rest, const char *path, struct arena *a,
		struct diags *told, enum err *ret_e, struct digest *ret)
{
	struct diags unsaid = {0};
	struct record r;
	uint64_t e;
	bool is_sound = next(&rest, &r) && str_is(r.name, "history") &&
			r.n == 2 && str_to_u64(r.fields[0], &e) &&
			e <= ERR_FEED && get_rest(rest, str_c(path), told);

	if (is_sound)
		*ret_e = (enum err)e;
	if (is_sound && !e &&
	    digest_parse(arena_dup(a, r.fields[1]), STR(""), a, &unsaid,
			 ret)) {
		*ret = (struct digest){0};
		is_sound = false;
	}
	diag_release(&unsaid);
	return is_sound;
}

static const char *name_of(const char *folder, struct str key,
			   struct arena *a)
{
	return arena_fmt(a, "%s/%.*s" PART_SUFFIX, folder, STR_ARG(key)).p;
}

bool part_has_file(const char *folder, struct str key)
{
	struct arena a = {0};
	bool has = fs_kind(name_of(folder, key, &a)) == FS_FILE;

	arena_release(&a);
	return has;
}

bool part_is_there(const char *folder, struct str key)
{
	struct diags unsaid = {0};
	struct arena a = {0};
	const char *file = name_of(folder, key, &a);
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
	name = name_of(folder, strbuf_str(&b), a);
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
	struct record r;
	bool is_sound = !fs_read(file, PART_BYTES, a, &unsaid, &bytes) &&
			body(bytes, key, &rest) && next(&rest, &r) &&
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
		is_sound = get_slice(name_of(folder, strbuf_str(&own), &a),
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
	const char *file = name_of(folder, key, &scratch);
	struct str bytes, inner;
	enum err e = ERR_NOTFOUND;

	if (fs_kind(file) != FS_FILE) {
		tell_missing(folder, key, path, ds);
	} else if (!fs_read(file, PART_BYTES, &scratch, ds, &bytes)) {
		if (body(bytes, key, &inner) &&
		    get(inner, path, a, &told, &e, ret)) {
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
