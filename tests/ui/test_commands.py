"""Edits are pure functions from a document to the edited one; no window is needed."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.document.model import Document, RacerSettings
from gdstudio.ui import commands
from gdstudio.ui.commands import CommandError


def values(document: Document) -> dict[str, float]:
    return {id: float(node.value) for id, node in document.graph.nodes.items() if node.is_leaf}


def test_an_edit_leaves_the_document_before_as_it_was(chain):
    edited = commands.set_value(chain, "w", 5.0)
    assert values(edited)["w"] == 5.0
    assert values(chain)["w"] == 3.0


def test_a_stored_value_cannot_be_written_to(chain):
    edited = commands.set_value(chain, "w", [1.0, 2.0])
    with pytest.raises(ValueError):
        edited.graph.nodes["w"].value[0] = 9.0


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: commands.set_value(d, "w", 3.0),
        lambda d: commands.move_nodes(d, {"w": (1.0, 2.0)}),
        lambda d: commands.rename_node(d, "w", "w"),
        lambda d: commands.set_operation(d, "x1", "multiply"),
        lambda d: commands.set_enabled(d, 0, True),
        lambda d: commands.set_option(d, 0, "learning_rate", 0.01),
        lambda d: commands.set_optimizer(d, 1, "adam"),
        lambda d: commands.set_start(d, 1, (1.0, -2.0)),
    ],
)
def test_an_edit_that_changes_nothing_gives_the_same_document(chain, edit):
    placed = commands.move_nodes(chain, {"w": (1.0, 2.0)})
    assert edit(placed) is placed


def test_a_new_node_has_an_unused_name_and_open_slots(chain):
    document = chain
    for expected in ("multiply1", "multiply2"):
        node = commands.new_node(document, "multiply")
        assert (node.id, node.inputs) == (expected, (None, None))
        document = commands.add_node(document, node)


def test_a_new_leaf_is_zero(chain):
    document = commands.add_node(chain, commands.new_node(chain, "parameter", stem="c"))
    assert values(document)["c1"] == 0.0
    assert document.coordinates == ("w", "b", "c1")


def test_an_unknown_operation_is_named(chain):
    with pytest.raises(CommandError, match='"frobnicate"'):
        commands.new_node(chain, "frobnicate")


def test_deleting_a_node_opens_the_slots_that_it_fed(chain):
    edited = commands.delete_nodes(chain, ["x1"])
    assert "x1" not in edited.graph.nodes
    assert edited.graph.nodes["x2"].inputs == (None, "b")


def test_deleting_a_parameter_shortens_the_starts_and_frees_the_axes(chain):
    edited = commands.delete_nodes(chain, ["w"])
    assert edited.race.racers[1].start == (-2.0,)
    assert edited.landscape.axes is None


def test_a_new_parameter_lengthens_the_starts_by_its_value(chain):
    node = commands.new_node(chain, "parameter", stem="c").replace(value=np.array(7.0))
    assert commands.add_node(chain, node).race.racers[1].start == (1.0, -2.0, 7.0)


def test_unwiring_keeps_starts_and_axes(chain):
    unwired = commands.disconnect_wire(chain, "x1", 1)
    assert unwired.race.racers[1].start == (1.0, -2.0)
    rewired = commands.connect_wire(unwired, "w", "x1", 1)
    assert rewired == chain


def test_renaming_follows_into_wires_axes_and_output(chain):
    edited = commands.rename_node(commands.rename_node(chain, "w", "slope"), "loss", "error")
    assert edited.graph.nodes["x1"].inputs == ("x", "slope")
    assert edited.landscape.axes == ("slope", "b")
    assert edited.graph.output == "error"
    assert edited.race.racers[1].start == (1.0, -2.0)


def test_renaming_follows_into_the_scores_of_a_curriculum(chain):
    racers = tuple(
        racer.replace(batch_scores=name) for racer, name in zip(chain.race.racers, "xw", strict=True)
    )
    document = chain.replace(race=chain.race.replace(racers=racers))
    renamed = commands.rename_node(document, "x", "size")
    assert [racer.batch_scores for racer in renamed.race.racers] == ["size", "w"]


def test_renaming_follows_into_an_axis_along_an_element(chain):
    document = commands.set_value(chain, "w", [1.0, 2.0])
    document = commands.set_axes(document, ("w[1]", "b"))
    assert commands.rename_node(document, "w", "u").landscape.axes == ("u[1]", "b")


@pytest.mark.parametrize("name", ["", "2x", "a b", "a-b", "b"])
def test_a_wrong_name_is_refused_in_one_sentence(chain, name):
    with pytest.raises(CommandError) as refused:
        commands.rename_node(chain, "w", name)
    assert "\n" not in str(refused.value)


def test_a_wire_that_closes_a_cycle_is_refused(chain):
    with pytest.raises(CommandError, match="cycle"):
        commands.connect_wire(chain, "loss", "x1", 0)


def test_a_wire_between_shapes_that_do_not_fit_is_refused_with_both_shapes(chain):
    document = commands.set_value(commands.set_value(chain, "x", [1.0, 2.0, 3.0]), "b", 1.0)
    node = commands.new_node(document, "parameter", stem="c").replace(value=np.zeros(2))
    document = commands.add_node(document, node)
    with pytest.raises(CommandError, match=r"3.*2|2.*3"):
        commands.connect_wire(document, "c1", "x2", 1)


def test_another_operation_keeps_the_wires_that_fit(chain):
    edited = commands.set_operation(chain, "x2", "maximum")
    assert edited.graph.nodes["x2"].inputs == ("x1", "b")
    edited = commands.set_operation(edited, "x2", "square")
    assert edited.graph.nodes["x2"].inputs == ("x1",)
    edited = commands.set_operation(edited, "x2", "subtract")
    assert edited.graph.nodes["x2"].inputs == ("x1", None)


def test_pasted_nodes_are_wired_among_themselves_and_to_what_is_there(chain):
    nodes = [chain.graph.nodes["x1"].replace(pos=(10.0, 20.0)), chain.graph.nodes["x2"]]
    edited, names = commands.paste_nodes(chain, nodes, offset=(5.0, 5.0))
    first, second = (edited.graph.nodes[name] for name in names)
    assert set(names).isdisjoint(chain.graph.nodes)
    assert first.inputs == ("x", "w")
    assert second.inputs == (first.id, "b")
    assert first.pos == (15.0, 25.0)


@pytest.mark.parametrize(
    "ranges", [((1.0, 1.0), (0.0, 1.0)), ((2.0, 1.0), (0.0, 1.0)), ((0.0, np.inf), (0.0, 1.0))]
)
def test_a_range_must_run_upwards_between_numbers(chain, ranges):
    with pytest.raises(CommandError):
        commands.set_ranges(chain, ranges)


def test_other_axes_take_their_default_ranges(chain):
    edited = commands.set_axes(chain, ("b", "w"))
    assert (edited.landscape.axes, edited.landscape.ranges) == (("b", "w"), None)


def test_another_optimizer_keeps_the_options_that_it_shares(chain):
    document = commands.set_option(chain, 0, "momentum", 0.9)
    edited = commands.set_optimizer(document, 0, "adam")
    assert dict(edited.race.racers[0].options) == {"learning_rate": 0.01}


def test_a_racer_that_bore_the_name_of_its_rule_bears_the_new_ones(chain):
    assert commands.set_optimizer(chain, 1, "adamw").race.racers[1].name == "AdamW"
    assert commands.set_optimizer(chain, 0, "adamw").race.racers[0].name == "Slow"


def test_an_option_goes_back_to_its_default(chain):
    edited = commands.set_option(chain, 0, "learning_rate", None)
    assert dict(edited.race.racers[0].options) == {}


def test_racers_come_and_go(chain):
    document = commands.add_racer(chain, RacerSettings("New", "sgd"), 1)
    assert [r.name for r in document.race.racers] == ["Slow", "New", "Adam"]
    document = commands.move_racer(document, 0, 2)
    assert [r.name for r in document.race.racers] == ["New", "Adam", "Slow"]
    document = commands.duplicate_racer(document, 1)
    assert [r.name for r in document.race.racers] == ["New", "Adam", "Adam 2", "Slow"]
    document = commands.remove_racer(document, 0)
    assert [r.name for r in document.race.racers] == ["Adam", "Adam 2", "Slow"]


def looks(document):
    """The style of each racer by its name."""
    return {racer.name: racer.look(row)[0] for row, racer in enumerate(document.race.racers)}


def test_racers_keep_their_looks_when_others_come_and_go(chain):
    racers = tuple(RacerSettings(name, "sgd") for name in "abcd")
    document = chain.replace(race=chain.race.replace(racers=racers))
    document = commands.add_racer(document, RacerSettings("new", "sgd"), 1)
    assert looks(document) == {"a": 0, "new": 4, "b": 1, "c": 2, "d": 3}
    document = commands.move_racer(document, 0, 3)
    assert looks(document) == {"new": 4, "b": 1, "c": 2, "a": 0, "d": 3}
    document = commands.remove_racer(document, 1)
    assert looks(document) == {"new": 4, "c": 2, "a": 0, "d": 3}
    document = commands.duplicate_racer(document, 1)
    assert looks(document) == {"new": 4, "c": 2, "c 2": 1, "a": 0, "d": 3}
    document = commands.set_enabled(document, 0, False)
    assert looks(document)["new"] == 4


def test_racers_in_their_rows_need_no_style_of_their_own(chain):
    document = commands.add_racer(chain, RacerSettings("New", "sgd"))
    document = commands.remove_racer(document, 2)
    assert [racer.style for racer in document.race.racers] == [None, None]


def test_starts_move_one_by_one_or_together(chain):
    assert commands.set_start(chain, 0, (1, 2)).race.racers[0].start == (1.0, 2.0)
    together = commands.set_starts(chain, (5, 6))
    assert [r.start for r in together.race.racers] == [(5.0, 6.0), (5.0, 6.0)]


def test_a_race_needs_a_step(chain):
    with pytest.raises(CommandError, match="at least 1"):
        commands.set_steps(chain, 0)


def test_a_colour_that_is_none_is_refused(chain):
    with pytest.raises(CommandError, match="rrggbb"):
        commands.set_color(chain, 0, "reddish")
