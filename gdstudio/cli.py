"""The command line: open | eval | race | render | list | lessons | doctor.

Exit status: 0 done, 1 the work failed, 2 the request was wrong. An error is one line on standard error. Qt is
imported only by what needs a window or a picture. People are spoken to in their language; JSON and CSV have one.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from gdstudio import __version__, instances, system, wording
from gdstudio.text_table import table, width_of
from gdstudio.wording import from_engine, say

if TYPE_CHECKING:
    from gdstudio.document import Document, Limits

COMMANDS = ("open", "eval", "race", "render", "list", "lessons", "doctor")
TOPICS = ("functions", "optimizers", "schedules", "operations", "lessons")
START_DOCUMENT = "line_fit"
FALLBACK_PICTURE = "gdstudio.png"

MIN_PIXELS, MAX_PIXELS = 200, 8000
BAR_WIDTH = 30

DONE, FAILED, WRONG_REQUEST, INTERRUPTED = 0, 1, 2, 130


class Failure(Exception):
    """The work cannot be done; the text is the one line to show."""


class WrongRequest(Exception):
    """What was asked for makes no sense; the text is the one line to show."""


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, say("usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the person's language and complains in one line."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(prog, add_help=False, allow_abbrev=False, formatter_class=_Help, **settings)
        self._positionals.title, self._optionals.title = say("arguments"), say("options")
        self.add_argument("-h", "--help", action="help", help=say("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        raise WrongRequest(f"{from_engine(message)} ({self.prog} --help shows the usage)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # A program of Windows that has no terminal has no streams either.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a character shows "?" for it.
            stream.reconfigure(errors="replace")
    # The engine has threads of its own; those of OpenBLAS would wait for each other by spinning (see `engine.blas`).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    wording.speak(wording.chosen())
    try:
        status = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return _complain(say("interrupted"), INTERRUPTED)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else DONE
    except WrongRequest as error:
        return _complain(error, WRONG_REQUEST)
    except Failure as error:
        return _complain(error, FAILED)
    except Exception as error:
        if _has_no_reader(error):
            # It has what it wanted. Python would complain once more when it flushes at exit.
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        if sys.flags.dev_mode:
            raise
        return _complain(*_explained(error))


def _has_no_reader(error: Exception) -> bool:
    """Whether output was refused since nobody reads it any more; Windows calls that an invalid argument."""
    if not isinstance(error, OSError) or error.filename is not None:
        return False
    return error.errno == errno.EPIPE or (sys.platform == "win32" and error.errno == errno.EINVAL)


def _explained(error: Exception) -> tuple[str, int]:
    """One line and an exit status for an exception from further down."""
    if isinstance(error, ImportError):
        return say("{0} (gdstudio doctor tells what is missing)").format(error), FAILED
    from gdstudio.document import DocumentError
    from gdstudio.engine import EngineError

    match error:
        case DocumentError():
            return str(error), WRONG_REQUEST
        case EngineError():
            return str(error), FAILED
        case MemoryError():
            return say("not enough memory for this"), FAILED
        case OSError(strerror=str(reason)):
            reason = wording.reason(reason)
            return f"{error.filename}: {reason}" if error.filename else reason, FAILED
        case OSError():
            return str(error), FAILED
    told = say("unexpected {0}: {1} (python -X dev -m gdstudio shows where)")
    return told.format(type(error).__name__, error), FAILED


def _complain(message: object, status: int) -> int:
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sentence = from_engine(" ".join(str(message).split()))
        print(f"gdstudio: {sentence}", file=sys.stderr)
    return status


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in (*COMMANDS, "-h", "--help", "--version"):
        arguments = ["open", *arguments]
    request = _parser().parse_args(arguments)
    return request.run(request)


def _parser() -> argparse.ArgumentParser:
    about = say("Computation graphs, their loss surfaces and races of optimizers, in one window.")
    closing = say("Without a command, gdstudio [FILE] opens the window.")
    parser = _Parser("gdstudio", description=about, epilog=closing)
    version = say("show the version and exit")
    parser.add_argument("--version", action="version", version=f"gdstudio {__version__}", help=version)
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        sentence = say("{0}.").format(about[:1].upper() + about[1:])
        added = commands.add_parser(name, help=about, description=sentence)
        added.set_defaults(run=run)
        return added

    def takes_file(parser: argparse.ArgumentParser, nargs: str | None = None) -> None:
        named = say("a document, or the name of a bundled one such as rosenbrock")
        parser.add_argument("file", metavar="FILE", nargs=nargs, help=named)

    open_ = command("open", _open, say("open the window"))
    takes_file(open_, "?")
    open_.add_argument(
        "--new-window",
        action="store_true",
        help=say("open a window even where one that runs could show FILE"),
    )

    evaluate = command("eval", _eval, say("print values, gradients and local derivatives of every node"))
    takes_file(evaluate)
    evaluate.add_argument("--json", action="store_true", help=say("print JSON"))

    race = command("race", _race, say("run the race and print the leaderboard"))
    takes_file(race)
    race.add_argument("--steps", type=_count, metavar="N", help=say("steps, instead of the document's"))
    race.add_argument(
        "--csv", metavar="F", help=say("write every racer at every step to F (- for standard output)")
    )
    race.add_argument("--json", action="store_true", help=say("print JSON"))
    race.add_argument(
        "--save",
        metavar="F",
        help=say("write the race and what it takes to run it again: .csv, .json or .npz"),
    )

    render = command("render", _render, say("draw a picture; needs no screen"))
    takes_file(render)
    output = render.add_mutually_exclusive_group(required=True)
    output.add_argument(
        "-o", "--output", metavar="PICTURE", help=say("the file to write: .svg, .pdf, else PNG")
    )
    output.add_argument(
        "--animate", metavar="FILM", help=say("write the playback of the race: .gif or .webp")
    )
    render.add_argument(
        "--view", choices=("window", "graph", "landscape", "race", "curves"), default="window"
    )
    render.add_argument(
        "--size", type=_size, default=(1600, 1000), metavar="WxH", help=say("pixels (1600x1000)")
    )
    render.add_argument(
        "--step", type=_step, metavar="N", help=say("the step of the race to show (the last)")
    )
    render.add_argument(
        "--every", type=_count, metavar="N", help=say("steps per frame of a film (for about 120 frames)")
    )
    render.add_argument(
        "--rate", type=_rate, default=20, metavar="N", help=say("frames per second of a film (20)")
    )
    render.add_argument("--theme", choices=("dark", "light"), default="dark")

    list_ = command("list", _list, say("print what there is"))
    list_.add_argument("topic", choices=TOPICS, metavar="|".join(TOPICS))

    lessons = command(
        "lessons", _lessons, say("print the course, or check that its lessons can be gone through")
    )
    takes_file(lessons, "*")
    lessons.add_argument("--check", action="store_true", help=say("play every step and try every challenge"))

    doctor = command(
        "doctor", _doctor, say("tell what is installed, what Qt can use here, and what is missing")
    )
    doctor.add_argument("--probe", action="store_true", help=argparse.SUPPRESS)
    return parser


def _count(text: str) -> int:
    return _whole(text, 1, 1_000_000)


def _rate(text: str) -> int:
    return _whole(text, 1, 50)


def _step(text: str) -> int:
    return _whole(text, 0, 1_000_000)


def _whole(text: str, low: int, high: int) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not low <= int(text) <= high:
        raise argparse.ArgumentTypeError(f'must be a whole number from {low} to {high:,}, not "{text}"')
    return int(text)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text, re.ASCII)
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(MIN_PIXELS <= pixels <= MAX_PIXELS for pixels in size):
        raise argparse.ArgumentTypeError(
            f"must be WIDTHxHEIGHT in pixels, each from {MIN_PIXELS} to {MAX_PIXELS}, such as 1600x1000, "
            f'not "{text}"'
        )
    return size


def _open(request: argparse.Namespace) -> int:
    unseen = system.no_screen()
    if unseen:
        return _open_unseen(None if request.file is None else _find(request.file), unseen)
    path = None if request.file is None else Path(request.file)
    if path is None or path.is_file():
        if not request.new_window and instances.hand_over(path):
            return DONE
        # It is read when the window is in sight, which also tells what is wrong with it.
        return _run_window(*(() if path is None else (partial(_read, path), path, path.name)))
    from gdstudio.document import library

    document, path = library.find(request.file), library.path_of(request.file)
    if path is None and not request.new_window and instances.hand_over(name=request.file):
        return DONE
    return _run_window(lambda _limits: document, path, request.file)


def _run_window(*document: Any) -> int:
    _require_qt(system.qt_platform())
    from gdstudio.ui import application

    return application.run(*document)


def _read(path: Path, limits: Limits) -> Document:
    from gdstudio.document import files

    return files.read(path, limits)


def _find(name: str) -> Document:
    """The file or the bundled document of that name."""
    from gdstudio import raised_limits
    from gdstudio.document import library

    return library.find(name, raised_limits.limits())


def _open_unseen(document: Document | None, reason: str) -> int:
    """With nobody to see a window: its picture, and the race in words."""
    from gdstudio.document import library

    document = document or library.get(START_DOCUMENT)
    told = say("No screen here: {0}. Drawing the window to {1} instead.")
    print(f"{told.format(reason, FALLBACK_PICTURE)}\n", flush=True)
    _print_race(document, document.race.steps)
    _draw(document, FALLBACK_PICTURE, view="window", size=(1600, 1000))
    print(f"\n{say('{0} shows the window.').format(FALLBACK_PICTURE)}")
    return DONE


def _eval(request: argparse.Namespace) -> int:
    from gdstudio import report

    trace = _find(request.file).graph.trace()
    print(
        json.dumps(report.evaluation_json(trace))
        if request.json
        else report.evaluation(trace, _screen_width())
    )
    return DONE


def _race(request: argparse.Namespace) -> int:
    document = _find(request.file)
    for path in (request.csv, request.save):
        if path not in (None, "-"):
            _check_folder(path)
    _print_race(document, request.steps or document.race.steps, request.json, request.csv, request.save)
    return DONE


def _print_race(
    document: Document, steps: int, as_json: bool = False, csv: str | None = None, save: str | None = None
) -> None:
    from gdstudio import engine, raised_limits, report

    racers = document.race_inputs()
    if not racers:
        raise Failure("the document has no racer that is switched on, so there is nothing to race")
    moments = len(racers) * steps * len(document.coordinates)
    most = raised_limits.limits().moments
    if moments > most:
        raise WrongRequest(
            f"{steps:,} steps of this race are {moments:,} numbers to keep; at most {most:,} fit"
        )
    race = engine.Race(document.graph.compile(), racers, steps=steps, seed=document.race.seed)
    with _progress_bar(sys.stderr, say("racing")) as progress:
        result = race.run(progress=progress)
    if save is not None:
        from gdstudio import race_files

        raced = document.replace(race=document.race.replace(steps=steps))
        race_files.write_race(raced, result, Path(save))
    names = [racer.label for racer in document.race.racers if racer.enabled]
    if csv == "-":
        report.write_csv(result, names, sys.stdout)
    elif csv is not None:
        from gdstudio.document.replacing import replacing

        with replacing(csv) as temporary, open(temporary, "w", encoding="utf-8", newline="") as file:
            report.write_csv(result, names, file)
    if as_json:
        print(json.dumps(report.race_json(result, names)))
    elif csv != "-":
        print(report.leaderboard(result, names, _screen_width()))


def _render(request: argparse.Namespace) -> int:
    document = _find(request.file)
    if request.animate is not None:
        _film(document, request)
        return DONE
    _draw(
        document, request.output, view=request.view, size=request.size, step=request.step, theme=request.theme
    )
    return DONE


def _film(document: Document, request: argparse.Namespace) -> None:
    _prepare_drawing(request.animate)
    from gdstudio.animation import AnimationError
    from gdstudio.ui.animation import command

    try:
        with _progress_bar(sys.stderr, say("filming")) as progress:
            command.film(
                document, Path(request.animate), view=request.view, size=request.size, every=request.every,
                rate=request.rate, theme=request.theme, progress=progress,
            )  # fmt: skip
    except AnimationError as error:
        raise WrongRequest(str(error)) from None


def _draw(document: Document, path: str, **how: Any) -> None:
    _prepare_drawing(path)
    from gdstudio.ui import render

    render.render(document, path, **how)


def _check_folder(path: str) -> None:
    """Refuse what cannot be written before any work is done for it."""
    folder = Path(path).parent
    if not folder.is_dir():
        raise WrongRequest(f"there is no folder {folder} to write {Path(path).name} to")


def _prepare_drawing(path: str) -> None:
    """Have Qt draw without a screen, into a file that can be written."""
    _check_folder(path)
    if sys.platform.startswith("linux"):
        # Pictures are the same with and without a screen; what that platform cannot do is nobody's concern.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    _require_qt("offscreen")


def _require_qt(platform: str) -> None:
    """Refuse with the names of Debian packages where Qt would end the process, or not even load."""
    missing = system.missing_libraries(system.platform_libraries(platform))
    if missing:
        raise Failure(
            f"Qt needs {', '.join(missing)}, which this system lacks; "
            f"on Debian or Ubuntu: {system.installation(missing.values())}"
        )
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        raise Failure(f"Qt does not load: {error} (gdstudio doctor tells more)") from error


def _list(request: argparse.Namespace) -> int:
    print(table((say("name"), say("what")), _catalogue(request.topic), width=_screen_width()))
    return DONE


def _catalogue(topic: str) -> list[tuple[str, str]]:
    """Names with a line about each."""
    from gdstudio.document import library
    from gdstudio.engine import functions, operations, optimizers, schedules

    match topic:
        case "functions":
            tests = map(functions.get, functions.names())
            return [(test.name, _titled(test.title, test.teaches)) for test in tests]
        case "optimizers":
            rules = map(optimizers.get, optimizers.names())
            return [(rule.name, _titled(rule.title, rule.meaning)) for rule in rules]
        case "schedules":
            return [(name, from_engine(schedules.row(name).meaning)) for name in schedules.names()]
        case "operations":
            return [(row.name, from_engine(row.meaning)) for row in operations.values()]
        case _:
            return [(name, _title(library.get(name))) for name in library.lessons()]


def _titled(title: str, meaning: str) -> str:
    """A title and what it stands for, in the person's language."""
    return say("{0}: {1}").format(from_engine(title), from_engine(meaning))


