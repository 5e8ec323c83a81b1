"""The icon in the form of each platform."""

from __future__ import annotations

import struct

import icons
from PySide6.QtGui import QImage, QImageReader

PNG = b"\x89PNG\r\n\x1a\n"


def test_every_size_is_drawn_sharp_and_not_empty(qapp):
    for size in icons.PNG_SIZES:
        image = QImage.fromData(icons.draw(size), "PNG")
        assert (image.width(), image.height()) == (size, size)
        # Round corners are clear, the middle is not.
        assert image.pixelColor(0, 0).alpha() == 0
        assert image.pixelColor(size // 2, size // 2).alpha() == 255


def test_the_windows_icon_holds_every_size(qapp, tmp_path):
    icons.write(tmp_path)
    reader = QImageReader(str(tmp_path / "gdstudio.ico"), b"ico")
    sizes = []
    for number in range(reader.imageCount()):
        assert reader.jumpToImage(number)
        sizes.append(reader.read().width())
    assert sorted(sizes) == sorted(icons.ICO_SIZES)


def test_the_macos_icon_is_a_chain_of_parts_with_png_pictures(qapp, tmp_path):
    icons.write(tmp_path)
    content = (tmp_path / "gdstudio.icns").read_bytes()
    assert content[:4] == b"icns" and struct.unpack(">I", content[4:8])[0] == len(content)
    at, kinds = 8, []
    while at < len(content):
        kind, length = struct.unpack_from(">4sI", content, at)
        picture = content[at + 8 : at + length]
        assert picture.startswith(PNG)
        kinds.append((kind.decode(), struct.unpack_from(">I", picture, 16)[0]))
        at += length
    assert kinds == list(icons.ICNS_KINDS)


def test_linux_icons_lie_where_desktops_look(qapp, tmp_path):
    icons.write(tmp_path)
    for size in icons.PNG_SIZES:
        picture = QImage(str(tmp_path / "hicolor" / f"{size}x{size}" / "apps" / "gdstudio.png"))
        assert picture.width() == size
