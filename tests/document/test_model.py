"""Documents as values: coordinates, starts, axes, and how they follow an edited graph."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from gdstudio.document import Document, DocumentError, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.engine import Graph, Node, parse


def line(**parts: object) -> Document:
    graph = parse("loss = (a*x + b)**2", parameters={"a": 2.0, "b": 3.0}, constants={"x": 5.0})
    return Document(graph=graph, **parts)


def race(*starts: tuple[float, ...] | None) -> RaceSettings:
    return RaceSettings(racers=tuple(RacerSettings(optimizer="sgd", start=start) for start in starts))


def leaf(name: str, value: object) -> Node:
    return Node(name, "parameter", value=np.array(value, dtype=float))


def test_coordinates_name_the_elements_of_tensors_in_the_order_of_the_values() -> None:
    document = Document(graph=Graph([leaf("b", 7.0), leaf("W", [[1, 2], [3, 4]])]))
    assert document.coordinates == ("b", "W[0,0]", "W[0,1]", "W[1,0]", "W[1,1]")
    assert document.start == (7.0, 1.0, 2.0, 3.0, 4.0)


def test_coordinates_are_those_of_the_compiled_program() -> None:
    document = line()
    program = document.graph.compile()
    assert document.coordinates == tuple(program.coordinates)
    assert document.start == tuple(program.start)


def test_the_axes_default_to_the_first_two_coordinates_around_every_start() -> None:
    axes, ranges = line(race=race((0.0, 3.0), (10.0, 3.0))).axes_and_ranges()
    assert axes == ("a", "b")
    assert ranges == ((-10.0, 20.0), (0.0, 6.0))


def test_given_axes_and_ranges_are_kept() -> None:
    settings = LandscapeSettings(axes=("b", "a"), ranges=((0.0, 1.0), (2.0, 3.0)))
    assert line(landscape=settings).axes_and_ranges() == (settings.axes, settings.ranges)


def test_an_axis_that_is_no_coordinate_is_refused() -> None:
    document = line(landscape=LandscapeSettings(axes=("a", "c")))
    with pytest.raises(DocumentError, match=r'^landscape\.axes\[1\]: no coordinate "c"; the graph has a, b$'):
        document.axes_and_ranges()


def test_without_parameters_there_is_no_landscape() -> None:
    with pytest.raises(DocumentError, match="no parameter"):
        Document().axes_and_ranges()


def test_starts_follow_their_coordinates_when_a_parameter_comes() -> None:
    document = line(race=race((8.0, 9.0), None))
    after = document.with_graph(Graph([leaf("c", 0.5), *document.graph.nodes.values()], "loss"))
    assert after.coordinates == ("c", "a", "b")
    assert [racer.start for racer in after.race.racers] == [(0.5, 8.0, 9.0), None]


def test_starts_and_axes_follow_when_a_parameter_goes() -> None:
    settings = LandscapeSettings(axes=("a", "b"), ranges=((0.0, 1.0), (2.0, 3.0)), scale="log")
    document = line(race=race((8.0, 9.0)), landscape=settings)
    after = document.with_graph(document.graph.without("a"))
    assert after.race.racers[0].start == (9.0,)
    assert after.landscape == LandscapeSettings(scale="log")
    assert after.axes_and_ranges()[0] == ("b",)


def test_the_slice_follows_its_coordinates() -> None:
    settings = LandscapeSettings(directions="random", ranges=((-1.0, 1.0), (-1.0, 1.0)), at=(8.0, 9.0))
    document = line(landscape=settings)
    after = document.with_graph(Graph([leaf("c", 0.5), *document.graph.nodes.values()], "loss"))
    assert after.landscape == settings.replace(at=(0.5, 8.0, 9.0), ranges=None)


def test_ranges_along_directions_are_none_of_the_coordinates() -> None:
    settings = LandscapeSettings(directions="random", ranges=((-0.5, 0.5), (-0.5, 0.5)))
    document = line(race=race((0.0, 3.0), (10.0, 3.0)), landscape=settings)
    assert document.axes_and_ranges() == (("a", "b"), ((-10.0, 20.0), (0.0, 6.0)))


def test_a_value_edit_leaves_the_rest_as_it_was() -> None:
    document = line(race=race((8.0, 9.0)))
    after = document.with_graph(document.graph.with_value("a", 4.0))
    assert after.race is document.race
    assert after.landscape is document.landscape
    assert after.start == (4.0, 3.0)


def test_race_inputs_are_the_enabled_racers_with_their_starts() -> None:
    racers = (
        RacerSettings("One", "adam", {"learning_rate": 0.5}, start=(1.0, 2.0)),
        RacerSettings("Off", "sgd", enabled=False),
        RacerSettings("", "sgd", gradient="numerical"),
    )
    document = line(race=RaceSettings(racers=racers))
    first, second = document.race_inputs()
    assert list(first.start) == [1.0, 2.0]
    assert list(second.start) == [2.0, 3.0]
    assert second.gradient == "numerical"


def test_race_inputs_carry_everything_that_a_racer_has() -> None:
    settings = RacerSettings(
        "All",
        "adam",
        gradient="numerical",
        convention="keras",
        schedule=("cosine", {"steps": 50}),
        clip_norm=1.0,
        clip_value=2.0,
        batch_size=3,
        batch_order="curriculum",
        batch_scores="y",
        batch_opening=0.5,
        batch_ramp=20,
        noise=0.5,
        average_decay=0.9,
    )
    (racer,) = line(race=RaceSettings(racers=(settings,))).race_inputs()
    for part in fields(racer):
        if part.name not in ("optimizer", "options", "start"):
            assert getattr(racer, part.name) == getattr(settings, part.name) != part.default


def test_a_wrong_option_is_refused_with_its_racer() -> None:
    document = line(race=RaceSettings(racers=(RacerSettings("A", "adam", {"beta1": 2.0}),)))
    with pytest.raises(DocumentError, match=r"^race\.racers\[0\]: .*beta1"):
        document.race_inputs()


@pytest.mark.parametrize(
    ("racer", "what"),
    [
        (RacerSettings(optimizer="newton"), "Newton's method, damped"),
        (RacerSettings(optimizer="bfgs"), "BFGS"),
        (RacerSettings(optimizer="sophia"), "Sophia"),
        (RacerSettings(optimizer="sgd", gradient="numerical"), '"gradient": "numerical"'),
    ],
)
def test_a_racer_that_would_fill_the_memory_with_matrices_is_refused(racer: RacerSettings, what: str) -> None:
    """20,000 coordinates: a matrix of 3.2 GB, asked for by a file of 100 kB."""
    graph = parse("loss = sum(w)", parameters={"w": np.ones(20_000)})
    enabled = Document(graph=graph, race=RaceSettings(racers=(RacerSettings(optimizer="sgd"), racer)))
    with pytest.raises(DocumentError) as refused:
        enabled.race_inputs()
    assert str(refused.value) == (
        f"race.racers[1]: {what} works with matrices of 20,000 × 20,000 numbers; "
        "it is for at most 3,000 coordinates"
    )
    smaller = parse("loss = sum(w)", parameters={"w": np.ones(3_000)})
    assert len(enabled.replace(graph=smaller).race_inputs()) == 2


def test_a_racer_without_a_name_goes_by_its_optimizer() -> None:
    assert RacerSettings(optimizer="adam").label == "Adam"
    assert RacerSettings("Mine", "adam").label == "Mine"


def test_a_colour_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(DocumentError, match=r'a colour is written "#rrggbb", not "blue"'):
        RacerSettings(color="blue")