def _title(document: Document) -> str:
    """What a document is called in the person's language."""
    return str((document.lesson or {}).get(f"title.{wording.spoken()}") or from_engine(document.title))


def _lessons(request: argparse.Namespace) -> int:
    from gdstudio.document import lessons, rehearsal

    names = request.file or lessons.names()
    if not request.check:
        documents = ((name, _find(name)) for name in names)
        rows = [
            (name, str(len((made.lesson or {}).get("steps", ()))), _title(made)) for name, made in documents
        ]
        header = (say("name"), say("steps"), say("title"))
        print(table(header, rows, numeric=(1,), width=_screen_width()))
        return DONE
    broken = 0
    for name in names:
        found = rehearsal.faults(_find(name))
        broken += bool(found)
        for fault in found:
            print(f"{name}: {from_engine(fault)}", flush=True)
    told = say("{0} lesson, {1} broken") if len(names) == 1 else say("{0} lessons, {1} broken")
    print(told.format(len(names), broken or say("none")))
    return FAILED if broken else DONE


def _doctor(request: argparse.Namespace) -> int:
    from gdstudio import doctor

    if request.probe:
        doctor.answer_probe()
        return DONE
    findings = doctor.examine()
    print(doctor.report(findings))
    return DONE if doctor.is_sound(findings) else FAILED


def _screen_width() -> int | None:
    """Columns of the terminal that is written to; None for a file or a pipe, where nothing is cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


@contextlib.contextmanager
def _progress_bar(stream: TextIO, work: str) -> Iterator[Callable[[float], None] | None]:
    """Gives a function of the fraction done that draws a bar on a terminal, and wipes it at the end."""
    if not stream.isatty():
        yield None
        return
    drawn, width = 0.0, 0

    def show(fraction: float) -> None:
        nonlocal drawn, width
        now = time.monotonic()
        if now - drawn < 0.05 and fraction < 1.0:
            return
        drawn = now
        full = round(fraction * BAR_WIDTH)
        line = f"{work} {'█' * full}{'░' * (BAR_WIDTH - full)} {fraction:4.0%}"
        width = width_of(line)
        stream.write(f"\r{line}")
        stream.flush()

    try:
        show(0.0)
        yield show
    finally:
        # Spaces: not every terminal of Windows knows the sequence that wipes a line.
        stream.write(f"\r{' ' * width}\r")
        stream.flush()
