/*
 * Every diagnostic: code, severity, effect on the outcome, title, and the
 * text of `ranwhence explain`.  docs/diagnostics.md is kept in step by a lint.
 * RW10xx targets and files, RW11xx text formats, RW12xx SBOMs,
 * RW13xx extractors, RW14xx history, RW15xx stack files, RW16xx policies,
 * RW17xx facts and attribution, RW18xx resolution and digests,
 * RW19xx limits and the run itself, RW20xx feeds.
 */
#ifndef BASE_DIAG_CODES_H
#define BASE_DIAG_CODES_H

#define DIAG_CODES(X) \
X(RW1001, DIAG_ERROR, DIAG_FATAL, "target not found", \
  "A target named on the command line does not exist.") \
X(RW1002, DIAG_ERROR, DIAG_INCOMPLETE, "file cannot be read", \
  "A file that should be read could not be opened or read. Its contents " \
  "are missing from the result.") \
X(RW1003, DIAG_WARNING, DIAG_HARMLESS, "not a regular file", \
  "A symbolic link, FIFO, socket or device stands where a file was " \
  "expected. Such entries are never opened.") \
X(RW1004, DIAG_ERROR, DIAG_INCOMPLETE, "file too large", \
  "A file is larger than the limit for its kind and was not read.") \
X(RW1005, DIAG_ERROR, DIAG_INCOMPLETE, "tree too large", \
  "The tree holds more files or deeper folders than the limits allow. The " \
  "rest was not looked at.") \
X(RW1006, DIAG_ERROR, DIAG_FATAL, "target not understood", \
  "A target is neither a git repository, a folder, an SBOM of a known " \
  "format nor a stack file.") \
X(RW1007, DIAG_WARNING, DIAG_INCOMPLETE, "nothing found", \
  "The target, or a folder of digests, holds nothing that ranwhence reads. " \
  "Nothing found is not the same as clean.") \
X(RW1008, DIAG_ERROR, DIAG_INCOMPLETE, "output cannot be written", \
  "A report or digest could not be written.") \
X(RW1009, DIAG_WARNING, DIAG_INCOMPLETE, "repository inside a target", \
  "A folder of the target is a git repository of its own, and no submodule " \
  "of it. What it declares is read, its history is not counted: name it in " \
  "a stack file, or scan it apart.") \
X(RW1101, DIAG_ERROR, DIAG_INCOMPLETE, "malformed JSON", \
  "The text is not JSON, or ends too early. What stood before the place " \
  "named was kept.") \
X(RW1102, DIAG_WARNING, DIAG_INCOMPLETE, "text after the JSON value", \
  "The JSON value is complete, but more text follows it. It was ignored.") \
X(RW1103, DIAG_WARNING, DIAG_INCOMPLETE, "duplicate key", \
  "An object has a key twice. The first value counts; other programs may " \
  "take the last.") \
X(RW1104, DIAG_ERROR, DIAG_INCOMPLETE, "nested too deeply", \
  "The document nests deeper than the limit.") \
X(RW1105, DIAG_WARNING, DIAG_HARMLESS, "invalid UTF-8 or NUL", \
  "The text holds bytes that are not UTF-8, a NUL or a lone surrogate. " \
  "They were replaced by U+FFFD.") \
X(RW1106, DIAG_ERROR, DIAG_INCOMPLETE, "malformed YAML", \
  "The text is not YAML that ranwhence reads.") \
X(RW1108, DIAG_WARNING, DIAG_INCOMPLETE, "line too long", \
  "A line is longer than the limit. What it says was not read.") \
X(RW1109, DIAG_ERROR, DIAG_INCOMPLETE, "malformed XML", \
  "The text is not XML, or ends too early. What stood before the place " \
  "named was kept.") \
X(RW1110, DIAG_ERROR, DIAG_INCOMPLETE, "DOCTYPE refused", \
  "The XML document has a DOCTYPE. Such a declaration can make a parser " \
  "read other files or fill the memory; no SBOM needs one. The document " \
  "was not read.") \
X(RW1111, DIAG_WARNING, DIAG_INCOMPLETE, "malformed tag-value text", \
  "A line is not of the form Tag: value, a text is not closed, or the last " \
  "package lacks what it must have, as in a text that was cut.") \
X(RW1112, DIAG_ERROR, DIAG_INCOMPLETE, "malformed compressed file", \
  "A compressed file or archive is damaged or ends too early. What came " \
  "before was kept.") \
