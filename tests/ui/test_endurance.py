"""Some hundred random events on the whole window; `python -m tests.ui.monkey` does the same for minutes."""

from __future__ import annotations

import gc

import pytest

from gdstudio.document import library
from tests.ui.monkey import LANGUAGES, Monkey, memory


@pytest.mark.parametrize("seed", [1, 2])
def test_a_monkey_finds_no_exception(open_window, tmp_path, seed):
    monkey = Monkey(open_window(library.get("line_fit")), seed, tmp_path, LANGUAGES)
    monkey.act(150)
    assert not monkey.errors, monkey.errors[0]


@pytest.mark.slow
def test_memory_stays_where_it_is(open_window, tmp_path):
    monkey = Monkey(open_window(library.get("line_fit")), 3, tmp_path, LANGUAGES)
    monkey.act(200)
    gc.collect()
    before = memory()
    monkey.act(200)
    gc.collect()
    assert not monkey.errors, monkey.errors[0]
    assert memory() - before < 40.0 or memory() != memory()
