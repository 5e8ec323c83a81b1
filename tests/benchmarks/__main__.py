"""`python -m tests.benchmarks`: the table of ratios."""

import ctypes
import os
import sys

if "--processor-time" in sys.argv:
    # Before any library is loaded: each takes as many threads as it sees cores.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

if "--keep-memory" in sys.argv:
    # M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of glibc, at the most that they may be.
    for parameter, size in ((-3, 1 << 25), (-1, 1 << 30)):
        ctypes.CDLL(None).mallopt(parameter, size)

from .compare import main

raise SystemExit(main())
