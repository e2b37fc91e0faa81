/*
 * The rulebooks: NTIA, "The Minimum Elements For a Software Bill of
 * Materials", 12 July 2021; CISA, "2025 Minimum Elements", public comment
 * draft of 22 August 2025; BSI TR-03183-2, version 2.1.0; OpenChain Telco SBOM
 * Guide, version 1.1 of 20 March 2025.
 */
#include "model/rulebook.h"

#define LENGTH(a) (sizeof(a) / sizeof *(a))
#define DOC(name, any) {name, true, true, any}
#define PART(name, any) {name, false, true, any}
#define DOC_SHOULD(name, any) {name, true, false, any}
#define PART_SHOULD(name, any) {name, false, false, any}

#define CREATOR (COMPONENT_SUPPLIER | COMPONENT_PRODUCER)
#define CREATOR_CONTACT \
	(COMPONENT_SUPPLIER_CONTACT | COMPONENT_PRODUCER_CONTACT)
#define LICENCE \
	(COMPONENT_LICENCE | COMPONENT_CONCLUDED | COMPONENT_DECLARED)

static const struct rulebook_element bsi[] = {
	DOC("format", 0),
	DOC("creator of the SBOM, with an address", DOCUMENT_CONTACT),
	DOC("timestamp", DOCUMENT_TIME),
	PART("creator, with an address", CREATOR_CONTACT),
	PART("version", COMPONENT_VERSION),
	PART("file name", COMPONENT_FILE_NAME),
	PART("dependencies", COMPONENT_RELATED),
	PART("completeness of the dependencies", COMPONENT_COMPLETE),
	PART("licence", COMPONENT_LICENCE),
	PART("SHA-512 hash", COMPONENT_SHA512),
	PART("executable or not", COMPONENT_EXECUTABLE),
	PART("archive or not", COMPONENT_ARCHIVE),
	PART("structured or not", COMPONENT_STRUCTURED),
	DOC_SHOULD("URI of the SBOM", DOCUMENT_ID),
	PART_SHOULD("unique identifier", COMPONENT_IDENTIFIER),
	PART_SHOULD("address of source or download", COMPONENT_DOWNLOAD),
};

static const struct rulebook_element cisa[] = {
	DOC("author of the SBOM", DOCUMENT_AUTHOR),
	DOC("timestamp", DOCUMENT_TIME),
	DOC("tool name", DOCUMENT_TOOL),
	DOC("generation context", DOCUMENT_CONTEXT),
	PART("software producer", COMPONENT_PRODUCER),
	PART("version", COMPONENT_VERSION),
	PART("software identifier", COMPONENT_IDENTIFIER),
	PART("hash", COMPONENT_HASH),
	PART("licence", LICENCE),
	PART("dependency relationship", COMPONENT_RELATED),
};

static const struct rulebook_element ntia[] = {
	DOC("author of the SBOM", DOCUMENT_AUTHOR),
	DOC("timestamp", DOCUMENT_TIME),
	PART("supplier name", CREATOR),
	PART("version", COMPONENT_VERSION),
	PART("unique identifier", COMPONENT_IDENTIFIER),
	PART("dependency relationship", COMPONENT_RELATED),
};

static const struct rulebook_element telco[] = {
	DOC("format", 0),
	DOC("DataLicense", DOCUMENT_LICENCE),
	DOC("DocumentName", DOCUMENT_NAME),
	DOC("DocumentNamespace", DOCUMENT_ID),
	DOC("Creator: Organization", DOCUMENT_ORGANISATION),
	DOC("Creator: Tool with version", DOCUMENT_TOOL_VERSION),
	DOC("Created", DOCUMENT_TIME),
	DOC("CreatorComment with the SBOM type", DOCUMENT_CONTEXT),
	DOC("DESCRIBES", DOCUMENT_DESCRIBES),
	DOC("CONTAINS", DOCUMENT_CONTAINS),
	PART("SPDXID", COMPONENT_REF),
	PART("PackageVersion", COMPONENT_VERSION),
	PART("PackageSupplier", COMPONENT_SUPPLIER),
	PART("PackageDownloadLocation", COMPONENT_DOWNLOAD),
	PART("FilesAnalyzed", COMPONENT_ANALYSED),
	PART("PackageChecksum or -VerificationCode", COMPONENT_HASH),
	PART("PackageLicenseConcluded", COMPONENT_CONCLUDED),
	PART("PackageLicenseDeclared", COMPONENT_DECLARED),
	PART("PackageCopyrightText", COMPONENT_COPYRIGHT),
	PART_SHOULD("package URL", COMPONENT_PURL),
};

const struct rulebook rulebook_table[] = {
	{"bsi-tr-03183-2", "BSI TR-03183-2 v2.1, required fields",
	 "CycloneDX 1.6 |CycloneDX 1.7 |SPDX 3.0.1 ",
	 "CycloneDX 1.6 or later, SPDX 3.0.1 or later", bsi, LENGTH(bsi)},
	{"cisa-2025-draft", "CISA 2025, minimum elements (draft)", NULL, "",
	 cisa, LENGTH(cisa)},
	{"ntia-2021", "NTIA 2021, minimum elements", NULL, "", ntia,
	 LENGTH(ntia)},
	{"openchain-telco-1.1", "OpenChain Telco SBOM Guide 1.1",
	 "SPDX 2.2 JSON|SPDX 2.3 JSON|SPDX 2.2 tag-value|SPDX 2.3 tag-value",
	 "SPDX 2.2 or 2.3, JSON or tag-value", telco, LENGTH(telco)},
};
const size_t rulebook_count = LENGTH(rulebook_table);

const struct rulebook *rulebook_find(struct str id)
{
	for (size_t i = 0; i < rulebook_count; i++)
		if (str_is(id, rulebook_table[i].id))
			return &rulebook_table[i];
	return NULL;
}

static bool has_format(const struct rulebook *r, const struct document *d)
{
	struct str rest = str_c(r->formats), prefix;

	while (str_split(&rest, '|', &prefix))
		if (str_has_prefix(d->format, prefix))
			return true;
	return false;
}

bool rulebook_document_has(const struct rulebook *r,
			   const struct rulebook_element *e,
			   const struct document *d)
{
	return e->any ? (d->has & e->any) != 0 : has_format(r, d);
}

size_t rulebook_count_parts(const struct rulebook_element *e,
			    const struct document *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->parts_have.n; i++)
		n += (d->parts_have.v[i] & e->any) != 0;
	return n;
}

bool rulebook_is_met(const struct rulebook *r, const struct document *d)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct rulebook_element *e = &r->elements[i];
		bool has = e->is_of_document
			? rulebook_document_has(r, e, d)
			: rulebook_count_parts(e, d) == d->parts_have.n;

		if (e->is_must && !has)
			return false;
	}
	return true;
}

bool rulebook_is_attributable(const struct document *d, size_t part,
			      const struct parts *p)
{
	uint32_t has = d->parts_have.v[part];

	return (has & COMPONENT_PRODUCER_CONTACT) ||
	       ((has & COMPONENT_SUPPLIER_CONTACT) &&
		!p->components.v[d->first + part].is_stamped);
}
