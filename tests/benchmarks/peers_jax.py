"""JAX at each task, in double precision; optax has the update rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from . import problems

Run = Callable[[], Any]

jax.config.update("jax_enable_x64", True)


def _both(task: problems.Surface, edit: float = 0.0) -> Callable:
    """A fresh function of axis vectors for value and gradient on a grid, compiled in its first call."""

    def at(x: Any, y: Any) -> Any:
        return task.function(jnp, x, y) + edit

    both = jax.value_and_grad(at, argnums=(0, 1))
    return jax.jit(jax.vmap(jax.vmap(both, (None, 0)), (0, None)))


def surface(task: problems.Surface, n: int) -> Run:
    """Value and gradient on a grid of two axis vectors; compiling happens in the first run."""
    axis = jnp.asarray(task.axes(n))
    both = _both(task)

    def run() -> Any:
        z, (gx, gy) = jax.block_until_ready(both(axis, axis))
        return [z, gx, gy]

    return run


def surface_of_points(task: problems.Surface, n: int) -> Run:
    """The same on full arrays, by the gradient of the sum; for some surfaces the quicker form."""
    x, y = jnp.meshgrid(jnp.asarray(task.axes(n)), jnp.asarray(task.axes(n)), indexing="ij")

    @jax.jit
    def both(x: Any, y: Any) -> Any:
        z, pullback = jax.vjp(lambda a, b: task.function(jnp, a, b), x, y)
        return z, *pullback(jnp.ones_like(z))

    return lambda: jax.block_until_ready(both(x, y))


def first_surface(task: problems.Surface, n: int) -> Run:
    """From an edit to value and gradient, compiling included."""
    axis = task.axes(n)
    edits = iter(range(1, 1_000_000))

    def run() -> Any:
        z, (gx, gy) = jax.block_until_ready(_both(task, next(edits) * 1e-12)(axis, axis))
        return [z, gx, gy]

    return run


def _rule(name: str, options: dict[str, Any]) -> optax.GradientTransformation:
    rate = options["learning_rate"]
    if name == "sgd":
        return optax.sgd(rate, options.get("momentum"), options.get("nesterov", False))
    if name == "adagrad":
        return optax.adagrad(rate, initial_accumulator_value=0.0, eps=1e-10)
    if name == "rmsprop":
        return optax.rmsprop(rate, decay=0.99, eps=1e-8, eps_in_sqrt=False)
    if name == "adamw":
        return optax.adamw(rate, weight_decay=0.01)
    if name == "adadelta":
        return optax.adadelta(rate, rho=0.9, eps=1e-6)
    return optax.adam(rate)


def _scan(loss: Callable, rule: optax.GradientTransformation, x: Any, steps: int) -> Any:
    def step(carry: Any, _: Any) -> Any:
        x, state = carry
        value, g = jax.value_and_grad(loss)(x)
        update, state = rule.update(g, state, x)
        return (optax.apply_updates(x, update), state), value

    (x, _), values = jax.lax.scan(step, (x, rule.init(x)), None, steps)
    return x, jnp.append(values, loss(x))


def first_race(steps: int) -> Run:
    """The eight racers on Rosenbrock as one compiled function, compiling included; losses (8, steps + 1)."""

    def run() -> Any:
        def loss(x: Any) -> Any:
            return problems.ROSENBROCK.function(jnp, x[0], x[1])

        @jax.jit
        def everybody(x: Any) -> Any:
            return jnp.stack([_scan(loss, _rule(name, o), x, steps)[1] for name, o in problems.RACERS])

        return jax.block_until_ready(everybody(jnp.asarray(problems.RACE_START)))

    return run


def adam_starts(n: int, steps: int) -> Run:
    """Adam on Himmelblau from n x n starts as one compiled scan; compiling happens in the first run."""
    axis = jnp.asarray(problems.HIMMELBLAU.axes(n))
    start = jnp.stack(jnp.meshgrid(axis, axis, indexing="ij"))
    rate, beta1, beta2, epsilon = problems.ADAM.values()
    rule = optax.adam(rate, b1=beta1, b2=beta2, eps=epsilon)

    def loss(p: Any) -> Any:
        return problems.HIMMELBLAU.function(jnp, p[0], p[1]).sum()

    @jax.jit
    def race(p: Any) -> Any:
        def step(carry: Any, _: Any) -> Any:
            p, state = carry
            update, state = rule.update(jax.grad(loss)(p), state, p)
            return (optax.apply_updates(p, update), state), None

        (p, _), _ = jax.lax.scan(step, (p, rule.init(p)), None, steps)
        return p

    return lambda: np.asarray(race(start)).reshape(2, -1).T


def _loss(net: problems.Network) -> Callable:
    inputs, targets = jnp.asarray(net.inputs), jnp.asarray(net.targets)

    def loss(weights: dict[str, Any]) -> Any:
        h = jax.nn.relu(inputs @ weights["W1"] + weights["b1"])
        h = jax.nn.relu(h @ weights["W2"] + weights["b2"])
        logits = h @ weights["W3"] + weights["b3"]
        return -(targets * jax.nn.log_softmax(logits)).sum() / len(targets)

    return loss


def training(net: problems.Network, steps: int) -> Run:
    """Plain gradient descent on a network, one compiled call a step; losses (steps + 1,)."""
    loss_of = _loss(net)

    @jax.jit
    def step(weights: dict[str, Any]) -> Any:
        value, g = jax.value_and_grad(loss_of)(weights)
        return {name: weight - 0.1 * g[name] for name, weight in weights.items()}, value

    def run() -> Any:
        weights = {name: jnp.asarray(value) for name, value in net.weights.items()}
        losses = np.empty(steps + 1)
        for number in range(steps + 1):
            weights, value = step(weights)
            losses[number] = value
        return losses

    return run


def _along(net: problems.Network) -> Callable:
    first, second = net.directions()
    loss_of = _loss(net)

    def at(u: Any, v: Any) -> Any:
        weights, begin = {}, 0
        for name, value in net.weights.items():
            own = slice(begin, begin + value.size)
            weights[name] = value + u * first[own].reshape(value.shape) + v * second[own].reshape(value.shape)
            begin += value.size
        return loss_of(weights)

    return jax.value_and_grad(at, argnums=(0, 1))


def network_slice(net: problems.Network, shape: tuple[int, int]) -> Run:
    """Loss and derivative along two directions on a grid of points, a row at a time; compiled in the first run."""
    axes = [jnp.linspace(*problems.SLICE_SPAN, count) for count in shape]
    rows = jax.jit(lambda us, vs: jax.lax.map(lambda u: jax.vmap(_along(net), (None, 0))(u, vs), us))

    def run() -> Any:
        z, (gx, gy) = jax.block_until_ready(rows(*axes))
        return [z, gx, gy]

    return run
