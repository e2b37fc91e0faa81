# man: one line per page
dist_man_MANS += \
	man/ranwhence-policy.5 \
	man/ranwhence-report.5 \
	man/ranwhence-stack.5 \
	man/ranwhence-waivers.5 \
	man/ranwhence.1
