"""`python -m tests.benchmarks`: the table of ratios."""

import os
import sys

if "--processor-time" in sys.argv:
    # Before any library is loaded: each takes as many threads as it sees cores.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

from .compare import main

raise SystemExit(main())
