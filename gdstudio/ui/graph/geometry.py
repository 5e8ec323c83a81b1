"""Where things lie on the canvas: the grid, the size of a node and its ports.

Plain geometry in canvas units (pixels at 100 %); nothing here knows a scene, a graph or a theme.
"""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF

GRID = 16.0
NODE_WIDTH = 120.0
NODE_HEIGHT = 80.0
TITLE_HEIGHT = 28.0
ROW_HEIGHT = 22.0
PORT_RADIUS = 5.0
PORT_PITCH = 20.0
CORNER = 8.0
COLUMN_GAP = 40.0
ROW_GAP = 16.0

# How far from a port's centre or a wire's line a press still counts, in screen pixels at 100 %.
PORT_REACH = 11.0
WIRE_REACH = 6.0
# A node that is dropped this near to a wire is put into it.
INSERT_REACH = 16.0


@lru_cache(maxsize=256)
def node_height(ports: int) -> float:
    """Height of a node with `ports` input ports; grows by whole grid steps once they no longer fit."""
    need = (ports + 1) * PORT_PITCH
    return NODE_HEIGHT if need <= NODE_HEIGHT + 4 else math.ceil(need / GRID) * GRID


def node_rect(ports: int) -> QRectF:
    """The body of a node in its own coordinates."""
    return QRectF(0, 0, NODE_WIDTH, node_height(ports))


def title_rect() -> QRectF:
    return QRectF(0, 0, NODE_WIDTH, TITLE_HEIGHT)


def value_rect() -> QRectF:
    """The row with the forward value."""
    return QRectF(8, TITLE_HEIGHT + 2, NODE_WIDTH - 16, ROW_HEIGHT)


def gradient_rect() -> QRectF:
    """The row with the gradient."""
    return value_rect().translated(0, ROW_HEIGHT)


def input_port(slot: int, ports: int) -> QPointF:
    """Centre of input port `slot` of `ports`, on the left edge."""
    height = node_height(ports)
    return QPointF(0, height / 2 + (slot - (ports - 1) / 2) * min(PORT_PITCH + 8, height / (ports + 1) + 4))


def output_port(ports: int) -> QPointF:
    """Centre of the output port, on the right edge."""
    return QPointF(NODE_WIDTH, node_height(ports) / 2)


def snapped(point: QPointF) -> QPointF:
    """The grid point nearest to `point`."""
    return QPointF(round(point.x() / GRID) * GRID, round(point.y() / GRID) * GRID)
