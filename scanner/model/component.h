/*
 * What a target declares: components, edges between them, and seats (who may
 * decide, as the project itself says).  Collected in `struct parts`, one per
 * file or thread, and merged in a fixed order.
 */
#ifndef MODEL_COMPONENT_H
#define MODEL_COMPONENT_H

#include "base/arena.h"
#include "base/vec.h"

/* What a component is for. */
#define SCOPES(X) \
	X(SCOPE_UNKNOWN, "unknown") X(SCOPE_RUNTIME, "runtime") \
	X(SCOPE_BUILD, "build") X(SCOPE_TEST, "test") \
	X(SCOPE_DOCS, "docs") X(SCOPE_CI, "ci") \
	X(SCOPE_DEPLOY, "deploy") X(SCOPE_EXAMPLE, "example") \
	X(SCOPE_RELEASE, "release") /* put out, not needed */
#define SCOPE_ENUM(id, name) id,
enum scope { SCOPES(SCOPE_ENUM) SCOPE_COUNT };
#undef SCOPE_ENUM

/* The network function a component serves; the names of the O-RAN
 * architecture, as the stack file writes them. */
#define FUNCTIONS(X) \
	X(FUNCTION_NONE, "") \
	X(FUNCTION_O_RU, "O-RU") X(FUNCTION_O_DU, "O-DU") \
	X(FUNCTION_O_CU_CP, "O-CU-CP") X(FUNCTION_O_CU_UP, "O-CU-UP") \
	X(FUNCTION_NEAR_RT_RIC, "Near-RT RIC") \
	X(FUNCTION_NON_RT_RIC, "Non-RT RIC") X(FUNCTION_SMO, "SMO") \
	X(FUNCTION_XAPP, "xApp") X(FUNCTION_RAPP, "rApp") \
	X(FUNCTION_O_CLOUD, "O-Cloud") X(FUNCTION_CORE_NF, "core NF") \
	X(FUNCTION_TRANSPORT, "transport") \
	X(FUNCTION_MANAGEMENT, "management") X(FUNCTION_TOOLING, "tooling")
#define FUNCTION_ENUM(id, name) id,
enum function { FUNCTIONS(FUNCTION_ENUM) FUNCTION_COUNT };
#undef FUNCTION_ENUM

/* Where a statement stands. */
struct evidence {
	struct str path;
	unsigned line; /* from 1; 0 = the file as a whole */
};

/* How a component's source is known. */
enum provenance_kind {
	PROVENANCE_UNKNOWN,
	PROVENANCE_ARTIFACT,  /* bytes with a hash, no source repository */
	PROVENANCE_REPOSITORY /* a repository, at a fixed commit if known */
};

struct provenance {
	enum provenance_kind kind;
	/* Canonical: https://host/path, no ".git".  Before the resolve stage
	 * also the address of a download, while `kind` is another. */
	struct str repository;
	struct str commit;     /* full hex object id; "" = not pinned */
	struct str ref;        /* branch, tag or abbreviated commit as
				  declared; may be "" */
	struct str hash;       /* "sha256:..." of an artefact; may be "" */
	struct str how;        /* which evidence decided, or why unknown */
	bool is_claimed;       /* by a record without citation (B) */
};

/* What a declaration says of the list of what a component needs. */
enum completeness {
	COMPLETENESS_UNKNOWN,
	COMPLETENESS_COMPLETE,
	COMPLETENESS_INCOMPLETE /* something is known to be left out */
};

/* Who supplies, by role. */
enum supply_role {
	SUPPLY_SUPPLIER,  /* who hands it over, as stated */
	SUPPLY_PRODUCER,  /* who writes it, as stated */
	SUPPLY_PUBLISHER, /* who owns the namespace of its purl or address */
	SUPPLY_COUNT
};

/* The organisation in one such role; filled by attribution. */
struct supply {
	bool is_stated;      /* false (zero): nobody is named */
	size_t organisation; /* where stated; SIZE_MAX: an unknown name */
	size_t fact;         /* the row that decided, SIZE_MAX when none */
};

/* What declarations of one component say differently: it is then unknown. */
enum dispute { DISPUTE_SUPPLIER = 1, DISPUTE_PRODUCER = 2,
	       DISPUTE_REPOSITORY = 4 };

/*
 * The histories of several components that have commits of each other, and
 * are to count once: together they count as one that has all their commits.
 */
struct joint {
	size_t group;      /* 0: it counts by itself; else that of the group */
	size_t rank;       /* its place in the group, the longest first */
	size_t counted;    /* how many of the group have something of their
			      own */
	bool is_contained; /* those before it have all of its commits */
	bool is_mirror;    /* and one of them is at the same commit */
	uint64_t commits, shared; /* of its history, and with those before */
	size_t digest;     /* of all of it: index into scan.digests */
	size_t beyond;     /* of what those before it do not have, index into
			      scan.beyond; SIZE_MAX: all of it is */
};

