# scanner/resolve: component to source repository and commit
libranwhence_a_SOURCES += \
	scanner/resolve/merge.c \
	scanner/resolve/merge.h \
	scanner/resolve/package.c \
	scanner/resolve/package.h \
	scanner/resolve/resolve.c \
	scanner/resolve/resolve.h
