/* The commands that the reader of shell text knows; inside of it only. */
#ifndef EXTRACT_SHELL_VERBS_H
#define EXTRACT_SHELL_VERBS_H

#include "extract/shell.h"

/* A find of the kind, at a line; NULL when there are too many.  It holds
 * until the next one. */
struct shell_find *shell_verbs_find(struct shell *s, enum shell_find_kind kind,
				    struct str what, unsigned line);
/* A text that outlives the command. */
struct str shell_verbs_keep(struct shell *s, struct str text);

/* Reads the command s->words: passes by what only leads to another command,
 * and hands the rest to whoever knows it. */
void shell_verbs_run(struct shell *s);
/* The index of the verb of s->words; past the end when there is none. */
size_t shell_verbs_at(const struct shell *s);
/* The text that is read now. */
struct shell_frame *shell_verbs_frame(struct shell *s);

/* What each of these does with the words of s from `at` on: the verb. */
void shell_git_run(struct shell *s, size_t at);
void shell_fetch_run(struct shell *s, size_t at);
void shell_install_run(struct shell *s, size_t at);
/* Whether a package manager goes by this name. */
bool shell_install_knows(struct str verb);
/* "install" behind a verb that no one knows: a manager of packages. */
void shell_install_unknown(struct shell *s, size_t at);
/* What is done with the bytes of a download that go to another command: true
 * when that decides. */
bool shell_fetch_pipe(struct shell *s, struct shell_find *f);

#endif
