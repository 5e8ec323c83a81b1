"""The engine: graphs, their derivatives, landscapes and races. numpy and the standard library only."""

from __future__ import annotations

from .errors import EngineError, FormulaError, GraphError, ShapeError
from .formula import parse, to_text
from .graph import Graph, Node
from .landscape import Landscape
from .ops import Operation, operations
from .program import Program
from .trace import ChainPath, Edge, Trace

__all__ = [
    "ChainPath",
    "Edge",
    "EngineError",
    "FormulaError",
    "Graph",
    "GraphError",
    "Landscape",
    "Node",
    "Operation",
    "Program",
    "ShapeError",
    "Trace",
    "operations",
    "parse",
    "to_text",
]
