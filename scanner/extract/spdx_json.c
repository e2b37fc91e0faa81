/*
 * SPDX 2.2 and 2.3 in JSON, also in the wrapper of GitHub and of
 * attestations.  What it means is spdx.c's.
 */
#include "extract/spdx_json.h"

#include "base/limits.h"
#include "base/path.h"
#include "extract/sbom_json.h"
#include "extract/spdx.h"

#define KEY(s) {s, sizeof s - 1}

enum document_key { D_VERSION, D_ID, D_NAMESPACE, D_NAME, D_LICENCE,
		    D_OTHERS, D_DESCRIBES, D_PACKAGES, D_FILES, D_SNIPPETS,
		    D_RELATIONSHIPS, D_CREATION, D_COUNT };
static const struct str document_keys[] = {
	KEY("spdxVersion"), KEY("SPDXID"), KEY("documentNamespace"),
	KEY("name"), KEY("dataLicense"), KEY("externalDocumentRefs"),
	KEY("documentDescribes"), KEY("packages"), KEY("files"),
	KEY("snippets"), KEY("relationships"), KEY("creationInfo")};

enum package_key { P_ID, P_NAME, P_VERSION, P_SUPPLIER, P_ORIGINATOR,
		   P_DOWNLOAD, P_CHECKSUMS, P_REFERENCES, P_PURPOSE,
		   P_CONCLUDED, P_DECLARED, P_COPYRIGHT, P_ANALYSED,
		   P_FILE_NAME, P_CODE, P_COUNT };
static const struct str package_keys[] = {
	KEY("SPDXID"), KEY("name"), KEY("versionInfo"), KEY("supplier"),
	KEY("originator"), KEY("downloadLocation"), KEY("checksums"),
	KEY("externalRefs"), KEY("primaryPackagePurpose"),
	KEY("licenseConcluded"), KEY("licenseDeclared"),
	KEY("copyrightText"), KEY("filesAnalyzed"), KEY("packageFileName"),
	KEY("packageVerificationCode")};

static bool wants(const struct file *f)
{
	struct str name = path_base(f->path);

	return str_has_suffix(name, STR(".spdx.json")) ||
	       str_eq_nocase(name, STR("sbom.json")) ||
	       str_eq_nocase(name, STR("spdx.json"));
}

static bool sniffs(struct str head)
{
	struct json_raw root, document, first;
	struct json_walk w;

	if (json_scan(head, &root, NULL) == ERR_FORMAT)
		return false;
	document = sbom_json_unwrap(root, "spdxVersion");
	if (str_has_prefix(json_raw_get(document, "spdxVersion").text,
			   STR("\"SPDX-")))
		return true;
	/* spdxVersion may come after what is too long for the head */
	w = sbom_json_walk(json_raw_get(root, "packages"));
	return sbom_json_next(&w, &first) &&
	       json_raw_get(first, "SPDXID").type == JSON_STRING;
}

/* --- packages ------------------------------------------------------------ */

/* The pairs of an array of objects with these two keys. */
static void read_pairs(struct sbom *b, struct json_raw list,
		       const struct str keys[2], struct spdx_pairs *to)
{
	struct json_walk w = sbom_json_walk(list);
	struct json_raw raw, v[2];

	while (sbom_json_next(&w, &raw)) {
		sbom_json_members(b, raw, keys, 2, v);
		vec_push(&to->list, ((struct spdx_pair){
			sbom_json_plain(b, v[0], &b->temp),
			sbom_json_plain(b, v[1], &b->temp), v[1].line}));
	}
}

static bool is_licence(struct json_raw v)
{
	return v.type == JSON_STRING && !v.cut &&
	       spdx_means(str_sub(v.text, 1, v.text.n - 1));
}

static uint32_t elements_of(const struct json_raw *v)
{
	uint32_t has = 0;

	if (is_licence(v[P_CONCLUDED]) || is_licence(v[P_DECLARED]))
		has |= COMPONENT_LICENCE;
	if (sbom_json_says(v[P_CONCLUDED]))
		has |= COMPONENT_CONCLUDED;
	if (sbom_json_says(v[P_DECLARED]))
		has |= COMPONENT_DECLARED;
	if (sbom_json_says(v[P_COPYRIGHT]))
		has |= COMPONENT_COPYRIGHT;
	if (sbom_json_says(v[P_DOWNLOAD]))
		has |= COMPONENT_DOWNLOAD;
	if (sbom_json_says(v[P_ANALYSED]))
		has |= COMPONENT_ANALYSED;
	if (sbom_json_says(v[P_FILE_NAME]))
		has |= COMPONENT_FILE_NAME;
	if (sbom_json_says(v[P_CODE]))
		has |= COMPONENT_HASH;
	return has;
}

static void read_package(struct spdx *r, struct json_raw raw,
			 struct spdx_package *p)
{
	static const struct str checksum_keys[] = {KEY("algorithm"),
						   KEY("checksumValue")};
	static const struct str reference_keys[] = {KEY("referenceType"),
						    KEY("referenceLocator")};
	struct sbom *b = &r->b;
	struct arena *a = &b->temp;
	struct json_raw v[P_COUNT];

	sbom_forget(b);
	spdx_package_clear(p);
	sbom_json_members(b, raw, package_keys, P_COUNT, v);
	p->line = raw.line;
	p->cut = raw.cut;
	p->id = sbom_json_key(b, v[P_ID]);
	p->name = sbom_json_plain(b, v[P_NAME], a);
	p->version = sbom_json_plain(b, v[P_VERSION], a);
	p->supplier = sbom_json_plain(b, v[P_SUPPLIER], a);
	p->originator = sbom_json_plain(b, v[P_ORIGINATOR], a);
	p->download = sbom_json_plain(b, v[P_DOWNLOAD], a);
	p->purpose = sbom_json_plain(b, v[P_PURPOSE], a);
	p->has = elements_of(v);
	read_pairs(b, v[P_CHECKSUMS], checksum_keys, &p->checksums);
	read_pairs(b, v[P_REFERENCES], reference_keys, &p->references);
	spdx_package_add(r, p);
}

