/* From the bytes of a file to an extractor that has run over them. */
#ifndef EXTRACT_EXTRACT_RUN_H
#define EXTRACT_EXTRACT_RUN_H

#include "extract/extract.h"

/* Bytes of a file as text; whether something in them was none. */
struct str extract_text(struct arena *a, struct str bytes,
			bool *ret_is_repaired);
/* Says that it was so. */
void extract_say_repaired(struct extraction *x);
/* Runs an extractor; what it found without an edge hangs on the root. */
enum err extract_run(const struct extractor *e, struct extraction *x);

#endif