X(RW1113, DIAG_ERROR, DIAG_INCOMPLETE, "decompression bomb", \
  "A compressed file grows more than any document does, or past the limit. " \
  "It was not read to the end.") \
X(RW1114, DIAG_ERROR, DIAG_INCOMPLETE, "malformed TOML", \
  "A statement is not TOML. It was left out, and what follows it up to the " \
  "next header of a table.") \
X(RW1201, DIAG_ERROR, DIAG_INCOMPLETE, "not an SBOM of a known version", \
  "The document looks like an SBOM, or has the name of one, but its format " \
  "or version is not one that ranwhence reads.") \
X(RW1202, DIAG_WARNING, DIAG_HARMLESS, "duplicate component reference", \
  "Two components of one SBOM share a reference. The first counts for " \
  "the dependency graph; both are kept as components.") \
X(RW1203, DIAG_WARNING, DIAG_HARMLESS, "dangling dependency", \
  "The dependency graph names a component that the SBOM does not hold.") \
X(RW1204, DIAG_WARNING, DIAG_HARMLESS, "dependency cycle", \
  "Components of the SBOM depend on each other in a circle. Each is " \
  "counted once.") \
X(RW1205, DIAG_WARNING, DIAG_HARMLESS, "one supplier on everything", \
  "One supplier stands on more than 80 % of the components. It names the " \
  "distributor or builder and is no evidence of origin.") \
X(RW1206, DIAG_WARNING, DIAG_HARMLESS, "purl not valid", \
  "A package URL does not follow the specification. The component is " \
  "kept by its name.") \
X(RW1207, DIAG_WARNING, DIAG_INCOMPLETE, "component not usable", \
  "An entry of the SBOM has no name or is not an object. It was skipped.") \
X(RW1208, DIAG_WARNING, DIAG_HARMLESS, "no root component", \
  "The SBOM does not say which component it describes.") \
X(RW1209, DIAG_WARNING, DIAG_INCOMPLETE, "SBOM without components", \
  "The SBOM is well formed but lists no component.") \
X(RW1210, DIAG_WARNING, DIAG_INCOMPLETE, "SBOM calls itself incomplete", \
  "The SBOM says of some components that the list of what they contain or " \
  "need is not complete.") \
X(RW1211, DIAG_WARNING, DIAG_INCOMPLETE, "linked document not given", \
  "The SBOM refers to another document that is not among the targets. " \
  "Name that one as well.") \
X(RW1301, DIAG_WARNING, DIAG_INCOMPLETE, "file only partly understood", \
  "An extractor could not read a part of the file. The rest was kept.") \
X(RW1302, DIAG_NOTE, DIAG_HARMLESS, "value not known", \
  "A name or version holds a variable whose value the file does not give.") \
X(RW1303, DIAG_WARNING, DIAG_HARMLESS, "submodule without an address", \
  "A gitlink has no entry in .gitmodules, or the entry has no usable URL.") \
X(RW1304, DIAG_NOTE, DIAG_HARMLESS, "source taken from a folder", \
  "A dependency is taken from a folder, not from where it is published. " \
  "Inside the tree its lines count with the tree, and it is no component " \
  "of its own; outside nobody has seen them, and it is one that nothing " \
  "is known of.") \
X(RW1305, DIAG_NOTE, DIAG_HARMLESS, "another package index", \
  "The file names a package index besides the public one. Whoever runs " \
  "it can supply a package under any name.") \
X(RW1306, DIAG_NOTE, DIAG_HARMLESS, "submodules of a dependency", \
  "A repository is fetched together with its submodules. Only it says what " \
  "they are; they are not seen.") \
X(RW1307, DIAG_NOTE, DIAG_HARMLESS, "read past an error", \
  "A file is not as its format wants, but all that ranwhence reads of it is " \
  "there: it stands apart from the error, or its lines say plainly what " \
  "they mean.") \
X(RW1401, DIAG_ERROR, DIAG_INCOMPLETE, "repository cannot be opened", \
  "The folder looks like a git repository, but cannot be read as one.") \
X(RW1402, DIAG_ERROR, DIAG_INCOMPLETE, "repository has no commits", \
  "There is no commit to read: HEAD is unborn and no branch exists.") \
X(RW1403, DIAG_ERROR, DIAG_INCOMPLETE, "object missing", \
  "An object of the history is not in the repository. The commits that " \
  "need it are not counted.") \
