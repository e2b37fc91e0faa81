/*
 * XML 1.0 with namespaces by expat.  The text goes in by pieces: expat starts
 * a token anew with each, so the bytes of a token are bounded here.
 */
#include "base/xml_in.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

/* Stands in no namespace and in no local name. */
#define SEPARATOR ' '
#define PIECE_BYTES LIMIT_MB

struct reader {
	XML_Parser parser;
	const struct xml_events *on;
	void *with;
	struct str path;
	struct diags *diags;
	unsigned depth;
	enum err err;
};

static unsigned line_of(const struct reader *r)
{
	return (unsigned)XML_GetCurrentLineNumber(r->parser);
}

static void stop(struct reader *r, enum err err, enum diag_code code,
		 const char *what)
{
	if (r->err)
		return;
	r->err = err;
	diag_add(r->diags, code,
		 diag_at_column(r->path, line_of(r), (unsigned)
				XML_GetCurrentColumnNumber(r->parser) + 1),
		 "%s", what);
	XML_StopParser(r->parser, XML_FALSE);
}

static bool has_too_many(const XML_Char **attributes)
{
	size_t n = 0;

	while (n <= 2 * LIMIT_XML_ATTRIBUTES && attributes[n])
		n++;
	return n > 2 * LIMIT_XML_ATTRIBUTES;
}

static void on_open(void *with, const XML_Char *name,
		    const XML_Char **attributes)
{
	struct reader *r = with;
	struct xml_element e = {.attributes = (const char *const *)attributes};
	const char *local = strchr(name, SEPARATOR);

	if (r->err)
		return;
	if (r->depth == LIMIT_XML_DEPTH) {
		stop(r, ERR_LIMIT, RW1104, "elements nest too deeply");
		return;
	}
	if (has_too_many(attributes)) {
		stop(r, ERR_LIMIT, RW1901, "an element has too many "
					   "attributes");
		return;
	}
	r->depth++;
	e.space = local ? str_n(name, (size_t)(local - name)) : STR("");
	e.name = str_c(local ? local + 1 : name);
	e.line = line_of(r);
	r->on->open(r->with, &e);
}

static void on_close(void *with, const XML_Char *name)
{
	struct reader *r = with;

	(void)name;
	if (r->err)
		return;
	r->depth--;
	r->on->close(r->with);
}

static void on_text(void *with, const XML_Char *s, int n)
{
	struct reader *r = with;

	if (!r->err)
		r->on->text(r->with, str_n(s, (size_t)n));
}

static void on_doctype(void *with, const XML_Char *name, const XML_Char *id,
		       const XML_Char *public_id, int has_subset)
{
	(void)name;
	(void)id;
	(void)public_id;
	(void)has_subset;
	stop(with, ERR_FORMAT, RW1110, "the document is not read further");
}

/* Feeds the text; stops when one token is as long as a line may be. */
static void feed(struct reader *r, struct str text)
{
	size_t fed = 0, done;

	do {
		struct str piece = str_sub(text, fed, fed + PIECE_BYTES);

		fed += piece.n;
		if (XML_Parse(r->parser, piece.p ? piece.p : "",
			      (int)piece.n, fed == text.n) !=
		    XML_STATUS_OK) {
			stop(r, ERR_FORMAT, RW1109,
			     XML_ErrorString(XML_GetErrorCode(r->parser)));
			return;
		}
		done = (size_t)XML_GetCurrentByteIndex(r->parser);
		if (fed - done > LIMIT_LINE_BYTES && fed < text.n)
			stop(r, ERR_LIMIT, RW1901, "a tag or comment is too "
						   "long");
	} while (fed < text.n && !r->err);
}

static void *get(size_t n)
{
	return mem_new(n, 1);
}

static void *resize(void *p, size_t n)
{
	return mem_resize(p, n, 1);
}

enum err xml_parse(struct str text, struct str path, struct diags *ds,
		   const struct xml_events *on, void *with)
{
	static const XML_Memory_Handling_Suite memory = {get, resize, free};
	static const XML_Char separator[] = {SEPARATOR, 0};
	struct reader r = {.on = on, .with = with, .path = path, .diags = ds};

	r.parser = XML_ParserCreate_MM("UTF-8", &memory, separator);
	if (!r.parser)
		mem_fail();
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_open, on_close);
	XML_SetCharacterDataHandler(r.parser, on_text);
	XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
	feed(&r, text);
	XML_ParserFree(r.parser);
	return r.err;
}

const char *xml_attribute(const struct xml_element *e, const char *name)
{
	for (size_t i = 0; e->attributes[i]; i += 2)
		if (!strcmp(e->attributes[i], name))
			return e->attributes[i + 1];
	return NULL;
}

const char *xml_library_version(void)
{
	return XML_ExpatVersion();
}
