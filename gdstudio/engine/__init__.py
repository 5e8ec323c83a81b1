"""The engine: graphs, their derivatives, landscapes and races. numpy and the standard library only."""

from __future__ import annotations

from . import data, functions, optimizers, schedules
from .errors import EngineError, FormulaError, GraphError, ShapeError
from .formula import parse, to_text
from .gradcheck import check_gradients
from .graph import Graph, Node
from .landscape import Landscape
from .ops import Operation, operations
from .program import Program
from .race import Race, Racer, RaceResult
from .replay import Inside, inside
from .trace import ChainPath, Edge, Trace

__all__ = [
    "ChainPath",
    "Edge",
    "EngineError",
    "FormulaError",
    "Graph",
    "GraphError",
    "Inside",
    "Landscape",
    "Node",
    "Operation",
    "Program",
    "Race",
    "RaceResult",
    "Racer",
    "ShapeError",
    "Trace",
    "check_gradients",
    "data",
    "functions",
    "inside",
    "operations",
    "optimizers",
    "parse",
    "schedules",
    "to_text",
]
