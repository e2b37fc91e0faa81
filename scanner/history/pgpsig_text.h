/* The outside of an OpenPGP signature (RFC 4880): its armour, and that it is
 * one packet of one signature over bytes, before a library reads it. */
#ifndef HISTORY_PGPSIG_TEXT_H
#define HISTORY_PGPSIG_TEXT_H

#include "base/strbuf.h"

#define PGPSIG_TEXT_MOST 8192 /* bytes, armour and all */

/* Numbers of algorithms of hashes; others are newer than the program. */
enum {
	PGPSIG_TEXT_MD5 = 1, PGPSIG_TEXT_SHA1 = 2, PGPSIG_TEXT_RIPEMD = 3,
	PGPSIG_TEXT_SHA256 = 8, PGPSIG_TEXT_SHA384 = 9,
	PGPSIG_TEXT_SHA512 = 10
};

/*
 * Adds the bytes of the one packet in armoured text to `to`, which must be
 * empty; false: it is something else.  The number of its hash goes to
 * *ret_hash.
 */
bool pgpsig_text_parse(struct str text, struct strbuf *to, int *ret_hash);

#endif