X(RW1404, DIAG_WARNING, DIAG_INCOMPLETE, "shallow history", \
  "The clone is shallow: commits before the boundary are not there, and " \
  "their shares are unknown.") \
X(RW1405, DIAG_WARNING, DIAG_INCOMPLETE, "partial clone", \
  "The clone was made with a filter: some objects are not there.") \
X(RW1406, DIAG_WARNING, DIAG_HARMLESS, "replaced or grafted history", \
  "The repository carries replace refs or grafts. They are ignored: the " \
  "real history is counted.") \
X(RW1407, DIAG_ERROR, DIAG_INCOMPLETE, "malformed commit", \
  "A commit could not be parsed in full. It is counted with an empty host " \
  "where its author is not readable.") \
X(RW1408, DIAG_ERROR, DIAG_INCOMPLETE, "repository leads outside", \
  "The repository refers to objects, settings or a work tree outside " \
  "itself. That reference was refused.") \
X(RW1409, DIAG_ERROR, DIAG_FATAL, "revision not found", \
  "A revision or range named on the command line does not exist.") \
X(RW1412, DIAG_ERROR, DIAG_INCOMPLETE, "object unreadable", \
  "An object of the repository is corrupt, is another than its name says, " \
  "or is over a limit.") \
X(RW1413, DIAG_WARNING, DIAG_INCOMPLETE, "limit of commits or time", \
  "The walk ended at the limit that was asked for.") \
X(RW1414, DIAG_WARNING, DIAG_HARMLESS, "lines not readable", \
  "A file of some commit, or the origin of some lines, is missing or too " \
  "large (RW1412 tells of what is damaged). As many lines as it may have " \
  "are counted as nobody's (host \"(lost)\"), so that bounds hold; what is " \
  "added, deleted and surviving is less than git counts.") \
X(RW1415, DIAG_NOTE, DIAG_HARMLESS, "mailmap not applied", \
  "The .mailmap of the repository joins addresses at different hosts, or " \
  "cannot be read. It is never applied: an organisation is told by the " \
  "address in the commit. Counted is what it would move, by host.") \
X(RW1416, DIAG_NOTE, DIAG_HARMLESS, "seats read in part", \
  "An edition of INFO.yaml in the history cannot be read in full, or there " \
  "are too many. Of who held seats since when it tells what was read of " \
  "it; seats of the edition before it are taken to be held on. Or a file " \
  "at the head of a clone that says who decides cannot be read: then its " \
  "seats are not observed.") \
X(RW1417, DIAG_ERROR, DIAG_FATAL, "keys of authors not valid", \
  "The file of --author-keys has a line that is not understood, or no key. " \
  "A key that is left out would make what it signed look forged.") \
X(RW1418, DIAG_WARNING, DIAG_HARMLESS, "signature does not hold", \
  "Commits are signed with a key of --author-keys, and yet their authors " \
  "are not shown by it: the signature does not fit the commit (forged), it " \
  "or the key had expired when it was made, the key is revoked, or SHA-1, " \
  "MD5 or a key of less than 2048 bits is used (weak). Such a commit stands " \
  "on the rung of authorship that it reaches without.") \
X(RW1419, DIAG_WARNING, DIAG_HARMLESS, "setting that runs a program", \
  "A setting of the repository would make git run a program, or send " \
  "elsewhere what it fetches. Nothing in the repository is obeyed here; " \
  "look at the setting before you use git in that folder.") \
X(RW1420, DIAG_NOTE, DIAG_HARMLESS, "hooks or filters", \
  "The repository has hooks that git would run, or attributes that name " \
  "filters or drivers for its files. None was run here.") \
X(RW1421, DIAG_NOTE, DIAG_HARMLESS, "commits of another repository", \
  "The stack asks to count commits once. Commits of the repository are " \
  "those of others of the same function. In all that is said of the stack " \
  "these repositories count as one that has the commits of all of them; " \
  "what is said of each of them by itself is of its whole history.") \
X(RW1422, DIAG_NOTE, DIAG_HARMLESS, "commits that may count twice", \
  "The stack asks to count commits once, and which commits this has in " \
  "common with others is not known, or its own part cannot be counted. It " \
  "counts by itself, as if it had none in common.") \
