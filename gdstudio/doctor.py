"""`gdstudio doctor`: what is installed, what Qt can use here, what is missing and how to get it."""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import gdstudio
from gdstudio import paths, system
from gdstudio.text_table import aligned
from gdstudio.wording import say

REQUIRED = (
    "numpy", "PySide6-Essentials", "pyqtgraph", "contourpy", "fast-sugiyama", "ziamath", "PyOpenGL", "Pillow",
)  # fmt: skip
# Those that may fail to load though they are installed, by the name that they are imported by. Qt is probed apart.
COMPILED = {
    "numpy": "numpy",
    "contourpy": "contourpy",
    "fast-sugiyama": "fast_sugiyama",
    "Pillow": "PIL.Image",
}


@dataclass(frozen=True)
class Finding:
    """One line of the report; `remedy` says what to do when it is not `sound`."""

    name: str
    value: str
    sound: bool = True
    needed: bool = True
    remedy: str = ""


def examine() -> list[Finding]:
    """Everything that the report tells, in its order."""
    return [*_program(), *_packages(), *_libraries(), *_display(), *_folders()]


def report(findings: list[Finding]) -> str:
    """The findings as aligned plain text, ending with a line that sums them up."""
    rows = []
    for finding in findings:
        mark = say("ok") if finding.sound else say("MISSING") if finding.needed else say("absent")
        rows.append((mark, finding.name, finding.value))
        if not finding.sound and finding.remedy:
            rows.append(("", "", f"-> {finding.remedy}"))
    faults = [finding for finding in findings if finding.needed and not finding.sound]
    summary = say("All that gdstudio needs is here.")
    if faults:
        named = ", ".join(finding.name for finding in faults)
        summary = say("{0} missing: {1}.").format(len(faults), named)
    return f"{aligned(rows)}\n\n{summary}"


def is_sound(findings: list[Finding]) -> bool:
    """Whether everything needed is there."""
    return all(finding.sound for finding in findings if finding.needed)


def _program() -> list[Finding]:
    frozen = say("packaged") if getattr(sys, "frozen", False) else ""
    version = f"{gdstudio.__version__} ({frozen})" if frozen else gdstudio.__version__
    return [
        Finding("gdstudio", f"{version}, {Path(gdstudio.__file__).parent}"),
        Finding(
            "Python", f"{platform.python_version()} {platform.python_implementation()}, {sys.executable}"
        ),
        Finding(say("system"), platform.platform()),
    ]


def _packages() -> list[Finding]:
    packaged = getattr(sys, "frozen", False)
    return [_package(name, packaged) for name in REQUIRED]


def _package(name: str, packaged: bool) -> Finding:
    """Whether a package is there, and whether its compiled parts load, which an installer does not try."""
    remedy = f"{Path(sys.executable).name} -m pip install --force-reinstall {name}"
    if packaged:
        remedy = say("unpack or install gdstudio again")
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        version = say("in the package") if packaged else ""
    if not version:
        return Finding(name, say("not installed"), False, remedy=remedy.replace("--force-reinstall ", ""))
    try:
        if name in COMPILED:
            importlib.import_module(COMPILED[name])
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        told = say("{0}, but it does not load: {1}").format(version, reason)
        return Finding(name, told, False, remedy=remedy)
    return Finding(name, version)


def _libraries() -> list[Finding]:
    """The system libraries, the fonts, and what else a seen window would take."""
    wanted = system.qt_platform() if system.no_screen() is None else "offscreen"
    needed = system.missing_libraries(system.platform_libraries(wanted))
    every = system.CORE_LIBRARIES | system.XCB_LIBRARIES | system.WAYLAND_LIBRARIES
    other = {name: package for name, package in system.missing_libraries(every).items() if name not in needed}
    value = _missing(needed) if needed else say("all there")
    found = [Finding(say("system libraries"), value, not needed, remedy=system.installation(needed.values()))]
    if other:
        remedy = system.installation(other.values())
        found.append(Finding(say("for a window"), _missing(other), False, False, remedy))
    fonts = system.has_fonts()
    remedy = system.installation([system.FONT_PACKAGE])
    value = say("there") if fonts else say("none found")
    return [*found, Finding(say("fonts"), value, fonts, remedy=remedy)]


def _missing(libraries: Iterable[str]) -> str:
    return say("missing {0}").format(", ".join(libraries))


def _display() -> list[Finding]:
    """What Qt can do on each platform that it would be asked for here, and whether OpenGL is there."""
    unseen = system.no_screen()
    remedy = say("gdstudio render draws pictures without one")
    found = [Finding(say("screen"), unseen or say("there"), unseen is None, needed=False, remedy=remedy)]
    if system.missing_libraries():
        return found
    platforms = ["offscreen"] if unseen else [system.qt_platform(), "offscreen"]
    answers = {name: probe(name) for name in dict.fromkeys(platforms)}
    for name, answer in answers.items():
        error = answer.get("error")
        value = error or say("works, Qt {0}").format(answer["qt"])
        found.append(Finding(say("Qt on {0}").format(name or say("this system")), value, error is None))
    opengl = next((answer["opengl"] for answer in answers.values() if answer.get("opengl")), "")
    remedy = say("without it the 3-D view stays off; everything else works")
    return [
        *found,
        Finding("OpenGL", opengl or say("not usable here"), bool(opengl), needed=False, remedy=remedy),
    ]


def probe(qt_platform: str, seconds: float = 30.0) -> dict[str, str]:
    """Start Qt on one of its platforms, in another process since Qt ends the one it fails in.

    Returns:
        {"qt": version, "opengl": version and renderer, or ""}, or {"error": why it does not start}.
    """
    environment = dict(os.environ)
    if qt_platform:
        environment["QT_QPA_PLATFORM"] = qt_platform
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "gdstudio"]
    command = [*program, "doctor", "--probe"]
    try:
        run = subprocess.run(
            command, env=environment, capture_output=True, text=True, errors="replace", timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return {"error": say("did not start within {0} seconds").format(f"{seconds:g}")}
    if run.returncode == 0:
        return json.loads(run.stdout.splitlines()[-1])
    lines = [line for line in run.stderr.splitlines() if line.strip()]
    return {"error": lines[0] if lines else say("ended with status {0}").format(run.returncode)}


def answer_probe() -> None:
    """The other side of `probe`: start Qt here and print what it has as JSON."""
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

    application = QGuiApplication(["gdstudio"])
    context, surface, opengl = QOpenGLContext(), QOffscreenSurface(), ""
    if context.create():
        surface.setFormat(context.format())
        surface.create()
        if context.makeCurrent(surface):
            from OpenGL import GL

            opengl = f"{GL.glGetString(GL.GL_VERSION).decode()}, {GL.glGetString(GL.GL_RENDERER).decode()}"
            context.doneCurrent()
    del application
    print(json.dumps({"qt": qVersion(), "opengl": opengl}))


def _folders() -> list[Finding]:
    config = paths.config_folder()
    state = "" if config.exists() else say("made when a setting is first saved")
    resources = paths.resource_path()
    return [
        Finding(say("settings"), f"{config} ({state})" if state else str(config)),
        Finding(say("resources"), str(resources), resources.is_dir(), remedy=say("install gdstudio again")),
    ]
