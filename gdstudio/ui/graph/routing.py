"""The way of a wire: one curve where nothing is in between, else along a lane that is free of nodes.

Plain geometry in canvas units; the nodes are rows (left, top, right, bottom) of an array.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from gdstudio.ui.graph.geometry import COLUMN_GAP

# Wires that run less than this to the right turn round instead of squeezing into an S.
_FORWARD = 12.0
_BEND = 28.0
# How far a lane keeps from nodes, and how far one may lead from the two ends.
_CLEARANCE = 9.0
_DETOUR = 400.0
# Below the turn of a returning wire there must be room for the flag of an output node.
_FLAG = 28.0
_T = np.linspace(0.0, 1.0, 65)[1:-1]
_BASIS = np.stack([(1 - _T) ** 3, 3 * _T * (1 - _T) ** 2, 3 * _T**2 * (1 - _T), _T**3], axis=1)


def wire_path(start: QPointF, end: QPointF, bodies: np.ndarray | None = None) -> QPainterPath:
    """The curve from an output port to an input port, around `bodies` of shape (n, 4) where that is possible."""
    near = _between(start, end, bodies)
    if end.x() - start.x() >= _FORWARD:
        reach = _reach(start, end)
        if len(near) and _crosses(start, end, reach, near):
            lane = _free_lane(start, end, near, start.x() + COLUMN_GAP, end.x() - COLUMN_GAP)
            if lane is not None:
                return _along(start, end, lane)
        path = QPainterPath(start)
        path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end)
        return path
    left, right = min(end.x(), start.x()), max(end.x(), start.x())
    lane = _free_lane(start, end, near, left, right) if len(near) else None
    return _returning(start, end, (start.y() + end.y()) / 2 if lane is None else lane)


def _reach(start: QPointF, end: QPointF) -> float:
    """How far the control points of a direct curve lie from its ends; it leaves and arrives horizontally."""
    run, fall = end.x() - start.x(), end.y() - start.y()
    return max(min(run * 0.5, 120.0), min(abs(fall) * 0.25, 48.0))


def _along(start: QPointF, end: QPointF, lane: float) -> QPainterPath:
    """To the lane in the gap after the start, along it, and to the end in the gap before it."""
    on, off = QPointF(start.x() + COLUMN_GAP, lane), QPointF(end.x() - COLUMN_GAP, lane)
    half = QPointF(COLUMN_GAP / 2, 0)
    path = QPainterPath(start)
    path.cubicTo(start + half, on - half, on)
    path.lineTo(off)
    path.cubicTo(off + half, end - half, end)
    return path


def _returning(start: QPointF, end: QPointF, lane: float) -> QPainterPath:
    """Round to the left, along the lane, and round into the end."""
    bend = QPointF(_BEND, 0)
    turn = QPointF(max(start.x(), end.x()), lane)
    back = QPointF(min(start.x(), end.x()), lane)
    path = QPainterPath(start)
    path.cubicTo(start + bend, turn + bend, turn)
    path.lineTo(back)
    path.cubicTo(back - bend, end - bend, end)
    return path


def _between(start: QPointF, end: QPointF, bodies: np.ndarray | None) -> np.ndarray:
    """The nodes that a way from start to end might meet."""
    if bodies is None:
        return np.empty((0, 4))
    left, right = min(start.x(), end.x()) + 1, max(start.x(), end.x()) - 1
    if end.x() - start.x() < _FORWARD:
        left, right = left - _BEND, right + _BEND
    top, bottom = min(start.y(), end.y()) - _DETOUR, max(start.y(), end.y()) + _DETOUR
    meets = (bodies[:, 0] < right) & (bodies[:, 2] > left) & (bodies[:, 1] < bottom) & (bodies[:, 3] > top)
    return bodies[meets]


def _crosses(start: QPointF, end: QPointF, reach: float, bodies: np.ndarray) -> bool:
    """Whether the direct curve, sampled, runs through one of the bodies."""
    x0, x1 = start.x(), end.x()
    x = _BASIS @ np.array([x0, x0 + reach, x1 - reach, x1])
    y = _BASIS @ np.array([start.y(), start.y(), end.y(), end.y()])
    x, y = x[:, None], y[:, None]
    inside = (x > bodies[:, 0]) & (x < bodies[:, 2]) & (y > bodies[:, 1] - 2) & (y < bodies[:, 3] + 2)
    return bool(inside.any())


def _free_lane(start: QPointF, end: QPointF, bodies: np.ndarray, left: float, right: float) -> float | None:
    """The height nearest to both ends at which nothing lies between `left` and `right`."""
    across = bodies[(bodies[:, 0] < right) & (bodies[:, 2] > left)]
    heights = np.concatenate(
        [across[:, 1] - _FLAG, across[:, 1] - _CLEARANCE, across[:, 3] + _CLEARANCE, [start.y(), end.y()]]
    )
    # A height is free when no body that begins above it reaches below it.
    by_top = across[np.argsort(across[:, 1])]
    reached = np.maximum.accumulate(by_top[:, 3]) + _CLEARANCE - 1
    above = np.searchsorted(by_top[:, 1] - _CLEARANCE + 1, heights)
    taken = (
        (above > 0) & (heights < reached[above - 1]) if len(reached) else np.zeros(len(heights), dtype=bool)
    )
    free = heights[~taken]
    if not len(free):
        return None
    detour = np.abs(free - start.y()) + np.abs(free - end.y())
    # Of lanes that are equally near the one in the middle of the two ends looks best.
    middle = np.abs(free - (start.y() + end.y()) / 2)
    return float(free[np.argmin(detour + 0.01 * middle)])
