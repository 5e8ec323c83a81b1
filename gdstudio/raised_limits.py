"""How far a person has raised the limits of files in the window's settings, for what opens files without Qt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gdstudio.paths import settings_text

if TYPE_CHECKING:
    from gdstudio.document import Limits

_ENTRY = re.compile(r"^limit_factor=(\d{1,2})$", re.MULTILINE)


def limits() -> Limits:
    """The limits that hold in the window; the usual ones where nothing else is set, or nothing that is allowed."""
    from gdstudio.document.limits import HIGHEST, LIMITS

    found = _ENTRY.search(settings_text())
    chosen = LIMITS.times(int(found[1])) if found else LIMITS
    return chosen if LIMITS.bytes <= chosen.bytes <= HIGHEST.bytes else LIMITS
