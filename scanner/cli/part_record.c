/* Records, and the telling that goes with every kind of part. */
#include "cli/part_record.h"

#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"

#define HEAD "ranwhence-part 1 "
#define HEX_BYTES (2 * SHA256_BYTES)
#define END "end 64\n"
#define END_BYTES (sizeof END - 1 + HEX_BYTES + 1)

/* --- writing -------------------------------------------------------------- */

void part_record_put(struct strbuf *to, const char *name,
		     const struct str *fields, size_t n)
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

void part_record_put_told(const struct diags *told, struct str path,
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
		part_record_put(to, "told", fields, PART_FIELDS);
	}
	for (size_t c = 0; c < DIAG_CODE_COUNT; c++) {
		const struct str fields[] = {
			str_c(diag_name((enum diag_code)c)),
			arena_fmt(&a, "%lu", more[c])};

		if (more[c])
			part_record_put(to, "more", fields, 2);
	}
	arena_release(&a);
}

void part_record_begin(struct str key, struct strbuf *to)
{
	strbuf_fmt(to, HEAD "%.*s\n", STR_ARG(key));
}

void part_record_put_end(struct strbuf *to, size_t from)
{
	unsigned char sum[SHA256_BYTES];

	sha256_of(str_from(strbuf_str(to), from), sum);
	strbuf_cstr(to, END);
	sha256_hex(to, sum, sizeof sum);
	strbuf_ch(to, '\n');
}

/* --- reading -------------------------------------------------------------- */

bool part_record_next(struct str *rest, struct part_record *r)
{
	struct str line, word;
	uint64_t sizes[PART_FIELDS];

	*r = (struct part_record){0};
	if (!str_split(rest, '\n', &line) || !str_word(&line, &r->name))
		return false;
	while (str_word(&line, &word))
		if (r->n == PART_FIELDS || !str_to_u64(word, &sizes[r->n++]))
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

bool part_record_body(struct str bytes, struct str key, struct str *ret)
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
	part_record_begin(key, &want);
	is_sound = str_eq(head, strbuf_str(&want));
	strbuf_clear(&want);
	strbuf_add(&want, *ret);
	part_record_put_end(&want, 0);
	is_sound = is_sound &&
		   str_eq(end, str_from(strbuf_str(&want), ret->n));
	strbuf_release(&want);
	*ret = str_from(*ret, head.n);
	return is_sound;
}

static bool get_told(const struct part_record *r, struct str path,
		     struct arena *a, struct diags *told)
{
	uint64_t line, column;
	enum diag_code code;
	struct place at = {.path = r->fields[2]};

	if (r->n != PART_FIELDS || !diag_find(r->fields[0], &code) ||
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

static bool get_more(const struct part_record *r, struct diags *told)
{
	enum diag_code code;
	uint64_t n;

	if (r->n != 2 || !diag_find(r->fields[0], &code) ||
	    !str_to_u64(r->fields[1], &n) || n > UINT32_MAX)
		return false;
	told->counts[code] += n;
	return true;
}

bool part_record_get_told(struct str *rest, struct str path, struct diags *told)
{
	struct arena a = {0};
	bool is_sound = true, is_ours = true;

	while (is_sound && is_ours && rest->n) {
		struct str after = *rest;
		struct part_record r;

		is_sound = part_record_next(&after, &r);
		if (is_sound && str_is(r.name, "told"))
			is_sound = get_told(&r, path, &a, told);
		else if (is_sound && str_is(r.name, "more"))
			is_sound = get_more(&r, told);
		else
			is_ours = false;
		if (is_sound && is_ours)
			*rest = after;
	}
	arena_release(&a);
	return is_sound;
}
