"""Rows of the form for where a racer's gradient comes from: graph or differences, batches, noise; and averaging."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine.minibatches import data_rows
from gdstudio.ui.race import rules
from gdstudio.ui.race.form_rows import FormRows
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.numbers import Range


class GradientRows(QObject):
    """Adds the rows that fit a racer to a form, and shows its values in them.

    Signals:
        changed(str, object, bool): a person set the racer's field of that name; True while a drag goes on.
        refused(str): a typed number that cannot be taken, in one sentence.
    """

    changed = Signal(str, object, bool)
    refused = Signal(str)

    def __init__(self, form: FormRows, document: Document, racer: RacerSettings) -> None:
        super().__init__(form.page)
        self._form = form
        form.heading(self.tr("Gradient"))
        self._choice(
            "racerGradient", "gradient", self.tr("taken"), self.tr("Gradient"),
            self.tr("Where the gradient comes from: the graph, or central differences with h = 1e−4"),
            [(self.tr("exact"), "analytic"), (self.tr("differences"), "numerical")],
        )  # fmt: skip
        _names, count = data_rows(document.graph)
        if count and rules.family(racer.optimizer) != "line search":
            tip = self.tr("How many of the {0} rows of data each step sees; 0 = all of them").format(count)
            batch = Range("linear", 0.0, float(count), 0.0, whole=True)
            self._number("batch_size", self.tr("batch size"), tip, batch).setSpecialValueText(self.tr("all"))
            self._add_order(document, racer)
        tip = self.tr(
            "Standard deviation of random numbers added to every coordinate of the gradient; 0 = none"
        )
        self._number("noise", self.tr("noise"), tip, Range("log", 0.0, None, 0.1))
        tip = self.tr(
            "Also follow a moving average of the path, of which this part is kept at each step; 0 = none. "
            "The racer itself walks on as before."
        )
        averaged = Range("decay", 0.0, 1.0, 0.9, below_high=True)
        self._number("average_decay", self.tr("path average"), tip, averaged)

    @staticmethod
    def key(document: Document, racer: RacerSettings) -> Any:
        """What decides which rows there are."""
        return data_rows(document.graph)[1], racer.batch_order, score_leaves(document)

    def show_values(self, racer: RacerSettings) -> None:
        self._form.show_choice("racerGradient", racer.gradient)
        self._form.show_choice("racerBatchOrder", racer.batch_order)
        self._form.show_choice("racerBatchScores", racer.batch_scores)
        for name, field in self._form.numbers.items():
            field.set_value(getattr(racer, name.removeprefix("racer_")) or 0.0)
        # Without batches there is nothing to order, but fields that come and go would escape from under a drag.
        for name in ("racerBatchOrder", "racerBatchScores"):
            if name in self._form.choices:
                self._form.choices[name].setEnabled(racer.batch_size is not None)
        for name in ("racer_batch_opening", "racer_batch_ramp"):
            if name in self._form.numbers:
                self._form.numbers[name].setEnabled(racer.batch_size is not None)

    def _add_order(self, document: Document, racer: RacerSettings) -> None:
        orders = [
            (self.tr("shuffled"), "shuffle", self.tr("Every row once an epoch, in a new order each time")),
            (self.tr("at random"), "replacement", self.tr("Each row drawn by itself; some come twice")),
            (self.tr("as they stand"), "sequential", self.tr("In the order of the data, again and again")),
            (self.tr("easy first"), "curriculum", self.tr("A curriculum: from the easiest rows, then all")),
        ]
        tip = self.tr("In which order the rows of data come into the batches")
        self._choice(
            "racerBatchOrder", "batch_order", self.tr("order"), self.tr("Order of batches"), tip, orders
        )
        if racer.batch_order != "curriculum":
            return
        scores: list[tuple[str, Any]] = [(self.tr("loss of the row"), None)]
        scores += [(name, name) for name in score_leaves(document)]
        tip = self.tr(
            "What says how hard a row is: its loss alone at the values in the graph, or the numbers of this data"
        )
        self._choice(
            "racerBatchScores", "batch_scores", self.tr("hardness"), self.tr("Hardness"), tip, scores
        )
        tip = self.tr("The part of the rows, the easiest, from which the first batch is drawn")
        self._number("batch_opening", self.tr("easy part"), tip, Range("linear", 0.01, 1.0, 0.2))
        tip = self.tr("The step from which on all rows are drawn; until then the part grows evenly")
        self._number("batch_ramp", self.tr("all from step"), tip, Range("log", 0.0, 1e6, 100.0, whole=True))

    def _choice(self, name: str, field: str, text: str, meaning: str, tip: str, entries: list[Any]) -> None:
        self._form.choice(
            name, text, meaning, tip, entries, lambda value: self.changed.emit(field, value, False)
        )

    def _number(self, field: str, text: str, tip: str, allowed: Range) -> NumberField:
        def refuse(sentence: str) -> None:
            self.refused.emit(rules.refusal(field, sentence))

        return self._form.number(f"racer_{field}", text, tip, allowed, partial(self._take, field), refuse)

    def _take(self, field: str, value: float, dragging: bool) -> None:
        setting: Any = value
        if field == "batch_size":
            setting = int(value) or None
        elif field == "batch_ramp":
            setting = int(value)
        self.changed.emit(field, setting, dragging)


def score_leaves(document: Document) -> tuple[str, ...]:
    """The data leaves with one number for each row, by which a curriculum can rank the rows."""
    names, count = data_rows(document.graph)
    return tuple(name for name in names if document.graph.nodes[name].array.size == count)
