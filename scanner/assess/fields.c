/* Strict reading of YAML mappings; policy.c and waivers.c have the forms. */
#include "assess/fields.h"

#include "base/date.h"
#include "base/strbuf.h"

#define WEIGHT_MAX 1000

void fields_bad(struct fields *f, const struct yaml *node, const char *fmt,
		...)
{
	va_list args;
	struct str text;

	va_start(args, fmt);
	text = arena_vfmt(f->arena, fmt, args);
	va_end(args);
	diag_add(f->diags, f->code, yaml_place(node, f->path), "%.*s",
		 STR_ARG(text));
	f->is_bad = true;
}

/* The keys of a table, for a message. */
static struct str known_keys(struct fields *f, const struct field *table,
			     size_t n)
{
	struct strbuf b;
	struct str keys;

	strbuf_init(&b, 0);
	for (size_t i = 0; i < n; i++)
		strbuf_fmt(&b, "%s%s", i ? ", " : "", table[i].key);
	keys = arena_dup(f->arena, strbuf_str(&b));
	strbuf_release(&b);
	return keys;
}

static const struct field *find_field(const struct field *table, size_t n,
				      struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(key, table[i].key))
			return &table[i];
	return NULL;
}

void fields_mapping(struct fields *f, const struct yaml *node,
		    const char *what, const struct field *table, size_t n,
		    void *to)
{
	if (node->type != YAML_MAPPING) {
		fields_bad(f, node, "%s must be a mapping", what);
		return;
	}
	for (const struct yaml *m = node->first; m; m = m->next) {
		const struct field *field = find_field(table, n,
						       yaml_str(m->key));

		if (field)
			field->read(f, m, (char *)to + field->offset);
		else
			fields_bad(f, m->key,
				   "unknown key '%.*s' in %s; known: %.*s",
				   STR_ARG(yaml_str(m->key)), what,
				   STR_ARG(known_keys(f, table, n)));
	}
	for (size_t i = 0; i < n; i++)
		if (table[i].is_required &&
		    yaml_get(node, table[i].key)->type == YAML_ABSENT)
			fields_bad(f, node, "%s lacks the key '%s'", what,
				   table[i].key);
}

bool fields_is_list(struct fields *f, const struct yaml *node)
{
	if (node->type == YAML_SEQUENCE && node->first)
		return true;
	fields_bad(f, node, "must be a list with at least one member");
	return false;
}

size_t fields_choice(struct fields *f, const struct yaml *node,
		     const char *const *names, size_t n, const char *what)
{
	struct str text = yaml_str(node);
	struct strbuf b;

	for (size_t i = 0; i < n; i++)
		if (text.n && str_is(text, names[i]))
			return i;
	strbuf_init(&b, 0);
	for (size_t i = 0; i < n; i++)
		if (*names[i])
			strbuf_fmt(&b, "%s%s", b.n ? ", " : "", names[i]);
	fields_bad(f, node, "'%.*s' is not %s; known: %.*s", STR_ARG(text),
		   what, STR_ARG(strbuf_str(&b)));
	strbuf_release(&b);
	return SIZE_MAX;
}

void fields_text(struct fields *f, const struct yaml *node, void *to)
{
	struct str text = str_trim(yaml_str(node));

	if (str_is_empty(text))
		fields_bad(f, node, "must be a text");
	*(struct str *)to = text;
}

static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && s.p[i] != '-')
			return false;
	return s.n != 0;
}

void fields_word(struct fields *f, const struct yaml *node, void *to)
{
	struct str text = yaml_str(node);

	if (!is_word(text))
		fields_bad(f, node, "'%.*s' must be made of letters, digits "
			   "and '-'", STR_ARG(text));
	*(struct str *)to = text;
}

/* "12", "12.3" or "12.34" in hundredths. */
static bool hundredths(struct str s, uint64_t *ret)
{
	struct str whole, part;
	uint64_t w, p = 0;
	bool has_part = str_cut(s, '.', &whole, &part);

	if (!str_to_u64(whole, &w) || w > 10000)
		return false;
	if (has_part && (part.n < 1 || part.n > 2 || !str_to_u64(part, &p)))
		return false;
	*ret = w * 100 + (part.n == 1 ? p * 10 : p);
	return true;
}

void fields_percent(struct fields *f, const struct yaml *node, void *to)
{
	struct str text = yaml_str(node);
	uint64_t bp;

	if (!str_has_suffix(text, STR("%")) ||
	    !hundredths(str_head(text, text.n - 1), &bp))
		fields_bad(f, node, "'%.*s' is not a percentage such as 10%% "
			   "or 2.5%%", STR_ARG(text));
	else if (bp > 10000)
		fields_bad(f, node, "'%.*s' is more than 100%%",
			   STR_ARG(text));
	else
		*(int32_t *)to = (int32_t)bp;
}

void fields_weight(struct fields *f, const struct yaml *node, void *to)
{
	struct str text = yaml_str(node);
	uint64_t n;

	if (!str_to_u64(text, &n) || n > WEIGHT_MAX)
		fields_bad(f, node, "'%.*s' is not a whole number from 0 to "
			   "%d", STR_ARG(text), WEIGHT_MAX);
	else
		*(int32_t *)to = (int32_t)n;
}

void fields_day(struct fields *f, const struct yaml *node, void *to)
{
	struct str text = yaml_str(node);

	if (date_parse(text, to) != OK)
		fields_bad(f, node, "'%.*s' is not a day as YYYY-MM-DD",
			   STR_ARG(text));
}

void fields_date(struct fields *f, const struct yaml *node, void *to)
{
	struct str text = yaml_str(node);
	struct date_span span;

	if (date_parse_span(text, &span) != OK)
		fields_bad(f, node, "'%.*s' is not a date as YYYY, YYYY-MM or "
			   "YYYY-MM-DD", STR_ARG(text));
	*(struct str *)to = text;
}

void fields_bool(struct fields *f, const struct yaml *node, void *to)
{
	if (!yaml_bool(node, to))
		fields_bad(f, node, "'%.*s' is neither true nor false",
			   STR_ARG(yaml_str(node)));
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void fields_words(struct fields *f, const struct yaml *node, void *to)
{
	struct fields_words *words = to;

	if (!fields_is_list(f, node))
		return;
	words->v = arena_alloc(f->arena, node->count * sizeof *words->v);
	words->n = 0;
	for (const struct yaml *m = node->first; m; m = m->next)
		fields_word(f, m, &words->v[words->n++]);
	qsort(words->v, words->n, sizeof *words->v, by_text);
	for (size_t i = 1; i < words->n; i++)
		if (str_eq(words->v[i], words->v[i - 1]))
			fields_bad(f, node, "'%.*s' stands there twice",
				   STR_ARG(words->v[i]));
}
