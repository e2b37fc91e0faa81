/*
 * The SBOM documents of a run: what each says of itself, which elements its
 * components carry, and what refers from one document to another.  Indices of
 * components hold until the resolve stage merges them.
 */
#ifndef MODEL_DOCUMENT_H
#define MODEL_DOCUMENT_H

#include "model/component.h"

/* What a document states, of itself and of a component. */
enum document_has {
	/* of a document */
	DOCUMENT_AUTHOR = 1 << 0,       /* who made it */
	DOCUMENT_ORGANISATION = 1 << 1, /* and that is an organisation */
	DOCUMENT_CONTACT = 1 << 2,      /* with an address */
	DOCUMENT_TIME = 1 << 3,
	DOCUMENT_TOOL = 1 << 4,
	DOCUMENT_TOOL_VERSION = 1 << 5,
	DOCUMENT_CONTEXT = 1 << 6,      /* when in its life it was made */
	DOCUMENT_NAME = 1 << 7,
	DOCUMENT_ID = 1 << 8,           /* a namespace or serial number */
	DOCUMENT_LICENCE = 1 << 9,
	DOCUMENT_DESCRIBES = 1 << 10,   /* one component as the whole */
	DOCUMENT_CONTAINS = 1 << 11,    /* SPDX: that one contains another */
	/* of a component */
	COMPONENT_VERSION = 1 << 0,
	COMPONENT_SUPPLIER = 1 << 1,
	COMPONENT_SUPPLIER_CONTACT = 1 << 2,
	COMPONENT_PRODUCER = 1 << 3,
	COMPONENT_PRODUCER_CONTACT = 1 << 4,
	COMPONENT_PURL = 1 << 5,
	COMPONENT_IDENTIFIER = 1 << 6,  /* a purl, CPE, SWID, ... */
	COMPONENT_HASH = 1 << 7,
	COMPONENT_SHA512 = 1 << 8,
	COMPONENT_LICENCE = 1 << 9,     /* any, not "unknown" */
	COMPONENT_CONCLUDED = 1 << 10,  /* the field, whatever it says */
	COMPONENT_DECLARED = 1 << 11,
	COMPONENT_COPYRIGHT = 1 << 12,
	COMPONENT_DOWNLOAD = 1 << 13,
	COMPONENT_ANALYSED = 1 << 14,
	COMPONENT_FILE_NAME = 1 << 15,
	COMPONENT_EXECUTABLE = 1 << 16, /* said, either way */
	COMPONENT_ARCHIVE = 1 << 17,
	COMPONENT_STRUCTURED = 1 << 18,
	COMPONENT_REF = 1 << 19,
	COMPONENT_RELATED = 1 << 20,    /* stands in the graph */
	COMPONENT_COMPLETE = 1 << 21    /* says if its list is complete */
};

/* A reference and what it stands for. */
struct document_ref { struct str ref; size_t component; };

struct document {
	struct str path;
	struct str format;  /* "SPDX 2.3 tag-value" */
	struct str id;      /* others refer to it by this; may be "" */
	size_t first, n;    /* its components */
	size_t root;        /* the one described as the whole, or SIZE_MAX */
	uint32_t has;
	VEC(uint32_t) parts_have;      /* of each component */
	VEC(struct document_ref) refs; /* empty without an id */
};

/* One end of a link: a component, or an element of another document. */
struct document_end {
	size_t component; /* SIZE_MAX: in the other document */
	struct str document, ref; /* ref "": its root */
};

/* An edge that leaves its document. */
struct document_link {
	struct document_end from, to;
	enum edge_kind kind;
	enum scope scope; /* of what is depended on, where it says so */
	bool is_optional; /* it is needed by an option only */
	struct evidence place;
};

struct documents {
	bool wants_elements; /* note also those that cost time to find */
	VEC(struct document) list;
	VEC(struct document_link) links;
};

/* Frees the vectors; texts belong to the scan's arena. */
void document_release(struct document *d);
void document_release_all(struct documents *d);

#endif
