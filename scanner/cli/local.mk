# scanner/cli: options and commands; main.c is listed in Makefile.am
libranwhence_a_SOURCES += \
	scanner/cli/ask.c \
	scanner/cli/ask.h \
	scanner/cli/cached.c \
	scanner/cli/cached.h \
	scanner/cli/cmd_check.c \
	scanner/cli/cmd_compare.c \
	scanner/cli/cmd_components.c \
	scanner/cli/cmd_doctor.c \
	scanner/cli/cmd_entity.c \
	scanner/cli/cmd_explain.c \
	scanner/cli/cmd_feeds.c \
	scanner/cli/cmd_history.c \
	scanner/cli/cmd_list.c \
	scanner/cli/cmd_plan.c \
	scanner/cli/cmd_policy.c \
	scanner/cli/cmd_purl.c \
	scanner/cli/cmd_scan.c \
	scanner/cli/cmd_store.c \
	scanner/cli/cmd_trend.c \
	scanner/cli/cmd_update.c \
	scanner/cli/command.h \
	scanner/cli/opt.c \
	scanner/cli/opt.h \
	scanner/cli/progress.c \
	scanner/cli/progress.h \
	scanner/cli/run.c \
	scanner/cli/run.h \
	scanner/cli/setup.c \
	scanner/cli/setup.h \
	scanner/cli/target.c \
	scanner/cli/target.h \
	scanner/cli/wants.c \
	scanner/cli/wants.h \
	scanner/cli/worker.c \
	scanner/cli/worker.h
