"""The standard test functions, as formulas with domains, known minima and what each one teaches.

`get(name)` and `names()` are the registry; `quadratic(condition, rotation)` makes bowls to measure. The
table is split by kind over the modules beside this one. Definitions follow the usual collections
(Surjanovic and Bingham's Virtual Library of Simulation Experiments; Jamil and Yang 2013); views and starts
are chosen for what is to be seen.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import EngineError, suggestion
from ..given import NAME, takes
from . import bowls, curves, hard, many_minima
from .base import TAGS, Minimum, TestFunction
from .bowls import quadratic

__all__ = ["TAGS", "Minimum", "TestFunction", "get", "names", "quadratic"]

_TABLE: Mapping[str, TestFunction] = {
    function.name: function
    for function in (*bowls.FUNCTIONS, *many_minima.FUNCTIONS, *hard.FUNCTIONS, *curves.FUNCTIONS)
}


def names() -> tuple[str, ...]:
    """All names, bowls first, functions of one coordinate last."""
    return tuple(_TABLE)


@takes(name=NAME)
def get(name: str) -> TestFunction:
    """The test function of that name; `EngineError` names the nearest one for a wrong name."""
    try:
        return _TABLE[name]
    except KeyError:
        near = suggestion(name, _TABLE) or "; functions.names() lists them"
        raise EngineError(f'there is no test function "{name}"{near}') from None
