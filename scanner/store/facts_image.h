/*
 * The bundled facts as the build leaves them in the program: read, checked,
 * sorted, with the organisations of rows and the names of organisations
 * found.  A start takes them as they are instead of reading the files again.
 * Where there is no image (unit tests, a program built for another machine,
 * a bundle that is not sound) the files are read.  facts_image_tool.c writes
 * it.
 */
#ifndef STORE_FACTS_IMAGE_H
#define STORE_FACTS_IMAGE_H

#include "model/facts.h"

#define FACTS_IMAGE_NONE UINT32_MAX

/* Followed by the tables, in this order, and the bytes of the texts.  Forms
 * and shorts are entries of names (facts_names.h), of 8 bytes. */
struct facts_image {
	uint32_t forms, shorts, rows, texts, evidence, bytes;
};

/* Texts are numbers of texts, organisations FACTS_IMAGE_NONE or a number. */
struct facts_image_row {
	uint32_t subject, object, value, evidence, line;
	uint32_t subject_org, object_org;
	struct date_span from, to;
	int32_t low_bp, high_bp, low_side, high_side;
	uint32_t kind, confidence, state;
};

struct facts_image_text {
	uint32_t at, n;
};

struct facts_image_evidence {
	uint32_t source, speaks_for, read, note, file;
};

/* Takes the rows of the image into facts that have none; false when there is
 * no image. */
bool facts_image_load(struct facts *f);
/* Undoes what only holds as long as no row is added: call it before the
 * first one is.  Rows hold numbers of the pool then. */
void facts_image_open(struct facts *f);
/* Indexes facts that hold the image and nothing else. */
void facts_image_index(struct facts *f);

#endif
