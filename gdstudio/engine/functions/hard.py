"""Test functions where the gradient itself misleads: plateaus, saddles, cliffs and kinks."""

from __future__ import annotations

from math import pi

from .base import TestFunction, minima

PLATEAUS = (
    TestFunction(
        name="ackley",
        title="Ackley",
        formula="""
bowl = -20*exp(-0.2*sqrt((x**2 + y**2)/2))
waves = -exp((cos(2*pi*x) + cos(2*pi*y))/2)
loss = bowl + waves + 20 + e
""".strip(),
        domain=((-5.0, 5.0), (-5.0, 5.0)),
        start=(3.6, 2.4),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="A flat rippled plain around a funnel, with a cusp at its bottom.",
        tags=("multi", "plateau", "nonsmooth"),
        smooth=False,
    ),
    TestFunction(
        name="michalewicz",
        title="Michalewicz",
        formula="loss = -sin(x)*sin(x**2/pi)**20 - sin(y)*sin(2*y**2/pi)**20",
        domain=((0.0, pi), (0.0, pi)),
        start=(1.0, 1.0),
        minima=minima(((2.2029055201726093, 1.5707963267948966), -1.8013034100985525)),
        teaches="Steep narrow grooves in a plateau so flat that there is nothing to descend.",
        tags=("plateau",),
    ),
    TestFunction(
        name="easom",
        title="Easom",
        formula="loss = -cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)",
        domain=((-2.0, 8.0), (-2.0, 8.0)),
        start=(1.5, 4.5),
        minima=minima(((3.141592653589793, 3.141592653589793), -1.0)),
        teaches="A needle in a plateau: away from it the gradient vanishes.",
        tags=("plateau",),
    ),
    TestFunction(
        name="plateau_gm",
        title="Geman-McClure plateau",
        formula="s = x**2 + y**2\nloss = s/(1 + s)",
        domain=((-6.0, 6.0), (-6.0, 6.0)),
        start=(4.0, 3.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="A robust loss: the gradient decays as 1/r³, so far out nothing moves.",
        tags=("unimodal", "plateau"),
    ),
    TestFunction(
        name="sigmoid_chain3",
        title="Chain of three sigmoids",
        formula="""
h1 = sigmoid(w)
h2 = sigmoid(w*h1)
prediction = sigmoid(v*h2)
loss = 0.5*(prediction - 0.9)**2
""".strip(),
        coordinates=("w", "v"),
        domain=((-8.0, 8.0), (-8.0, 8.0)),
        start=(-4.0, -4.0),
        minima=minima(((0.0, 4.394449154672439), 0.0)),
        minimum_set="v·σ(w·σ(w)) = ln 9",
        teaches="Each sigmoid multiplies the gradient by at most 1/4: three of them and a wrong sign make a "
        "plateau.",
        tags=("plateau", "valley"),
    ),
)

SADDLES = (
    TestFunction(
        name="saddle",
        title="Saddle",
        formula="loss = x**2 - y**2",
        domain=((-2.0, 2.0), (-2.0, 2.0)),
        start=(1.5, 0.001),
        teaches="On y = 0 plain descent walks into the saddle and stays; the slightest y escapes, for ever.",
        tags=("saddle",),
    ),
    TestFunction(
        name="monkey_saddle",
        title="Monkey saddle",
        formula="loss = x**3 - 3*x*y**2",
        domain=((-2.0, 2.0), (-2.0, 2.0)),
        start=(1.0, 0.01),
        teaches="A degenerate saddle: gradient and Hessian both vanish in the middle.",
        tags=("saddle", "plateau"),
    ),
    TestFunction(
        name="bounded_saddle",
        title="Saddle between two minima",
        formula="loss = x**2 - y**2 + y**4/4",
        domain=((-2.0, 2.0), (-2.5, 2.5)),
        start=(1.5, 0.0001),
        minima=minima(((0.0, 1.4142135623730951), -1.0), ((0.0, -1.4142135623730951), -1.0)),
        teaches="A saddle between two minima: the number of steps to leave it can be counted.",
        tags=("saddle", "multi"),
    ),
    TestFunction(
        name="deep_linear",
        title="Deep linear network",
        formula="prediction = w1*w2\nloss = 0.5*(prediction - 1)**2",
        coordinates=("w1", "w2"),
        domain=((-3.0, 3.0), (-3.0, 3.0)),
        start=(2.5, -0.2),
        minima=minima(((1.0, 1.0), 0.0)),
        minimum_set="w1·w2 = 1",
        teaches="Two linear layers: a hyperbola of minima around a saddle, the sharper the farther out, so "
        "the learning rate picks where descent settles.",
        tags=("saddle", "valley"),
    ),
)

CLIFFS = (
    TestFunction(
        name="cliff",
        title="Cliff",
        formula="loss = 0.1*(x - 1)**2 + 0.1*y**2 + 20*sigmoid(15*(x - 1.5))",
        domain=((-4.0, 4.0), (-4.0, 4.0)),
        start=(2.0, 1.5),
        minima=minima(((0.8742385781213042, 0.0), 0.003258553091347385)),
        teaches="A gradient of 75 on the cliff's face flings an unclipped step far away; clipping cures it.",
        tags=("cliff",),
    ),
    TestFunction(
        name="rnn_power10",
        title="Ten times the same weight",
        formula="state = w**10\nprediction = u*state\nloss = 0.5*(prediction - 1)**2",
        coordinates=("w", "u"),
        domain=((-1.6, 1.6), (-2.0, 2.0)),
        start=(0.6, 1.5),
        minima=minima(((1.0, 1.0), 0.0)),
        minimum_set="u = 1/w^10",
        teaches="A recurrent net applies w ten times: gradients vanish where |w| < 1 and explode where |w| > "
        "1.",
        tags=("cliff", "plateau", "steep"),
    ),
)

KINKS = (
    TestFunction(
        name="abs_sum",
        title="Sum of absolute values",
        formula="loss = abs(x) + abs(y)",
        domain=((-3.0, 3.0), (-3.0, 3.0)),
        start=(2.3, -1.7),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="The gradient has the same size everywhere, so a fixed learning rate never settles and a "
        "decaying one does.",
        tags=("nonsmooth", "convex"),
        smooth=False,
    ),
    TestFunction(
        name="abs_graph",
        title="Absolute error of one neuron",
        formula="x1 = x*w\nx2 = x1 + b\nloss = abs(y_true - x2)",
        coordinates=("w", "b"),
        constants={"x": 2.0, "y_true": 4.0},
        domain=((-1.0, 5.0), (-4.0, 6.0)),
        start=(3.0, 1.0),
        minima=minima(((1.0, 2.0), 0.0)),
        minimum_set="2·w + b = 4",
        teaches="The textbook graph |y_true − (w·x + b)| as a surface: two planes that meet along 2·w + b = "
        "4.",
        tags=("nonsmooth", "convex"),
        smooth=False,
    ),
    TestFunction(
        name="cd_trap",
        title="Trap for coordinate descent",
        formula="loss = abs(x + y) + 3*abs(x - y)",
        domain=((-3.0, 3.0), (-3.0, 3.0)),
        start=(2.0, -1.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="Coordinate descent stops anywhere on x = y, as at (1, 1) with loss 2, although the minimum "
        "is (0, 0).",
        tags=("nonsmooth", "convex"),
        smooth=False,
    ),
    TestFunction(
        name="bukin6",
        title="Bukin no. 6",
        formula="loss = 100*sqrt(abs(y - 0.01*x**2)) + 0.01*abs(x + 10)",
        domain=((-15.0, -5.0), (-3.0, 3.0)),
        start=(-7.0, 2.0),
        minima=minima(((-10.0, 1.0), 0.0)),
        teaches="An infinitely steep curved crease: the gradient is unbounded beside it and its floor hardly "
        "slopes.",
        tags=("nonsmooth", "valley"),
        smooth=False,
    ),
)

FUNCTIONS = PLATEAUS + SADDLES + CLIFFS + KINKS
