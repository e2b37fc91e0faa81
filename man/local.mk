# man: one line per page
dist_man_MANS +=
