/* What files of a project say of its version and of who holds it. */
#ifndef EXTRACT_NOTICE_H
#define EXTRACT_NOTICE_H

#include "base/arena.h"

/* Digits and dots, with what may follow them in a version. */
bool notice_is_version(struct str s);
/* Who holds the copyright by the first notice in a text; "" when there is
 * none. */
struct str notice_holder(struct str text);
/*
 * The version that a header defines: NAME_VERSION "1.2.3", or NAME_..._MAJOR,
 * _MINOR and _PATCH; "" when none of this name is there.
 */
struct str notice_macro_version(struct str text, struct str name,
				struct arena *a);

#endif
