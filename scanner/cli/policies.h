/* The policies that the program brings along. */
#ifndef CLI_POLICIES_H
#define CLI_POLICIES_H

/* Prints their names and titles, one a line; an exit code. */
int policies_list(void);

#endif
