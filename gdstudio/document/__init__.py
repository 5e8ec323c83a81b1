"""What a file holds: the document model, reading and writing it, and the bundled documents. No Qt."""

from __future__ import annotations

from gdstudio.document.files import from_json, read, to_json, write
from gdstudio.document.limits import Limits
from gdstudio.document.model import (
    Document,
    DocumentError,
    LandscapeSettings,
    RacerSettings,
    RaceSettings,
    coordinates_of,
)

__all__ = [
    "Document",
    "DocumentError",
    "LandscapeSettings",
    "Limits",
    "RaceSettings",
    "RacerSettings",
    "coordinates_of",
    "from_json",
    "read",
    "to_json",
    "write",
]
