"""Imports point down, ui -> document -> engine, and nothing below the window loads Qt. Processes prove it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Loads every module of a package and prints what is loaded from outside the standard library.
LOAD_ALL = """
import importlib, json, pkgutil, sys
before = set(sys.modules)
package = importlib.import_module(sys.argv[1])
for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(found.name)
print(json.dumps(sorted(set(sys.modules) - before)))
"""

# Runs a command in a process of its own and prints its status and what it loaded.
RUN = """
import json, sys
before = set(sys.modules)
from gdstudio.cli import main
status = main(sys.argv[1:])
print()
print(json.dumps([status, sorted(set(sys.modules) - before)]))
"""


def python(script: str, *arguments: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, timeout=120, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def packages(modules: list[str]) -> set[str]:
    """The top-level packages that are neither built in nor of the standard library."""
    tops = {module.partition(".")[0] for module in modules}
    return {top for top in tops if top not in sys.stdlib_module_names and not top.startswith("_")}


def test_the_engine_is_numpy_and_the_standard_library() -> None:
    modules = json.loads(python(LOAD_ALL, "gdstudio.engine"))
    assert packages(modules) == {"gdstudio", "numpy"}
    assert not [name for name in modules if name.startswith(("gdstudio.document", "gdstudio.ui"))]


def test_documents_know_no_window() -> None:
    modules = json.loads(python(LOAD_ALL, "gdstudio.document"))
    assert packages(modules) == {"gdstudio", "numpy"}
    assert not [name for name in modules if name.startswith("gdstudio.ui")]


@pytest.mark.parametrize(
    "command",
    [
        ("eval", "line_fit", "--json"),
        ("eval", "rosenbrock"),
        ("race", "line_fit"),
        ("race", "sphere", "--json"),
        ("list", "functions"),
        ("list", "optimizers"),
        ("--version",),
    ],
    ids=" ".join,
)
def test_the_command_line_loads_qt_only_for_windows_and_pictures(command: tuple[str, ...]) -> None:
    status, modules = json.loads(python(RUN, *command).splitlines()[-1])
    assert status == 0
    assert packages(modules) <= {"gdstudio", "numpy"}
    assert not [name for name in modules if name.startswith("gdstudio.ui")]
