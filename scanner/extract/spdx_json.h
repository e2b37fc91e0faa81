/* SPDX 2 in JSON, for encodings that are turned into it. */
#ifndef EXTRACT_SPDX_JSON_H
#define EXTRACT_SPDX_JSON_H

#include "base/json_in.h"
#include "extract/extract.h"

/* Reads a document, cut or not, that is an object; `encoding` is the name of
 * what it was written in. */
void spdx_json_read(struct extraction *x, const struct extractor *reader,
		    const char *encoding, struct json_raw root);

#endif
