"""What a person reads on the command line in a language other than English."""

from __future__ import annotations

import ctypes
import importlib
import inspect
import io
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from gdstudio import cli, doctor, engine, paths, wording
from gdstudio.engine.given import Kind

CHOSEN = wording.chosen  # other tests replace it
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the settings, which is not there yet, and no language of the system."""
    monkeypatch.setattr(paths, "config_folder", lambda: tmp_path)
    monkeypatch.setattr(wording, "chosen", CHOSEN)
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "settings.ini"


@pytest.fixture
def chinese(settings: Path) -> None:
    settings.write_text("[General]\nlanguage=zh_CN\ntheme=dark\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_SG.utf8"}, "zh_CN"),
        ({"LANG": "zh"}, "zh_CN"),
        ({"LANG": "zh_TW.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fr:zh_CN:en"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_US:zh_CN"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
    ],
)
def test_the_language_is_that_of_the_environment(environment, language, monkeypatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    assert wording.of_system() == language


@pytest.mark.parametrize(
    ("number", "language"), [(0x0804, "zh_CN"), (0x0404, "en"), (0x0407, "en"), (0, "en")]
)
def test_windows_tells_its_language_by_a_number(number, language, monkeypatch) -> None:
    """China, Taiwan, Germany, none; see "Windows Language Code Identifier" of Microsoft's Open Specifications."""
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert wording.of_system() == language


def test_settings_are_read_with_the_line_ends_of_windows(settings) -> None:
    settings.write_bytes(b"[General]\r\nlanguage=zh_CN\r\ntheme=dark\r\n")
    assert wording.chosen() == "zh_CN"


def test_a_place_before_a_sentence_is_no_part_of_it() -> None:
    known = {"argument {0}: {1}": "参数 {0}：{1}", "{0} must be {1}, not {2}": "{0} 必须是 {1}，而不是 {2}"}
    said = wording.Wording(known | {"must be {0}, not {1}": "必须是 {0}，而不是 {1}"}).sentence
    assert said("w must be 1, not 2") == "w 必须是 1，而不是 2"
    assert said("argument --steps: must be 1, not 2") == "参数 --steps：必须是 1，而不是 2"
    assert said("graph.nodes[3]: w must be 1, not 2") == "graph.nodes[3]: w 必须是 1，而不是 2"


def test_between_chinese_words_there_is_no_space() -> None:
    known = {
        "{0} and {1} more": "{0} 及另外 {1} 处",
        "all, from {0}, seed {1}": "全部，从 {0} 出发，种子 {1}",
        "a point": "点",
    }
    said = wording.Wording(known | {"no node {0} here": "这里没有节点 {0} 可用"}).sentence
    assert said("all, from (0, 1) and 94 more, seed 0") == "全部，从 (0, 1) 及另外 94 处出发，种子 0"
    assert said("all, from a point, seed 0") == "全部，从点出发，种子 0"
    # What is not translated is a name of somebody's own, and stands apart.
    assert said("no node 权重 here") == "这里没有节点 权重 可用"


def kinds_of_arguments() -> Iterator[tuple[str, Kind]]:
    """The arguments that functions and methods of the engine check, by name."""
    for found in pkgutil.walk_packages(engine.__path__, f"{engine.__name__}."):
        module = importlib.import_module(found.name)
        classes = [value for value in vars(module).values() if inspect.isclass(value)]
        for holder in (module, *classes):
            for function in filter(inspect.isfunction, vars(holder).values()):
                check = inspect.getclosurevars(function).nonlocals.get("check")
                if check is not None and hasattr(function, "__wrapped__"):
                    yield from inspect.getclosurevars(check).nonlocals["kinds"].items()


def test_what_is_said_of_a_wrong_argument_is_chinese_throughout() -> None:
    """But for names and code: what is in quotes or brackets, calls, and what the program's own objects are called."""
    code = re.compile(
        r"""".*?"|\w*\(.*?\)|\[.*?\]|\{.*?\}|\w+\.\w+|\b(None|True|False|Program|Landscape)\b"""
    )
    told = {f"{name} must be {kind.words}, not -1" for name, kind in kinds_of_arguments()}
    said = [wording.of("zh_CN").sentence(text) for text in told]
    assert len(said) > 50
    half = [text for text in said if re.search("[A-Za-z]", code.sub("", text.partition(" ")[2]))]
    assert half == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("a whole number from 0 to 10,000,000", "steps 必须是 0 到 10,000,000 的整数，而不是 -1"),
        (
            "a whole number from 0 to 9, the number of an input, or None",
            "steps 必须是 0 到 9 的整数，即输入的编号，或 None，而不是 -1",
        ),
        ("text", "steps 必须是文字，而不是 -1"),
        ("a function, or None", "steps 必须是函数，或 None，而不是 -1"),
        ('"grid" or "random"', 'steps 必须是 "grid" 或 "random"，而不是 -1'),
        (
            'values by name, such as {"w": 3.0}, or None',
            'steps 必须是按名称给出的值，例如 {"w": 3.0}，或 None，而不是 -1',
        ),
    ],
)
def test_a_wrong_argument_is_refused_in_chinese(words: str, said: str) -> None:
    assert wording.of("zh_CN").sentence(f"steps must be {words}, not -1") == said


