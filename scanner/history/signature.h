/* What became of a commit's signature. */
#ifndef HISTORY_SIGNATURE_H
#define HISTORY_SIGNATURE_H

enum signature {
	SIGNATURE_NONE,    /* none, or no key that was given made it */
	SIGNATURE_SOUND,   /* by a key that speaks for the author */
	SIGNATURE_OTHER,   /* sound, and the key is another one's */
	/* by a key that was given, and yet it does not show the author */
	SIGNATURE_FORGED,  /* does not fit the commit */
	SIGNATURE_EXPIRED, /* made after the end of the key; or has an end */
	SIGNATURE_REVOKED, /* by a revoked key */
	SIGNATURE_WEAK,    /* by SHA-1, MD5 or a short key */
	SIGNATURE_COUNT
};

#endif
