"""PyTorch at each task, in double precision, each in the form that is quickest for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from . import problems

Run = Callable[[], Any]

torch.set_default_dtype(torch.float64)


def _points(task: problems.Surface, n: int) -> tuple[torch.Tensor, torch.Tensor]:
    axis = torch.tensor(task.axes(n))
    return torch.meshgrid(axis, axis, indexing="ij")


def surface(task: problems.Surface, n: int) -> Run:
    """Value and gradient on full tensors, eagerly."""
    x, y = (t.clone().requires_grad_() for t in _points(task, n))

    def run() -> Any:
        z = task.function(torch, x, y)
        return [z.detach(), *torch.autograd.grad(z, (x, y), torch.ones_like(z))]

    return run


def compiled_surface(task: problems.Surface, n: int) -> Run:
    """The same through torch.compile; compiling happens in the first run."""
    x, y = _points(task, n)
    torch._dynamo.reset()

    @torch.compile(fullgraph=True, dynamic=False)
    def both(x: torch.Tensor, y: torch.Tensor) -> Any:
        z, pullback = torch.func.vjp(lambda a, b: task.function(torch, a, b), x, y)
        return z, *pullback(torch.ones_like(z))

    return lambda: both(x, y)


def _optimizer(name: str, options: dict[str, Any], x: torch.Tensor) -> torch.optim.Optimizer:
    settings = dict(options)
    settings["lr"] = settings.pop("learning_rate")
    classes = {
        "sgd": torch.optim.SGD, "adagrad": torch.optim.Adagrad, "rmsprop": torch.optim.RMSprop,
        "adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "adadelta": torch.optim.Adadelta,
    }  # fmt: skip
    return classes[name]([x], **settings)


def race(steps: int) -> Run:
    """The eight racers on Rosenbrock, losses recorded; (8, steps + 1)."""

    def run() -> Any:
        losses = np.empty((len(problems.RACERS), steps + 1))
        for i, (name, options) in enumerate(problems.RACERS):
            x = torch.tensor(problems.RACE_START, requires_grad=True)
            optimizer = _optimizer(name, options, x)
            for step in range(steps + 1):
                optimizer.zero_grad()
                loss = problems.ROSENBROCK.function(torch, x[0], x[1])
                losses[i, step] = loss.item()
                if step < steps:
                    loss.backward()
                    optimizer.step()
        return losses

    return run


def adam_starts(n: int, steps: int) -> Run:
    """Adam on Himmelblau from n x n starts as one tensor; the sum's gradient is that of every start."""
    start = torch.stack(_points(problems.HIMMELBLAU, n))
    rate, beta1, beta2, epsilon = problems.ADAM.values()

    def run() -> Any:
        p = start.clone().requires_grad_()
        optimizer = torch.optim.Adam([p], lr=rate, betas=(beta1, beta2), eps=epsilon)
        for _ in range(steps):
            optimizer.zero_grad()
            problems.HIMMELBLAU.function(torch, p[0], p[1]).sum().backward()
            optimizer.step()
        return p.detach().reshape(2, -1).T

    return run


def scalar_graph(operations: list[tuple[str, tuple[int, ...]]]) -> Run:
    """Value and gradient of a graph of scalars."""
    inputs = [torch.tensor(value, requires_grad=True) for value in (0.5, -0.3)]
    functions = {name: getattr(torch, name) for name, _ in operations}

    def run() -> Any:
        values = list(inputs)
        for name, args in operations:
            values.append(functions[name](*[values[a] for a in args]))
        return [values[-1].item(), *(g.item() for g in torch.autograd.grad(values[-1], inputs))]

    return run


def _loss(net: problems.Network) -> Callable[[dict[str, torch.Tensor]], torch.Tensor]:
    inputs, classes = torch.tensor(net.inputs), torch.tensor(net.targets.argmax(axis=1))

    def loss(weights: dict[str, torch.Tensor]) -> torch.Tensor:
        h = torch.relu(inputs @ weights["W1"] + weights["b1"])
        h = torch.relu(h @ weights["W2"] + weights["b2"])
        return torch.nn.functional.cross_entropy(h @ weights["W3"] + weights["b3"], classes)

    return loss


def training(net: problems.Network, steps: int) -> Run:
    """Plain gradient descent on a network; losses (steps + 1,)."""
    loss_of = _loss(net)

    def run() -> Any:
        weights = {name: torch.tensor(value, requires_grad=True) for name, value in net.weights.items()}
        optimizer = torch.optim.SGD(weights.values(), lr=0.1)
        losses = np.empty(steps + 1)
        for step in range(steps + 1):
            optimizer.zero_grad()
            loss = loss_of(weights)
            losses[step] = loss.item()
            if step < steps:
                loss.backward()
                optimizer.step()
        return losses

    return run


def network_slice(net: problems.Network, shape: tuple[int, int], block: int = 2048) -> Run:
    """Loss and derivative along two directions on a grid of points, eagerly, in blocks that fit the cache."""
    loss_of = _loss(net)
    axes = [torch.linspace(*problems.SLICE_SPAN, count) for count in shape]
    points = torch.stack(torch.meshgrid(*axes, indexing="ij"), dim=-1).reshape(-1, 2)
    parts = []
    begin = 0
    first, second = map(torch.tensor, net.directions())
    for name, value in net.weights.items():
        own = slice(begin, begin + value.size)
        parts.append(
            (name, torch.tensor(value), first[own].reshape(value.shape), second[own].reshape(value.shape))
        )
        begin += value.size

    def at(position: torch.Tensor) -> torch.Tensor:
        return loss_of({name: value + position[0] * a + position[1] * b for name, value, a, b in parts})

    both = torch.func.vmap(torch.func.grad_and_value(at))

    def run() -> Any:
        found = [both(chunk) for chunk in points.split(block)]
        value = torch.cat([v for _g, v in found]).reshape(shape)
        gradient = torch.cat([g for g, _v in found]).reshape(*shape, 2)
        return [value, gradient[..., 0], gradient[..., 1]]

    return run