def test_what_is_chosen_in_the_window_counts_more_than_the_system(settings, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert wording.chosen() == "zh_CN"
    settings.write_text("[General]\nlanguage=en\n", encoding="utf-8")
    assert wording.chosen() == "en"
    settings.write_text("[General]\nlanguage=klingon\n", encoding="utf-8")
    assert wording.chosen() == "zh_CN"


def test_a_terminal_without_the_letters_is_spoken_to_in_english(chinese, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    assert wording.chosen() == "en"
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="gb2312"))
    assert wording.chosen() == "zh_CN"


def test_without_the_file_of_a_language_texts_stay_as_they_are(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(wording, "resource_path", lambda *parts: tmp_path.joinpath(*parts))
    wording.of.cache_clear()
    assert wording.of("zh_CN").sentence("matrix product") == "matrix product"
    assert wording.of("zh_CN").command("print JSON") == "print JSON"
    wording.of.cache_clear()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("eval",), "缺少必需的参数：file（gdstudio eval --help 显示用法）"),
        (("race", "line_fit", "--steps", "0"), "参数 --steps：必须是 1 到 1,000,000 之间的整数，而不是“0”（"),
        (("render", "line_fit"), "需要参数 -o/--output --animate 之一（gdstudio render --help 显示用法）"),
        (("list", "nothing"), "参数 "),
        (("eval", "line_fit", "--nothing"), "无法识别的参数：--nothing（gdstudio --help 显示用法）"),
        (("eval", "no_such"), '没有名为 "no_such" 的文件或内置文档'),
        (("race", "line_fit", "--csv", "/dev/null/x"), "没有文件夹 /dev/null"),
    ],
)  # fmt: skip
def test_complaints_are_chinese(chinese, capsys, arguments, said) -> None:
    assert cli.main(list(arguments)) in (1, 2)
    told = capsys.readouterr().err
    assert said.replace("：file", "：FILE") in told
    assert " is " not in told and "invalid" not in told


def test_help_and_tables_are_chinese_and_json_is_not(chinese, capsys) -> None:
    assert cli.main(["--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("用法：gdstudio") and "运行竞赛并输出排行榜" in told
    assert cli.main(["race", "line_fit", "--steps", "3"]) == 0
    header, first, *_ = capsys.readouterr().out.splitlines()
    assert header.split()[:3] == ["参赛者", "状态", "步数"] and "进行中" in first
    assert cli.main(["race", "line_fit", "--steps", "3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["racers"][0]["status"] == "running"


def test_what_there_is_has_chinese_titles(chinese, capsys) -> None:
    """But for functions that are called after people."""
    told = {}
    for topic in ("functions", "optimizers", "lessons"):
        assert cli.main(["list", topic]) == 0
        rows = [line.split(None, 1) for line in capsys.readouterr().out.splitlines()[1:]]
        told[topic] = {name: what.partition("：")[0] for name, what in rows}
    assert told["functions"]["rotated_bowl"] == "旋转的峡谷"
    assert told["functions"]["rosenbrock"] == "Rosenbrock"
    assert told["optimizers"]["momentum"] == "动量"
    assert all(any("一" <= letter <= "鿿" for letter in title) for title in told["lessons"].values())


def test_the_doctor_s_columns_are_in_line_in_chinese(chinese, capsys, monkeypatch) -> None:
    wording.speak("zh_CN")
    found = [doctor.Finding("numpy", "2.4"), doctor.Finding("系统库", "缺少", False, remedy="apt")]
    lines = doctor.report(found).splitlines()
    wording.speak("en")
    assert lines == [
        "正常  numpy   2.4",
        "缺少  系统库  缺少",
        "              -> apt",
        "",
        "缺少 1 项：系统库。",
    ]
