/*
 * `ranwhence purl`: package URLs, one a line, in canonical form, taken apart,
 * or built from their parts.  A line in gives a line out, also where it is
 * not valid.
 */
#include <stdio.h>

#include "base/json_in.h"
#include "base/json_out.h"
#include "base/limits.h"
#include "cli/command.h"
#include "model/purl.h"

struct run {
	bool is_build, is_json, is_quiet;
	bool has_failed;
	unsigned line;
	struct arena arena; /* of one line */
	struct strbuf out;
};

/* --- parts in JSON -------------------------------------------------------- */

/* A text, or null for "". */
static const char *take_text(struct run *r, struct json_raw v, struct str *ret)
{
	*ret = json_raw_str(v, &r->arena);
	return v.type == JSON_STRING || v.type == JSON_NULL
		? NULL : "a part is not a text or null";
}

/* A list of checksums is one value. */
static const char *take_list(struct run *r, struct json_raw list,
			     struct str *ret)
{
	struct strbuf b;
	struct json_walk w;
	struct json_raw item;
	const char *why = NULL;
	struct str text;

	strbuf_init(&b, LIMIT_NAME_BYTES);
	json_walk_begin(&w, list);
	while (!why && json_walk_next(&w, NULL, &item)) {
		why = take_text(r, item, &text);
		if (b.n)
			strbuf_ch(&b, ',');
		strbuf_add(&b, text);
	}
	*ret = arena_dup(&r->arena, strbuf_str(&b));
	if (b.full)
		why = "longer than the limit";
	strbuf_release(&b);
	return why;
}

static const char *take_qualifiers(struct run *r, struct json_raw object,
				   struct purl *p)
{
	struct json_walk w;
	struct json_raw v;
	struct str key;
	const char *why = NULL;

	if (object.type != JSON_OBJECT)
		return object.type == JSON_NULL
			? NULL : "qualifiers are not an object";
	json_walk_begin(&w, object);
	while (!why && json_walk_next(&w, &key, &v)) {
		struct purl_qualifier q = {.key = key};

		why = v.type == JSON_ARRAY ? take_list(r, v, &q.value)
					   : take_text(r, v, &q.value);
		vec_push(&p->qualifiers, q);
	}
	return why;
}

static const char *take_member(struct run *r, struct str key,
			       struct json_raw v, struct purl *p)
{
	struct { const char *key; struct str *to; } parts[] = {
		{"type", &p->type}, {"namespace", &p->namespace},
		{"name", &p->name}, {"version", &p->version},
		{"subpath", &p->subpath}};

	if (json_raw_key_is(key, STR("qualifiers")))
		return take_qualifiers(r, v, p);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (json_raw_key_is(key, str_c(parts[i].key)))
			return take_text(r, v, parts[i].to);
	return "a key is not one of type, namespace, name, version, "
	       "qualifiers, subpath";
}

/* Builds a purl from an object of parts; NULL, or what is wrong. */
static const char *build(struct run *r, struct str text, struct purl *p)
{
	struct diags found = {0};
	struct json_raw root, v;
	struct json_walk w;
	struct str key;
	const char *why = NULL;

	*p = (struct purl){0};
	if (json_open(text, diag_at(STR("")), &found, &root) ||
	    found.kept.n || root.type != JSON_OBJECT)
		why = "not a JSON object";
	diag_release(&found);
	if (why)
		return why;
	json_walk_begin(&w, root);
	while (!why && json_walk_next(&w, &key, &v))
		why = take_member(r, key, v, p);
	if (!why)
		why = purl_normalise(p, &r->arena, &why) ? why : NULL;
	if (!why && purl_write(p, &r->arena).n > LIMIT_NAME_BYTES)
		why = "longer than the limit";
	if (why)
		purl_release(p);
	return why;
}

/* --- one line ------------------------------------------------------------- */

static void write_qualifiers(struct json_out *j, const struct purl *p,
			     struct arena *a)
{
	json_out_key(j, "qualifiers");
	if (!p->qualifiers.n) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	for (size_t i = 0; i < p->qualifiers.n; i++)
		json_out_kstr(j, arena_cstr(a, p->qualifiers.v[i].key),
			      p->qualifiers.v[i].value);
	json_out_object_end(j);
}

static void write_json(struct run *r, struct str input, const struct purl *p,
		       const char *why)
{
	struct json_out j;

	json_out_init(&j, &r->out, true);
	json_out_object(&j);
	json_out_kstr(&j, "input", input);
	json_out_kstr_or_null(&j, "purl",
			      why ? STR("") : purl_write(p, &r->arena));
	json_out_kstr_or_null(&j, "type", p->type);
	json_out_kstr_or_null(&j, "namespace", p->namespace);
	json_out_kstr_or_null(&j, "name", p->name);
	json_out_kstr_or_null(&j, "version", p->version);
	write_qualifiers(&j, p, &r->arena);
	json_out_kstr_or_null(&j, "subpath", p->subpath);
	json_out_kstr_or_null(&j, "error", str_c(why));
	json_out_object_end(&j);
	json_out_end(&j);
}

static void do_line(struct run *r, struct str input, bool is_cut)
{
	struct purl p = {0};
	const char *why;

	r->line++;
	if (is_cut)
		why = "the line is longer than the limit";
	else if (r->is_build)
		why = build(r, input, &p);
	else if (!purl_parse(input, &r->arena, &p, &why))
		why = NULL;
	if (why) {
		p = (struct purl){0};
		r->has_failed = true;
		if (!r->is_quiet && !r->is_json)
			fprintf(stderr, "ranwhence: line %u: %s\n", r->line,
				why);
	}
	if (r->is_json) {
		write_json(r, input, &p, why);
	} else {
		strbuf_add(&r->out, why ? STR("") : purl_write(&p, &r->arena));
		strbuf_ch(&r->out, '\n');
	}
	purl_release(&p);
	arena_release(&r->arena);
	fwrite(r->out.p, 1, r->out.n, stdout);
	strbuf_clear(&r->out);
}

/* A line of standard input, without its end; false after the last. */
static bool read_line(struct strbuf *line)
{
	int c = getc(stdin);

	strbuf_clear(line);
	if (c == EOF)
		return false;
	for (; c != EOF && c != '\n'; c = getc(stdin))
		strbuf_ch(line, (char)c);
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

static int run_purl(const struct opts *o)
{
	struct run r = {.is_build = opt_given(o, OPT_ID_build),
			.is_json = opt_given(o, OPT_ID_json),
			.is_quiet = opt_given(o, OPT_ID_quiet)};
	struct strbuf line;

	strbuf_init(&line, LIMIT_LINE_BYTES);
	for (size_t i = 0; i < o->targets.list.n; i++)
		do_line(&r, str_c(o->targets.list.v[i]), false);
	while (!o->targets.list.n && read_line(&line))
		do_line(&r, strbuf_str(&line), line.full);
	strbuf_release(&line);
	strbuf_release(&r.out);
	if (ferror(stdin)) {
		fputs("ranwhence: standard input cannot be read\n", stderr);
		r.has_failed = true;
	}
	return r.has_failed ? EXIT_INCOMPLETE : 0;
}

const struct command command_purl = {
	.name = "purl", .arguments = "[PURL...]",
	.summary = "write package URLs in canonical form, or take them apart",
	.bit = OPT_PURL, .min_targets = 0, .run = run_purl,
};
