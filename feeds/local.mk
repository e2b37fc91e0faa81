# feeds: the only folder with network; fetch.c is the only door to libcurl
libranwhence_a_SOURCES += \
	feeds/config.c \
	feeds/config.h \
	feeds/csl.c \
	feeds/depsdev.c \
	feeds/fcc.c \
	feeds/feed.c \
	feeds/feed.h \
	feeds/feed_rows.c \
	feeds/feed_rows.h \
	feeds/fetch.c \
	feeds/fetch.h \
	feeds/freemail.c \
	feeds/git.c \
	feeds/git_clones.c \
	feeds/git_clones.h \
	feeds/git_wire.c \
	feeds/git_wire.h \
	feeds/gleif.c \
	feeds/gleif_api.c \
	feeds/gleif_graph.c \
	feeds/gleif_graph.h \
	feeds/origin.c \
	feeds/origin.h \
	feeds/pace.c \
	feeds/pace.h \
	feeds/part.c \
	feeds/part.h \
	feeds/psl.c \
	feeds/punycode.c \
	feeds/punycode.h \
	feeds/rows.c \
	feeds/rows.h \
	feeds/universities.c \
	feeds/update.c \
	feeds/update.h
