/*
 * One run: everything that was found, owned in one place.  Stages take it and
 * add to it; assess and the reporters take it const.
 */
#ifndef MODEL_SCAN_H
#define MODEL_SCAN_H

#include "base/diag.h"
#include "model/component.h"
#include "model/digest.h"
#include "model/document.h"
#include "model/facts.h"
#include "model/inquiry.h"
#include "model/used.h"

/* What the user named, and what became of it. */
struct store; /* store/store.h */

enum target_kind { TARGET_REPOSITORY, TARGET_FOLDER, TARGET_SBOM,
		   TARGET_STACK, TARGET_PURL };

struct target {
	enum target_kind kind;
	struct str name;      /* as written */
	struct str format;    /* of an SBOM: "CycloneDX 1.5 JSON" ... */
	size_t root;          /* component that stands for it, or SIZE_MAX */
	uint64_t files_seen, files_read, files_failed;
};

/* What a bid or a product says of itself; empty where no stack file. */
struct stack_info {
	struct str name, supplier, date;
	struct supply supplied_by; /* filled by attribution */
	struct str perimeter;  /* ran, core, transport, cloud */
	struct str user_class; /* government, critical, general */
	struct str file;
};

/* Who wants to know how far the reading of a target is. */
struct scan_watch {
	void *with;
	void (*files)(void *with, uint64_t done, uint64_t all);
	void (*reads)(void *with, struct str path, const char *extractor);
};

struct scan {
	struct arena arena;
	struct diags diags;
	struct stack_info stack;
	VEC(struct target) targets;
	VEC(struct str) left_out;  /* what the user wants to be without */
	struct parts parts;
	struct documents documents; /* holds until parts are merged */
	VEC(struct digest) digests;
	VEC(struct digest) beyond; /* parts of some of them: what others that
				      they are counted with do not have */
	struct used used;          /* the same for reports, once attributed */
	struct inquiries inquiries; /* about what is then not known */
	const struct facts *facts; /* not owned */
	const struct scan_watch *watch; /* not owned; NULL: nobody */
	struct store *store;       /* of what feeds brought; NULL: none */
	int32_t as_of;             /* the day of judgement */
};

/* Is a CycloneDX document all that was asked about? */
bool scan_is_cyclonedx(const struct scan *s);
/* Frees everything it owns. */
void scan_release(struct scan *s);

#endif
