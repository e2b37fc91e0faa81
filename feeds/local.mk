# feeds: the only folder with network; fetch.c is the only door to libcurl
libranwhence_a_SOURCES +=
