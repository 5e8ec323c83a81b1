"""What the command line understands: its commands with their arguments, and the help about them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from gdstudio import __version__
from gdstudio.cli.outcome import WrongRequest
from gdstudio.text_table import wrapped
from gdstudio.wording import from_engine, say

COMMANDS = ("open", "eval", "race", "render", "list", "lessons", "doctor")
TOPICS = ("functions", "optimizers", "schedules", "operations", "lessons")

MIN_PIXELS, MAX_PIXELS = 200, 8000


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What is asked for; `command` is one of `COMMANDS`. Without one the window is asked for.

    Raises:
        WrongRequest: it makes no sense.
        SystemExit: help or version was asked for, and is printed.
    """
    if not arguments or arguments[0] not in (*COMMANDS, "-h", "--help", "--version"):
        arguments = ["open", *arguments]
    return parser().parse_args(arguments)


def parser() -> argparse.ArgumentParser:
    """What reads a command line; it raises a `WrongRequest` for one that makes no sense."""
    about = say("Computation graphs, their loss surfaces and races of optimizers, in one window.")
    closing = say("Without a command, gdstudio [FILE] opens the window.")
    whole = _Parser("gdstudio", description=about, epilog=closing)
    version = say("show the version and exit")
    whole.add_argument("--version", action="version", version=f"gdstudio {__version__}", help=version)
    commands = whole.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, about: str) -> argparse.ArgumentParser:
        sentence = say("{0}.").format(about[:1].upper() + about[1:])
        added = commands.add_parser(name, help=about, description=sentence)
        added.set_defaults(command=name)
        return added

    def takes_file(parser: argparse.ArgumentParser, nargs: str | None = None) -> None:
        named = say("a document, or the name of a bundled one such as rosenbrock")
        parser.add_argument("file", metavar="FILE", nargs=nargs, help=named)

    open_ = command("open", say("open the window"))
    takes_file(open_, "?")
    open_.add_argument(
        "--new-window",
        action="store_true",
        help=say("open a window even where one that runs could show FILE"),
    )

    evaluate = command("eval", say("print values, gradients and local derivatives of every node"))
    takes_file(evaluate)
    evaluate.add_argument("--json", action="store_true", help=say("print JSON"))

    race = command("race", say("run the race and print the leaderboard"))
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

    render = command("render", say("draw a picture; needs no screen"))
    takes_file(render)
    output = render.add_mutually_exclusive_group(required=True)
    output.add_argument(
        "-o", "--output", metavar="PICTURE", help=say("the file to write: .png, .svg or .pdf")
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
    render.add_argument("--rate", type=_rate, metavar="N", help=say("frames per second of a film (20)"))
    render.add_argument("--theme", choices=("dark", "light"), default="dark")

    list_ = command("list", say("print what there is"))
    list_.add_argument("topic", choices=TOPICS, metavar="|".join(TOPICS))

    lessons = command("lessons", say("print the course, or check that its lessons can be gone through"))
    takes_file(lessons, "*")
    lessons.add_argument("--check", action="store_true", help=say("play every step and try every challenge"))

    doctor = command("doctor", say("tell what is installed, what Qt can use here, and what is missing"))
    doctor.add_argument("--probe", action="store_true", help=argparse.SUPPRESS)
    return whole


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, say("usage: ") if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(text, width - len(indent)))


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the person's language and complains in one line."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(prog, add_help=False, allow_abbrev=False, formatter_class=_Help, **settings)
        self._positionals.title, self._optionals.title = say("arguments"), say("options")
        self.add_argument("-h", "--help", action="help", help=say("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        raise WrongRequest(f"{from_engine(message)} ({self.prog} --help shows the usage)")


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
