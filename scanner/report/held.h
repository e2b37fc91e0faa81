/* How the facts hold the lists of a policy, as a phrase: a reader must know. */
#ifndef REPORT_HELD_H
#define REPORT_HELD_H

#include "base/strbuf.h"
#include "model/verdict.h"

/* All lists of a policy as one phrase; nothing if it names none. */
void held_phrase(const struct verdict *v, struct strbuf *b);

#endif
