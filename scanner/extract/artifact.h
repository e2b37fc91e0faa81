/* Addresses of files to download, and the components they make. */
#ifndef EXTRACT_ARTIFACT_H
#define EXTRACT_ARTIFACT_H

#include "extract/extract.h"

/* What follows takes a text that may hold expressions (vars.h). */

/* http, https, ftp, or host/path, or a variable. */
bool artifact_is_address(struct str s);
/* On this machine, in a private network or in a cluster. */
bool artifact_is_local(struct str url);
/* Of an unknown host, and nothing that looks like a file. */
bool artifact_is_hidden(struct str url);
/* A key, signature or checksum by its name. */
bool artifact_is_check(struct str url);
/* A file by its look, whatever is done with it: an archive, a package, a
 * script, something on a forge. */
bool artifact_is_file(struct str url);
/*
 * Adds the component that an address names: a repository with its revision,
 * a package by the name of its file, else the file.  Where the address holds
 * expressions, what is known is kept (RW1302); NULL when that is nothing.
 */
struct component *artifact_add(struct extraction *x,
			       const struct extractor *e, struct str url,
			       unsigned line);

#endif
