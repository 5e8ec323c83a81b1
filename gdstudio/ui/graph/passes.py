"""Forward and backward pass as lists of steps: what each lights, and one sentence with the numbers in it.

Plain functions of a trace; the film in player.py shows them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdstudio.engine import EngineError
from gdstudio.engine.cached import cached_property
from gdstudio.engine.ops import operations
from gdstudio.engine.rules import gradient_name, gradient_rule, ones_name
from gdstudio.engine.trace import Trace
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.step_formulas import Formulas, backward_formulas, forward_formulas, rule_in_words
from gdstudio.ui.seeds import objective
from gdstudio.ui.translation import from_engine

_FORMS = {
    "add": "{0} + {1}", "subtract": "{0} − {1}", "multiply": "{0} · {1}", "divide": "{0} / {1}",
    "power": "{0} ^ {1}", "matmul": "{0} @ {1}", "negative": "−{0}", "abs": "|{0}|", "square": "{0}²",
    "sqrt": "√{0}", "greater": "{0} > {1}", "less": "{0} < {1}", "norm": "‖{0}‖",
}  # fmt: skip
# Forms that read wrongly with a bare negative number in them.
_TIGHT = frozenset({"add", "subtract", "multiply", "divide", "power", "negative", "square", "matmul"})
_LONGEST = 46
_LISTED_LEAVES = 6
_LOCAL_LIMIT = 64


@dataclass(frozen=True)
class Telling:
    """What is said about a step.

    Attributes:
        sentence: what happens, as a formula with numbers.
        words: the same without numbers, in words.
        formulas: the formula as LaTeX, the most telling first; see `step_formulas`.
    """

    sentence: str
    words: str = ""
    formulas: Formulas = ()


@dataclass(frozen=True)
class Step:
    """One step of a pass.

    Attributes:
        nodes: what arrives; their numbers come into view.
        wires: (target, slot) of the wires on which it comes.
        tell: says what happens. A film of a thousand steps is told one by one, as they are shown.
    """

    nodes: tuple[str, ...]
    wires: tuple[tuple[str, int], ...]
    tell: Callable[[], Telling]

    @cached_property
    def telling(self) -> Telling:
        return self.tell()

    @property
    def sentence(self) -> str:
        return self.telling.sentence

    @property
    def words(self) -> str:
        return self.telling.words

    @property
    def formulas(self) -> Formulas:
        return self.telling.formulas


def forward_steps(trace: Trace) -> list[Step]:
    """The forward pass towards the output (of all nodes without one): the leaves, then node by node."""
    graph = trace.graph
    wanted = graph.upstream(trace.output) if trace.output is not None else frozenset(graph.nodes)
    order = [id for id in graph.order if id in wanted and id in trace.values]
    leaves = tuple(id for id in order if graph.nodes[id].is_leaf)
    steps = [Step(leaves, (), lambda: Telling(_leaves_sentence(trace, leaves)))] if leaves else []
    for id in order:
        node = graph.nodes[id]
        if not node.is_leaf:
            wires = tuple((id, slot) for slot, source in enumerate(node.inputs) if source is not None)
            steps.append(Step((id,), wires, partial(_tell_forward, trace, id)))
    return steps


def backward_steps(trace: Trace) -> list[Step]:
    """The backward pass: from the output against the wires; empty where there are no gradients."""
    output = trace.output
    if output is None or not trace.gradients:
        return []
    above = trace.graph.upstream(output)
    steps = [Step((output,), (), lambda: Telling(_seed_sentence(trace, output)))]
    for id in reversed(trace.graph.order):
        if id in above and id != output and id in trace.gradients:
            wires = tuple((c, slot) for c, slot in trace.graph.consumers[id] if c in above)
            steps.append(Step((id,), wires, partial(_tell_backward, trace, id)))
    return steps


def _tell_forward(trace: Trace, id: str) -> Telling:
    return Telling(forward_sentence(trace, id), _forward_words(trace, id), forward_formulas(trace, id))


def _tell_backward(trace: Trace, id: str) -> Telling:
    return Telling(backward_sentence(trace, id), _backward_words(trace, id), backward_formulas(trace, id))


def forward_sentence(trace: Trace, id: str) -> str:
    """`x1 = x · w = 2 · 3 = 6`."""
    node = trace.graph.nodes[id]
    sources = [source or "?" for source in node.inputs]
    result = listed(trace.values[id])
    if any(source not in trace.values for source in sources):
        return f"{id} = {result}"
    filled = [listed(trace.values[source]) for source in sources]
    if node.op in _TIGHT:
        filled = [f"({text})" if text.startswith("−") else text for text in filled]
    middle = _form(node.op, filled)
    parts = [id, _form(node.op, sources), middle if len(middle) <= _LONGEST else "", result]
    return " = ".join(part for part in parts if part)


def backward_sentence(trace: Trace, id: str) -> str:
    """`∂loss/∂w = ∂loss/∂x1 · ∂x1/∂w = 1 · 2 = 2`, one product for each wire that leaves the node.

    Where the numbers are too many for a line, the rule: `grad_W = xᵀ @ grad_y = [0.1 … 3]`.
    """
    assert trace.output is not None
    output, above = objective(trace.graph), trace.graph.upstream(trace.output)
    wires = [(c, slot) for c, slot in trace.graph.consumers[id] if c in above]
    products = [f"∂{output}/∂{c} · ∂{c}/∂{id}" for c, _ in wires]
    if [c for c, _ in wires] == [output]:
        products = []  # the output's gradient by itself is 1 by definition
    factors = [_factors(trace, id, c, slot) for c, slot in wires]
    middle = " + ".join(text for text in factors if text) if all(factors) else ""
    rules = [] if middle else [gradient_rule(trace.graph, target, slot) for target, slot in wires]
    if rules and all(rules):
        names = {gradient_name(node): f"grad_{node}" for node in trace.graph.nodes} | {ones_name(id): "1"}
        said = " + ".join(rule_in_words(str(rule), names) for rule in rules)
        return f"grad_{id} = {said} = {listed(trace.gradients[id])}"
    parts = [f"∂{output}/∂{id}", " + ".join(products), middle if len(middle) <= _LONGEST else ""]
    return " = ".join([*(part for part in parts if part), listed(trace.gradients[id])])


def _forward_words(trace: Trace, id: str) -> str:
    node = trace.graph.nodes[id]
    row = operations.get(node.op)
    sources = list(dict.fromkeys(source for source in node.inputs if source is not None))
    if row is None or not sources:
        return ""
    return _tr("{0} comes from {1} by “{2}”: {3}.").format(
        _shaped(trace, id),
        ", ".join(_shaped(trace, source) for source in sources),
        node.op,
        from_engine(row.meaning),
    )


def _backward_words(trace: Trace, id: str) -> str:
    assert trace.output is not None
    above = trace.graph.upstream(trace.output)
    targets = [target for target, _slot in trace.graph.consumers[id] if target in above]
    own = np.asarray(trace.gradients[trace.output])
    if targets == [trace.output] and own.size == 1 and own.item() == 1:
        text = _tr(
            "{0} feeds {1} directly: the output's own gradient, 1 by definition, times the local derivative."
        )
        return text.format(_shaped(trace, id), trace.output)
    if len(targets) == 1:
        text = _tr("{0} reaches {1} through {2}: what arrives there, times the local derivative.")
        return text.format(_shaped(trace, id), trace.output, _shaped(trace, targets[0]))
    text = _tr("{0} reaches {1} on {2} wires, through {3}: what comes back on them adds up.")
    names = ", ".join(_shaped(trace, target) for target in dict.fromkeys(targets))
    return text.format(_shaped(trace, id), trace.output, len(targets), names)


def _shaped(trace: Trace, id: str) -> str:
    """A name, for a tensor with its shape: `W [2×3]`."""
    shape = numbers.shape_text(trace.graph.shapes.get(id, ()))
    return f"{id} [{shape}]" if shape else id


def _factors(trace: Trace, id: str, consumer: str, slot: int) -> str:
    """`1 · 2`, `[1, 2, 3] · 1`; nothing where that would not say all the numbers."""
    upper = np.asarray(trace.gradients[consumer])
    if upper.size * np.size(trace.values[id]) > _LOCAL_LIMIT:
        return ""
    try:
        local = trace.local(consumer, id, slot)
    except EngineError:
        return ""
    slope = numbers.local_summaries(np.asarray(local))[0]
    texts = listed(upper), f"[{slope}]" if ", " in slope or "all" in slope else slope
    if any("…" in text for text in texts):
        return ""
    return " · ".join(f"({text})" if text.startswith("−") else text for text in texts)


def _leaves_sentence(trace: Trace, leaves: tuple[str, ...]) -> str:
    shown = ", ".join(f"{id} = {listed(trace.values[id])}" for id in leaves[:_LISTED_LEAVES])
    more = ", …" if len(leaves) > _LISTED_LEAVES else ""
    return _tr("The leaves have their values: {0}").format(shown + more)


def _seed_sentence(trace: Trace, output: str) -> str:
    if np.size(trace.gradients[output]) > 1:
        return _tr("The backward pass begins with v at the output: ∂{0}/∂{1} = v = {2}").format(
            objective(trace.graph), output, listed(np.asarray(trace.gradients[output]))
        )
    if np.all(np.asarray(trace.gradients[output]) == 1):
        text = _tr("The backward pass begins at the output, whose gradient is 1 by definition: ∂{0}/∂{0} = 1")
        return text.format(output)
    return _tr("The backward pass begins at the output: ∂{0}/∂{0} = {1}").format(
        output, listed(np.asarray(trace.gradients[output]))
    )


def _form(op: str, texts: list[str]) -> str:
    form = _FORMS.get(op)
    return form.format(*texts) if form and len(texts) == form.count("{") else f"{op}({', '.join(texts)})"


def listed(array: np.ndarray) -> str:
    """`6`, `[1, 2]`, `[0.1 … 3]`: numbers in one line, a list in brackets."""
    array = np.asarray(array)
    text = numbers.summaries(array)[0]
    return f"[{text}]" if array.ndim and array.size > 1 else text


def _tr(text: str) -> str:
    return QCoreApplication.translate("Passes", text)
