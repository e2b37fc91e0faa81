# scanner/discover: walks a tree under limits
libranwhence_a_SOURCES += \
	scanner/discover/discover.c \
	scanner/discover/discover.h \
	scanner/discover/stack.c \
	scanner/discover/stack.h
