/* `ranwhence trend --by`: influence over time, from targets themselves. */
#ifndef CLI_PERIODS_H
#define CLI_PERIODS_H

#include "cli/opt.h"

/* Runs it; the exit code. */
int periods_run(const struct opts *o);

#endif
