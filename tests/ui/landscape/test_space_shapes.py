"""The shapes of the space view: the relief, lines on it, marbles and tangent planes."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.ui.landscape import space_shapes as shapes
from gdstudio.ui.landscape.colour_scale import ColourScale
from gdstudio.ui.landscape.contours import contours
from gdstudio.ui.landscape.drawing import Surface

XS = np.linspace(-2.0, 2.0, 41)
YS = np.linspace(0.0, 1.0, 31)


def sloped(holes: bool = False) -> tuple[Surface, shapes.Box]:
    """The plane x + 2 y, whose losses run from -2 to 4."""
    z = XS[:, None] + 2.0 * YS[None, :]
    if holes:
        z[10, 10] = np.nan
    return Surface(XS, YS, z), shapes.Box((-2.0, 2.0), (0.0, 1.0), ColourScale.of(z, "linear"))


def test_the_box_holds_the_whole_surface():
    surface, box = sloped()
    mesh = shapes.relief(surface, box, "viridis")
    assert mesh.vertices.min(axis=0) == pytest.approx([-1.0, -1.0, 0.0])
    assert mesh.vertices.max(axis=0) == pytest.approx([1.0, 1.0, shapes.HEIGHT])
    assert len(mesh.faces) == 2 * 40 * 30 and mesh.faces.max() == len(mesh.vertices) - 1


def test_a_hole_has_no_triangles_and_nothing_else_is_missing():
    mesh = shapes.relief(*sloped(holes=True), "viridis")
    assert len(mesh.faces) == 2 * (40 * 30 - 4)
    assert np.isfinite(mesh.vertices).all()


def test_big_grids_are_thinned_but_keep_their_edges():
    xs = np.linspace(-1.0, 1.0, 300)
    z = xs[:, None] * xs[None, :]
    mesh = shapes.relief(
        Surface(xs, xs, z), shapes.Box((-1.0, 1.0), (-1.0, 1.0), ColourScale.of(z, "linear")), "magma"
    )
    assert len(mesh.vertices) == 128 * 128
    assert np.abs(mesh.vertices[:, :2]).max() == 1.0


def test_contour_lines_lie_just_above_the_relief_and_on_the_floor():
    surface, box = sloped()
    raised, floor = shapes.contour_lines(contours(surface.xs, surface.ys, surface.z, [1.0]), box)
    assert raised[:, 2] == pytest.approx(shapes.HEIGHT * 0.5, abs=0.01)
    assert (floor[:, 2] == 0.0).all() and len(raised) == len(floor) > 2


def test_trails_count_the_segments_before_each_step_and_skip_what_leaves_the_box():
    _, box = sloped()
    x, y = np.array([0.0, 1.0, 5.0, 1.0, 0.0]), np.full(5, 0.5)
    line, count = shapes.trail_lines(x, y, x + 2 * y, box)
    assert count.tolist() == [0, 1, 1, 1, 2]
    assert line[:, 0] == pytest.approx([0.0, 0.5, 0.5, 0.0])


def test_a_marble_is_round():
    mesh = shapes.marble(0.03)
    assert np.linalg.norm(mesh.vertices, axis=1) == pytest.approx(0.03, rel=1e-5)


def test_the_tangent_plane_of_a_plane_lies_in_it():
    surface, box = sloped()
    corners = shapes.tangent_sheet(box, 0.0, 0.5, 1.0, (1.0, 2.0), size=0.2)
    height = shapes.HEIGHT * (corners[:, 0] * 2.0 + corners[:, 1] + 3.0) / 6.0
    assert corners[:, 2] == pytest.approx(height, abs=0.02)


def test_no_tangent_plane_without_a_gradient():
    _, box = sloped()
    assert len(shapes.tangent_sheet(box, 0.0, 0.5, 1.0, (np.nan, 0.0), 0.2)) == 0
    assert len(shapes.tangent_sheet(box, 9.0, 0.5, 1.0, (1.0, 0.0), 0.2)) == 0


def test_grid_lines_run_over_the_surface_at_round_positions():
    surface, box = sloped()
    points = shapes.grid_lines(surface, box)
    x, y = 2.0 * points[:, 0], 0.5 * (points[:, 1] + 1.0)
    on_line = np.isclose(x / 0.5, np.rint(x / 0.5)) | np.isclose(y / 0.1, np.rint(y / 0.1))
    assert on_line.all() and len(points) > 500
    height = shapes.HEIGHT * (x + 2.0 * y + 2.0) / 6.0
    # Each stands on the nearest row of the grid, half a cell away at most.
    assert np.abs(points[:, 2] - height).max() < 0.02


def test_grid_lines_leave_a_hole_open():
    whole, broken = sloped(), sloped(holes=True)
    assert len(shapes.grid_lines(*broken)) <= len(shapes.grid_lines(*whole))
    assert np.isfinite(shapes.grid_lines(*broken)).all()
