/* Addresses as package managers write them: vcs+scheme://host/path@rev#a=b. */
#ifndef EXTRACT_URL_H
#define EXTRACT_URL_H

#include "base/arena.h"

/* scheme://... or vcs+scheme://... */
bool url_is(struct str s);
/* The address without its fragment. */
struct str url_base(struct str url);
/* The value of a key in the fragment "a=b&c=d"; "" when absent. */
struct str url_fragment(struct str url, struct str key);
/* What follows takes a text that url_is accepts. */

/* The revision tied to a repository, "" if none: the text after the last '@'
 * of the path. */
struct str url_revision(struct str url);
/* The last folder of the path, without revision and ".git". */
struct str url_name(struct str url);
/* Without user and password; a copy in `a` where there was one. */
struct str url_without_user(struct str url, struct arena *a);

#endif
