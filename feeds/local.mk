# feeds: the only folder with network; fetch.c is the only door to libcurl
libranwhence_a_SOURCES += \
	feeds/fetch.c \
	feeds/fetch.h \
	feeds/origin.c \
	feeds/origin.h \
	feeds/pace.c \
	feeds/pace.h \
	feeds/part.c \
	feeds/part.h
