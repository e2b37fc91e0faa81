/* Which elements a CycloneDX document and its components carry. */
#ifndef EXTRACT_CYCLONEDX_NOTES_H
#define EXTRACT_CYCLONEDX_NOTES_H

#include "extract/sbom_json.h"

/* Notes what a component carries besides what its reader keeps. */
void cyclonedx_notes_component(struct sbom *b, size_t component,
			       struct json_raw raw);
/* The same of the metadata of the document. */
void cyclonedx_notes_metadata(struct sbom *b, struct json_raw metadata);

#endif
