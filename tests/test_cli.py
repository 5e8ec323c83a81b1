"""The command line as a person and a script meet it: outputs, files, exit statuses, one-line errors."""

# ruff: noqa: E501
from __future__ import annotations

import csv
import errno
import json
import os
import pty
import re
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from gdstudio import cli, engine, paths, system, wording
from gdstudio.document import library, to_json, write
from gdstudio.document.limits import LIMITS
from gdstudio.text_table import width_of, wrapped

ROOT = Path(__file__).parents[1]

Captured = pytest.CaptureFixture[str]

TABLE = [(2.0, 2.0), (1.2, 1.4), (0.98, 1.22), (0.924, 1.16), (0.914, 1.1348), (0.9166, 1.1202), (0.9222, 1.1091),
         (0.9284, 1.0997)]  # fmt: skip


def output(capsys: Captured, *arguments: str) -> str:
    assert cli.main(list(arguments)) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def complaint(capsys: Captured, status: int, *arguments: str) -> str:
    """The one line that a failing command prints, without "gdstudio: "."""
    assert cli.main(list(arguments)) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("gdstudio: ")
    assert captured.err.count("\n") == 1
    return captured.err.removeprefix("gdstudio: ").rstrip("\n")


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    command = [sys.executable, "-m", "gdstudio", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, **options)


def test_eval_as_json_has_values_gradients_and_edges(capsys: Captured) -> None:
    data = json.loads(output(capsys, "eval", "abs_graph", "--json"))
    assert data["values"] == {"w": 3, "b": 1, "x": 2, "y_true": 4, "x1": 6, "x2": 7, "x3": -3, "loss": 3}
    assert {name: data["gradients"][name] for name in ("w", "b", "loss")} == {"w": 2, "b": 1, "loss": 1}
    edges = {(edge["from"], edge["to"]): (edge["slot"], edge["local"]) for edge in data["edges"]}
    assert edges["w", "x1"] == (1, 2.0)
    assert edges["x2", "x3"] == (1, -1.0)
    assert edges["x3", "loss"] == (0, -1.0)


def test_eval_of_tensors_prints_nested_lists(capsys: Captured, tmp_path: Path) -> None:
    graph = engine.parse("t = x*x + 2; z = 2*t + 1; y = mean(z)", parameters={"x": [[1.0] * 3] * 3})
    path = tmp_path / "mean.gdstudio"
    write(
        library.get("sphere").replace(graph=graph, race=library.get("sphere").race.replace(racers=())), path
    )
    data = json.loads(output(capsys, "eval", str(path), "--json"))
    assert data["gradients"]["x"] == [[pytest.approx(4 / 9)] * 3] * 3
    local = next(edge["local"] for edge in data["edges"] if edge["to"] == "y")
    assert local == [[pytest.approx(1 / 9)] * 3] * 3


def test_eval_as_a_table_names_every_node_and_wire(capsys: Captured) -> None:
    lines = output(capsys, "eval", "abs_graph").splitlines()
    rows = [line.split() for line in lines]
    assert ["x1", "multiply", "6", "1"] in rows
    assert ["w", "parameter", "3", "2"] in rows
    assert ["x2", "x3", "1", "-1"] in rows


