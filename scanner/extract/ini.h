/* Sections, keys and values of INI files as Python's configparser reads
 * them: a value may go on in lines that are indented. */
#ifndef EXTRACT_INI_H
#define EXTRACT_INI_H

#include "extract/lines.h"

struct ini {
	struct lines lines;
	struct str section, key;
};

/* Begins with the first line of the file. */
struct ini ini_of(struct extraction *x);
/*
 * The next line of a value, trimmed and without a comment; it may be empty.
 * ini->section and ->key say whose it is, ini->lines.number where it stands.
 * False at the end.  RW1301 for a line that is none of these.
 */
bool ini_next(struct ini *ini, struct str *ret_value);

#endif
