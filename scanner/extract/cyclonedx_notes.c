/*
 * Elements that `check` counts and no judgement needs: licences, identifiers,
 * contacts, tools.  No name or address is kept, only whether there is one.
 */
#include "extract/cyclonedx_notes.h"

#include "extract/sbom_party.h"

#define KEY(s) {s, sizeof s - 1}
#define LENGTH(a) (sizeof(a) / sizeof *(a))

/* Does a contact (name, email, phone) have an address of mail? */
static bool has_mail(struct sbom *b, struct json_raw contact)
{
	struct json_raw mail = json_raw_get(contact, "email");

	return sbom_party_has_contact(sbom_json_value(b, mail, &b->temp));
}

/* Can an organisation or one of a list of persons be reached? */
static bool is_reachable(struct sbom *b, struct json_raw party)
{
	struct json_walk w;
	struct json_raw v;

	if (party.type == JSON_STRING)
		return sbom_party_has_contact(
			sbom_json_value(b, party, &b->temp));
	if (party.type == JSON_OBJECT && (has_mail(b, party) ||
	    sbom_json_says(json_raw_get(party, "url"))))
		return true;
	w = sbom_json_walk(party.type == JSON_ARRAY
			   ? party : json_raw_get(party, "contact"));
	while (sbom_json_next(&w, &v))
		if (has_mail(b, v))
			return true;
	return false;
}

/* Elements by the member that says them. */
struct element { struct str key; uint32_t has, reachable; };
static const struct element elements[] = {
	{KEY("supplier"), COMPONENT_SUPPLIER, COMPONENT_SUPPLIER_CONTACT},
	{KEY("manufacturer"), COMPONENT_PRODUCER, COMPONENT_PRODUCER_CONTACT},
	{KEY("authors"), COMPONENT_PRODUCER, COMPONENT_PRODUCER_CONTACT},
	{KEY("author"), COMPONENT_PRODUCER, COMPONENT_PRODUCER_CONTACT},
	{KEY("cpe"), COMPONENT_IDENTIFIER, 0},
	{KEY("swid"), COMPONENT_IDENTIFIER, 0},
	{KEY("omniborId"), COMPONENT_IDENTIFIER, 0},
	{KEY("swhid"), COMPONENT_IDENTIFIER, 0},
	{KEY("licenses"), COMPONENT_LICENCE, 0},
	{KEY("copyright"), COMPONENT_COPYRIGHT, 0},
};

/* The properties that BSI's guideline has given names. */
static void note_properties(struct sbom *b, size_t component,
			    struct json_raw list)
{
	static const struct { const char *name; uint32_t has; } known[] = {
		{"bsi:component:filename", COMPONENT_FILE_NAME},
		{"bsi:component:executable", COMPONENT_EXECUTABLE},
		{"bsi:component:archive", COMPONENT_ARCHIVE},
		{"bsi:component:structured", COMPONENT_STRUCTURED}};
	struct json_walk w = sbom_json_walk(list);
	struct json_raw property;

	while (sbom_json_next(&w, &property)) {
		struct str name = sbom_json_key(
			b, json_raw_get(property, "name"));

		for (size_t i = 0; i < LENGTH(known); i++)
			if (str_is(name, known[i].name))
				sbom_has(b, component, known[i].has);
	}
}

/* Where it can be had, and hashes of that. */
static void note_references(struct sbom *b, size_t component,
			    struct json_raw list)
{
	struct json_walk w = sbom_json_walk(list);
	struct json_raw reference;

	while (sbom_json_next(&w, &reference)) {
		struct str type = json_raw_get(reference, "type").text;

		if (str_is(type, "\"distribution\"") ||
		    str_is(type, "\"source-distribution\"") ||
		    str_is(type, "\"vcs\""))
			sbom_has(b, component, COMPONENT_DOWNLOAD);
	}
}

void cyclonedx_notes_component(struct sbom *b, size_t component,
			       struct json_raw raw)
{
	struct json_walk w;
	struct json_raw v;
	struct str key;

	json_walk_begin(&w, raw);
	while (json_walk_next(&w, &key, &v)) {
		for (size_t i = 0; i < LENGTH(elements); i++) {
			if (!str_eq(key, elements[i].key) ||
			    !sbom_json_means(b, v))
				continue;
			sbom_has(b, component, elements[i].has);
			if (elements[i].reachable && is_reachable(b, v))
				sbom_has(b, component, elements[i].reachable);
		}
		if (str_is(key, "properties"))
			note_properties(b, component, v);
		else if (str_is(key, "externalReferences"))
			note_references(b, component, v);
	}
}

static void note_tool(struct sbom *b, struct json_raw tool)
{
	uint32_t *has = &b->document.has;

	if (sbom_json_means(b, json_raw_get(tool, "name")))
		*has |= DOCUMENT_TOOL;
	if (sbom_json_means(b, json_raw_get(tool, "version")))
		*has |= DOCUMENT_TOOL_VERSION;
}

/* A list to 1.4; from 1.5 lists of components and services. */
static void note_tools(struct sbom *b, struct json_raw tools)
{
	static const char *const lists[] = {"components", "services"};
	struct json_walk w = sbom_json_walk(tools);
	struct json_raw tool;

	while (sbom_json_next(&w, &tool))
		note_tool(b, tool);
	for (size_t i = 0; i < 2; i++) {
		w = sbom_json_walk(json_raw_get(tools, lists[i]));
		while (sbom_json_next(&w, &tool))
			note_tool(b, tool);
	}
}

/* Who made the document: its authors, or the organisation behind it. */
static void note_maker(struct sbom *b, struct json_raw who,
		       bool is_organisation)
{
	uint32_t *has = &b->document.has;

	if (!sbom_json_means(b, who))
		return;
	*has |= DOCUMENT_AUTHOR;
	if (is_organisation)
		*has |= DOCUMENT_ORGANISATION;
	if (is_reachable(b, who))
		*has |= DOCUMENT_CONTACT;
}

void cyclonedx_notes_metadata(struct sbom *b, struct json_raw metadata)
{
	uint32_t *has = &b->document.has;

	note_tools(b, json_raw_get(metadata, "tools"));
	note_maker(b, json_raw_get(metadata, "authors"), false);
	note_maker(b, json_raw_get(metadata, "manufacturer"), true);
	note_maker(b, json_raw_get(metadata, "manufacture"), true);
	if (sbom_json_means(b, json_raw_get(metadata, "timestamp")))
		*has |= DOCUMENT_TIME;
	if (sbom_json_says(json_raw_get(metadata, "lifecycles")))
		*has |= DOCUMENT_CONTEXT;
	if (sbom_json_says(json_raw_get(metadata, "licenses")))
		*has |= DOCUMENT_LICENCE;
}
