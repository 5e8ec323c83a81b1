"""The engine: graphs, their derivatives, landscapes and races. numpy and the standard library only."""

from __future__ import annotations

from . import codegen, data, functions, optimizers, schedules, survey
from .critical import CriticalPoint, critical_points
from .directions import principal_directions, random_directions
from .errors import EngineError, FormulaError, GraphError, ShapeError
from .formula import parse, to_text
from .gradcheck import check_gradients
from .graph import Graph
from .landscape import Landscape
from .node import Node
from .ops import Operation, operations
from .program import Program
from .race import Race
from .racer import Racer
from .record import RaceResult
from .replay import Inside, inside
from .smoothing import SmoothLandscape, smoothed
from .trace import ChainPath, Edge, Trace
from .typeset import latex

__all__ = [
    "ChainPath",
    "CriticalPoint",
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
    "SmoothLandscape",
    "Trace",
    "check_gradients",
    "codegen",
    "critical_points",
    "data",
    "functions",
    "inside",
    "latex",
    "operations",
    "optimizers",
    "parse",
    "principal_directions",
    "random_directions",
    "schedules",
    "smoothed",
    "survey",
    "to_text",
]
