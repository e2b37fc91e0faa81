/*
 * Every limit in one place.  Input meets a limit before it costs memory or
 * time; a limit that is met is a diagnostic and lowers coverage.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define LIMIT_KB ((size_t)1 << 10)
#define LIMIT_MB ((size_t)1 << 20)

/* files and trees */
#define LIMIT_SBOM_BYTES (1024 * LIMIT_MB)     /* an SBOM document */
#define LIMIT_SOURCE_BYTES (4 * LIMIT_MB)      /* a file an extractor reads */
#define LIMIT_LOCK_BYTES (32 * LIMIT_MB)       /* a package manager's lock */
#define LIMIT_OUTPUT_BYTES (16384 * LIMIT_MB)  /* one report */
#define LIMIT_CONFIG_BYTES (4 * LIMIT_MB)      /* stack, policy */
#define LIMIT_FACTS_BYTES (2048 * LIMIT_MB)    /* one file of facts */
#define LIMIT_DIGEST_BYTES (256 * LIMIT_MB)
#define LIMIT_REPORT_BYTES (1024 * LIMIT_MB) /* a report read back */
#define LIMIT_TREE_FILES 2000000
#define LIMIT_TREE_AGAIN 200000 /* of a commit, in folders seen before */
#define LIMIT_TREE_DEPTH 128
#define LIMIT_TREE_PATHS_BYTES (512 * LIMIT_MB) /* all paths of a tree */
#define LIMIT_PATH_BYTES 4096

/* what the kernel lets a worker use; less if its parent may use less */
#define LIMIT_WORKER_MEMORY (16384 * LIMIT_MB) /* written, not mapped files */
#define LIMIT_WORKER_SECONDS 86400             /* of the processor */
#define LIMIT_WORKER_FILES 1024                /* open at a time */

/* compressed files and archives */
#define LIMIT_FILTERS 2           /* compressions around each other */
#define LIMIT_INFLATE_RATIO 200   /* bytes out for one in */
#define LIMIT_INFLATE_FREE (16 * LIMIT_MB) /* whatever the ratio */
#define LIMIT_INFLATE_BYTES (2048 * LIMIT_MB) /* out of one file */
#define LIMIT_BULK_BYTES (16384 * LIMIT_MB) /* of one that is streamed */
#define LIMIT_ARCHIVE_FILES 1000000

/* text formats */
#define LIMIT_JSON_DEPTH 128
#define LIMIT_YAML_BYTES (64 * LIMIT_MB) /* an SBOM in YAML */
#define LIMIT_YAML_DEPTH 64
#define LIMIT_YAML_NODES 1000000 /* after aliases are expanded */
#define LIMIT_TOML_DEPTH 64
#define LIMIT_TOML_NODES 1000000
#define LIMIT_XML_DEPTH 128
#define LIMIT_XML_ATTRIBUTES 256 /* of an element */
#define LIMIT_CSV_FIELDS 64
#define LIMIT_LINE_BYTES (1 * LIMIT_MB)
#define LIMIT_PATTERN_BYTES 1024  /* a regular expression of a policy */
#define LIMIT_MATCH_STEPS 100000  /* of one match */
#define LIMIT_MATCH_DEPTH 1000
#define LIMIT_MATCH_KB 4096
#define LIMIT_NAME_BYTES 4096 /* a name, version, purl or host */

/* collections */
#define LIMIT_COMPONENTS 5000000
#define LIMIT_EDGES 20000000
#define LIMIT_DIAGS 1000          /* kept; more are only counted */
#define LIMIT_DIAGS_PER_CODE 50
#define LIMIT_DIAG_BYTES 512      /* one message */

#define LIMIT_AREA_STEPS 200000000 /* patterns of seats tried on paths */

/* attribution */
#define LIMIT_FACTS 100000000 /* rows of all files */
#define LIMIT_CHAIN 32 /* rows of one proof that are kept */

/* the store */
#define LIMIT_ANSWER_BYTES (64 * LIMIT_MB) /* what a feed answered */
#define LIMIT_EXCHANGE_BYTES (1024 * LIMIT_MB) /* an exported store */
#define LIMIT_DIGESTS 10000       /* that a store keeps */
#define LIMIT_KEPT_BYTES (256 * LIMIT_MB) /* one entry of a cache */
#define LIMIT_KEPT_ENTRIES 10000  /* that one run hands over */
#define LIMIT_KEPT_RUN_BYTES (2048 * LIMIT_MB) /* and all of them */
#define LIMIT_KEPT_STORE_BYTES (1024 * LIMIT_MB)
#define LIMIT_CLONES_BYTES (20480 * LIMIT_MB) /* of all */
#define LIMIT_CLONES_KEPT (LIMIT_CLONES_BYTES / 10 * 9) /* by gc */
#define LIMIT_FEED_BYTES 64       /* the name of a feed */
#define LIMIT_LEGAL 100000        /* legal entities that one run takes in */
#define LIMIT_NAMESAKES 64        /* that are looked at for one name */

/* history */
#define LIMIT_COMMITS 20000000
#define LIMIT_HOST_BYTES 255
#define LIMIT_COMMIT_BYTES (8 * LIMIT_MB) /* one raw commit */
#define LIMIT_MAILMAP_BYTES (4 * LIMIT_MB)
#define LIMIT_BLOB_BYTES (64 * LIMIT_MB)
#define LIMIT_EDITIONS 200        /* of one file, over a history */
#define LIMIT_EDITION_BYTES (256 * LIMIT_KB)
#define LIMIT_TERMS 100000        /* of seats, over all editions */
#define LIMIT_DIFF_LINES 16000000 /* of one blob */
#define LIMIT_CHANGES 4000000     /* files changed, by all commits */
#define LIMIT_OWNER_STEPS 16000000 /* changes of files that share a past */
#define LIMIT_RENAME_STEPS 4000000000 /* bytes and pieces that renames of a
					 group of files are looked for in */
#define LIMIT_COMMIT_STEPS 1000000 /* tree entries compared for a commit */
#define LIMIT_TREE_STEPS 1000000000 /* and for all of them */
#define LIMIT_PACKS 4096          /* pack files of a repository */
#define LIMIT_PACK_INDEX_BYTES (1024 * LIMIT_MB)
#define LIMIT_DELTA_DEPTH 10000   /* deltas on top of each other */
#define LIMIT_DELTA_BYTES (8192 * LIMIT_MB) /* rebuilt for one object */
#define LIMIT_REFS_BYTES (256 * LIMIT_MB) /* packed-refs */
#define LIMIT_TAGS 20000          /* that releases are told apart by */
#define LIMIT_ALTERNATES 16       /* object folders of a repository */
#define LIMIT_ATTRIBUTE_FILES 10000 /* .gitattributes of a tree */
#define LIMIT_ATTRIBUTE_BYTES (64 * LIMIT_MB) /* all of them */
#define LIMIT_MODULE_ENTRIES 100000 /* of folders of submodules */
#define LIMIT_MODULE_DEPTH 64

#endif
