/*
 * SPDX 2.2 and 2.3 in YAML: the members of the JSON form, written as YAML.
 * The tree is turned into that JSON, each value on the line where it stands,
 * for the reader of it.  As yaml_in.h says, aliases have a budget.
 */
#include "base/limits.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/yaml_in.h"
#include "extract/spdx_json.h"

/* A container whose members are being written. */
struct level {
	const struct yaml *next;
	char end;
	bool has_items;
};

struct writer {
	struct strbuf json;
	struct level levels[LIMIT_JSON_DEPTH];
	size_t depth;
	unsigned line;
	struct extraction *x;
	enum err err;
};

static void write_string(struct strbuf *b, struct str s)
{
	static const char digits[] = "0123456789abcdef";

	strbuf_ch(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0x20 && c != '"' && c != '\\') {
			strbuf_ch(b, s.p[i]);
			continue;
		}
		strbuf_cstr(b, "\\u00");
		strbuf_ch(b, digits[c >> 4]);
		strbuf_ch(b, digits[c & 15]);
	}
	strbuf_ch(b, '"');
}

static void open_level(struct writer *w, const struct yaml *y)
{
	bool is_array = y->type == YAML_SEQUENCE;

	if (w->depth == LIMIT_JSON_DEPTH) {
		if (!w->err)
			diag_add(w->x->diags, RW1104,
				 yaml_place(y, w->x->path),
				 "more than %d levels", LIMIT_JSON_DEPTH);
		w->err = ERR_LIMIT;
		strbuf_cstr(&w->json, "null");
		return;
	}
	strbuf_ch(&w->json, is_array ? '[' : '{');
	w->levels[w->depth++] = (struct level){
		.next = y->first, .end = is_array ? ']' : '}'};
}

static void write_value(struct writer *w, const struct yaml *y)
{
	if (y->line > w->line) {
		strbuf_pad(&w->json, '\n', y->line - w->line);
		w->line = y->line;
	}
	if (y->type == YAML_SCALAR)
		write_string(&w->json, yaml_str(y));
	else if (y->type == YAML_ABSENT)
		strbuf_cstr(&w->json, "null");
	else
		open_level(w, y);
}

static void write_tree(struct writer *w, const struct yaml *root)
{
	write_value(w, root);
	while (w->depth) {
		struct level *l = &w->levels[w->depth - 1];
		const struct yaml *y = l->next;

		if (!y) {
			strbuf_ch(&w->json, l->end);
			w->depth--;
			continue;
		}
		l->next = y->next;
		if (l->has_items)
			strbuf_ch(&w->json, ',');
		l->has_items = true;
		if (y->key && l->end == '}') {
			write_string(&w->json, y->key->text);
			strbuf_ch(&w->json, ':');
		}
		write_value(w, y);
	}
}

static bool wants(const struct file *f)
{
	struct str name = path_base(f->path);

	return str_has_suffix(name, STR(".spdx.yaml")) ||
	       str_has_suffix(name, STR(".spdx.yml"));
}

/* The version as a member of the outermost mapping. */
static bool sniffs(struct str head)
{
	struct str line, key, value;

	while (str_line(&head, &line)) {
		if (!str_cut(line, ':', &key, &value))
			continue;
		key = str_unquote(str_trim(key));
		value = str_trim(value);
		if (str_is(key, "spdxVersion") && line.p[0] != ' ' &&
		    (str_has_prefix(value, STR("SPDX-")) ||
		     str_has_prefix(str_from(value, 1), STR("SPDX-"))))
			return true;
	}
	return false;
}

static enum err extract(struct extraction *x)
{
	struct writer w = {.line = 1, .x = x};
	const struct yaml *root;
	struct json_raw read;
	enum err err;

	if (x->text.n > LIMIT_YAML_BYTES) {
		diag_add(x->diags, RW1901, diag_at(x->path),
			 "more bytes than are read as YAML");
		return ERR_LIMIT;
	}
	err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags, &root);

	if (root->type != YAML_MAPPING) {
		diag_add(x->diags, RW1106, diag_at(x->path),
			 "the document is not a mapping");
		return ERR_FORMAT;
	}
	write_tree(&w, root);
	if (json_scan(strbuf_str(&w.json), &read, NULL) == OK)
		spdx_json_read(x, &extract_spdx_yaml, "YAML", read);
	strbuf_release(&w.json);
	return err ? err : w.err;
}

const struct extractor extract_spdx_yaml = {
	.name = "spdx/yaml",
	.summary = "SPDX 2.2 and 2.3 in YAML",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_SUPPLIER |
		SEES_REPOSITORY | SEES_COMMIT,
	.is_sbom = true,
	.max_bytes = LIMIT_YAML_BYTES,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
