"""Animated files, read back with Pillow: frames, times, colours, and what is left when writing ends early."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from gdstudio.animation import AnimationError, even_stride, frame_steps, write_animation

ORANGE = (230, 159, 0)


def frame(step: int) -> np.ndarray:
    """A still ramp of blues and greens, 60 × 40, with an orange square of 6 × 6 at column 5 · step."""
    picture = np.zeros((40, 60, 3), dtype=np.uint8)
    picture[..., 1] = np.arange(60)[None, :] * 4
    picture[..., 2] = np.arange(40)[:, None] * 6
    picture[10:16, 5 * step : 5 * step + 6] = ORANGE
    return picture


def written(path: Path, count: int = 8, rate: float = 20.0) -> list[Image.Image]:
    write_animation(path, map(frame, range(count)), count, rate, frame(count - 1), [ORANGE])
    with Image.open(path) as film:
        assert film.info["loop"] == 0
        return [
            (picture.convert("RGB"), picture.info["duration"]) for picture in ImageSequence.Iterator(film)
        ]


@pytest.mark.parametrize(("suffix", "near"), [("gif", 0), ("webp", 40)])
def test_the_square_is_where_it_was_in_every_frame_and_nowhere_else(tmp_path, suffix, near):
    frames = written(tmp_path / f"film.{suffix}")
    assert len(frames) == 8
    for step, (picture, _duration) in enumerate(frames):
        pixels = np.asarray(picture).astype(int)
        assert np.abs(pixels[13, 5 * step + 3] - ORANGE).max() <= near
        away = np.abs(pixels - frame(step)).max(axis=-1)
        assert np.mean(away) < 8
        orange = np.abs(pixels - ORANGE).max(axis=-1) < 60
        assert set(np.flatnonzero(orange.any(axis=0))) <= set(range(5 * step - 2, 5 * step + 8))


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_frames_last_as_the_rate_says_and_the_last_one_longer(tmp_path, suffix):
    durations = [duration for _picture, duration in written(tmp_path / f"film.{suffix}", rate=25)]
    assert durations == [40] * 7 + [1500]


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_a_film_may_have_one_frame_or_frames_that_do_not_change(tmp_path, suffix):
    still = [frame(1)] * 3
    write_animation(tmp_path / f"still.{suffix}", iter(still), 3, 10, frame(1))
    write_animation(tmp_path / f"one.{suffix}", iter(still[:1]), 1, 10, frame(1))
    for name in ("still", "one"):
        with Image.open(tmp_path / f"{name}.{suffix}") as film:
            assert film.size == (60, 40)
            assert np.abs(np.asarray(film.convert("RGB")).astype(int) - frame(1)).mean() < 8


def test_every_colour_of_a_gif_is_near_the_one_asked_for(tmp_path):
    """Also those of few pixels, such as the end of a colour bar, which a palette of the commonest would miss."""
    picture = np.zeros((100, 100, 3), dtype=np.uint8)
    picture[..., 2] = np.arange(100) * 2
    picture[:2, :4] = (253, 231, 37)
    write_animation(tmp_path / "film.gif", iter([picture]), 1, 10, picture)
    with Image.open(tmp_path / "film.gif") as film:
        assert np.abs(np.asarray(film.convert("RGB")).astype(int) - picture).max() <= 4


def test_a_film_that_ends_early_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "film.gif"
    path.write_bytes(b"old")

    def stopping():
        yield frame(0)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_animation(path, stopping(), 9, 20, frame(0))
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("film.gif", b"old")]


def test_other_formats_and_rates_are_refused(tmp_path):
    with pytest.raises(AnimationError, match=r'a \.gif or a \.webp, not "\.mp4"'):
        write_animation(tmp_path / "film.mp4", iter([]), 1, 20, frame(0))
    with pytest.raises(AnimationError, match="1 to 50 frames a second, not 200"):
        write_animation(tmp_path / "film.gif", iter([]), 1, 200, frame(0))


def test_the_last_step_is_always_shown():
    assert frame_steps(10, 4) == [0, 4, 8, 10]
    assert frame_steps(8, 4) == [0, 4, 8]
    assert frame_steps(0, 4) == [0]


def test_strides_are_round_numbers():
    assert [even_stride(last, 120) for last in (0, 100, 150, 400, 1000, 2000)] == [1, 1, 2, 5, 10, 20]
