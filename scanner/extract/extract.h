/*
 * The contract of an extractor and the table of all of them.  An extractor
 * decides on path and size alone whether it wants a file, and where those
 * cannot tell, by the beginning of its text whether it takes it; it is then
 * given the bytes and adds components, edges and seats.  It opens nothing,
 * keeps nothing, and never invents: what a file does not say stays empty.
 */
#ifndef EXTRACT_EXTRACT_H
#define EXTRACT_EXTRACT_H

#include "model/component.h"
#include "model/file.h"
#include "model/scan.h"

/* What an extractor can tell of a component. */
enum extract_sees {
	SEES_VERSION = 1, SEES_HASH = 2, SEES_EDGES = 4, SEES_SUPPLIER = 8,
	SEES_REPOSITORY = 16, SEES_SEATS = 32, SEES_COMMIT = 64
};

struct inside; /* inside.h */
struct locked;
struct poms;

/* One file on its way through one extractor. */
struct extraction {
	struct str path;        /* for evidence and diagnostics */
	struct str text;        /* UTF-8 without BOM and NUL; "" of a gitlink */
	const struct file *file; /* NULL for an SBOM named directly */
	struct tree *tree;      /* for companions (.gitmodules); or NULL */
	size_t root;            /* component that the file speaks for */
	struct parts *parts;    /* add here */
	struct documents *documents; /* SBOMs: and here */
	struct inside *inside;  /* what names the tree itself has; or NULL */
	const struct facts *facts; /* or NULL */
	int32_t as_of;          /* the day for which they are asked */
	struct locked *locked;  /* versions that locks fix; or NULL */
	struct poms *poms;      /* all pom.xml of the tree; or NULL */
	struct arena *arena;    /* texts that stay */
	struct arena *scratch;  /* texts that end with this file */
	struct diags *diags;
	struct str ret_format;  /* SBOMs: "CycloneDX 1.5 JSON" */
	size_t ret_root;        /* SBOMs: component described, or SIZE_MAX */
};

struct extractor {
	const char *name;       /* stable, path-like: "go/gomod" */
	const char *summary;    /* one line, for `list extractors` */
	unsigned version;       /* raise when output for one input changes */
	unsigned sees;          /* enum extract_sees */
	bool is_sbom;           /* reads a document on its own */
	size_t max_bytes;       /* of a file; 0 = LIMIT_SOURCE_BYTES */
	/* By path and size alone. */
	bool (*wants)(const struct file *f);
	/* Of the files that it wants, only those where the tree says so, by
	 * the paths that stand beside; else NULL: all. */
	bool (*picks)(const struct tree *t, size_t file);
	/* Where the path alone cannot tell (always so for SBOMs): by the first
	 * 64 KB of the text; else NULL. */
	bool (*sniffs)(struct str head);
	enum err (*extract)(struct extraction *x);
};

/* One line adds an extractor: its symbol is extract_<id>.  In the order of
 * their names. */
#define EXTRACTORS(X) \
	X(ci_github) \
	X(ci_gitlab) \
	X(compose) \
	X(dockerfile) \
	X(cyclonedx_json) \
	X(cyclonedx_xml) \
	X(bitbake) \
	X(debian_control) \
	X(rpm_spec) \
	X(repo_manifest) \
	X(gitreview) \
	X(gitmodules) \
	X(gomod) \
	X(gradle_build) \
	X(gradle_lock) \
	X(helm) \
	X(k8s) \
	X(lf_tag) \
	X(info_yaml) \
	X(lf_release) \
	X(makefile) \
	X(maven) \
	X(autoconf) \
	X(cgo) \
	X(cmake) \
	X(conan) \
	X(make_link) \
	X(meson) \
	X(meson_wrap) \
	X(pkg_config) \
	X(vcpkg) \
	X(npm_lock) \
	X(npm_manifest) \
	X(pnpm_lock) \
	X(yarn_lock) \
	X(pyini) \
	X(pylock) \
	X(pipfile) \
	X(pyproject) \
	X(requirements) \
	X(setup_py) \
	X(cargo) \
	X(cargo_lock) \
	X(codeowners) \
	X(maintainers) \
	X(owners) \
	X(script) \
	X(generated) \
	X(vendored) \
	X(spdx_json) \
	X(spdx3_json) \
	X(spdx_tag) \
	X(spdx_yaml) \
	X(stx_list) \
	X(stx_meta)

#define EXTRACT_EXTERN(id) extern const struct extractor extract_##id;
EXTRACTORS(EXTRACT_EXTERN)
#undef EXTRACT_EXTERN

/* All extractors, sorted by name; how many. */
extern const struct extractor *const extract_table[];
extern const size_t extract_count;

/*
 * Runs every extractor that wants a file over a tree.  `root` is the
 * component that the tree stands for, or SIZE_MAX: an edge goes from it to
 * each component found to which the file itself gives none.  Counts go to
 * *target.  Files are taken in path order.
 */
void extract_tree(struct scan *s, struct tree *t, size_t root,
		  struct target *target);
/* The same by the extractors that find seats, for what they are after. */
void extract_seats(struct scan *s, struct tree *t, size_t root,
		   struct target *target);
/* How much of a file may be read; 0 when no extractor wants it. */
size_t extract_wanted_bytes(const struct tree *t, const struct file *f);
/* Is a file one in which a project may say who decides? */
bool extract_wants_seats(const struct file *f);
/*
 * Adds the edges between documents, once all targets are read and before
 * components are merged; RW1211 for the documents that are missing.
 */
void extract_link(struct scan *s);
/*
 * Reads an SBOM document, compressed or not, or all of an archive.
 * ERR_UNSUPPORTED when no reader knows any (RW1201 when it is an SBOM all the
 * same).  target->root gets the document's own root component, SIZE_MAX when
 * it names none or there are several documents.
 */
NODISCARD enum err extract_sbom(struct scan *s, struct str path,
				struct str bytes, struct target *target);
/* True when the text is an SBOM, also of a format that no reader knows; by
 * the first 64 KB of a file as it is on the disk; not of a compressed one. */
bool extract_is_sbom(struct str head);

#endif