X(RW1430, DIAG_WARNING, DIAG_HARMLESS, "dates that cannot be", \
  "Commits are dated in 2100 or later, or more than a year before a commit " \
  "that they build on. Authors date their commits themselves, and windows of " \
  "24 and 12 months go by these dates: what is dated back is not in them. " \
  "Work that waited long, or was taken over from elsewhere, looks alike.") \
X(RW1501, DIAG_ERROR, DIAG_FATAL, "stack file not valid", \
  "The stack file has an unknown key, a wrong type or a missing value.") \
X(RW1502, DIAG_ERROR, DIAG_FATAL, "stack file points outside", \
  "A path of the stack file leaves the folder of the stack file.") \
X(RW1503, DIAG_ERROR, DIAG_INCOMPLETE, "part of the stack not found", \
  "A repository or SBOM that the stack file names is not there, or no file " \
  "is where it says that a part is built from. What would come of it is " \
  "unknown.") \
X(RW1601, DIAG_ERROR, DIAG_FATAL, "policy not valid", \
  "The policy has an unknown key, a wrong type or a missing value.") \
X(RW1602, DIAG_ERROR, DIAG_FATAL, "policy not found", \
  "No bundled policy has this name and no file of this name exists.") \
X(RW1603, DIAG_ERROR, DIAG_FATAL, "waiver not valid", \
  "The waivers file has an unknown key, a wrong type or a missing value, " \
  "or a waiver without an end.") \
X(RW1604, DIAG_ERROR, DIAG_HARMLESS, "waiver expired", \
  "A waiver no longer holds on the day of judgement. It is as if it were " \
  "not there: what it waived counts again.") \
X(RW1605, DIAG_WARNING, DIAG_HARMLESS, "waiver without effect", \
  "A waiver names a rule, a component or an organisation that this run " \
  "does not have, or does not hold yet.") \
X(RW1606, DIAG_ERROR, DIAG_FATAL, "report not usable", \
  "A report is not one of ranwhence.report/1, contradicts itself, or was " \
  "judged by another policy than what it is compared with.") \
X(RW1607, DIAG_ERROR, DIAG_FATAL, "nothing to leave out", \
  "What --without names is not a package URL, or no component has it.") \
X(RW1701, DIAG_ERROR, DIAG_FATAL, "fact not valid", \
  "A row of a facts file has an unknown kind, a bad date, share or " \
  "identifier.") \
X(RW1702, DIAG_WARNING, DIAG_HARMLESS, "conflicting affiliation", \
  "The host of an address and the project's own declaration name " \
  "different organisations. The host decides for that commit.") \
X(RW1703, DIAG_WARNING, DIAG_HARMLESS, "facts contradict", \
  "Two facts cannot both hold, such as shares over 100 % on one day.") \
X(RW1704, DIAG_NOTE, DIAG_HARMLESS, "fact in dispute", \
  "The fact is marked as disputed or withdrawn and moves no score.") \
X(RW1705, DIAG_ERROR, DIAG_FATAL, "no such organisation", \
  "Neither a host nor a name of any known organisation matches.") \
X(RW1706, DIAG_ERROR, DIAG_FATAL, "facts not signed", \
  "A key for the facts files was given, and a file has no signature by it " \
  "beside it: FILE.sig, the 64 bytes of Ed25519 over the file.") \
X(RW1801, DIAG_NOTE, DIAG_HARMLESS, "component not resolved", \
  "No source repository is known for the component. Its influence is " \
  "unknown: the interval is 0 to 100 %.") \
X(RW1802, DIAG_WARNING, DIAG_HARMLESS, "digest of another commit", \
  "The digest at hand was made at another commit than the one used.") \
X(RW1803, DIAG_ERROR, DIAG_INCOMPLETE, "digest not valid", \
  "A digest file does not follow ranwhence.digest/3 or does not add up.") \
X(RW1804, DIAG_WARNING, DIAG_HARMLESS, "declarations contradict", \
  "Two declarations of one component name different organisations as its " \
  "supplier or its producer. Neither counts: that role is unknown.") \
X(RW1805, DIAG_WARNING, DIAG_HARMLESS, "facts about a package differ", \
  "Two facts, of feeds or of the facts files, name different source " \
  "repositories of one package. The one with a citation is taken; among " \
  "equals none is.") \
X(RW1806, DIAG_WARNING, DIAG_HARMLESS, "history of what was forked", \
  "The repository is a fork, no history of it is at hand, and that of its " \
  "origin is. It counts only in the interval that holds if all records were " \
  "cited, as nobody knows what the fork added.") \
