"""Test functions with one minimum: bowls, ravines and valleys; and quadratic bowls made to measure."""

from __future__ import annotations

from math import isfinite

from ..errors import EngineError, shown
from .base import TestFunction, minima

_BOWL = """
angle = degrees*pi/180
u = cos(angle)*x + sin(angle)*y
v = cos(angle)*y - sin(angle)*x
loss = 0.5*(u**2 + condition*v**2)
"""


def quadratic(condition: float = 100.0, rotation: float = 0.0) -> TestFunction:
    """A quadratic bowl ½(u² + condition·v²) whose axes u, v are turned by `rotation` degrees against x, y.

    Args:
        condition: the ratio of the Hessian's eigenvalues, which are 1 and `condition`; greater than 0.
        rotation: degrees, counter-clockwise.
    """
    if not (isfinite(condition) and condition > 0):
        raise EngineError(f"condition must be a number greater than 0, not {shown(condition)}")
    if not isfinite(rotation):
        raise EngineError(f"rotation must be a finite number of degrees, not {shown(rotation)}")
    return TestFunction(
        name=f"quadratic(condition={condition:g}, rotation={rotation:g})",
        title=f"Quadratic bowl, condition {condition:g}, turned by {rotation:g}°",
        formula=_BOWL.strip(),
        constants={"degrees": float(rotation), "condition": float(condition)},
        domain=((-4.0, 4.0), (-4.0, 4.0)),
        start=(3.0, -1.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="The condition number sets how slow plain descent is; the rotation decides whether adapting "
        "each coordinate on its own helps.",
        tags=("convex", "ravine") if max(condition, 1 / condition) >= 10 else ("convex",),
    )


FUNCTIONS = (
    TestFunction(
        name="sphere",
        title="Sphere",
        formula="loss = x**2 + y**2",
        domain=((-4.0, 4.0), (-4.0, 4.0)),
        start=(-3.0, 4.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="The round bowl, the simplest case: a learning rate of 0.1 arrives, 1e-10 does not move, 10 "
        "is thrown out.",
        tags=("convex",),
    ),
    TestFunction(
        name="quadratic_k100",
        title="Ravine, condition 100",
        formula="loss = 0.5*(x**2 + 100*y**2)",
        domain=((-4.0, 4.0), (-2.0, 2.0)),
        start=(3.0, 1.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="Plain descent needs a learning rate below 2/100, so it zigzags in y and crawls in x; "
        "momentum and adaptive rules cure it.",
        tags=("convex", "ravine"),
    ),
    TestFunction(
        name="rotated_bowl",
        title="Rotated ravine",
        formula=_BOWL.strip(),
        constants={"degrees": 30.0, "condition": 50.0},
        domain=((-4.0, 4.0), (-4.0, 4.0)),
        start=(3.0, -1.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="Turned by 30°, a ravine takes away what diagonal adaptive methods gain; Newton, conjugate "
        "gradients and L-BFGS do not mind.",
        tags=("convex", "ravine"),
    ),
    TestFunction(
        name="line_fit",
        title="Line fit",
        formula="prediction = a*x + b\nerror = prediction - y\nloss = 0.5*sum(error**2)",
        coordinates=("a", "b"),
        data={"x": [0.0, 1.0, 2.0], "y": [1.0, 2.0, 3.0]},
        domain=((-1.0, 3.0), (-1.0, 3.0)),
        start=(2.0, 2.0),
        minima=minima(((1.0, 1.0), 0.0)),
        teaches="Least squares: the line y = a·x + b through (0, 1), (1, 2) and (2, 3) is a quadratic bowl "
        "with Hessian [[5, 3], [3, 3]].",
        tags=("convex",),
    ),
    TestFunction(
        name="logistic4",
        title="Logistic regression on four points",
        formula="logits = w*x + b\nloss = binary_cross_entropy(logits, target) + 0.01*(w**2 + b**2)",
        coordinates=("w", "b"),
        data={"x": [2.0, 1.0, -1.0, 0.5], "target": [1.0, 1.0, 0.0, 0.0]},
        domain=((-6.0, 10.0), (-8.0, 6.0)),
        start=(-4.0, 3.0),
        minima=minima(((2.3094633342345845, -1.4427264714188057), 0.3177648048670095)),
        teaches="The logistic loss stands in for counting mistakes: smooth and convex, where the count is "
        "flat steps.",
        tags=("convex",),
    ),
    TestFunction(
        name="booth",
        title="Booth",
        formula="loss = (x + 2*y - 7)**2 + (2*x + y - 5)**2",
        domain=((-10.0, 10.0), (-10.0, 10.0)),
        start=(-5.0, -5.0),
        minima=minima(((1.0, 3.0), 0.0)),
        teaches="A tilted quadratic bowl of condition number 9.",
        tags=("convex",),
    ),
    TestFunction(
        name="matyas",
        title="Matyas",
        formula="loss = 0.26*(x**2 + y**2) - 0.48*x*y",
        domain=((-10.0, 10.0), (-10.0, 10.0)),
        start=(8.0, -6.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="A nearly flat diagonal valley of condition number 25.",
        tags=("convex",),
    ),
    TestFunction(
        name="zakharov",
        title="Zakharov",
        formula="s = 0.5*x + y\nloss = x**2 + y**2 + s**2 + s**4",
        domain=((-5.0, 10.0), (-5.0, 10.0)),
        start=(4.0, 4.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="A flat plate between quartic walls: a learning rate that is right at the bottom explodes "
        "from afar.",
        tags=("convex", "steep"),
    ),
    TestFunction(
        name="rosenbrock",
        title="Rosenbrock",
        formula="loss = (1 - x)**2 + 100*(y - x**2)**2",
        domain=((-2.0, 2.0), (-1.0, 3.0)),
        start=(-1.2, 1.0),
        minima=minima(((1.0, 1.0), 0.0)),
        teaches="A narrow curved valley: finding it is easy, following it to (1, 1) is not.",
        tags=("unimodal", "valley"),
    ),
    TestFunction(
        name="beale",
        title="Beale",
        formula="loss = (1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
        domain=((-4.5, 4.5), (-4.5, 4.5)),
        start=(1.0, 1.5),
        minima=minima(((3.0, 0.5), 0.0)),
        teaches="A flat floor with steep walls at the corners, and a saddle at (0, 1) on the way.",
        tags=("plateau", "valley", "saddle"),
    ),
)
