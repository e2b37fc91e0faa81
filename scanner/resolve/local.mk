# scanner/resolve: component to source repository and commit
libranwhence_a_SOURCES += \
	scanner/resolve/resolve.h
