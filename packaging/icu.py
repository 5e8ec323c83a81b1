"""A small libicudata: of the 31 MB of data that Qt's ICU brings, only what Qt reads here.

Qt on Linux uses ICU to sort text as a language does (file names in a dialog) and to change case; numbers, dates and
UTF encodings it does itself. What ICU does not find, it reports as missing, and Qt goes on without: this was checked
for sorting in English, German and Chinese. The data are one constant `icudt73_dat` in a library of nothing else, so a
new library with fewer entries is written here whole, and no compiler is needed.

Formats: https://unicode-org.github.io/icu/userguide/icu_data/ ("CmnD" common data with a table of contents), ELF-64.
"""

from __future__ import annotations

import fnmatch
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# Sorting in every language, and what looks a language up.
KEPT = (
    "coll/*",
    "cnvalias.icu",
    "icuver.res",
    "keyTypeData.res",
    "likelySubtags.res",
    "nfkc*.nrm",
    "numberingSystems.res",
    "pool.res",
    "res_index.res",
    "root.res",
    "supplementalData.res",
    "timezoneTypes.res",
    "ulayout.icu",
    "uts46.nrm",
)

_MAGIC = 0x27DA
_PAGE = 0x10000  # a multiple of every page size of Linux
_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")


class IcuError(ValueError):
    """The library does not look as expected, so it should go into the build as it is."""


@dataclass(frozen=True)
class Library:
    """The data of one libicudata: the ELF header it came with, its names, and its entries."""

    header: bytes
    soname: str
    symbol: str
    preamble: bytes  # ICU's own header, before the table of contents
    entries: Mapping[str, bytes]  # "icudt73l/coll/root.res" -> content, sorted by name


def shrink(source: Path, target: Path) -> None:
    """Write a copy of a libicudata with the entries in `KEPT` alone.

    Raises:
        IcuError: `source` is not a libicudata of this form.
    """
    library = read(source)
    kept = {name: content for name, content in library.entries.items() if _is_kept(name.partition("/")[2])}
    target.write_bytes(_elf(library, _package(library.preamble, kept)))


def _is_kept(name: str) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in KEPT)


def read(path: Path) -> Library:
    """The data of a libicudata; 64-bit little-endian ELF only."""
    content = path.read_bytes()
    if content[:6] != b"\x7fELF\x02\x01":
        raise IcuError(f"{path} is not a 64-bit little-endian ELF library")
    symbols, names = _sections(content)
    for at in range(0, len(symbols), _SYMBOL.size):
        name_at, _info, _other, _section, address, size = _SYMBOL.unpack_from(symbols, at)
        name = _text(names, name_at)
        if re.fullmatch(r"icudt\d+_dat", name):
            offset = _offset(content, address)
            preamble, entries = _entries(content[offset : offset + size])
            return Library(content[:64], path.name, name, preamble, entries)
    raise IcuError(f"{path} has no constant icudt.._dat")


def _sections(content: bytes) -> tuple[bytes, bytes]:
    """The dynamic symbols and their names."""
    at, size, count = struct.unpack_from("<Q", content, 40)[0], *struct.unpack_from("<HH", content, 58)
    sections = [_SECTION.unpack_from(content, at + size * i) for i in range(count)]
    for _name, kind, _flags, _address, offset, length, link, *_rest in sections:
        if kind == 11:  # SHT_DYNSYM
            names = sections[link]
            return content[offset : offset + length], content[names[4] : names[4] + names[5]]
    raise IcuError("there are no dynamic symbols")


def _offset(content: bytes, address: int) -> int:
    """Where in the file an address of the running program is."""
    at, size, count = struct.unpack_from("<Q", content, 32)[0], *struct.unpack_from("<HH", content, 54)
    for i in range(count):
        kind, _flags, offset, start, _physical, length, *_rest = _SEGMENT.unpack_from(content, at + size * i)
        if kind == 1 and start <= address < start + length:
            return address - start + offset
    raise IcuError(f"nothing is loaded at {address:#x}")


def _entries(package: bytes) -> tuple[bytes, dict[str, bytes]]:
    header_size, magic = struct.unpack_from("<HH", package)
    if magic != _MAGIC or package[12:16] != b"CmnD":
        raise IcuError("the data have another format")
    table = package[header_size:]
    (count,) = struct.unpack_from("<I", table)
    places = [struct.unpack_from("<II", table, 4 + 8 * i) for i in range(count)]
    ends = [place for _name, place in places[1:]] + [len(table)]
    entries = {_text(table, name): table[place:end] for (name, place), end in zip(places, ends, strict=True)}
    return package[:header_size], entries


def _text(content: bytes, at: int) -> str:
    return content[at : content.index(b"\0", at)].decode("ascii")


def _package(preamble: bytes, entries: Mapping[str, bytes]) -> bytes:
    """ICU's form: a count, (name, content) offsets, the names, the contents at multiples of 16."""
    names = b"".join(name.encode() + b"\0" for name in entries)
    first = 4 + 8 * len(entries)
    places, body = [], bytearray(_padded(first + len(names), 16) - first - len(names))
    name_at = first
    for name, content in entries.items():
        places.append(struct.pack("<II", name_at, first + len(names) + len(body)))
        name_at += len(name) + 1
        body += content + bytes(-len(content) % 16)
    return preamble + struct.pack("<I", len(entries)) + b"".join(places) + names + body


def _elf(library: Library, package: bytes) -> bytes:
    """A shared library with one constant: header, segments, hash, symbol, names, package; then the dynamic section."""
    names = b"\0" + library.symbol.encode() + b"\0" + library.soname.encode() + b"\0"
    soname_at = 1 + len(library.symbol) + 1
    hash_at = _HEADER.size + 4 * _SEGMENT.size
    symbols_at = hash_at + 24
    names_at = symbols_at + 2 * _SYMBOL.size
    package_at = _padded(names_at + len(names), 4096)
    dynamic_at = _padded(package_at + len(package), _PAGE)
    # One bucket, whose chain is the one symbol.
    hashes = struct.pack("<6I", 1, 2, 1, 0, 0, 0)
    symbols = bytes(_SYMBOL.size) + _SYMBOL.pack(1, 0x11, 0, 1, package_at, len(package))
    entries = (
        (14, soname_at),
        (4, hash_at),
        (5, names_at),
        (6, symbols_at),
        (10, len(names)),
        (11, 24),
        (0, 0),
    )
    dynamic = b"".join(struct.pack("<QQ", *entry) for entry in entries)
    identity, _kind, machine, _version, _entry, _segments, _sections, flags, *_sizes = _HEADER.unpack(
        library.header
    )
    header = _HEADER.pack(identity, 3, machine, 1, 0, _HEADER.size, 0, flags, 64, _SEGMENT.size, 4, 64, 0, 0)
    readable = package_at + len(package)
    segments = (
        _SEGMENT.pack(1, 4, 0, 0, 0, readable, readable, _PAGE)
        + _SEGMENT.pack(1, 6, dynamic_at, dynamic_at, dynamic_at, len(dynamic), len(dynamic), _PAGE)
        + _SEGMENT.pack(2, 6, dynamic_at, dynamic_at, dynamic_at, len(dynamic), len(dynamic), 8)
        # Without a word about the stack, the loader would make it executable, or refuse.
        + _SEGMENT.pack(0x6474E551, 6, 0, 0, 0, 0, 0, 16)
    )
    made = bytearray(header + segments + hashes + symbols + names)
    made += bytes(package_at - len(made)) + package
    return bytes(made + bytes(dynamic_at - len(made)) + dynamic)


def _padded(size: int, unit: int) -> int:
    return -(-size // unit) * unit
