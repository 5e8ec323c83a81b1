"""Test functions of one coordinate."""

from __future__ import annotations

from .base import TestFunction, minima

FUNCTIONS = (
    TestFunction(
        name="d1_quadratic",
        title="Parabola",
        formula="loss = x**2",
        coordinates=("x",),
        domain=((-3.0, 3.0),),
        start=(2.5,),
        minima=minima(((0.0,), 0.0)),
        teaches="A learning rate below 1 converges, 1 jumps to and fro for ever, above 1 diverges.",
        tags=("convex",),
    ),
    TestFunction(
        name="d1_double_well",
        title="Double well",
        formula="loss = x**4 - 3*x**2 - 0.8*x",
        coordinates=("x",),
        domain=((-2.3, 2.3),),
        start=(-2.0,),
        minima=minima(
            ((1.286640425574436,), -3.2551496324282096), ((-1.1516678413429395,), -1.2985075203694956)
        ),
        teaches="A local minimum on the way to the global one: plain descent stays, momentum may roll on; "
        "blurred by σ ≥ 1/√2 it is convex.",
        tags=("multi",),
    ),
    TestFunction(
        name="d1_plateau",
        title="Plateau",
        formula="loss = x**2/(1 + x**2)",
        coordinates=("x",),
        domain=((-8.0, 8.0),),
        start=(6.0,),
        minima=minima(((0.0,), 0.0)),
        teaches="Far out the slope fades as 1/x³: a small gradient does not mean that the minimum is near.",
        tags=("unimodal", "plateau"),
    ),
    TestFunction(
        name="d1_quartic",
        title="Flat bottom",
        formula="loss = x**4",
        coordinates=("x",),
        domain=((-2.0, 2.0),),
        start=(1.5,),
        minima=minima(((0.0,), 0.0)),
        teaches="No curvature at the minimum: descent slows down to x ~ 1/√steps.",
        tags=("convex", "plateau"),
    ),
    TestFunction(
        name="d1_abs",
        title="Absolute value",
        formula="loss = abs(x)",
        coordinates=("x",),
        domain=((-3.0, 3.0),),
        start=(2.3,),
        minima=minima(((0.0,), 0.0)),
        teaches="At a kink a step of fixed size bounces to and fro.",
        tags=("nonsmooth", "convex"),
        smooth=False,
    ),
    TestFunction(
        name="d1_rastrigin",
        title="Rastrigin in one dimension",
        formula="loss = 10 + x**2 - 10*cos(2*pi*x)",
        coordinates=("x",),
        domain=((-5.12, 5.12),),
        start=(3.3,),
        minima=minima(
            ((0.0,), 0.0),
            ((0.9949586376523348,), 0.9949590570932915),
            ((1.9899122337085495,), 3.979831190554088),
        ),
        teaches="Ripples on a parabola; blurred by σ they shrink by exp(−2π²σ²) and the parabola stays.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="d1_gramacy_lee",
        title="Gramacy-Lee",
        formula="loss = sin(10*pi*x)/(2*x) + (x - 1)**4",
        coordinates=("x",),
        domain=((0.5, 2.5),),
        start=(2.3,),
        minima=minima(((0.5485634445276052,), -0.8690111349894998)),
        teaches="Many local minima, the higher the farther from the best one.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="d1_forrester",
        title="Forrester",
        formula="loss = (6*x - 2)**2*sin(12*x - 4)",
        coordinates=("x",),
        domain=((0.0, 1.0),),
        start=(0.3,),
        minima=minima(
            ((0.7572487578418559,), -6.0207400557670825), ((0.14258918932471631,), -0.9863254063210815)
        ),
        teaches="One local and one global minimum, and a flat inflection where racers pause.",
        tags=("multi", "plateau"),
    ),
    TestFunction(
        name="d1_narrow_vs_broad",
        title="Narrow well, broad well",
        formula="""
narrow = exp(-(x - 2)**2/(2*0.15**2))
broad = exp(-(x + 2)**2/2)
loss = 0.002*x**2 - narrow - 0.8*broad
""".strip(),
        coordinates=("x",),
        domain=((-5.0, 5.0),),
        start=(3.5,),
        minima=minima(
            ((1.9997958463777907,), -0.992269296293829), ((-1.9900492610597154,), -0.7920398019753528)
        ),
        teaches="Where blurring fails: it hides the deep narrow well and leads to the broad shallow one.",
        tags=("multi", "deceptive"),
    ),
    TestFunction(
        name="d1_sigmoid_mse",
        title="Saturated sigmoid, squared loss",
        formula="prediction = sigmoid(w)\nloss = 0.5*(prediction - 1)**2",
        coordinates=("w",),
        domain=((-10.0, 6.0),),
        start=(-8.0,),
        teaches="A saturated neuron with a squared loss: a plateau on the left, and on the right no minimum, "
        "only ever less.",
        tags=("plateau",),
    ),
    TestFunction(
        name="d1_cliff",
        title="Cliff in one dimension",
        formula="loss = 0.1*(x - 1)**2 + 20*sigmoid(15*(x - 1.5))",
        coordinates=("x",),
        domain=((-4.0, 4.0),),
        start=(2.0,),
        minima=minima(((0.8742385781213042,), 0.003258553091347385)),
        teaches="The cliff alone: what a step at its face does, clipped and unclipped.",
        tags=("cliff",),
    ),
)
