/*
 * SPDX 2, whatever its encoding: a reader hands over packages, elements and
 * relationships as texts; this decides what they mean.  In this order: what
 * the document says of itself, packages and elements, relationships.
 */
#ifndef EXTRACT_SPDX_H
#define EXTRACT_SPDX_H

#include "extract/sbom.h"

struct spdx_generator;
struct spdx_relationship;

struct spdx {
	struct sbom b;
	const struct spdx_generator *generator;
	bool is_described; /* something is, be it there or not */
};

/* A pair of texts: checksum and value, type and locator of a reference. */
struct spdx_pair {
	struct str key, value;
	unsigned line;
};

struct spdx_pairs { VEC(struct spdx_pair) list; };

/* A package as written: blanks around texts and NOASSERTION may still be
 * there.  Texts need not outlive spdx_package_add, but for the id. */
struct spdx_package {
	struct str id, name, version, supplier, originator, download, purpose;
	uint32_t has;  /* COMPONENT_*, of what is not among these */
	struct spdx_pairs checksums, references;
	unsigned line; /* where it begins */
	bool cut;      /* the document ends in it */
};

/* A relationship whose type means something here. */
struct spdx_relation {
	struct str from, to;
	const struct spdx_relationship *type;
	unsigned line;
};

/* Begins a document; `encoding` is "JSON", "tag-value"... */
void spdx_begin(struct spdx *r, struct extraction *x,
		const struct extractor *reader);
/* The version, as in "SPDX-2.3". */
void spdx_version(struct spdx *r, struct str version, const char *encoding,
		  unsigned line);
/* One creator: "Tool: x", "Organization: y", "Person: z". */
void spdx_creator(struct spdx *r, struct str creator);
/* The comment of the creators, which may name the type of the SBOM. */
void spdx_creator_comment(struct spdx *r, struct str comment);
/* The namespace, by which other documents refer to this one. */
void spdx_namespace(struct spdx *r, struct str uri, unsigned line);
/* Empties a package, keeps the memory of its lists; frees that too. */
void spdx_package_clear(struct spdx_package *p);
void spdx_package_release(struct spdx_package *p);
/* Adds a package. */
void spdx_package_add(struct spdx *r, const struct spdx_package *p);
/* Does a licence or copyright say anything but NOASSERTION or NONE? */
bool spdx_means(struct str text);
/* The type of a relationship; NULL when it says nothing of what a product is
 * made of. */
const struct spdx_relationship *spdx_find_relationship(struct str type);
/* Draws a relationship. */
void spdx_relate(struct spdx *r, const struct spdx_relation *rel);
/* The document describes this element. */
void spdx_describes(struct spdx *r, struct str id, unsigned line);
/* Ends the document. */
void spdx_end(struct spdx *r);

#endif
