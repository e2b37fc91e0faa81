# scanner/history: git history to digest; the only door to libgit2
libranwhence_a_SOURCES += \
	scanner/history/address.c \
	scanner/history/address.h \
	scanner/history/beneath.c \
	scanner/history/beneath.h \
	scanner/history/cache.c \
	scanner/history/cache.h \
	scanner/history/commit.c \
	scanner/history/commit.h \
	scanner/history/diff.h \
	scanner/history/entry.c \
	scanner/history/entry.h \
	scanner/history/foreign.c \
	scanner/history/foreign.h \
	scanner/history/gitconfig.c \
	scanner/history/gitconfig.h \
	scanner/history/gitdir.c \
	scanner/history/gitdir.h \
	scanner/history/history.c \
	scanner/history/history.h \
	scanner/history/inflate.c \
	scanner/history/inflate.h \
	scanner/history/listing.c \
	scanner/history/odb.c \
	scanner/history/odb.h \
	scanner/history/oid.c \
	scanner/history/oid.h \
	scanner/history/pack.c \
	scanner/history/pack.h \
	scanner/history/refs.c \
	scanner/history/refs.h \
	scanner/history/tally.c \
	scanner/history/tally.h \
	scanner/history/walk.c \
	scanner/history/walk.h
