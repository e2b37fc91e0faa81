#!/usr/bin/env python3
"""tests/cli/shards.py with 100 ways to split, repeat and merge the parts."""
import os
import runpy

import _scale

os.environ.update(_scale.environment(SPLITS="100"))
_scale.figure("100 random splits, duplications and merge trees")
runpy.run_path(f"{_scale.SRCDIR}/tests/cli/shards.py", run_name="__main__")