X(RW1807, DIAG_NOTE, DIAG_HARMLESS, "reviews as a server tells them", \
  "The history at hand has no record of reviews, and those that its review " \
  "server told `update` of were taken. They name the hosts of the addresses " \
  "that accounts have today, so they count only in the interval that holds " \
  "if all records were cited.") \
X(RW1808, DIAG_NOTE, DIAG_HARMLESS, "organisations that profiles claim", \
  "For commits whose host tells of no organisation, profiles of the accounts " \
  "that made them name one, as a forge told `update`. Those are claims of " \
  "persons about themselves, of today: they count only in the interval that " \
  "holds if all records were cited.") \
X(RW1809, DIAG_NOTE, DIAG_HARMLESS, "only runtime paths counted", \
  "A policy says that of histories only runtime paths count. Of what is no " \
  "target there are histories of all paths only: they are left out, and " \
  "those components read as not observed.") \
X(RW1810, DIAG_NOTE, DIAG_HARMLESS, "accounts not counted", \
  "The store knows of commits of this history that a forge or a review " \
  "server says to be by the account of their author, and the digest that was " \
  "taken counts none of them: it came with the program, with parts of a " \
  "machine that had no such store, is older than those answers, or has " \
  "other commits. The rung `account` of authorship is not shown of it; " \
  "`update --for` counts a clone again.") \
X(RW1815, DIAG_WARNING, DIAG_HARMLESS, "dated after the day of judgement", \
  "Commits are dated after the month of the day of judgement. Authors date " \
  "their commits themselves, so these may have been written at any time: in " \
  "windows of 24 and 12 months they count as unknown, whoever wrote them. To " \
  "judge a day in the past, scan the history as it was then.") \
X(RW1816, DIAG_WARNING, DIAG_HARMLESS, "much that robots may have done", \
  "More than a tenth of the commits of a history bear addresses of robots. " \
  "Anybody can write such an address into a commit, so that they count as " \
  "unknown (host \"(robots)\") and widen every bound. Who runs these robots, " \
  "and on whose behalf, is to be asked.") \
X(RW1817, DIAG_NOTE, DIAG_HARMLESS, "many commits left out", \
  "More than a tenth of the commits of a history are not counted, because " \
  "they change nothing but which commits of submodules are meant, under the " \
  "title that Gerrit gives to what it does itself.") \
X(RW1818, DIAG_NOTE, DIAG_HARMLESS, "many lines set aside", \
  "More than half of the lines of text at the head of a history do not " \
  "count, because they stand in files that are generated, vendored or data " \
  "by their folders, names or marks. Whoever writes a file can name and " \
  "mark it so. What is generated counts as unknown unless it is of somebody " \
  "who is known to be of no concern; vendored files and data do not. `list " \
  "classes` shows the table, and a stack file may lay down otherwise.") \
X(RW1820, DIAG_ERROR, DIAG_INCOMPLETE, "store not usable", \
  "The store cannot be opened, read or written: it is damaged, no store of " \
  "ranwhence, in use for long, or the disk is full. What it held before is " \
  "as it was; a scan goes on without it.") \
X(RW1821, DIAG_ERROR, DIAG_FATAL, "store of another version", \
  "The store was made by a newer program, or by an older one and is only " \
  "read. 'ranwhence store verify' brings an older one up to date.") \
X(RW1822, DIAG_ERROR, DIAG_INCOMPLETE, "edition not taken over", \
  "A new edition of a feed has less than half the rows of the one before, " \
  "or none. Readers go on with the one before.") \
X(RW1823, DIAG_WARNING, DIAG_INCOMPLETE, "row of a feed not usable", \
  "A row of the store is not sound, or names an organisation, list or " \
  "source that no row declares. It was left out.") \
X(RW1824, DIAG_ERROR, DIAG_INCOMPLETE, "store damaged", \
  "A check of the store found something that is not as it was kept. " \
  "'ranwhence update' brings the feed anew; a sound export can be imported " \
  "into a new file.") \
X(RW1825, DIAG_ERROR, DIAG_INCOMPLETE, "exchange file refused", \
  "The file is no export of a store, of another version, cut or changed, " \
  "or not signed by the key that was given. The store is as it was.") \
X(RW1826, DIAG_ERROR, DIAG_INCOMPLETE, "older edition refused", \
  "An edition of a feed is older than the one in the store: by the day that " \
  "it speaks for, in a file that is imported also by when it was fetched, or " \
  "because its rows are those of an edition that was replaced. The store " \
  "keeps its own: a mirror is behind, or somebody wants it so. " \
  "--accept=FEED takes it all the same.") \
