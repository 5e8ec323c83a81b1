"""The colours of racers for people who lack one kind of cones: any two can be told apart.

What they see is simulated after Machado, Oliveira and Fernandes (2009), table 1, severity 1; how far two colours are
apart is CIEDE2000 after Sharma, Wu and Dalal (2005), which gives the cases of the first test.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from PySide6.QtGui import QColor

from gdstudio.ui import theme as themes
from gdstudio.ui.landscape.colour_scale import colour_table
from gdstudio.ui.landscape.trails import rim_of

SEEN = {
    "all cones": np.eye(3),
    "no red ones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green ones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue ones": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ_OF_RGB = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)

Lab = tuple[float, float, float]


def lab(color: QColor, seen: np.ndarray) -> Lab:
    """CIELAB of a colour as it is seen."""
    coded = np.array([color.redF(), color.greenF(), color.blueF()])
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    ratios = XYZ_OF_RGB @ np.clip(seen @ linear, 0, 1) / XYZ_OF_RGB.sum(axis=1)
    x, y, z = np.where(ratios > 216 / 24389, np.cbrt(ratios), (24389 / 27 * ratios + 16) / 116)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


def distance(first: Lab, second: Lab) -> float:
    """CIEDE2000, equations (2) to (22) of Sharma, Wu and Dalal."""
    middle = (math.hypot(*first[1:]) + math.hypot(*second[1:])) / 2
    stretch = 1.5 - 0.5 * math.sqrt(middle**7 / (middle**7 + 25**7))
    (l1, c1, h1), (l2, c2, h2) = (
        (light, math.hypot(a * stretch, b), math.degrees(math.atan2(b, a * stretch)) % 360)
        for light, a, b in (first, second)
    )
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    cosines = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(weight * math.cos(math.radians(k * hue + shift)) for weight, k, shift in cosines)
    lightness = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    colourfulness = (c2 - c1) / (1 + 0.045 * chroma)
    tint = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    bend = math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    bend *= -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    return math.sqrt(lightness**2 + colourfulness**2 + tint**2 + bend * colourfulness * tint)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ],
)
def test_the_distance_is_that_of_the_paper(first, second, expected):
    assert distance(first, second) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("eyes", SEEN)
def test_any_two_racers_differ_for_every_kind_of_eyes(theme, eyes):
    seen = [lab(color, SEEN[eyes]) for color in theme.racer_colors]
    nearest = min(itertools.starmap(distance, itertools.combinations(seen, 2)))
    assert nearest >= (19 if eyes == "all cones" else 10)


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_a_line_or_its_rim_is_seen_on_every_colour_of_the_map(theme):
    """By luminance alone, as for people who see no colours; dark rims alone would give 1.3:1."""
    table = colour_table("viridis")[1:]
    for color in theme.racer_colors:
        rim = rim_of(color)
        for ground in table[:: len(table) // 32]:
            behind = QColor(*(int(part) for part in ground[:3]))
            assert max(themes.contrast(color, behind), themes.contrast(rim, behind)) >= 1.7
