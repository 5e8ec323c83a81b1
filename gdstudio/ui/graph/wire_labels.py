"""The labels of wires: the local derivative of the node at its end by the one at its beginning."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from gdstudio.engine import EngineError
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.wire_item import WireItem, WireKey

if TYPE_CHECKING:
    from gdstudio.ui.graph.scene import GraphScene

# A local derivative with more numbers than this is not computed: it would hold up the window.
_LOCAL_LIMIT = 4096
# Nobody reads the local derivatives around more selected nodes than these.
_MOST_NODES = 100
# So many letters fit between two nodes side by side, and so many on a wire that runs further.
_FEW_LETTERS, _MORE_LETTERS = 5, 7
_SIDE_BY_SIDE = 60.0


class WireLabels:
    """Gives the wires of a scene their labels."""

    def __init__(self, scene: GraphScene) -> None:
        self._scene = scene
        self._all_shown = False
        self._labelled: dict[WireKey, tuple[WireItem, bool]] = {}  # each wire, and whether it is spelled out

    def clear(self) -> None:
        """All wires are gone."""
        self._labelled = {}

    def show_all(self, shown: bool) -> None:
        """Show the local derivative on every wire, or only where the mouse or the selection is."""
        self._all_shown = shown
        self.follow()

    def update(self) -> None:
        """Give a label to the wires that show their local derivative; its text is made when it is painted."""
        self._show(anew=True)

    def follow(self) -> None:
        """Something else is selected, or below the mouse; the derivatives and the wires are as before."""
        self._show(anew=False)

    def _show(self, anew: bool) -> None:
        scene = self._scene
        spelled = set(scene.selected_wires())
        if isinstance(scene.hovered, WireItem):
            spelled.add(scene.hovered.key)
        if self._all_shown:
            shown: Collection[WireKey] = scene.wires
        else:
            chosen = scene.selected_nodes()
            wanted = spelled.union(*map(scene.wiring.of, chosen if len(chosen) <= _MOST_NODES else ()))
            # One that is selected may not be made yet.
            known = scene.wires.keys()
            shown = [key for key in known if key in wanted] if len(wanted) > 1 else wanted & known
        before = self._labelled
        self._labelled = {key: (scene.wires[key], key in spelled) for key in shown}
        for key, (wire, _) in before.items():
            if key not in self._labelled:
                wire.set_label(None)
        for key, (wire, is_spelled) in self._labelled.items():
            if anew or before.get(key) != (wire, is_spelled):
                wire.set_label(partial(self.text, wire, is_spelled))

    def text(self, wire: WireItem, spelled: bool = False) -> str:
        """The local derivative of a wire, `2` or spelled out `∂x1/∂w = 2`; empty while it is unknown."""
        local = self.local(wire)
        if local is None:
            return ""
        texts = numbers.local_summaries(local)
        if spelled:
            return f"∂{wire.target}/∂{wire.source} = {texts[0]}"
        room = _FEW_LETTERS if wire.chord.length() < _SIDE_BY_SIDE else _MORE_LETTERS
        return next((text for text in texts if len(text) <= room), texts[-1])

    def local(self, wire: WireItem) -> np.ndarray | None:
        """The local derivative of a wire; None while it is unknown or too large to show."""
        trace = self._scene.trace
        if trace is None or wire.source not in trace.values or wire.target not in trace.values:
            return None
        if np.size(trace.values[wire.target]) * np.size(trace.values[wire.source]) > _LOCAL_LIMIT:
            return None
        try:
            return np.asarray(trace.local(wire.target, wire.source, wire.slot))
        except (EngineError, KeyError):
            return None