def test_eval_writes_what_is_not_finite_as_null(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "log.gdstudio"
    graph = engine.parse("loss = log(x) + y", parameters={"x": 0.0, "y": 1.0})
    write(library.get("sphere").replace(graph=graph), path)
    data = json.loads(output(capsys, "eval", str(path), "--json"))
    assert data["values"]["loss"] is None
    assert data["gradients"]["y"] == 1.0


def test_the_race_on_the_line_fit_passes_through_the_table(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "race.csv"
    output(capsys, "race", "line_fit", "--steps", "7", "--csv", str(path))
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["racer", "step", "loss", "gradient_norm", "learning_rate", "a", "b"]
    assert len(rows) == 5 * 8
    descent = [row for row in rows if row["racer"] == "SGD"]
    assert [int(row["step"]) for row in descent] == list(range(8))
    assert [(float(row["a"]), float(row["b"])) for row in descent] == [
        pytest.approx(p, abs=5.1e-5) for p in TABLE
    ]
    assert float(descent[0]["loss"]) == 7.0
    assert float(descent[0]["gradient_norm"]) == 10.0
    assert float(descent[0]["learning_rate"]) == 0.1


def test_race_as_json_has_a_row_for_each_racer_in_document_order(capsys: Captured) -> None:
    racers = json.loads(output(capsys, "race", "sum_of_squares", "--json"))["racers"]
    assert [racer["name"] for racer in racers] == [r.label for r in library.get("sum_of_squares").race.racers]
    assert set(racers[0]) == {"name", "status", "steps", "final", "loss", "best_loss"}
    assert racers[0]["final"] == pytest.approx([-6.1e-10, 8.1e-10], rel=0.01)
    assert racers[0]["steps"] == 100
    assert racers[3]["status"] == racers[4]["status"] == "diverged"
    assert racers[4]["final"] == pytest.approx([-25898374737328.363, -1295248616896.5398], rel=1e-12)


def test_race_as_json_tells_where_an_averaged_path_ends(capsys: Captured, tmp_path: Path) -> None:
    """On w² with learning rate 0.5 one step leads from 1 to 0, of which the average keeps a quarter."""
    racer = {"optimizer": "sgd", "options": {"learning_rate": 0.5}, "average_decay": 0.25}
    nodes = [{"id": "w", "op": "parameter", "value": 1.0}, {"id": "loss", "op": "square", "inputs": ["w"]}]
    file = tmp_path / "averaged.gdstudio"
    graph = {"output": "loss", "nodes": nodes}
    file.write_text(
        json.dumps({"format": "gdstudio", "version": 1, "graph": graph, "race": {"racers": [racer]}})
    )
    (told,) = json.loads(output(capsys, "race", str(file), "--steps", "2", "--json"))["racers"]
    assert told["final"] == [0.0]
    assert told["average"] == [0.0625]


def test_the_leaderboard_ranks_by_loss_with_the_diverged_last(capsys: Captured) -> None:
    header, *rows = output(capsys, "race", "sum_of_squares").splitlines()
    assert [row.split()[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[0].split()[1] == "0.1:"
    assert all("diverged" in row for row in rows[3:])
    # Columns begin where their titles do.
    assert {row[header.index("status") :].split()[0] for row in rows} <= {
        "converged",
        "stalled",
        "running",
        "diverged",
    }


def test_csv_to_standard_output_is_nothing_but_csv(capsys: Captured) -> None:
    rows = list(csv.reader(output(capsys, "race", "line_fit", "--steps", "1", "--csv", "-").splitlines()))
    assert len(rows) == 1 + 5 * 2
    assert {len(row) for row in rows} == {7}


@pytest.mark.parametrize(
    ("topic", "name"),
    [("functions", "rosenbrock"), ("optimizers", "adam"), ("schedules", "cosine"), ("operations", "matmul"),
     ("lessons", "line_fit")],
)  # fmt: skip
def test_list_prints_names_first(capsys: Captured, topic: str, name: str) -> None:
    assert name in [line.split()[0] for line in output(capsys, "list", topic).splitlines()]


def test_version_and_help(capsys: Captured) -> None:
    assert re.fullmatch(r"gdstudio \d+\.\d+\.\d+\S*\n", output(capsys, "--version"))
    text = output(capsys, "--help")
    assert all(command in text for command in cli.WORK)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("eval",), "the following arguments are required: FILE (gdstudio eval --help shows the usage)"),
        (("eval", "rosenbrok"), 'no file and no bundled document is called "rosenbrok"; did you mean "rosenbrock"?'),
        (("rosenbrok",), 'no file and no bundled document is called "rosenbrok"; did you mean "rosenbrock"?'),
        (("race", "line_fit", "--steps", "0"), 'argument --steps: must be a whole number from 1 to 1,000,000, not "0" '
                                               "(gdstudio race --help shows the usage)"),
        (("race", "line_fit", "--fast"), "unrecognized arguments: --fast (gdstudio --help shows the usage)"),
        (("render", "line_fit", "-o", "x.png", "--size", "big"),
         "argument --size: must be WIDTHxHEIGHT in pixels, each from 200 to 8000, such as 1600x1000, "
         'not "big" (gdstudio render --help shows the usage)'),
        (("race", "line_fit", "--csv", "-", "--json"),
         "--csv - and --json would mix on standard output; give --csv a file"),
        (("render", "line_fit", "-o", "x.jpg"), 'a picture is a .png, .svg or .pdf, not ".jpg"'),
        (("render", "line_fit", "-o", "no/such/folder/x.png"), "there is no folder no/such/folder to write x.png to"),
        (("race", "line_fit", "--csv", "no/such/folder/x.csv"), "there is no folder no/such/folder to write x.csv to"),
        (("race", "line_fit", "--save", "no/such/folder/x.npz"), "there is no folder no/such/folder to write x.npz to"),
        (("race", "line_fit", "--csv", "/"), "/ is a folder, not a file to write"),
        (("race", "line_fit", "--csv", ""), "a file to write needs a name"),
        (("render", "line_fit", "-o", ""), "a file to write needs a name"),
        (("eval", ""), 'no file and no bundled document is called ""'),
    ],
)  # fmt: skip
def test_a_wrong_request_ends_with_status_2(
    capsys: Captured, arguments: tuple[str, ...], message: str
) -> None:
    assert complaint(capsys, 2, *arguments) == message


def test_a_refused_document_ends_with_status_2(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "bad.gdstudio"
    nodes = [{"id": "y", "op": "square", "inputs": ["x9"]}]
    path.write_text(
        json.dumps({"format": "gdstudio", "version": 1, "graph": {"output": "y", "nodes": nodes}})
    )
    for command in ("eval", "race"):
        assert complaint(capsys, 2, command, str(path)) == 'graph.nodes[0].inputs[0]: no node "x9"'


def test_limits_that_are_raised_in_the_window_hold_here_too(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "config_folder", lambda: tmp_path)
    data = to_json(library.get("sphere"))
    data["race"]["racers"] = [{"optimizer": "sgd"}] * (LIMITS.racers + 1)
    path = tmp_path / "crowd.gdstudio"
    path.write_text(json.dumps(data))
    refusal = "race.racers: there are 1,001; at most 1,000 are allowed"
    assert complaint(capsys, 2, "eval", str(path)) == refusal
    for entry, is_allowed in (("4", True), ("16", True), ("17", False), ("0", False), ("many", False)):
        (tmp_path / "settings.ini").write_text(f"[General]\nlanguage=en\nlimit_factor={entry}\ntheme=dark\n")
        if is_allowed:
            assert output(capsys, "eval", str(path))
        else:
            assert complaint(capsys, 2, "eval", str(path)) == refusal


def test_a_graph_that_cannot_be_computed_ends_with_status_1(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "open.gdstudio"
    document = library.get("abs_graph")
    write(document.replace(graph=document.graph.connected("x1", 1, None)), path)
    assert complaint(capsys, 1, "eval", str(path)).startswith("x1: ")
    assert complaint(capsys, 1, "race", str(path)).startswith("x1: ")


def test_a_race_without_racers_ends_with_status_1(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "still.gdstudio"
    document = library.get("sphere")
    write(document.replace(race=document.race.replace(racers=())), path)
    assert "no racer" in complaint(capsys, 1, "race", str(path))


def test_a_race_that_would_fill_the_memory_ends_with_status_2(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "wide.gdstudio"
    graph = engine.parse("loss = sum(w**2)", parameters={"w": [1.0] * 100})
    race = library.get("line_fit").race
    write(library.get("sphere").replace(graph=graph, race=race), path)
    message = complaint(capsys, 2, "race", str(path), "--steps", "1000000")
    assert message == "1,000,000 steps of this race are 500,000,000 numbers to keep; at most 50,000,000 fit"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_file_that_cannot_be_written_ends_with_status_1(capsys: Captured) -> None:
    message = complaint(capsys, 1, "race", "line_fit", "--csv", "/dev/full")
    assert message == "No space left on device"


def test_a_device_takes_a_table_and_stays_what_it_is(capsys: Captured, tmp_path: Path) -> None:
    pipe = tmp_path / "table"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    output(capsys, "race", "line_fit", "--steps", "2", "--csv", str(pipe))
    assert reader.communicate(timeout=60)[0].startswith("racer,step,loss,")
    assert pipe.is_fifo()


FULL_DISK = """
import resource, sys
from gdstudio import cli
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("race.csv", ["race", "line_fit", "--csv"]),
        ("race.json", ["race", "line_fit", "--save"]),
        ("picture.png", ["render", "line_fit", "--view", "race", "--size", "400x300", "-o"]),
        ("picture.svg", ["render", "line_fit", "--view", "race", "--size", "400x300", "-o"]),
        ("picture.pdf", ["render", "line_fit", "--view", "race", "--size", "400x300", "-o"]),
    ],
)
def test_what_a_full_disk_cannot_hold_is_told_and_spares_the_old_file(
    tmp_path: Path, name: str, arguments: list[str]
) -> None:
    (tmp_path / name).write_text("what was there before")
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *arguments, str(tmp_path / name)],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 1
    assert "file too large" in run.stderr.lower() and run.stderr.count("\n") == 1
    assert (tmp_path / name).read_text() == "what was there before"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_unexpected_error_is_one_line_too(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr(library, "find", broken)
    assert complaint(capsys, 1, "eval", "line_fit").startswith(
        "unexpected RuntimeError: first line second line "
    )


def test_an_interrupt_is_no_traceback(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(library, "find", interrupted)
    assert complaint(capsys, 130, "eval", "line_fit") == "interrupted"


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m gdstudio race rosenbrock --csv - | head -n 1; echo ${{PIPESTATUS[0]}}"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert run.stdout.splitlines() == ["racer,step,loss,gradient_norm,learning_rate,x,y", "0"]
    assert run.stderr == ""


def test_a_reader_that_leaves_early_is_no_error_on_windows_either(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """There, what nobody reads any more is an invalid argument."""

    def refused(*_: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument", *name)

    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(cli.WORK, "list", refused)
    monkeypatch.setattr(sys, "stdout", open(tmp_path / "read no more", "w"))
    name: tuple[str, ...] = ()
    assert cli.main(["list", "functions"]) == 0
    name = ("C:\\race?.csv",)
    assert cli.main(["list", "functions"]) == 1
    assert capsys.readouterr().err == "gdstudio: C:\\race?.csv: Invalid argument\n"


def test_without_a_terminal_windows_gives_no_streams(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So runs `pythonw -m gdstudio`, and a packaged program that shows no terminal."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["race", "line_fit", "--csv", str(tmp_path / "race.csv")]) == 0
    assert (tmp_path / "race.csv").is_file()
    assert cli.main(["eval", "nothing of that name"]) == 2


def test_a_progress_bar_is_drawn_on_a_terminal_and_wiped() -> None:
    try:
        controller, terminal = pty.openpty()
    except OSError:
        pytest.skip("this system gives no pseudo-terminal")
    command = [sys.executable, "-m", "gdstudio", "race", "line_fit"]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal, text=True, cwd=ROOT, timeout=120)
    os.close(terminal)
    drawn = os.read(controller, 100_000).decode()
    os.close(controller)
    assert run.returncode == 0
    assert drawn.startswith("\rracing ")
    *_, wiped, last = drawn.split("\r")
    assert wiped and not wiped.strip() and last == ""
    assert "racing" not in run.stdout


def test_without_a_terminal_there_is_no_progress_bar(capsys: Captured) -> None:
    output(capsys, "race", "line_fit")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What was asked of the window's renderer, which draws nothing here."""
    calls: list[tuple[str, dict[str, Any]]] = []
    fake = types.ModuleType("gdstudio.ui.render")
    fake.render = lambda document, path, **how: calls.append((document.title, {"path": path, **how}))
    monkeypatch.setitem(sys.modules, "gdstudio.ui.render", fake)
    monkeypatch.setattr("gdstudio.ui.render", fake, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return calls


def test_render_passes_what_was_asked(capsys: Captured, drawn: list[Any], tmp_path: Path) -> None:
    path = str(tmp_path / "surface.png")
    options = ("--view", "landscape", "--size", "800x600", "--step", "5", "--theme", "light")
    output(capsys, "render", "beale", "-o", path, *options)
    title = library.get("beale").title
    assert drawn == [
        (title, {"path": path, "view": "landscape", "size": (800, 600), "step": 5, "theme": "light"})
    ]


def test_render_refuses_a_step_that_the_race_has_not(capsys: Captured, drawn: list[Any]) -> None:
    steps = library.get("beale").race.steps
    message = complaint(capsys, 2, "render", "beale", "-o", "x.png", "--step", str(steps + 1))
    assert f"the race has steps 0 to {steps}, not {steps + 1}" in message
    output(capsys, "render", "beale", "-o", "x.png", "--step", str(steps))
    assert [how["step"] for _, how in drawn] == [steps]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("-o", "x.png", "--rate", "10"), "--every and --rate are for a film"),
        (("-o", "x.png", "--every", "2"), "--every and --rate are for a film"),
        (("--animate", "x.gif", "--step", "3"), "--step is for a picture"),
    ],
)
def test_render_refuses_what_would_change_nothing(capsys: Captured, drawn: list[Any], options, told) -> None:
    assert told in complaint(capsys, 2, "render", "beale", *options)
    assert drawn == []


def test_render_names_the_packages_that_are_missing(
    capsys: Captured, drawn: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "missing_libraries", lambda libraries: {"libEGL.so.1": "libegl1"})
    message = complaint(capsys, 1, "render", "beale", "-o", "x.png")
    assert "libEGL.so.1" in message
    assert message.endswith("sudo apt-get install libegl1")
    assert drawn == []


def test_with_no_screen_the_window_is_drawn_and_the_race_is_told(
    capsys: Captured, drawn: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = output(capsys)
    assert text.startswith("No screen here: QT_QPA_PLATFORM is offscreen.")
    assert [line.split()[1] for line in text.splitlines() if re.match(r" *\d  ", line)][0] in text
    assert {"SGD", "Momentum", "AdaGrad", "RMSprop", "Adam"} <= set(text.split())
    (call,) = drawn
    assert (call[0], call[1]["path"], call[1]["view"]) == (
        library.get("line_fit").title,
        "gdstudio.png",
        "window",
    )


def test_with_no_screen_a_given_document_is_drawn(
    capsys: Captured, drawn: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "RMSprop" in output(capsys, "beale")
    assert drawn[0][0] == library.get("beale").title


def test_with_a_screen_the_window_opens(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Any] = []
    fake = types.ModuleType("gdstudio.ui.application")
    fake.run = lambda read=None, path=None, name="": opened.append((read and read(LIMITS), path, name)) or 0
    monkeypatch.setitem(sys.modules, "gdstudio.ui.application", fake)
    monkeypatch.setattr("gdstudio.ui.application", fake, raising=False)
    monkeypatch.setattr(system, "no_screen", lambda: None)
    path = tmp_path / "mine.gdstudio"
    write(library.get("beale"), path)
    output(capsys)
    output(capsys, "sphere")
    output(capsys, "open", str(path))
    assert opened == [
        (None, None, ""),
        (library.get("sphere"), None, "sphere"),
        (library.get("beale"), path, "mine.gdstudio"),
    ]


def test_a_window_that_cannot_open_names_the_packages(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "no_screen", lambda: None)
    monkeypatch.setattr(
        system, "missing_libraries", lambda libraries: {"libxcb-cursor.so.0": "libxcb-cursor0"}
    )
    assert complaint(capsys, 1).endswith("sudo apt-get install libxcb-cursor0")


def test_the_program_without_a_screen_draws_a_real_picture(tmp_path: Path) -> None:
    run = process(cwd=tmp_path, env={"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""})
    assert (run.returncode, run.stderr) == (0, "")
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in run.stdout
    picture = (tmp_path / "gdstudio.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1600, 1000)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_help_fits_a_narrow_terminal(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(wording, "chosen", lambda: language)
    try:
        shown = output(capsys, "race", "--help") + output(capsys, "--help")
    finally:
        wording.speak("en")
    assert max(map(width_of, shown.splitlines())) <= 40
    assert ".json" in shown


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("one  two three", 8, ["one two", "three"]),
        ("extraordinary", 5, ["extraordinary"]),
        ("一二三四", 4, ["一二", "三四"]),
        ("一二，三（四）", 4, ["一", "二，", "三", "（四）"]),
        ("写入 .json", 6, ["写入", ".json"]),
        ("", 5, [""]),
    ],
)
def test_lines_are_wrapped_by_the_width_of_their_letters(text: str, columns: int, lines: list[str]) -> None:
    assert wrapped(text, columns) == lines
