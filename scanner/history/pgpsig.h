/*
 * OpenPGP signatures (RFC 4880) of commits, verified by RNP.  The library is
 * loaded when there are such keys and not before: it brings others with it.
 */
#ifndef HISTORY_PGPSIG_H
#define HISTORY_PGPSIG_H

#include "base/str.h"
#include "history/signature.h"

#define PGPSIG_BEGIN "-----BEGIN PGP SIGNATURE-----"

struct pgpsig_keys;

/* Loads the library, for who cannot open files later on.  Its version, or
 * NULL: it is not there, or the program was built without. */
const char *pgpsig_library(void);
/* Is it public keys of OpenPGP, in armour or not? */
bool pgpsig_is_keyring(struct str text);
/* Reads them, all or none: what is wrong, or NULL. */
const char *pgpsig_read(struct str text, struct pgpsig_keys **ret);
/*
 * Who signed the message?  A key speaks for the addresses of its user ids.
 * May be called by several threads.
 */
enum signature pgpsig_check(struct pgpsig_keys *k, struct str signature,
			    struct str message, struct str address);
void pgpsig_free(struct pgpsig_keys *k);

#endif
