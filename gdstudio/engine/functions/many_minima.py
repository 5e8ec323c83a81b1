"""Test functions with several minima, smooth ones with a few and waves with many."""

from __future__ import annotations

from .base import TestFunction, minima

FEW = (
    TestFunction(
        name="dixon_price",
        title="Dixon-Price",
        formula="loss = (x - 1)**2 + 2*(2*y**2 - x)**2",
        domain=((-3.0, 3.0), (-3.0, 3.0)),
        start=(-2.0, 2.0),
        minima=minima(((1.0, 0.7071067811865476), 0.0), ((1.0, -0.7071067811865476), 0.0)),
        teaches="Two equal minima, joined by a curved valley with a saddle in its middle.",
        tags=("valley", "multi"),
    ),
    TestFunction(
        name="freudenstein_roth",
        title="Freudenstein-Roth",
        formula="p = x - 13 + ((5 - y)*y - 2)*y\nq = x - 29 + ((y + 1)*y - 14)*y\nloss = p**2 + q**2",
        domain=((-5.0, 15.0), (-5.0, 6.0)),
        start=(0.5, -2.0),
        minima=minima(((5.0, 4.0), 0.0), ((11.412778986902094, -0.8968052532744765), 48.98425367924002)),
        teaches="A strong local minimum of 48.98 beside the global one of 0; the usual start leads to the "
        "wrong one.",
        tags=("valley", "multi"),
    ),
    TestFunction(
        name="goldstein_price",
        title="Goldstein-Price",
        formula="""
p = 1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2)
q = 30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2)
loss = p*q
""".strip(),
        domain=((-2.0, 2.0), (-2.0, 2.0)),
        start=(-1.5, 1.5),
        minima=minima(((0.0, -1.0), 3.0), ((-0.6, -0.4), 30.0), ((1.8, 0.2), 84.0), ((1.2, 0.8), 840.0)),
        teaches="Values from 3 to a million: gradients are huge, colours must be logarithmic, and there are "
        "three local minima besides.",
        tags=("multi", "steep"),
    ),
    TestFunction(
        name="himmelblau",
        title="Himmelblau",
        formula="loss = (x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        domain=((-5.0, 5.0), (-5.0, 5.0)),
        start=(0.0, 0.0),
        minima=minima(
            ((3.0, 2.0), 0.0),
            ((-2.805118086952745, 3.131312518250573), 0.0),
            ((-3.779310253377747, -3.2831859912861696), 0.0),
            ((3.5844283403304917, -1.8481265269644036), 0.0),
        ),
        teaches="Four equal minima: the start and the momentum decide which basin a racer ends in.",
        tags=("multi",),
    ),
    TestFunction(
        name="three_hump_camel",
        title="Three-hump camel",
        formula="loss = 2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2",
        domain=((-2.5, 2.5), (-2.5, 2.5)),
        start=(2.0, 1.0),
        minima=minima(
            ((0.0, 0.0), 0.0),
            ((-1.747552345830289, 0.8737761729151445), 0.2986384422368594),
            ((1.747552345830289, -0.8737761729151445), 0.2986384422368594),
        ),
        teaches="One global minimum between two local ones, smooth and mild.",
        tags=("multi",),
    ),
    TestFunction(
        name="six_hump_camel",
        title="Six-hump camel",
        formula="loss = (4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (4*y**2 - 4)*y**2",
        domain=((-2.0, 2.0), (-1.2, 1.2)),
        start=(1.9, 1.0),
        minima=minima(
            ((0.08984201310031806, -0.7126564030207396), -1.0316284534898774),
            ((-0.08984201310031806, 0.7126564030207396), -1.0316284534898774),
            ((-1.703606714969981, 0.7960835686726251), -0.2154638243837184),
            ((1.703606714969981, -0.7960835686726251), -0.2154638243837184),
            ((1.6071047529201974, 0.5686514548841314), 2.1042503103112575),
            ((-1.6071047529201974, -0.5686514548841314), 2.1042503103112575),
        ),
        teaches="Six minima, two of them global, around a saddle at the origin.",
        tags=("multi", "saddle"),
    ),
    TestFunction(
        name="mccormick",
        title="McCormick",
        formula="loss = sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1",
        domain=((-1.5, 4.0), (-3.0, 4.0)),
        start=(3.5, 3.0),
        minima=minima(
            ((-0.5471975511965977, -1.5471975511965979), -1.9132229549810364),
            ((2.5943951023931957, 1.5943951023931955), 1.2283696986087569),
        ),
        teaches="A long flat valley whose second, higher minimum catches whoever comes from above.",
        tags=("multi", "valley"),
    ),
    TestFunction(
        name="styblinski_tang",
        title="Styblinski-Tang",
        formula="loss = 0.5*(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)",
        domain=((-5.0, 5.0), (-5.0, 5.0)),
        start=(4.5, 4.5),
        minima=minima(
            ((-2.903534027771177, -2.903534027771177), -78.33233140754282),
            ((2.746802770990837, -2.903534027771177), -64.19561235905536),
            ((-2.903534027771177, 2.746802770990837), -64.19561235905536),
            ((2.746802770990837, 2.746802770990837), -50.05889331056788),
        ),
        teaches="The coordinates are independent: one global and three local minima, and momentum may jump "
        "between them.",
        tags=("multi",),
    ),
    TestFunction(
        name="branin",
        title="Branin",
        formula="loss = (y - 5.1/(4*pi**2)*x**2 + 5/pi*x - 6)**2 + 10*(1 - 1/(8*pi))*cos(x) + 10",
        domain=((-5.0, 10.0), (0.0, 15.0)),
        start=(2.0, 12.0),
        minima=minima(
            ((-3.141592653589793, 12.275), 0.39788735772973816),
            ((3.141592653589793, 2.275), 0.39788735772973816),
            ((9.42477796076938, 2.475), 0.39788735772973816),
        ),
        teaches="Three equal minima along one banana-shaped valley.",
        tags=("multi", "valley"),
    ),
    TestFunction(
        name="holder_table",
        title="Hölder table",
        formula="r = sqrt(x**2 + y**2)\nloss = -abs(sin(x)*cos(y)*exp(abs(1 - r/pi)))",
        domain=((-10.0, 10.0), (-10.0, 10.0)),
        start=(1.0, 1.0),
        minima=minima(
            ((8.055023475736563, 9.664590019241272), -19.208502567886736),
            ((-8.055023475736563, 9.664590019241272), -19.208502567886736),
            ((8.055023475736563, -9.664590019241272), -19.208502567886736),
            ((-8.055023475736563, -9.664590019241272), -19.208502567886736),
        ),
        teaches="Creases divide the plane into cells; the four global minima stand in the corners.",
        tags=("multi", "nonsmooth"),
        smooth=False,
    ),
    TestFunction(
        name="cross_in_tray",
        title="Cross-in-tray",
        formula="""
r = sqrt(x**2 + y**2)
wall = abs(sin(x)*sin(y)*exp(abs(100 - r/pi)))
loss = -0.0001*(wall + 1)**0.1
""".strip(),
        domain=((-10.0, 10.0), (-10.0, 10.0)),
        start=(5.0, 3.0),
        minima=minima(
            ((1.3494066171539107, 1.3494066171539107), -2.062611870822738),
            ((-1.3494066171539107, 1.3494066171539107), -2.062611870822738),
            ((1.3494066171539107, -1.3494066171539107), -2.062611870822738),
            ((-1.3494066171539107, -1.3494066171539107), -2.062611870822738),
        ),
        teaches="Tiny gradients between crossing creases; exp(100) on the way would overflow single "
        "precision.",
        tags=("multi", "nonsmooth"),
        smooth=False,
    ),
)

