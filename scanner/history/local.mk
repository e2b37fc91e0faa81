# scanner/history: git history to digest; the only door to libgit2
libranwhence_a_SOURCES += \
	scanner/history/history.h
