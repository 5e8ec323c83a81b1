"""Our engine beside its peers, and the ratios that must hold.

`python -m tests.benchmarks` runs it; with all peers installed it takes about a minute. Absolute times depend on the
machine, ratios much less. Two things move them: who else uses the machine (see --processor-time), and the C library's
memory. glibc gives freed memory of megabytes back to the system, so that each fresh array costs a page fault for every
4 kB: 2,500 to 5,000 for Rosenbrock's surface by autograd, three quarters of its time. It stops doing so for good once
any library has freed a piece of nearly 32 MB, as torch does in its first run. So numpy and autograd are several times
quicker in a process in which torch has run than by themselves. They come before it here, as people run them;
--keep-memory lets nobody wait for page faults from the start.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from . import measure, ours, peers_plain, problems
from .measure import Case, Contender, Measured, duration

_GRID = 512
_STARTS, _ADAM_STEPS = 512, 50
_RACE_STEPS, _TORCH_RACE_STEPS = 1000, 60
_TRAINING_STEPS = 200
# Some rows of 256 x 256; each costs the same.
_SLICE = (16, 256)


@dataclass(frozen=True)
class Target:
    """A peer at a task: at least `floor` times our time, better `goal` times."""

    peer: str
    floor: float
    goal: float


@dataclass(frozen=True)
class Task:
    """A row of the table.

    Attributes:
        cases: makes the cases, given the peers' modules by name; a ratio is the geometric mean over them.
        seconds: of measuring for each case.
    """

    name: str
    targets: tuple[Target, ...]
    cases: Callable[[dict[str, ModuleType]], list[Case]]
    seconds: float = 1.0


_PEERS = {"torch": "torch", "jax": "jax and optax", "autograd": "autograd"}


def available(wanted: Sequence[str]) -> dict[str, ModuleType]:
    """The peers that are wanted and installed; a line on standard error for each that is not installed."""
    found = {}
    for name in wanted:
        try:
            found[name] = importlib.import_module(f".peers_{name}", __package__)
        except ImportError as error:
            print(f"{_PEERS[name]}: not installed, left out ({error})", file=sys.stderr)
    return found


def _surfaces(peers: dict[str, ModuleType]) -> list[Case]:
    cases = []
    for task in problems.SURFACES:
        rivals = {"numpy node by node": Contender(peers_plain.surface(task, _GRID))}
        if "autograd" in peers:
            rivals["autograd"] = Contender(peers["autograd"].surface(task, _GRID))
        if "jax" in peers:
            rivals["jax.jit on axes"] = Contender(peers["jax"].surface(task, _GRID))
            rivals["jax.jit on points"] = Contender(peers["jax"].surface_of_points(task, _GRID))
        cases.append(Case(task.name, Contender(ours.surface(task, _GRID)), rivals))
    return cases


def _eager_surfaces(peers: dict[str, ModuleType]) -> list[Case]:
    return _surfaces_by("torch eager", peers["torch"].surface) if "torch" in peers else []


def _compiled_surfaces(peers: dict[str, ModuleType]) -> list[Case]:
    return _surfaces_by("torch.compile", peers["torch"].compiled_surface) if "torch" in peers else []


def _surfaces_by(peer: str, make: Callable[[problems.Surface, int], ours.Run]) -> list[Case]:
    return [
        Case(task.name, Contender(ours.surface(task, _GRID)), {peer: Contender(make(task, _GRID))})
        for task in problems.SURFACES
    ]


def _first_surfaces(peers: dict[str, ModuleType]) -> list[Case]:
    if "jax" not in peers:
        return []
    return [
        Case(
            task.name,
            Contender(ours.first_surface(task, _GRID)),
            {"jax.jit with compiling": Contender(peers["jax"].first_surface(task, _GRID))},
        )
        for task in problems.SURFACES
    ]


def _races(peers: dict[str, ModuleType]) -> list[Case]:
    racers = len(problems.RACERS)
    cases = []
    if "torch" in peers:
        rivals = {
            "torch.optim": Contender(peers["torch"].race(_TORCH_RACE_STEPS), racers * _TORCH_RACE_STEPS)
        }
        prepared = Contender(ours.race(_RACE_STEPS), racers * _RACE_STEPS)
        cases.append(Case("prepared", prepared, rivals, compared=_beginning))
    if "jax" in peers:
        rivals = {"jax with compiling": Contender(peers["jax"].first_race(_RACE_STEPS), racers * _RACE_STEPS)}
        fresh = Contender(ours.first_race(_RACE_STEPS), racers * _RACE_STEPS)
        cases.append(Case("from the graph on", fresh, rivals, compared=_beginning))
    return cases


def _beginning(losses: np.ndarray) -> np.ndarray:
    """The steps of a race over which answers must agree: near a minimum RMSprop turns a last bit into a tenth."""
    return losses[:, :_TORCH_RACE_STEPS]


def _adam(peers: dict[str, ModuleType]) -> list[Case]:
    arguments = (_STARTS, _ADAM_STEPS)
    units = float(_STARTS**2 * _ADAM_STEPS)
    rivals = {"numpy unblocked": Contender(peers_plain.adam_starts(*arguments), units)}
    for name, title in (("torch", "torch.optim"), ("jax", "jax scan")):
        if name in peers:
            rivals[title] = Contender(peers[name].adam_starts(*arguments), units)
    return [Case("Adam", Contender(ours.adam_starts(*arguments), units), rivals)]


def _scalars(peers: dict[str, ModuleType]) -> list[Case]:
    operations = problems.scalar_graph()
    rivals = {"an object a scalar": Contender(peers_plain.scalar_graph(operations))}
    for name in ("torch", "autograd"):
        if name in peers:
            rivals[name] = Contender(peers[name].scalar_graph(operations))
    return [Case("scalars", Contender(ours.scalar_graph(operations)), rivals)]


def _training(peers: dict[str, ModuleType]) -> list[Case]:
    net = problems.network()
    rivals = {}
    for name, title in (("torch", "torch eager"), ("jax", "jax.jit per step")):
        if name in peers:
            rivals[title] = Contender(peers[name].training(net, _TRAINING_STEPS), _TRAINING_STEPS)
    return [Case("training", Contender(ours.training(net, _TRAINING_STEPS), _TRAINING_STEPS), rivals)]


def _slice(peers: dict[str, ModuleType]) -> list[Case]:
    net = problems.network()
    rivals = {}
    for name, title in (("torch", "torch.func in blocks"), ("jax", "jax")):
        if name in peers:
            rivals[title] = Contender(peers[name].network_slice(net, _SLICE))
    return [Case("slice", Contender(ours.network_slice(net, _SLICE)), rivals)]


TASKS = {
    "surfaces": Task(
        "six surfaces, value and gradient, 512 x 512",
        (Target("autograd", 17, 27), Target("numpy node by node", 6, 10), Target("jax.jit", 1.0, 2)),
        _surfaces,
    ),
    "edit": Task("edit to first surface", (Target("jax.jit with compiling", 20, 100),), _first_surfaces, 0.5),
    # From here on torch runs, and numpy and autograd wait for no page faults.
    "eager": Task(
        "six surfaces, value and gradient, 512 x 512", (Target("torch eager", 5, 9),), _eager_surfaces
    ),
    "race": Task(
        "race of 8 rules, 1,000 steps",
        (Target("torch.optim", 400, 620), Target("jax with compiling", 40, 80)),
        _races,
        5.0,
    ),
    "adam": Task(
        "Adam from 512 x 512 starts",
        (Target("torch.optim", 4, 5), Target("numpy unblocked", 3, 3.7), Target("jax scan", 0.5, 0.65)),
        _adam,
        3.0,
    ),
    "scalars": Task(
        "graph of 1,000 scalar operations",
        (Target("torch", 60, 100), Target("an object a scalar", 30, 45), Target("autograd", 200, 300)),
        _scalars,
        2.0,
    ),
    "training": Task(
        "MLP 2-32-32-3, training step",
        (Target("torch eager", 7, 11), Target("jax.jit per step", 1.0, 2)),
        _training,
        2.0,
    ),
    "slice": Task(
        "MLP slice of 256 columns, value and gradient",
        (Target("torch.func in blocks", 2, 4), Target("jax", 0.5, 1)),
        _slice,
        3.0,
    ),
    "compiled": Task(
        "six surfaces, value and gradient, 512 x 512", (Target("torch.compile", 0.65, 1.1),), _compiled_surfaces, 0.5
    ),
}  # fmt: skip


def _with_best_form(results: Sequence[Measured]) -> list[Measured]:
    """jax has two forms of a surface; the quicker one counts."""
    merged = []
    for result in results:
        forms = [seconds for peer, seconds in result.peers.items() if peer.startswith("jax.jit on ")]
        best = {"jax.jit": min(forms)} if forms else {}
        merged.append(Measured(result.case, result.ours, {**result.peers, **best}))
    return merged


def rows(task: Task, results: Sequence[Measured]) -> Iterator[str]:
    """The lines of the table for a task: one for each peer that took part."""
    for target in task.targets:
        reached = measure.ratio(results, target.peer)
        if reached is None:
            continue
        verdict = "goal" if reached >= target.goal else "floor" if reached >= target.floor else "MISSED"
        yield (
            f"| {task.name} | {target.peer} | {target.floor:g} | {target.goal:g} | {reached:.3g} | {verdict} |"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        "python -m tests.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "tasks", nargs="*", metavar="TASK", help=f"of {', '.join(TASKS)}; all when none is named"
    )
    parser.add_argument(
        "--peers",
        nargs="*",
        default=list(_PEERS),
        choices=list(_PEERS),
        metavar="PEER",
        help="of torch, jax, autograd",
    )
    parser.add_argument(
        "--processor-time",
        action="store_true",
        help="one core, processor time, quickest turns: for a machine that others use, where elapsed times mean nothing",
    )
    parser.add_argument(
        "--keep-memory",
        action="store_true",
        help="let no library wait for page faults of freed memory (glibc only): the best case of every peer",
    )
    parser.add_argument("--patience", type=float, default=1.0, help="measure so many times as long")
    given = parser.parse_args(arguments)
    for name in given.tasks:
        if name not in TASKS:
            parser.error(f"there is no task {name!r}; there are {', '.join(TASKS)}")
    watch = measure.PROCESSOR if given.processor_time else measure.ELAPSED
    peers = available(given.peers)
    table = ["| task | peer | floor | goal | measured | |", "|---|---|---|---|---|---|"]
    for name in given.tasks or TASKS:
        task = TASKS[name]
        results = []
        for case in task.cases(peers):
            result = measure.measure(case, task.seconds * given.patience, watch)
            results.append(result)
            others = ", ".join(f"{peer} {duration(seconds)}" for peer, seconds in result.peers.items())
            print(f"{name}: {result.case}: ours {duration(result.ours)}; {others}", flush=True)
        table += rows(task, _with_best_form(results))
    print("\nThe peer's time over ours:\n")
    print("\n".join(table))
    return 0
