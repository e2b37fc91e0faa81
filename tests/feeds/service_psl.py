"""The public suffix list, as publicsuffix.org has it."""
from server import Response

HEAD = """// This Source Code Form is subject to the terms of the Mozilla Public
// License, v. 2.0.
// VERSION: 2026-01-04_11-22-33_UTC

// ===BEGIN ICANN DOMAINS===

// com : https://example.com/registry
com
cn
com.cn
ac.cn
net.fict
*.ck
!www.ck
公司.cn
// a rule with a remark behind it
org  and more
"""
TAIL = """
// ===END ICANN DOMAINS===
// ===BEGIN PRIVATE DOMAINS===
github.io
// ===END PRIVATE DOMAINS===
"""


def handle(request):
    if request.path != "list/public_suffix_list.dat":
        return None
    filler = "".join(f"suffix{i}.filler\n" for i in range(1100))
    return Response(HEAD + filler + TAIL, kind="text/plain")
