"""A document whose racers move in ways that are known by hand."""

from __future__ import annotations

import pytest

from gdstudio import engine
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings


@pytest.fixture
def slide() -> Document:
    """loss = x + 0·y: a step of gradient descent with learning rate 0.1 goes 0.1 to the left, from x = 1 to −1."""
    graph = engine.parse("loss = x + 0*y", parameters={"x": 1.0, "y": 0.0})
    racer = RacerSettings("SGD", "sgd", {"learning_rate": 0.1}, color="#ff0080")
    landscape = LandscapeSettings(axes=("x", "y"), ranges=((-2.0, 2.0), (-1.0, 1.0)))
    return Document("Slide", graph, landscape, RaceSettings(20, racers=(racer,)))
