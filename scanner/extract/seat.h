/*
 * Seats from the files in which a project says who decides.  Whoever holds
 * one is told from others by address or account, as a number; neither is
 * kept, but for the host of the address.
 */
#ifndef EXTRACT_SEAT_H
#define EXTRACT_SEAT_H

#include "base/map.h"
#include "extract/extract.h"

/* The persons of one file. */
struct seat_persons {
	struct map numbers; /* by address or account, in lower case */
};

/* None is known at first: all zero. */
void seat_release(struct seat_persons *p);
/* The host of an address in lower case, "" when it is not one. */
struct str seat_host(struct extraction *x, struct str address);
/*
 * Adds a seat of the component that the file speaks for.  `who` is an address
 * or account, "" when none is given: then it is somebody of its own.
 */
struct seat *seat_add(struct extraction *x, struct seat_persons *p,
		      enum seat_role role, struct str who, unsigned line);

#endif
