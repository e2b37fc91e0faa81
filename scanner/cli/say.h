/* What goes wrong on the command line, said on standard error. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

/* One line behind the program's name: what a terminal would obey in it, or
 * what breaks the line, is shown by escapes. */
__attribute__((format(printf, 1, 2)))
void say(const char *format, ...);

#endif
