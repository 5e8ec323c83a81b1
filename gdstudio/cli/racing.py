"""The command race: runs a document's race, prints the leaderboard, and writes what was asked for. It needs no Qt."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gdstudio.cli.naming import check_folder, find
from gdstudio.cli.outcome import DONE, Failure, WrongRequest
from gdstudio.cli.terminal import progress_bar, screen_width
from gdstudio.wording import say

if TYPE_CHECKING:
    from gdstudio.document import Document


def race(request: argparse.Namespace) -> int:
    """The command race."""
    if request.csv == "-" and request.json:
        raise WrongRequest("--csv - and --json would mix on standard output; give --csv a file")
    document = find(request.file)
    for path in (request.csv, request.save):
        if path not in (None, "-"):
            check_folder(path)
    print_race(document, request.steps or document.race.steps, request.json, request.csv, request.save)
    return DONE


def print_race(
    document: Document, steps: int, as_json: bool = False, csv: str | None = None, save: str | None = None
) -> None:
    """Run the race of a document and print its leaderboard; `csv` and `save` name files to write as well."""
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
    with progress_bar(sys.stderr, say("racing")) as progress:
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
        print(report.leaderboard(result, names, screen_width()))
