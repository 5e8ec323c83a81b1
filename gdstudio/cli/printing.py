"""Commands that print what is known: eval, list, lessons and doctor. They need no Qt."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from gdstudio import wording
from gdstudio.cli.naming import find
from gdstudio.cli.outcome import DONE, FAILED
from gdstudio.cli.terminal import screen_width
from gdstudio.text_table import table
from gdstudio.wording import from_engine, say

if TYPE_CHECKING:
    from gdstudio.document import Document


def evaluate(request: argparse.Namespace) -> int:
    """The command eval."""
    from gdstudio import report

    trace = find(request.file).graph.trace()
    print(
        json.dumps(report.evaluation_json(trace))
        if request.json
        else report.evaluation(trace, screen_width())
    )
    return DONE


def list_topic(request: argparse.Namespace) -> int:
    """The command list."""
    print(table((say("name"), say("what")), _catalogue(request.topic), width=screen_width()))
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


def list_lessons(request: argparse.Namespace) -> int:
    """The command lessons: the course, or what is wrong with it."""
    from gdstudio.document import lessons, rehearsal

    names = request.file or lessons.names()
    if not request.check:
        documents = ((name, find(name)) for name in names)
        rows = [
            (name, str(len((made.lesson or {}).get("steps", ()))), _title(made)) for name, made in documents
        ]
        header = (say("name"), say("steps"), say("title"))
        print(table(header, rows, numeric=(1,), width=screen_width()))
        return DONE
    broken = 0
    for name in names:
        found = rehearsal.faults(find(name))
        broken += bool(found)
        for fault in found:
            print(f"{name}: {from_engine(fault)}", flush=True)
    told = say("{0} lesson, {1} broken") if len(names) == 1 else say("{0} lessons, {1} broken")
    print(told.format(len(names), broken or say("none")))
    return FAILED if broken else DONE


def _title(document: Document) -> str:
    """What a document is called in the person's language."""
    return str((document.lesson or {}).get(f"title.{wording.spoken()}") or from_engine(document.title))


def examine(request: argparse.Namespace) -> int:
    """The command doctor."""
    from gdstudio import doctor

    if request.probe:
        doctor.answer_probe()
        return DONE
    findings = doctor.examine()
    print(doctor.report(findings))
    return DONE if doctor.is_sound(findings) else FAILED
