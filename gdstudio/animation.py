"""Animated GIF and WebP files, written frame by frame with Pillow. No Qt: where frames come from is the caller's affair.

A GIF has one palette for all frames, taken from one of them, so that the colours of what stands still don't flicker;
what does not change from a frame to the next is transparent in it, which keeps the file small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import GifImagePlugin, Image, WebPImagePlugin

from gdstudio.document.replacing import replacing

Array = np.ndarray
Colour = tuple[int, int, int]

SUFFIXES = (".gif", ".webp")
# How long the last frame stays before the animation begins again, in seconds.
HOLD = 1.5
SLOWEST, FASTEST = 1.0, 50.0
# Of a still surface, on a 6-bit lattice, colours this near look the same.
_BITS = 6
_LEVELS = (1 << _BITS) - 1
# Entries of a palette for colours of few pixels.
_RARE = 60
_WEBP_QUALITY = 85


class AnimationError(ValueError):
    """What was asked for cannot be an animation; one sentence says why."""


def frame_steps(last: int, every: int) -> list[int]:
    """The steps that are shown: 0, `every`, 2 · `every`, … and the last one."""
    steps = list(range(0, last + 1, every))
    return steps if steps[-1] == last else [*steps, last]


def even_stride(last: int, frames: int) -> int:
    """Steps per frame so that a race of `last` steps has about `frames` frames, a round number: 1, 2, 5, 10, …"""
    wanted = max(1.0, last / frames)
    return next(m * 10**k for k in range(10) for m in (1, 2, 5) if m * 10**k >= wanted)


def checked_suffix(path: Path) -> str:
    """The name's end, or an error that says what it must be.

    Raises:
        AnimationError: it is neither .gif nor .webp.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise AnimationError(f'an animation is a .gif or a .webp, not "{path.suffix or path.name}"')
    return suffix


def write_animation(
    path: Path, frames: Iterable[Array], count: int, rate: float, palette: Array, keep: Sequence[Colour] = ()
) -> None:
    """Write an animation that begins again at its end; a file that was there before stays until it is whole.

    Args:
        path: its end, .gif or .webp, is the format.
        frames: RGB pictures, uint8 (height, width, 3), all of one size. What it raises ends the writing.
        count: how many there are, at least 1.
        rate: frames per second; GIF counts in hundredths of a second.
        palette: a frame with all colours that matter; GIF alone needs it.
        keep: colours that a GIF must have exactly, 64 at most.

    Raises:
        AnimationError: for another format, or a rate that no viewer plays.
        OSError: the file cannot be written.
    """
    suffix = checked_suffix(path)
    if not SLOWEST <= rate <= FASTEST:
        raise AnimationError(f"an animation has {SLOWEST:g} to {FASTEST:g} frames a second, not {rate:g}")
    durations = [1000.0 / rate] * (count - 1) + [1000.0 * HOLD]
    with replacing(path) as temporary, open(temporary, "xb") as file:
        if suffix == ".gif":
            _write_gif(file, frames, durations, palette, keep)
        else:
            _write_webp(file, iter(frames), durations)


def _write_webp(file: Any, frames: Iterator[Array], durations: list[float]) -> None:
    # Pillow loads a writer when a format is first used; the module is named above so that packages contain it.
    assert WebPImagePlugin.SUPPORTED
    first = Image.fromarray(next(frames))
    rest = [_Film(frames, len(durations) - 1)] if len(durations) > 1 else []
    first.save(
        file,
        "WEBP",
        save_all=True,
        append_images=rest,
        duration=[round(d) for d in durations],
        loop=0,
        quality=_WEBP_QUALITY,
        method=1,
    )


class _Film:
    """Stands for an image of many frames, each of which is fetched when the writer turns to it."""

    def __init__(self, frames: Iterator[Array], count: int) -> None:
        self.n_frames = count
        self._frames = frames
        self._frame: Image.Image

    def seek(self, _number: int) -> None:
        self._frame = Image.fromarray(next(self._frames))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._frame, name)


