/*
 * Signatures of SSH keys (PROTOCOL.sshsig of OpenSSH) over whatever git signs.
 * Keys are of the type ssh-ed25519; no other is read.
 */
#ifndef HISTORY_SSHSIG_H
#define HISTORY_SSHSIG_H

#include "base/strbuf.h"

#define SSHSIG_KEY_BYTES 32
#define SSHSIG_BEGIN "-----BEGIN SSH SIGNATURE-----"
#define SSHSIG_MOST_BYTES 4096 /* of a signature, armour and all */

/* Adds what base64 stands for (RFC 4648, padded; blanks and newlines do not
 * count); false when it is none. */
bool sshsig_decode(struct str base64, struct strbuf *to);
/* The bytes of a key in the form of a public key of SSH; false: none of this
 * type. */
bool sshsig_key(struct str blob, struct str *ret_key);

/* A signature; slices point into its bytes. */
struct sshsig {
	struct str key;       /* SSHSIG_KEY_BYTES of it */
	struct str algorithm; /* of the hash */
	struct str signature;
};

/* Reads armoured text; the bytes go to `to`, which must be empty.  False: it
 * is no such signature, or not one for git. */
bool sshsig_parse(struct str text, struct strbuf *to, struct sshsig *ret);
/* Did the owner of its key sign this message? */
bool sshsig_verify(const struct sshsig *s, struct str message);

#endif
