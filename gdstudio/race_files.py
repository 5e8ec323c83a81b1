"""A race as a file: CSV for tables, JSON and NPZ with the document, so that it can be run again. No Qt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from gdstudio import report
from gdstudio.document import files
from gdstudio.document.model import Document, DocumentError
from gdstudio.document.replacing import replacing
from gdstudio.document.schema import to_json

if TYPE_CHECKING:
    from gdstudio.engine import RaceResult

SUFFIXES = (".csv", ".json", ".npz")
DOCUMENT_SUFFIX = ".gdstudio"
_CHUNKS = 2000


def write_race(
    document: Document, result: RaceResult, path: Path, wrote: Callable[[float], None] = lambda share: None
) -> None:
    """Write a race in the format that the name's end says; a file that was there before stays until it is whole.

    A CSV file is a table alone, so the document goes into a file beside it: race.csv and race.csv.gdstudio.

    Args:
        document: what was raced; racing it again gives the same result to the last bit.
        wrote: told now and then which share is done; an exception from it ends the writing.

    Raises:
        OSError: the file cannot be written.
        DocumentError: the name ends in none of `SUFFIXES`, or the document holds what a file cannot.
    """
    formats = {".csv": _write_csv, ".json": _write_json, ".npz": _write_npz}
    suffix = path.suffix.lower()
    if suffix not in formats:
        raise DocumentError(f'a race is saved as .csv, .json or .npz, not as "{path.suffix or path.name}"')
    with replacing(path) as temporary:
        formats[suffix](document, result, temporary, wrote)
        if suffix == ".csv":
            files.write(document, path.with_name(path.name + DOCUMENT_SUFFIX))


class _Watched:
    """A text file that tells how many of the expected writes are done."""

    def __init__(self, file: IO[str], expected: int, wrote: Callable[[float], None]) -> None:
        self._file = file
        self._expected = max(1, expected)
        self._wrote = wrote
        self._count = 0

    def write(self, text: str) -> int:
        self._count += 1
        if self._count % _CHUNKS == 0:
            self._wrote(min(1.0, self._count / self._expected))
        return self._file.write(text)


def _write_csv(document: Document, result: RaceResult, path: Path, wrote: Callable[[float], None]) -> None:
    rows = sum(map(len, result.losses))
    with open(path, "x", encoding="utf-8", newline="") as file:
        watched: Any = _Watched(file, rows, wrote)
        report.write_csv(result, [racer.title for racer in result.racers], watched)


def _write_json(document: Document, result: RaceResult, path: Path, wrote: Callable[[float], None]) -> None:
    numbers = sum(p.size + 3 * len(p) for p in result.paths)
    with open(path, "x", encoding="utf-8") as file:
        watched = _Watched(file, numbers, wrote)
        for chunk in json.JSONEncoder(allow_nan=False).iterencode(race_data(document, result)):
            watched.write(chunk)


def race_data(document: Document, result: RaceResult) -> dict[str, Any]:
    """A race with its document as JSON values; numbers that are not finite are null."""
    return {
        "document": to_json(document),
        "coordinates": list(result.coordinates),
        "racers": [
            {
                "name": racer.title,
                "status": result.status[i],
                "reason": result.reasons[i],
                "path": _plain(result.paths[i]),
                "losses": _plain(result.losses[i]),
                "gradient_norms": _plain(result.gradient_norms[i]),
                "learning_rates": _plain(result.learning_rates[i]),
            }
            for i, racer in enumerate(result.racers)
        ],
    }


def _plain(numbers: np.ndarray) -> list[Any]:
    if np.isfinite(numbers).all():
        return numbers.tolist()
    plain = numbers.astype(object)
    plain[~np.isfinite(numbers)] = None
    return plain.tolist()


def _write_npz(document: Document, result: RaceResult, path: Path, wrote: Callable[[float], None]) -> None:
    arrays: dict[str, np.ndarray] = {
        "document": np.array(json.dumps(to_json(document))),
        "coordinates": np.array(result.coordinates),
        "names": np.array([racer.title for racer in result.racers]),
        "status": np.array(result.status),
        "reasons": np.array(result.reasons),
    }
    for i in range(len(result.racers)):
        arrays[f"path_{i}"] = result.paths[i]
        arrays[f"losses_{i}"] = result.losses[i]
        arrays[f"gradient_norms_{i}"] = result.gradient_norms[i]
        arrays[f"learning_rates_{i}"] = result.learning_rates[i]
    wrote(0.0)
    with open(path, "xb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
