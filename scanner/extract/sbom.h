/*
 * What the readers of SBOM documents share, whatever the format: components
 * under the limits, references and edges between them, and what is said of a
 * document as a whole once it is read.
 */
#ifndef EXTRACT_SBOM_H
#define EXTRACT_SBOM_H

#include "base/map.h"
#include "extract/extract.h"

struct sbom {
	struct extraction *x;
	const struct extractor *reader;
	struct map refs;        /* reference -> component index or OTHER */
	struct arena temp;      /* emptied from time to time */
	struct document document; /* goes to x->documents at the end */
	size_t first_edge, first_link;
	size_t root, roots;     /* the first one named; how many are */
	size_t incomplete;      /* components that say so */
	VEC(struct str) others; /* names of the documents linked to */
	struct map other_names; /* DocumentRef-... -> index of others */
	bool is_full;           /* LIMIT_COMPONENTS was met */
	bool edges_full;        /* LIMIT_EDGES was met */
};

/* A reference to something that is there, but no component (a file). */
#define SBOM_OTHER (SIZE_MAX - 1)

/* Begins and ends to read one document. */
void sbom_init(struct sbom *b, struct extraction *x,
	       const struct extractor *reader);
void sbom_release(struct sbom *b);

/* "CycloneDX", "SPDX"..., the version and the encoding as the format of the
 * document; RW1201 when the version is not one of `known`, which NULL ends. */
void sbom_format(struct sbom *b, const char *name, struct str version,
		 const char *encoding, const char *const *known,
		 unsigned line);

/* A text of the document without blanks around it, in `a`; "" and RW1301 when
 * it is over LIMIT_NAME_BYTES. */
struct str sbom_plain(struct sbom *b, struct str text, unsigned line,
		      struct arena *a);
/* The same, and "" for what means nothing (NOASSERTION, unknown...). */
struct str sbom_value(struct sbom *b, struct str text, unsigned line,
		      struct arena *a);

/* Between two components: forgets what is in b->temp when that is much. */
void sbom_forget(struct sbom *b);
/* A new component, which stands at `line`; SIZE_MAX after RW1207 (no name; not
 * when the document ends in it: `cut`) or RW1901 (limit). */
size_t sbom_add(struct sbom *b, struct str name, unsigned line, bool cut);
struct component *sbom_at(struct sbom *b, size_t component);
/* Notes that a component carries these elements (enum document_has). */
void sbom_has(struct sbom *b, size_t component, uint32_t elements);
/* Sets the version; ranges and none leave it unpinned. */
void sbom_version(struct component *c, struct str version);
/* Sets the purl, and the version when there is none; RW1206 when it is not
 * valid.  Others than the first are kept as further ones. */
void sbom_purl(struct sbom *b, size_t component, struct str text,
	       unsigned line);
/* Sets the repository, with a revision tied on by '@'; the first counts. */
void sbom_repository(struct sbom *b, struct component *c, struct str url,
		     const char *how);
/* Keeps the address of a download, for want of a repository: what it names is
 * the resolve stage's to say. */
void sbom_download(struct sbom *b, struct component *c, struct str url);
/* Takes a hash when it is a better one than the component has. */
void sbom_hash(struct sbom *b, size_t component, struct str algorithm,
	       struct str value);
/* Says whether the list of what it needs is complete; "incomplete" stays. */
void sbom_complete(struct sbom *b, size_t component, enum completeness how);

/* Gives a component (or SBOM_OTHER) a reference; RW1202 when it is taken. */
void sbom_ref(struct sbom *b, struct str ref, size_t component,
	      unsigned line);
/* The component of a reference, SBOM_OTHER, or SIZE_MAX when there is none. */
size_t sbom_find(const struct sbom *b, struct str ref);
/* The same; RW1203 when there is none. */
size_t sbom_resolve(struct sbom *b, struct str ref, unsigned line);
/* What another document is called here ("DocumentRef-x") and everywhere. */
void sbom_other(struct sbom *b, struct str name, struct str id);
/* A reference as an end of an edge, in this document or (DocumentRef-x:y,
 * urn:cdx:...) another; .component is SIZE_MAX and .document "" after
 * RW1203. */
struct document_end sbom_end(struct sbom *b, struct str ref, unsigned line);
/* An edge; nothing when an end is SIZE_MAX or SBOM_OTHER. */
void sbom_edge(struct sbom *b, size_t from, size_t to, enum edge_kind kind);
/* The same between ends that may lie in other documents; what is needed gets
 * the scope, if it is known. */
void sbom_relate(struct sbom *b, const struct document_link *l);
/* The document says that it describes this component.  The only one is the
 * root; several are components like any other. */
void sbom_root(struct sbom *b, size_t component);

/*
 * Ends a document: repeated edges are taken out; cycles (RW1204), a stamped
 * supplier (RW1205), not one root (RW1208), no components (RW1209) and lists
 * that call themselves incomplete (RW1210) are said; what the root does not
 * reach is contained in it.
 */
void sbom_finish(struct sbom *b);

#endif
