"""Caches that are bounded by the sizes of what they hold."""

from __future__ import annotations

import gc

import pytest

from gdstudio import engine
from gdstudio.engine import trace
from gdstudio.engine.bounded import bounded


def counted(weigh, most):
    calls: list[tuple] = []

    @bounded(weigh, most)
    def work(*args: object) -> object:
        calls.append(args)
        if args[0] == "wrong":
            raise ValueError
        return [args]

    return work, calls


def test_what_was_asked_for_lately_is_kept_within_the_sum():
    work, calls = counted(len, 8)
    first = work("ab")
    assert work("ab") is first and calls == [("ab",)]
    work("cd"), work("ef"), work("gh")  # 8 in all
    assert work("ab") is first and len(calls) == 4
    work("ij")  # "cd" goes, since "ab" was asked for after it
    assert work("ab") is first and len(calls) == 5
    work("cd")
    assert calls[5:] == [("cd",)]


def test_arguments_by_name_count_too():
    @bounded(lambda text, loud: len(text), 100)
    def said(text: str, loud: bool) -> str:
        return text.upper() if loud else text

    assert [said("a", loud=True), said("a", loud=False), said("a", loud=True)] == ["A", "a", "A"]


def test_what_is_too_large_drives_out_nothing_and_is_not_kept():
    work, calls = counted(len, 8)
    small = work("a")
    assert work("abc") is not work("abc")
    assert work("a") is small and len(calls) == 3


def test_what_fails_is_not_kept():
    work, calls = counted(len, 100)
    for _ in range(2):
        with pytest.raises(ValueError):
            work("wrong")
    assert len(calls) == 2


def test_a_history_of_edits_does_not_keep_a_plan_for_each_graph():
    graph = engine.parse("loss = x**2 + y", {"x": 1.0, "y": 2.0})
    history = [graph.renamed("x", f"x{number}") for number in range(100)]
    for edited in history:
        assert edited.trace().values["loss"] == 3.0
    planned = [edited for edited in history if trace._ValuePlan in edited.structure.plans]
    assert planned == history[-len(planned) :] and 1 <= len(planned) <= 16
    # Those that were let go of are planned anew.
    assert history[0].trace().gradients["x0"] == 2.0
    del edited, planned, history
    gc.collect()
    assert graph.trace().gradients["x"] == 2.0
