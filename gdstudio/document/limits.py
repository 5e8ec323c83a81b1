"""How much a file may hold."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Limits:
    """How much a file may hold; whatever has more is refused before memory is taken for it.

    The defaults are chosen so that a file is taken or refused within about a second.

    Attributes:
        bytes: size of the file.
        values: entries of all lists and objects of the file together, and these lists and objects themselves.
        nodes: nodes of the graph.
        inputs: of one node.
        wires: inputs of all nodes together.
        entries: of a list among the attributes of a node.
        numbers: numbers in all values of the file together.
        elements: elements of all nodes together, including those that are computed.
        racers, steps: of a race.
        moments: racers times steps times coordinates, which a race keeps in memory.
    """

    bytes: int = 32 * 2**20
    values: int = 2_000_000
    nodes: int = 20_000
    inputs: int = 10_000
    wires: int = 100_000
    entries: int = 1_000
    numbers: int = 1_000_000
    elements: int = 20_000_000
    racers: int = 1_000
    steps: int = 1_000_000
    moments: int = 50_000_000

    def times(self, factor: int) -> Limits:
        """Each of them `factor` times as high."""
        return Limits(**{field.name: factor * getattr(self, field.name) for field in fields(self)})


LIMITS = Limits()
# As far as the settings raise them.
HIGHEST = LIMITS.times(16)