def _write_gif(
    file: Any, frames: Iterable[Array], durations: list[float], palette: Array, keep: Sequence[Colour]
) -> None:
    table, clear = _Table.of(palette, keep), 255
    before: Array | None = None
    for pixels, duration in zip(frames, durations, strict=True):
        indices = table.indices(pixels)
        left = top = 0
        part = indices
        if before is None:
            image = table.image(indices)
            for block in GifImagePlugin.getheader(image, info={"loop": 0})[0]:
                file.write(block)
        else:
            changed = indices != before
            rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
            bottom = right = 1  # a frame has at least one pixel
            if rows.size:
                top, left, bottom, right = rows[0], columns[0], rows[-1] + 1, columns[-1] + 1
            where = np.s_[top:bottom, left:right]
            part = np.where(changed[where], indices[where], np.uint8(clear))
        before = indices
        delay = 10 * round(duration / 10)
        data = GifImagePlugin.getdata(
            table.image(part), (int(left), int(top)), duration=delay, transparency=clear, disposal=1
        )
        for block in data:
            file.write(block)
    file.write(b";")


class _Table:
    """A palette of 255 colours and the nearest of them to every colour; entry 255 is free for transparency."""

    def __init__(self, colours: Array, exact: Array) -> None:
        self._colours = np.zeros((256, 3), dtype=np.uint8)
        self._colours[: len(colours)] = colours
        levels = (np.arange(1 << _BITS) << (8 - _BITS)) + (1 << (7 - _BITS))
        lattice = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, 3)
        self._nearest = _nearest(lattice.astype(np.float32), colours.astype(np.float32))
        # The last ones are those to be kept: what falls into their cells is theirs.
        for number in range(len(colours) - len(exact), len(colours)):
            self._nearest[_cells(colours[number])] = number

    @classmethod
    def of(cls, picture: Array, keep: Sequence[Colour]) -> _Table:
        """The colours of a picture, with those to be kept among them."""
        exact = np.array(list(dict.fromkeys(keep)), dtype=np.uint8).reshape(-1, 3)[:64]
        # Of every second pixel: as good, in a quarter of the time.
        sample = np.ascontiguousarray(picture[::2, ::2])
        many = Image.fromarray(sample).quantize(
            255 - _RARE - len(exact), method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        common = np.array(many.getpalette(), dtype=np.uint8).reshape(-1, 3)
        return cls(np.concatenate([common, _rare(sample, common), exact]), exact)

    def indices(self, pixels: Array) -> Array:
        """The entries for RGB pixels (h, w, 3), uint8 (h, w)."""
        return self._nearest[_cells(pixels)]

    def image(self, indices: Array) -> Image.Image:
        image = Image.fromarray(indices, "P")
        image.putpalette(self._colours.tobytes())
        return image


def _rare(picture: Array, common: Array) -> Array:
    """Colours that a palette made by their share of the picture passes over, such as the ends of a colour bar."""
    shades = np.unique(_cells(picture))
    points = np.stack([shades >> 2 * _BITS, shades >> _BITS & _LEVELS, shades & _LEVELS], axis=-1)
    points = ((points << (8 - _BITS)) + (1 << (7 - _BITS))).astype(np.float32)
    away = np.square(points - common.astype(np.float32)[_nearest(points, common.astype(np.float32))]).sum(
        axis=1
    )
    found = []
    for _ in range(_RARE):
        worst = points[int(away.argmax())]
        found.append(worst)
        away = np.minimum(away, np.square(points - worst).sum(axis=1))
    return np.array(found).astype(np.uint8)


def _cells(pixels: Array) -> Array:
    """The numbers of the lattice cells in which colours (..., 3) lie."""
    red, green, blue = (pixels[..., k].astype(np.int32) >> (8 - _BITS) for k in range(3))
    return (red << 2 * _BITS) | (green << _BITS) | blue


def _nearest(points: Array, colours: Array) -> Array:
    """The number of the colour nearest to each point."""
    best = np.empty(len(points), dtype=np.uint8)
    squares = (colours**2).sum(axis=1)
    for begin in range(0, len(points), 8192):
        part = points[begin : begin + 8192]
        best[begin : begin + 8192] = (squares - 2.0 * part @ colours.T).argmin(axis=1)
    return best
