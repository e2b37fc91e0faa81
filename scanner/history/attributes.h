/* Attributes of files, as far as they name programs (gitattributes(5)). */
#ifndef HISTORY_ATTRIBUTES_H
#define HISTORY_ATTRIBUTES_H

#include "base/diag.h"

/* Tells (RW1420) which filters and drivers a file of attributes names. */
void attributes_tell(struct str text, struct str path, struct diags *ds);

#endif
