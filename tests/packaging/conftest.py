"""The scripts in packaging/ are no package; tests import them as the scripts import one another."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# At the end, so that packaging/build.py does not stand before the package "build".
sys.path.append(str(ROOT / "packaging"))
