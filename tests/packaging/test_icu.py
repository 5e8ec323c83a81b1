"""The small libicudata sorts as the whole one does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import icu
import PySide6
import pytest

FOLDER = Path(PySide6.__file__).parent / "Qt" / "lib"
WHOLE = next(FOLDER.glob("libicudata.so.*"), None)

pytestmark = pytest.mark.skipif(WHOLE is None, reason="this PySide6 brings no ICU")

SORT = """
from functools import cmp_to_key
from PySide6.QtCore import QCollator, QDate, QLocale
words = ["z", "ä", "a10", "a9", "Ö", "o", "重", "中", "文", "b", "B", "か", "가"]
for language in ("en_US", "de_DE", "sv_SE", "zh_CN", "ja_JP", "ko_KR"):
    collator = QCollator(QLocale(language))
    collator.setNumericMode(True)
    print(ascii(sorted(words, key=cmp_to_key(collator.compare))))
print(ascii(QLocale("zh_CN").toString(QDate(2024, 5, 6), QLocale.FormatType.LongFormat)))
print(ascii(QLocale("tr_TR").toUpper("istanbul")))
print([line.split()[-1] for line in open("/proc/self/maps") if "icudata" in line][0])
"""


def sorted_with(folder: Path) -> list[str]:
    environment = os.environ | {"LD_LIBRARY_PATH": str(folder)}
    run = subprocess.run(
        [sys.executable, "-c", SORT], env=environment, capture_output=True, text=True, check=True
    )
    *answers, used = run.stdout.splitlines()
    assert Path(used).parent == folder
    return answers


def test_qt_sorts_and_writes_dates_as_before(tmp_path):
    icu.shrink(WHOLE, tmp_path / WHOLE.name)
    assert (tmp_path / WHOLE.name).stat().st_size < 5_000_000 < WHOLE.stat().st_size
    answers = sorted_with(tmp_path)
    assert answers == sorted_with(FOLDER)
    # Swedish sorts ä after z, Chinese by sound: wén, zhōng, zhòng.
    assert answers[2] != answers[0] != answers[3]


def test_another_file_is_refused_with_the_reason(tmp_path):
    other = tmp_path / "libicudata.so.1"
    other.write_bytes(b"no library")
    with pytest.raises(icu.IcuError, match="not a 64-bit little-endian ELF"):
        icu.read(other)
