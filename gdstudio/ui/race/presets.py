"""Ready sets of racers: pure functions that give the racers of a preset for a document.

All racers of a set start where the document's first racer does, and each keeps the options that a racer of
the same rule had, so that a preset chosen on a tuned document stays sensible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine import optimizers
from gdstudio.ui.race import edits, rules

_MOMENTUM = (
    "sgd",
    "momentum",
    "nesterov",
    "heavy_ball",
    "qhm",
    "optimistic_gradient_descent",
    "schedule_free_sgd",
)
_ADAPTIVE = ("adagrad", "rmsprop", "adadelta", "adam", "amsgrad", "adamw", "adamax", "nadam")
_KERAS = ("sgd", "rmsprop", "adam", "adadelta", "adagrad", "adamax", "nadam", "ftrl")
_TOO_SMALL, _TOO_LARGE = 0.01, 30.0


@dataclass(frozen=True)
class Preset:
    """A set of racers by name; `racers(document, row)` gives them, `row` being the selected racer or None."""

    title: str
    meaning: str
    racers: Callable[[Document, int | None], tuple[RacerSettings, ...]]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Presets", text)


def _first_start(document: Document) -> tuple[float, ...] | None:
    racers = document.race.racers
    return racers[0].start if racers else None


def _of_rules(names: Iterable[str]) -> Callable[[Document, int | None], tuple[RacerSettings, ...]]:
    def racers(document: Document, row: int | None) -> tuple[RacerSettings, ...]:
        start = _first_start(document)
        return tuple(
            RacerSettings(rules.short_title(name), name, edits.suggested_options(document, name), start)
            for name in names
            if name in optimizers.names()
        )

    return racers


def _three_rates(document: Document, row: int | None) -> tuple[RacerSettings, ...]:
    """The selected racer, else the first, with a hundredth, once and thirty times its learning rate."""
    racers = document.race.racers
    model = racers[row or 0] if racers else RacerSettings("SGD", "sgd")
    rate = rules.value_of(model, "learning_rate")
    if rate is None:
        model, rate = RacerSettings("SGD", "sgd", start=model.start), 0.01
    words = ((_TOO_SMALL, _tr("Too small")), (1.0, _tr("Right")), (_TOO_LARGE, _tr("Too large")))
    return tuple(
        model.replace(
            # What tells them apart stands first, where narrow columns do not cut it off.
            name=f"{word}: {rules.short_title(model.optimizer)}",
            options={**model.options, "learning_rate": float(f"{rate * factor:.12g}")},
            color=None,
            style=None,
            enabled=True,
        )
        for factor, word in words
    )


def _classical() -> tuple[str, ...]:
    """Rules that look at the Hessian or build one up."""
    known = optimizers.names()
    curved = [name for name in known if "hessian" in getattr(optimizers.get(name), "needs", ())]
    return tuple(dict.fromkeys([*curved, *(name for name in ("bfgs", "lbfgs") if name in known)]))


def presets() -> list[Preset]:
    """The presets that the engine's optimizers allow."""
    found = [
        Preset(
            _tr("The eight of Keras"),
            _tr("SGD, RMSprop, Adam, AdaDelta, AdaGrad, Adamax, NAdam and FTRL"),
            _of_rules(_KERAS),
        ),
        Preset(
            _tr("Momentum family"),
            _tr("Gradient descent with several kinds of momentum"),
            _of_rules(_MOMENTUM),
        ),
        Preset(
            _tr("Adaptive family"),
            _tr("Rules that scale each coordinate by its own past gradients"),
            _of_rules(_ADAPTIVE),
        ),
        Preset(
            _tr("Learning rate too small / right / too large"),
            _tr("The selected racer three times, with 0.01, 1 and 30 times its learning rate"),
            _three_rates,
        ),
    ]
    second = _classical()
    if second:
        found.append(
            Preset(
                _tr("Second order"),
                _tr("Rules that use the curvature, beside plain gradient descent"),
                _of_rules(("sgd", *second[:6])),
            )
        )
    return found
