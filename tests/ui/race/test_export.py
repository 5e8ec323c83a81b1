from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from gdstudio.document.model import DocumentError
from gdstudio.document.schema import from_json
from gdstudio.engine import Race
from gdstudio.race_files import write_race
from gdstudio.ui import commands
from tests.ui.race.support import ADAM, MOMENTUM, SGD, bowl, child, line_fit

DIVERGING = SGD.replace(name="Wild", options={"learning_rate": 1e6})


@pytest.fixture(scope="module")
def race():
    document = bowl(SGD, ADAM, DIVERGING, steps=30)
    return document, Race(document.graph.compile(), document.race_inputs(), 30, seed=0).run()


def test_the_table_has_every_racer_at_every_step(race, tmp_path):
    document, result = race
    write_race(document, result, tmp_path / "race.csv")
    with open(tmp_path / "race.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(map(len, result.losses))
    row = rows[31 + 7]
    assert (row["racer"], row["step"]) == ("Adam", "7")
    assert [float(row["x0"]), float(row["x1"])] == result.paths[1][7].tolist()
    assert float(row["loss"]) == result.losses[1][7]


@pytest.mark.parametrize("suffix", ["json", "npz"])
def test_the_file_holds_what_it_takes_to_race_again(race, tmp_path, suffix):
    document, result = race
    path = tmp_path / f"race.{suffix}"
    write_race(document, result, path)
    if suffix == "json":
        data = json.loads(path.read_text())
        again, paths = from_json(data["document"]), [np.array(racer["path"]) for racer in data["racers"]]
        assert [racer["status"] for racer in data["racers"]] == list(result.status)
    else:
        with np.load(path) as data:
            again = from_json(json.loads(str(data["document"])))
            paths = [data[f"path_{i}"] for i in range(3)]
            assert data["names"].tolist() == ["SGD", "Adam", "Wild"]
    raced = Race(again.graph.compile(), again.race_inputs(), again.race.steps, seed=again.race.seed).run()
    for before, after in zip(paths, raced.paths, strict=True):
        assert np.array_equal(before, after)


def test_another_ending_is_refused_and_a_stopped_file_is_not_left(race, tmp_path):
    document, result = race
    with pytest.raises(DocumentError, match="as .csv, .json or .npz"):
        write_race(document, result, tmp_path / "race.txt")

    class Stopped(Exception):
        pass

    def stop(_share: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        write_race(document, result, tmp_path / "race.npz", stop)
    assert list(tmp_path.iterdir()) == []


def test_the_menu_saves_the_race_of_the_window(panel, qtbot, tmp_path):
    panel.session.select_racer(0)
    menu = panel.context_menu()
    next(action for action in menu.actions() if action.text() == "Save the race…").trigger()
    dialog = child(panel, QFileDialog, "raceExportDialog")
    with qtbot.waitSignal(panel._export.ended, timeout=20_000) as caught:
        dialog.fileSelected.emit(str(tmp_path / "saved.json"))
    assert caught.args == [""]
    assert len(json.loads((tmp_path / "saved.json").read_text())["racers"]) == 3


def test_a_title_that_is_no_name_of_a_file_is_suggested_as_one(open_panel):
    panel = open_panel(line_fit(MOMENTUM).replace(title="SGD/Adam?"))
    panel.export_race()
    (suggested,) = child(panel, QFileDialog, "raceExportDialog").selectedFiles()
    assert Path(suggested).name == "SGD_Adam_.csv" and Path(suggested).parent == panel.folders.folder


def test_a_file_that_cannot_be_written_gets_a_sentence(panel, qtbot, tmp_path):
    with qtbot.waitSignal(panel._export.ended, timeout=20_000):
        panel._export.write(panel.session.document, panel.session.race_result, tmp_path / "no" / "race.csv")
    assert child(panel, QLabel, "raceMessage").text().startswith("The race cannot be saved: ")


def test_without_a_race_there_is_nothing_to_save(open_panel):
    panel = open_panel(line_fit(MOMENTUM.replace(enabled=False)))
    panel.export_race()
    assert "no race to save" in child(panel, QLabel, "raceMessage").text()


def test_one_race_is_saved_at_a_time(panel, qtbot, tmp_path):
    session, said = panel.session, child(panel, QLabel, "raceMessage")
    with qtbot.waitSignal(panel._export.ended, timeout=20_000):
        panel._export.write(session.document, session.race_result, tmp_path / "race.csv")
        panel.export_race()
        assert said.text() == "A race is being saved; save this one when that is done."
        assert panel.findChild(QFileDialog, "raceExportDialog") is None
    assert said.text() == ""
    panel.export_race()
    assert panel.findChild(QFileDialog, "raceExportDialog") is not None


def test_a_race_that_is_being_computed_is_not_saved(panel):
    session = panel.session
    session.edit("Steps", commands.set_steps(session.document, 60))
    panel.export_race()
    assert "being computed" in child(panel, QLabel, "raceMessage").text()
    assert panel.findChild(QFileDialog, "raceExportDialog") is None
