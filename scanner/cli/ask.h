/* What of a history is asked for, from the command line. */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "cli/opt.h"
#include "history/history.h"

/*
 * --axis, --range, --since, --paths, --scope, --max-commits, --max-seconds
 * and --threads; texts belong to the options, the list of paths to `o`.
 * ERR_CONFIG after a message.
 */
NODISCARD enum err ask_history(const struct opts *o, struct arena *a,
			       struct history_options *ret);

#endif
