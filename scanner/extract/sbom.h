/*
 * What the readers of SBOM documents share: components under the limits,
 * references and edges between them, and what is said of a document as a
 * whole once it is read.
 */
#ifndef EXTRACT_SBOM_H
#define EXTRACT_SBOM_H

#include "base/json_in.h"
#include "base/map.h"
#include "extract/extract.h"

struct sbom {
	struct extraction *x;
	const struct extractor *reader;
	struct map refs;        /* reference -> component index or OTHER */
	struct arena temp;      /* emptied from time to time */
	size_t first_component, first_edge;
	size_t root, roots;     /* the first one named; how many are */
	size_t linked;          /* references to other documents */
	bool is_full;           /* LIMIT_COMPONENTS was met */
	bool edges_full;        /* LIMIT_EDGES was met */
};

/* A reference to something that is there, but no component (a file). */
#define SBOM_OTHER (SIZE_MAX - 1)

/* Begins and ends to read one document. */
void sbom_init(struct sbom *b, struct extraction *x,
	       const struct extractor *reader);
void sbom_release(struct sbom *b);

/* The document in a text: the value itself or, where that lacks the member
 * `mark`, what GitHub ("sbom") or an attestation ("predicate") wraps. */
struct json_raw sbom_unwrap(struct json_raw value, const char *mark);
/* "CycloneDX", "SPDX"... and the version as the format of the document;
 * RW1201 when the version is not one of the n known ones. */
void sbom_format(struct sbom *b, const char *name, struct str version,
		 const char *const *known, size_t n, unsigned line);

/*
 * A text of the document: decoded, without blanks around it; numbers as they
 * stand there; "" for what means nothing (NOASSERTION, null...) and, with
 * RW1301, for what is over LIMIT_NAME_BYTES.
 */
struct str sbom_text(struct sbom *b, struct json_raw v, struct arena *a);
/* A reference: not trimmed, nothing is special; lives as long as the text. */
struct str sbom_key(struct sbom *b, struct json_raw v);

/* The name of a component, "group/name" where there is a group; its purl for
 * want of one.  As it is written: "none" is a name too. */
struct str sbom_name(struct sbom *b, struct json_raw group,
		     struct json_raw name, struct json_raw purl);
/* A new component, which stands at `raw`; SIZE_MAX after RW1207 (no name; not
 * when the document ends in it) or RW1901 (limit). */
size_t sbom_add(struct sbom *b, struct str name, struct json_raw raw);
struct component *sbom_at(struct sbom *b, size_t component);
/* Sets the version; ranges and none leave it unpinned. */
void sbom_version(struct component *c, struct str version);
/* Sets the purl, and the version when there is none; RW1206 when it is not
 * valid.  A second one is ignored. */
void sbom_purl(struct sbom *b, struct component *c, struct json_raw v);
/* Sets the repository, with a revision tied on by '@'; the first counts. */
void sbom_repository(struct sbom *b, struct component *c, struct str url,
		     const char *how);
/* Keeps the address of a download, for want of a repository: what it names is
 * the resolve stage's to say. */
void sbom_download(struct sbom *b, struct component *c, struct str url);
/* Takes a hash when it is a better one than c has. */
void sbom_hash(struct sbom *b, struct component *c, struct str algorithm,
	       struct str value);

/* Gives a component (or SBOM_OTHER) a reference; RW1202 when it is taken. */
void sbom_ref(struct sbom *b, struct str ref, size_t component,
	      unsigned line);
/* The component of a reference, SBOM_OTHER, or SIZE_MAX when there is none. */
size_t sbom_find(const struct sbom *b, struct str ref);
/* The same; RW1203 when there is none, counted when in another document. */
size_t sbom_resolve(struct sbom *b, struct str ref, unsigned line);
/* An edge; nothing when an end is SIZE_MAX or SBOM_OTHER. */
void sbom_edge(struct sbom *b, size_t from, size_t to, enum edge_kind kind);
/* The document says that it describes this component.  The only one is the
 * root; several are components like any other. */
void sbom_root(struct sbom *b, size_t component);

/*
 * Ends a document: repeated edges are taken out; cycles (RW1204), a stamped
 * supplier (RW1205), not one root (RW1208), no components (RW1209) and links
 * to other documents (RW1301) are said; what the root does not reach is
 * contained in it.
 */
void sbom_finish(struct sbom *b);

#endif
