"""A saved race holds all it takes to race again: each format is read back and raced to the last bit."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from gdstudio import cli, engine
from gdstudio.document import files, library
from gdstudio.document.model import Document, RacerSettings, RaceSettings
from gdstudio.document.schema import from_json
from gdstudio.engine import Race, RaceResult, optimizers
from gdstudio.race_files import write_race


def every_setting() -> Document:
    """A fit of y = w·x + b to nine points, by racers that use every setting that changes a path."""
    x = np.linspace(-1.0, 1.0, 9)
    graph = engine.parse(
        "loss = mean((w*x + b - y)**2)", parameters={"w": 0.1, "b": 1 / 3}, data={"x": x, "y": 0.7 * x - 0.2}
    )
    own = optimizers.parse_rule("x = x - learning_rate * g / 2", {"learning_rate": 0.1}, name="halves")
    racers = (
        RacerSettings("Batches", "adam", {"learning_rate": 0.1}, batch_size=4),
        RacerSettings(
            "Noise", "sgd", {"learning_rate": 0.1, "momentum": 0.9}, noise=0.3, start=(1 / 7, -2.0)
        ),
        RacerSettings("Schedule", "rmsprop", {}, schedule=("cosine", {"steps": 30}), clip_norm=0.25),
        RacerSettings("Own", own, {"learning_rate": 0.3}, gradient="numerical", clip_value=0.5),
        RacerSettings("Keras", "adagrad", {"learning_rate": 0.2}, convention="keras"),
        RacerSettings("Away", "sgd", {"learning_rate": 50.0}),
    )
    return Document("Everything", graph, race=RaceSettings(steps=30, seed=11, racers=racers))


def raced(document: Document) -> RaceResult:
    race = document.race
    return Race(document.graph.compile(), document.race_inputs(), race.steps, seed=race.seed).run()


def read(path: Path) -> tuple[Document, list[np.ndarray], list[np.ndarray]]:
    """The document, the paths and the losses of a saved race."""
    if path.suffix == ".json":
        data = json.loads(path.read_text())
        racers = data["racers"]
        return (
            from_json(data["document"]),
            [np.array(racer["path"]) for racer in racers],
            [np.array(racer["losses"], dtype=float) for racer in racers],
        )
    if path.suffix == ".npz":
        with np.load(path) as data:
            count = len(data["names"])
            document = from_json(json.loads(str(data["document"])))
            return (
                document,
                [data[f"path_{i}"] for i in range(count)],
                [data[f"losses_{i}"] for i in range(count)],
            )
    document = files.read(path.with_name(path.name + ".gdstudio"))
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    names = [racer.label for racer in document.race.racers]
    own = [[row for row in rows if row["racer"] == name] for name in names]
    coordinates = document.coordinates
    return (
        document,
        [np.array([[float(row[c]) for c in coordinates] for row in part]) for part in own],
        [np.array([float(row["loss"]) for row in part]) for part in own],
    )


@pytest.mark.parametrize("suffix", ["csv", "json", "npz"])
def test_what_is_read_back_races_the_same_to_the_last_bit(tmp_path, suffix):
    document = every_setting()
    path = tmp_path / f"race.{suffix}"
    write_race(document, raced(document), path)
    again, paths, losses = read(path)
    result = raced(again)
    assert len(paths) == 6
    for saved, loss, new_path, new_loss in zip(paths, losses, result.paths, result.losses, strict=True):
        np.testing.assert_array_equal(saved, new_path)
        np.testing.assert_array_equal(loss, new_loss)


def test_the_command_line_saves_the_steps_that_were_raced(tmp_path, capsys):
    path = tmp_path / "race.npz"
    assert cli.main(["race", "line_fit", "--steps", "17", "--save", str(path)]) == 0
    document, paths, _losses = read(path)
    assert document.race.steps == 17
    assert len(paths[0]) == 18
    np.testing.assert_array_equal(paths[0], raced(document).paths[0])
    assert "racer" in capsys.readouterr().out


def test_the_command_line_refuses_other_formats(tmp_path, capsys):
    assert cli.main(["race", "line_fit", "--save", str(tmp_path / "race.xls")]) == 2
    assert "as .csv, .json or .npz" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_saved_library_document_keeps_its_racers(tmp_path):
    document = library.get("beale")
    write_race(document, raced(document), tmp_path / "race.json")
    again, _paths, _losses = read(tmp_path / "race.json")
    assert [racer.label for racer in again.race.racers] == [racer.label for racer in document.race.racers]
