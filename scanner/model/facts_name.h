/*
 * Names of organisations in a form that can be compared: two names that mean
 * the same by their letters have the same form.  Similar is not the same:
 * nothing is guessed.
 */
#ifndef MODEL_FACTS_NAME_H
#define MODEL_FACTS_NAME_H

#include "base/arena.h"

/*
 * The form of a name: lower case, Latin letters without their marks, full
 * width made narrow, `&` as "and", points and apostrophes dropped, other
 * punctuation and runs of blanks made one blank, a leading "The" and the
 * words of a copyright notice taken off.  "" for a name without letters, or
 * of more than LIMIT_NAME_BYTES.  It goes to `a`.
 */
struct str facts_name_form(struct arena *a, struct str name);
/* A form without the legal forms at its ends (Co., Ltd., GmbH, PT, and so
 * on), as long as something remains. */
struct str facts_name_short(struct str form);

#endif