X(RW1827, DIAG_ERROR, DIAG_FATAL, "no store", \
  "There is no store at this place yet. 'ranwhence update' or 'ranwhence " \
  "store import' makes one.") \
X(RW1828, DIAG_WARNING, DIAG_INCOMPLETE, "too old for the policy", \
  "What a feed brought is older than the policy's max-age. It is left out, " \
  "and what it would have made known is unknown. 'ranwhence update' asks " \
  "again.") \
X(RW1829, DIAG_WARNING, DIAG_HARMLESS, "withdrawn by a feed", \
  "The new edition of a feed does not say any more that somebody is listed, " \
  "held or controlled. Who was of concern by it may look neutral now: see " \
  "whether the source says so, too.") \
X(RW1830, DIAG_ERROR, DIAG_INCOMPLETE, "part missing", \
  "A history, or what a tree or document declares, is to be taken from " \
  "parts, and none of them is of it as it is now, with these policies, facts " \
  "and this version. It was not counted.") \
X(RW1831, DIAG_ERROR, DIAG_INCOMPLETE, "part not valid", \
  "A part is cut or changed, or is not of what its name says. It was not " \
  "used.") \
X(RW1832, DIAG_ERROR, DIAG_INCOMPLETE, "edition held", \
  "The new edition of a feed takes back more of what held than the " \
  "configuration lets pass (10 % of a list). The feed may be wrong, cut, or " \
  "fooled, and who was of concern would look neutral: the edition before " \
  "stays. If it is right, --accept=FEED takes it.") \
X(RW1833, DIAG_ERROR, DIAG_FATAL, "plan does not fit", \
  "A plan of shards stands for its targets only where there are parts, and " \
  "where facts, day and keys are those that it was made with.") \
X(RW1901, DIAG_ERROR, DIAG_INCOMPLETE, "limit met", \
  "A limit was met; the result holds only what came before it.") \
X(RW2001, DIAG_ERROR, DIAG_FATAL, "configuration not valid", \
  "The configuration file has an unknown section or key or a wrong value, " \
  "or a feed is named that does not exist or has no address.") \
X(RW2002, DIAG_ERROR, DIAG_FATAL, "token not usable", \
  "A token that the configuration points to is not there, is no token, or " \
  "lies in a file that somebody else may read.") \
X(RW2003, DIAG_ERROR, DIAG_INCOMPLETE, "feed not answered", \
  "A service could not be reached, refused, led elsewhere, or ended its " \
  "answer early. The edition before stays. Ask again later; a service that " \
  "has moved, or is behind a mirror, gets its address by url in [feed NAME] " \
  "of the configuration; without a network, 'store import' takes what " \
  "'store export' wrote elsewhere. A scan needs none of them.") \
X(RW2004, DIAG_ERROR, DIAG_INCOMPLETE, "feed not understood", \
  "A service answered something else than it used to: its form has changed, " \
  "or it is not its answer. The edition before stays.") \
X(RW2005, DIAG_WARNING, DIAG_HARMLESS, "row of a feed not taken", \
  "A record of a feed says something that cannot be: it was left out.") \
X(RW2006, DIAG_ERROR, DIAG_INCOMPLETE, "update not started", \
  "Another update of the same store is running, or its folder cannot be " \
  "written.") \
X(RW2010, DIAG_ERROR, DIAG_INCOMPLETE, "queue not usable", \
  "The database of the queue cannot be reached, or refuses what is asked of " \
  "it. What was finished before is finished; leases of a worker that is gone " \
  "end by themselves.") \
X(RW2011, DIAG_ERROR, DIAG_FATAL, "no queue", \
  "There is no queue in this database, it is of another version of the " \
  "program, or this program was built without PostgreSQL.") \
X(RW2012, DIAG_ERROR, DIAG_INCOMPLETE, "item given up", \
  "Something that was to be fetched or counted failed each time it was " \
  "tried, or whoever began it never came back. 'ranwhence queue status' " \
  "names it, 'ranwhence queue add' lets it be tried anew.") \
X(RW2013, DIAG_ERROR, DIAG_INCOMPLETE, "row of the queue not sound", \
  "A row of the queue is none that this program wrote. It was given up, and " \
  "nothing was fetched or counted for it.")

#endif
