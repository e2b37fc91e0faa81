/*
 * What shell text fetches: repositories that are cloned, files that are
 * downloaded, packages that are installed.  One reader for RUN of
 * Dockerfiles, scripts, recipes of Makefiles and the steps of CI: the caller
 * brings the text and the variables, and says what each piece is for.
 */
#ifndef EXTRACT_SHELL_H
#define EXTRACT_SHELL_H

#include "extract/distro.h"
#include "extract/extract.h"
#include "extract/shell_args.h"
#include "extract/shell_dir.h"
#include "extract/shell_lex.h"
#include "extract/vars.h"

enum shell_find_kind { SHELL_CLONE, SHELL_DOWNLOAD, SHELL_PACKAGE };

/* Whose packages they are. */
enum shell_manager {
	SHELL_APT, SHELL_YUM, SHELL_ZYPPER, SHELL_PACMAN, SHELL_APK,
	SHELL_ANY, /* a manager that the text does not name */
	SHELL_PIP, SHELL_NPM, SHELL_GO
};

/* One thing that is fetched.  Texts may hold expressions (vars.h). */
struct shell_find {
	enum shell_find_kind kind;
	enum shell_manager manager; /* of a package */
	struct str what;      /* address, or package as written */
	struct str rev;       /* of a clone: branch, tag or commit */
	struct str dir;       /* of a clone: where to */
	struct str fetched;   /* of a clone: what FETCH_HEAD is */
	struct str hash;      /* of a download: sha256:... */
	unsigned line;
	unsigned arm;         /* of a clone: where its revision is set */
	size_t base;          /* of a clone: whose other revision it is */
	size_t group;
	bool has_submodules;
	bool is_dropped;
};

/* What the finds of a piece of text are for; one of a stage, a file... */
struct shell_group {
	enum scope fetched;   /* of repositories and downloads */
	enum scope packages;  /* of what a system installs */
	struct distro distro; /* whose packages a system has, if known */
};

enum shell_block_kind { SHELL_IF, SHELL_CASE, SHELL_LOOP, SHELL_BRACE,
			SHELL_SUBSHELL };

struct shell_block {
	enum shell_block_kind kind;
	bool has_arm;
	struct shell_dir dir; /* outside of it */
};

/* Commands within a command. */
struct shell_part {
	struct shell_source source;
	bool is_run;          /* what they print is a program */
};

/* Text that is being read: of several, the last stands in the one before. */
struct shell_frame {
	struct shell_lex lex;
	VEC(struct shell_word) raw;     /* of a command, as written */
	VEC(struct shell_block) blocks;
	struct shell_dir dir;           /* outside of it */
	VEC(struct shell_part) parts;   /* of the command, to be read first */
	size_t next_part;
	enum shell_token token;         /* that waits for them */
	bool is_waiting;
	enum shell_token before;        /* what stands before the command */
	bool opens_case, in_pattern;    /* case W in; its patterns */
	bool has_output;                /* of the command goes to a file */
	bool is_run;                    /* what it prints is a program */
	size_t piped;                   /* find whose bytes go on, or none */
	size_t deep;                    /* blocks over the limit */
};

#define SHELL_FRAMES 6

struct shell {
	struct extraction *x;
	struct vars vars;
	struct arena command;           /* texts of the command at hand */
	VEC(struct shell_word) words;   /* of it, values put in */
	unsigned cut_line;              /* of a word over a limit, or 0 */
	struct shell_frame frames[SHELL_FRAMES];
	size_t depth;
	struct shell_dir dir, dir_before;
	VEC(struct shell_dir) dirs;     /* of pushd */
	VEC(struct shell_find) finds;
	VEC(size_t) clones;             /* among them */
	VEC(struct shell_group) groups;
	size_t group;                   /* of what is read now */
	size_t copied;                  /* bytes of texts that were kept */
	bool is_full;
};

/* Begins, with one group.  `escape`: see vars.h. */
void shell_init(struct shell *s, struct extraction *x, char escape);
void shell_release(struct shell *s);
/* Reads a piece of text in the folder s->dir. */
void shell_read(struct shell *s, const struct shell_source *source);
/* A find that no command makes: a file of an address, a repository. */
void shell_fetch_add(struct shell *s, struct str url, struct str hash,
		     unsigned line);
void shell_git_add(struct shell *s, struct str url, struct str rev,
		   unsigned line);
/* Adds the components of all finds, in their order. */
void shell_emit(struct shell *s, const struct extractor *e);

#endif