static void read_packages(struct spdx *r, struct json_raw list)
{
	struct json_walk w = sbom_json_walk(list);
	struct spdx_package p = {0};
	struct json_raw raw;

	while (!r->b.is_full && sbom_json_next(&w, &raw))
		read_package(r, raw, &p);
	spdx_package_release(&p);
}

/* --- the rest of the document -------------------------------------------- */

static void read_creation(struct spdx *r, struct json_raw creation)
{
	enum { C_CREATED, C_CREATORS, C_COMMENT, C_COUNT };
	static const struct str keys[] = {KEY("created"), KEY("creators"),
					  KEY("comment")};
	struct sbom *b = &r->b;
	struct json_raw v[C_COUNT], creator;
	struct json_walk w;

	sbom_json_members(b, creation, keys, C_COUNT, v);
	if (sbom_json_says(v[C_CREATED]))
		b->document.has |= DOCUMENT_TIME;
	spdx_creator_comment(r, sbom_json_plain(b, v[C_COMMENT], &b->temp));
	w = sbom_json_walk(v[C_CREATORS]);
	while (sbom_json_next(&w, &creator))
		spdx_creator(r, sbom_json_plain(b, creator, &b->temp));
}

static void read_others(struct sbom *b, struct json_raw list)
{
	static const struct str keys[] = {KEY("externalDocumentId"),
					  KEY("spdxDocument")};
	struct json_walk w = sbom_json_walk(list);
	struct json_raw raw, v[2];

	while (sbom_json_next(&w, &raw)) {
		sbom_json_members(b, raw, keys, 2, v);
		sbom_other(b, sbom_json_key(b, v[0]),
			   sbom_json_plain(b, v[1], &b->temp));
	}
}

/* Files and snippets may stand in relationships, but are no components. */
static void remember(struct sbom *b, struct json_raw list)
{
	struct json_walk w = sbom_json_walk(list);
	struct json_raw raw;

	while (sbom_json_next(&w, &raw))
		sbom_ref(b, sbom_json_key(b, json_raw_get(raw, "SPDXID")),
			 SBOM_OTHER, raw.line);
}

static void read_described(struct spdx *r, struct json_raw list)
{
	struct json_walk w = sbom_json_walk(list);
	struct json_raw raw;

	while (sbom_json_next(&w, &raw))
		spdx_describes(r, sbom_json_key(&r->b, raw), raw.line);
}

static void read_relationships(struct spdx *r, struct json_raw list)
{
	static const struct str keys[] = {
		KEY("spdxElementId"), KEY("relatedSpdxElement"),
		KEY("relationshipType")};
	struct json_walk w = sbom_json_walk(list);
	struct json_raw raw, v[3];

	while (sbom_json_next(&w, &raw)) {
		struct spdx_relation rel = {.line = raw.line};

		sbom_json_members(&r->b, raw, keys, 3, v);
		rel.type = spdx_find_relationship(str_sub(
			v[2].text, 1, v[2].text.n - 1));
		rel.from = sbom_json_key(&r->b, v[0]);
		rel.to = sbom_json_key(&r->b, v[1]);
		if (rel.type)
			spdx_relate(r, &rel);
	}
}

static void note_document(struct sbom *b, const struct json_raw *v)
{
	if (sbom_json_says(v[D_NAME]))
		b->document.has |= DOCUMENT_NAME;
	if (sbom_json_says(v[D_LICENCE]))
		b->document.has |= DOCUMENT_LICENCE;
}

void spdx_json_read(struct extraction *x, const struct extractor *reader,
		    const char *encoding, struct json_raw root)
{
	struct spdx r;
	struct sbom *b = &r.b;
	struct json_raw v[D_COUNT];

	spdx_begin(&r, x, reader);
	sbom_json_members(b, sbom_json_unwrap(root, "spdxVersion"),
			  document_keys, D_COUNT, v);
	spdx_version(&r, sbom_json_plain(b, v[D_VERSION], &b->temp),
		     encoding, v[D_VERSION].line);
	spdx_namespace(&r, sbom_json_plain(b, v[D_NAMESPACE], &b->temp),
		       v[D_NAMESPACE].line);
	note_document(b, v);
	read_creation(&r, v[D_CREATION]);
	read_others(b, v[D_OTHERS]);
	sbom_ref(b, sbom_json_key(b, v[D_ID]), SBOM_OTHER, v[D_ID].line);
	read_packages(&r, v[D_PACKAGES]);
	remember(b, v[D_FILES]);
	remember(b, v[D_SNIPPETS]);
	read_described(&r, v[D_DESCRIBES]);
	read_relationships(&r, v[D_RELATIONSHIPS]);
	spdx_end(&r);
}

static enum err extract(struct extraction *x)
{
	struct json_raw root;
	enum err err = json_open(x->text, diag_at(x->path), x->diags, &root);

	if (root.type != JSON_OBJECT)
		return ERR_FORMAT;
	spdx_json_read(x, &extract_spdx_json, "JSON", root);
	return err;
}

const struct extractor extract_spdx_json = {
	.name = "spdx/json",
	.summary = "SPDX 2.2 and 2.3 in JSON",
	.version = 2,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_SUPPLIER |
		SEES_REPOSITORY | SEES_COMMIT,
	.is_sbom = true,
	.max_bytes = LIMIT_SBOM_BYTES,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
