"""A cache of results whose sizes differ, bounded by the sum of the sizes.

`functools.lru_cache` counts entries, which is right where all are small. Where one may be a thousand times as large as
another, as the code of a large graph beside that of a small one, a count bounds nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def bounded(weigh: Callable[P, float], most: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keeps the results that were last asked for, up to `most` in the sum of what `weigh` says of their arguments.

    What alone weighs more than a quarter of that is not kept. Arguments are hashable.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        kept: OrderedDict[Hashable, tuple[float, R]] = OrderedDict()
        lock = Lock()
        held = 0.0

        @wraps(function)
        def cached(*args: Any, **kwargs: Any) -> R:
            nonlocal held
            key = args, tuple(kwargs.items())
            with lock:
                if key in kept:
                    kept.move_to_end(key)
                    return kept[key][1]
            result = function(*args, **kwargs)
            weight = weigh(*args, **kwargs)
            if weight <= most / 4:
                with lock:
                    if key not in kept:
                        kept[key] = weight, result
                        held += weight
                    while held > most:
                        held -= kept.popitem(last=False)[1][0]
            return result

        return cached  # type: ignore[return-value]

    return decorate
