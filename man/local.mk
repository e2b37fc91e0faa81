# man: one line per page
dist_man_MANS += \
	man/ranwhence-config.5 \
	man/ranwhence-digest.5 \
	man/ranwhence-facts.5 \
	man/ranwhence-policy.5 \
	man/ranwhence-report.5 \
	man/ranwhence-stack.5 \
	man/ranwhence-waivers.5 \
	man/ranwhence.1

# A page for each command, cut out of ranwhence.1 by what its --help says, and
# what the shells complete by: both by the very program that is installed.
man/commands: ranwhence$(EXEEXT) man/ranwhence.1 man/command-page.awk
	@rm -rf $@ $@.tmp && $(MKDIR_P) $@.tmp
	@./ranwhence$(EXEEXT) --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p' | \
	while read -r c; do \
		./ranwhence$(EXEEXT) $$c --help >$@.tmp/help && \
		$(AWK) -v command=$$c -f $(srcdir)/man/command-page.awk \
			$@.tmp/help $(srcdir)/man/ranwhence.1 \
			>$@.tmp/ranwhence-$$c.1 || exit 1; \
	done
	@rm $@.tmp/help && mv $@.tmp $@

completions: ranwhence$(EXEEXT)
	@rm -rf $@ $@.tmp && $(MKDIR_P) $@.tmp
	@./ranwhence$(EXEEXT) completion bash >$@.tmp/ranwhence
	@./ranwhence$(EXEEXT) completion zsh >$@.tmp/_ranwhence
	@./ranwhence$(EXEEXT) completion fish >$@.tmp/ranwhence.fish
	@mv $@.tmp $@

bash_completions = $(datadir)/bash-completion/completions
zsh_completions = $(datadir)/zsh/site-functions
fish_completions = $(datadir)/fish/vendor_completions.d

all-local: man/commands completions
install-data-hook: man/commands completions
	@$(MKDIR_P) "$(DESTDIR)$(man1dir)" "$(DESTDIR)$(bash_completions)" \
		"$(DESTDIR)$(zsh_completions)" "$(DESTDIR)$(fish_completions)"
	@$(INSTALL_DATA) man/commands/*.1 "$(DESTDIR)$(man1dir)"
	@$(INSTALL_DATA) completions/ranwhence "$(DESTDIR)$(bash_completions)"
	@$(INSTALL_DATA) completions/_ranwhence "$(DESTDIR)$(zsh_completions)"
	@$(INSTALL_DATA) completions/ranwhence.fish \
		"$(DESTDIR)$(fish_completions)"
uninstall-hook:
	@rm -f "$(DESTDIR)$(man1dir)"/ranwhence-*.1 \
		"$(DESTDIR)$(bash_completions)/ranwhence" \
		"$(DESTDIR)$(zsh_completions)/_ranwhence" \
		"$(DESTDIR)$(fish_completions)/ranwhence.fish"
clean-local:
	@rm -rf man/commands man/commands.tmp completions completions.tmp
