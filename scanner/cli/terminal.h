/*
 * Texts for people on a terminal.  One whose locale is not UTF-8 (LC_ALL,
 * LC_CTYPE, LANG), or that is too old for it (TERM), is shown ASCII only.
 * What goes to a file or a pipe is never changed.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "base/diag.h"

/* In how many columns texts are to be set for what is behind a descriptor; 80
 * where that is no terminal. */
unsigned terminal_columns(int fd);
/* Writes a text to standard output as it can be shown there. */
NODISCARD enum err terminal_write(struct str text, struct diags *ds);
/* The same for standard error, where failing to is nobody's matter. */
void terminal_tell(struct str text);
/* The same for a line, without its end; set in lines on a terminal. */
void terminal_tell_line(struct str line);

#endif