struct component {
	struct str name, version, purl; /* purl: canonical or "" */
	VEC(struct str) more_purls; /* further ones, sorted */
	VEC(struct str) refs; /* by which the SBOM that is the target names
				 it, in its order */
	struct str group;     /* of an SBOM: the name begins with "GROUP/" */
	struct str type;   /* library, application, container, repository,
			      os-package, file, framework, chart, ... */
	enum scope scope;
	enum function function;
	enum completeness completeness;
	/* Roles as an SBOM or register states them; names as printed. */
	struct str supplier;   /* who hands it over */
	struct str producer;   /* who writes it */
	struct str packager;   /* who built this copy */
	struct supply supply[SUPPLY_COUNT]; /* filled by attribution */
	struct provenance provenance;
	struct str extractor;  /* name in the extractor table */
	bool is_root;          /* a target itself, not a dependency of one */
	bool is_scanned;       /* a tree at hand: its own history counts, and
				  never that of what it says it is */
	/* Of a product, as its owner says: the days on which it goes into
	 * and out of service; 0 where he does not. */
	int32_t in_service, end_of_life;
	bool is_unpinned;      /* declared without a fixed version */
	bool is_indirect;      /* declared as needed by a dependency only */
	bool is_optional;      /* declared as needed by an option only */
	bool is_stamped;       /* supplier is on nearly everything: RW1205 */
	unsigned disputes;     /* of enum dispute; filled by resolution */
	VEC(struct evidence) evidence; /* never empty */
	size_t digest;         /* index into scan.digests or SIZE_MAX */
	struct joint joint;    /* with others, as the stack asks (count-once) */
	bool has_claimed_digest; /* it may be another's: its repository is
				    claimed, or a fork of that history */
};

enum edge_kind { EDGE_DEPENDS_ON, EDGE_CONTAINS };

struct edge {
	size_t from, to; /* component indices */
	enum edge_kind kind;
};

/* Somebody who may decide, as the project declares it: no person is kept. */
enum seat_role { SEAT_LEAD, SEAT_COMMITTER, SEAT_MAINTAINER, SEAT_REVIEWER,
		 SEAT_OWNER, SEAT_ROLE_COUNT };

struct seat {
	size_t component;   /* whose seat it is */
	enum seat_role role;
	struct str company; /* as declared; may be "" */
	struct str host;    /* of the declared address, lower-case; or "" */
	size_t person;      /* a number: seats that share it are held by one */
	size_t area;        /* what it governs; SIZE_MAX: the whole tree */
	bool has_lines;     /* they were counted */
	uint64_t lines;     /* that it governs */
	struct evidence evidence;
	/* Filled by attribution. */
	size_t organisation;      /* index into facts, SIZE_MAX unknown */
	int confidence;           /* enum fact_confidence of what decided */
};

/*
 * A pattern of files: '/' between segments, `*` and `?` within one, `**` for
 * any number of them.
 */
struct area_path {
	struct str glob;
	bool is_file;       /* covers the files of this name */
	bool is_folder;     /* covers all below folders of this name */
	bool is_excluded;   /* takes them out of the area again */
};

/* The files that a seat governs. */
struct area {
	size_t first, n;    /* of its patterns, in parts.area_paths */
	bool is_overridden; /* by the areas behind it: of those like it that
			       cover a file only the last one counts */
};

struct parts {
	VEC(struct component) components;
	VEC(struct edge) edges;
	VEC(struct seat) seats;
	VEC(struct area) areas;
	VEC(struct area_path) area_paths;
	size_t persons;     /* numbers given out so far */
};

/* Frees what a component has; texts belong to their arena. */
void component_release(struct component *c);
/* Frees the vectors; texts belong to their arena. */
void component_parts_release(struct parts *p);
/* A new component with one place of evidence; its index.  Fields are zero
 * but for digest (SIZE_MAX). */
size_t component_add(struct parts *p, struct str name, struct str extractor,
		     struct evidence at);
void component_add_evidence(struct component *c, struct evidence at);
/* Sorts the further purls, each once. */
void component_fold_purls(struct component *c);
void component_add_edge(struct parts *p, size_t from, size_t to,
			enum edge_kind kind);
/* Edges from `root` to the components from `first` on to which none of the
 * edges from `first_edge` on leads; never to itself. */
void component_adopt(struct parts *p, size_t root, size_t first,
		     size_t first_edge);
/* A new seat of a component: organisation unknown, a person of its own, for
 * the whole tree. */
struct seat *component_add_seat(struct parts *p, size_t component,
				enum seat_role role, struct evidence at);
/* A new area without patterns, and a pattern of the one added last. */
size_t component_add_area(struct parts *p, bool is_overridden);
void component_add_area_path(struct parts *p, struct area_path path);

/* The names that reports and files use; static storage. */
const char *component_scope_name(enum scope s);
const char *component_function_name(enum function f);
const char *component_role_name(enum seat_role r);
/* By the names above; false when there is no such one. */
bool component_find_function(struct str name, enum function *ret);
bool component_find_role(struct str name, enum seat_role *ret);

/*
 * A repository address in canonical form (https://host/path, lower-case host,
 * no user, no ".git", no trailing slash; git@host:path, ssh://, git://, git+
 * prefixes and scm: forms understood), "" when it is not one.
 */
struct str component_repository_url(struct str written, struct arena *a);

#endif
