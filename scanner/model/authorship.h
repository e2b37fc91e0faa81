/*
 * How far it is shown that the author of a commit is who it says: rungs of a
 * ladder, the weakest first.  A policy demands one.
 */
#ifndef MODEL_AUTHORSHIP_H
#define MODEL_AUTHORSHIP_H

#define AUTHORSHIPS(X) \
	X(AUTHORSHIP_CLAIMED, "claimed") \
	X(AUTHORSHIP_CONSISTENT, "consistent") \
	X(AUTHORSHIP_SIGN_OFF, "sign-off") \
	X(AUTHORSHIP_ACCOUNT, "account") \
	X(AUTHORSHIP_SIGNATURE, "signature")
#define AUTHORSHIP_ENUM(id, name) id,
enum authorship { AUTHORSHIPS(AUTHORSHIP_ENUM) AUTHORSHIP_COUNT };
#undef AUTHORSHIP_ENUM

#endif
