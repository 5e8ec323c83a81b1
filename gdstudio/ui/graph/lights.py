"""Which nodes and wires are lit: for a moment, while a film or a hand says so, and at rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.node_items import NodeItems
from gdstudio.ui.graph.wire_item import WireItem, WireKey


class Lights:
    """The lights of a scene; what comes late is lit when it is there."""

    def __init__(self, nodes: NodeItems, wires: Mapping[WireKey, WireItem]) -> None:
        self._nodes, self._wires = nodes, wires
        self._resting: tuple[Light, Collection[str], Collection[WireKey]] = (Light.PLAIN, (), ())
        # What was asked for, whether its wires are there or not.
        self._asked: tuple[Light, set[WireKey]] = (Light.PLAIN, set())
        self._lit_nodes: set[str] = set()
        self._lit_wires: set[WireKey] = set()

    def show(
        self, light: Light = Light.PLAIN, nodes: Collection[str] = (), wires: Collection[WireKey] = ()
    ) -> None:
        """Light these and nothing else; without arguments, what is lit at rest."""
        if light is Light.PLAIN:
            light, nodes, wires = self._resting
        self._asked = light, set(wires)
        nodes, wires = self._nodes.keys() & set(nodes), self._wires.keys() & self._asked[1]
        for id in (self._lit_nodes - nodes) & self._nodes.keys():
            self._nodes[id].set_light(Light.PLAIN)
        for key in self._lit_wires & self._wires.keys() - wires:
            self._wires[key].set_light(Light.PLAIN)
        for id in nodes:
            self._nodes[id].set_light(light)
        for key in wires:
            self._wires[key].set_light(light)
        self._lit_nodes, self._lit_wires = nodes, wires

    def rest(
        self, light: Light = Light.PLAIN, nodes: Collection[str] = (), wires: Collection[WireKey] = ()
    ) -> None:
        """Light these whenever nobody asks for anything else."""
        self._resting = light, nodes, wires
        self.show()

    def dress(self, wire: WireItem) -> None:
        """Light a wire that has come, if that was asked for."""
        light, asked = self._asked
        if wire.key in asked:
            wire.set_light(light)
            self._lit_wires.add(wire.key)

    def forget(self) -> None:
        """All nodes and wires have gone, with their light."""
        self._asked = Light.PLAIN, set()
        self._lit_nodes, self._lit_wires = set(), set()