WAVES = (
    TestFunction(
        name="dropwave",
        title="Drop wave",
        formula="s = x**2 + y**2\nloss = -(1 + cos(12*sqrt(s)))/(0.5*s + 2)",
        domain=((-5.12, 5.12), (-5.12, 5.12)),
        start=(2.0, 2.5),
        minima=minima(((0.0, 0.0), -1.0)),
        teaches="Rings of local minima around the centre: plain descent never crosses a ring.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="rastrigin",
        title="Rastrigin",
        formula="loss = 20 + x**2 + y**2 - 10*(cos(2*pi*x) + cos(2*pi*y))",
        domain=((-5.12, 5.12), (-5.12, 5.12)),
        start=(3.3, -2.7),
        minima=minima(
            ((0.0, 0.0), 0.0),
            ((0.9949586376523348, 0.0), 0.9949590570932915),
            ((0.0, 0.9949586376523348), 0.9949590570932915),
            ((0.9949586376523348, 0.9949586376523348), 1.989918114186583),
        ),
        teaches="About 121 local minima on a grid; blurring removes the ripples exactly and leaves the bowl.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="griewank",
        title="Griewank",
        formula="loss = 1 + (x**2 + y**2)/4000 - cos(x)*cos(y/sqrt(2))",
        domain=((-10.0, 10.0), (-10.0, 10.0)),
        start=(7.0, -7.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="Ripples on a bowl so shallow that only the ripples are felt.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="levy",
        title="Lévy",
        formula="""
u = 1 + (x - 1)/4
v = 1 + (y - 1)/4
loss = sin(pi*u)**2 + (u - 1)**2*(1 + 10*sin(pi*u + 1)**2) + (v - 1)**2*(1 + sin(2*pi*v)**2)
""".strip(),
        domain=((-10.0, 10.0), (-10.0, 10.0)),
        start=(-8.0, 6.0),
        minima=minima(((1.0, 1.0), 0.0)),
        teaches="A wavy valley with many local minima.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="levy13",
        title="Lévy no. 13",
        formula="loss = sin(3*pi*x)**2 + (x - 1)**2*(1 + sin(3*pi*y)**2) + (y - 1)**2*(1 + sin(2*pi*y)**2)",
        domain=((-10.0, 10.0), (-10.0, 10.0)),
        start=(-4.0, 5.0),
        minima=minima(((1.0, 1.0), 0.0)),
        teaches="Dense ripples across a bowl.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="schwefel",
        title="Schwefel",
        formula="loss = 837.9657745448676 - x*sin(sqrt(abs(x))) - y*sin(sqrt(abs(y)))",
        domain=((-500.0, 500.0), (-500.0, 500.0)),
        start=(-200.0, 150.0),
        minima=minima(((420.96874635998205, 420.96874635998205), 0.0)),
        teaches="Deceptive: the best basin lies near the border, far from the second best.",
        tags=("multi", "deceptive"),
    ),
    TestFunction(
        name="eggholder",
        title="Eggholder",
        formula="h = y + 47\nloss = -h*sin(sqrt(abs(x/2 + h))) - x*sin(sqrt(abs(x - h)))",
        domain=((-512.0, 512.0), (-512.0, 512.0)),
        start=(0.0, 0.0),
        minima=minima(((512.0, 404.2318051137578), -959.6406627208509)),
        teaches="Hills and hollows of all sizes, and a global minimum that lies on the border of the box.",
        tags=("multi", "deceptive", "nonsmooth"),
        smooth=False,
    ),
    TestFunction(
        name="schaffer2",
        title="Schaffer no. 2",
        formula="loss = 0.5 + (sin(x**2 - y**2)**2 - 0.5)/(1 + 0.001*(x**2 + y**2))**2",
        domain=((-10.0, 10.0), (-10.0, 10.0)),
        start=(5.0, 3.0),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="Interference ripples that get finer outwards.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="schaffer4",
        title="Schaffer no. 4",
        formula="loss = 0.5 + (cos(sin(abs(x**2 - y**2)))**2 - 0.5)/(1 + 0.001*(x**2 + y**2))**2",
        domain=((-10.0, 10.0), (-10.0, 10.0)),
        start=(5.0, 3.0),
        minima=minima(
            ((0.0, 1.2531318314637332), 0.29257863203598056),
            ((0.0, -1.2531318314637332), 0.29257863203598056),
            ((1.2531318314637332, 0.0), 0.29257863203598056),
            ((-1.2531318314637332, 0.0), 0.29257863203598056),
        ),
        teaches="Fine ripples with four global minima, none of them in the centre.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="shubert",
        title="Shubert",
        formula="""
i = [1, 2, 3, 4, 5]
a = sum(i*cos((i + 1)*x + i))
b = sum(i*cos((i + 1)*y + i))
loss = a*b
""".strip(),
        domain=((-5.0, 5.0), (-5.0, 5.0)),
        start=(0.0, 0.0),
        minima=minima(
            ((-1.425128428319761, -0.8003211004719731), -186.73090883102384),
            ((-0.8003211004719731, -1.425128428319761), -186.73090883102384),
            ((4.858056878859825, -0.8003211004719731), -186.73090883102384),
            ((-0.8003211004719731, 4.858056878859825), -186.73090883102384),
        ),
        teaches="Many global minima among hundreds of local ones.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="bohachevsky1",
        title="Bohachevsky no. 1",
        formula="loss = x**2 + 2*y**2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7",
        domain=((-2.0, 2.0), (-2.0, 2.0)),
        start=(1.6, -1.5),
        minima=minima(((0.0, 0.0), 0.0)),
        teaches="A bowl with small ripples: momentum rolls through them, small plain steps stop in one.",
        tags=("multi", "waves"),
    ),
    TestFunction(
        name="trefethen",
        title="Trefethen's challenge",
        formula="""
waves = exp(sin(50*x)) + sin(60*exp(y)) + sin(70*sin(x)) + sin(sin(80*y)) - sin(10*(x + y))
loss = waves + (x**2 + y**2)/4
""".strip(),
        domain=((-1.0, 1.0), (-1.0, 1.0)),
        start=(0.6, -0.5),
        minima=minima(((-0.02440307969437517, 0.2106124271553558), -3.306868647475237)),
        teaches="From the SIAM 100-digit challenge: only blurring or brute force finds the lowest of "
        "thousands of minima.",
        tags=("multi", "waves"),
    ),
)

FUNCTIONS = FEW + WAVES
