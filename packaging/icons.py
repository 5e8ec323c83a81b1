"""The program's icon for each platform, drawn from `resources/icons/gdstudio.svg`: PNG, ICO and ICNS.

Both containers hold PNG pictures as they are, so that Qt, which draws them, is all that is needed.
"""

from __future__ import annotations

import argparse
import os
import struct
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "resources" / "icons" / "gdstudio.svg"
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
# Apple's names for PNG pictures of these sizes, the doubled ones of high-resolution screens too.
ICNS_KINDS = (
    ("icp4", 16),
    ("icp5", 32),
    ("ic11", 32),
    ("icp6", 64),
    ("ic12", 64),
    ("ic07", 128),
    ("ic08", 256),
    ("ic13", 256),
    ("ic09", 512),
    ("ic14", 512),
    ("ic10", 1024),
)


def draw(size: int, margin: float = 0.0) -> bytes:
    """The icon as a PNG of `size` pixels each way; `margin` is the share of each side that is left empty."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = round(size * margin)
    QSvgRenderer(str(SOURCE)).render(painter, QRectF(inset, inset, size - 2 * inset, size - 2 * inset))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(content.data())


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """A Windows icon of PNG pictures by size, up to 256."""
    place = 6 + 16 * len(pictures)
    entries = []
    for size, png in pictures.items():
        # 256 is written as 0, since a byte must do.
        entries.append(struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), place))
        place += len(png)
    return struct.pack("<HHH", 0, 1, len(pictures)) + b"".join(entries) + b"".join(pictures.values())


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """A macOS icon of PNG pictures by size."""
    parts = b"".join(
        kind.encode() + struct.pack(">I", 8 + len(pictures[size])) + pictures[size]
        for kind, size in ICNS_KINDS
    )
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def write(folder: Path) -> None:
    """Write gdstudio.ico, gdstudio.icns and hicolor/SIZExSIZE/apps/gdstudio.png into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gdstudio.ico").write_bytes(ico({size: draw(size) for size in ICO_SIZES}))
    # Icons of macOS keep a tenth of the square free on every side.
    sizes = sorted({size for _kind, size in ICNS_KINDS})
    (folder / "gdstudio.icns").write_bytes(icns({size: draw(size, margin=0.1) for size in sizes}))
    for size in PNG_SIZES:
        place = folder / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        (place / "gdstudio.png").write_bytes(draw(size))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Draw the icon for each platform.")
    parser.add_argument("folder", type=Path)
    write(parser.parse_args().folder)
