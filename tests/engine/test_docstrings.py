"""`pydoc gdstudio.engine` is complete: every public name says what it is, and every argument what it means."""

from __future__ import annotations

import inspect
import pydoc
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from gdstudio import engine

# Words that mean the same wherever they stand, and need no explanation each time.
SELF_EVIDENT = {
    *("id", "name", "title", "meaning", "source", "text", "message", "seed", "value"),
    *("graph", "program", "result", "output", "slot", "options", "problem", "x"),
}


def modules() -> Iterator[ModuleType]:
    yield engine
    yield from (found for name in engine.__all__ if inspect.ismodule(found := getattr(engine, name)))


def public(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The names that a module offers: its list, else what it defines without an underscore."""
    own = [
        name for name, found in vars(module).items() if getattr(found, "__module__", "") == module.__name__
    ]
    for name in getattr(module, "__all__", [name for name in own if not name.startswith("_")]):
        found = getattr(module, name)
        if inspect.isclass(found) or inspect.isfunction(found):
            yield f"{module.__name__}.{name}", found


def members() -> dict[str, tuple[Any, str]]:
    """Public functions and classes, and the methods and properties of these, each with the text about it."""
    found: dict[str, tuple[Any, str]] = {}
    for name, thing in (pair for module in modules() for pair in public(module)):
        found[name] = thing, thing.__doc__ or ""
        for key, member in vars(thing).items() if inspect.isclass(thing) else ():
            inner = member.fget if isinstance(member, property) else getattr(member, "func", member)
            inner = getattr(inner, "__func__", inner)
            is_entry = key in getattr(thing, "__dataclass_fields__", {})  # a default that is a function
            if inspect.isfunction(inner) and not key.startswith("_") and not is_entry:
                found[f"{name}.{key}"] = inner, inner.__doc__ or ""
    return found


MEMBERS = members()


@pytest.mark.parametrize("module", [*modules()], ids=lambda module: module.__name__)
def test_every_module_renders(module: ModuleType) -> None:
    page = pydoc.plain(pydoc.render_doc(module))
    assert (module.__doc__ or "").splitlines()[0] in page


@pytest.mark.parametrize("name", MEMBERS)
def test_everything_public_says_what_it_is(name: str) -> None:
    thing, text = MEMBERS[name]
    # A dataclass without a text gets its signature for one.
    assert text.strip() and not text.startswith(f"{thing.__name__}(")


@pytest.mark.parametrize(
    "name", [name for name, (thing, _text) in MEMBERS.items() if inspect.isfunction(thing)]
)
def test_every_argument_is_explained(name: str) -> None:
    """By a word in the text, or under Args; an argument that stands alone is what the sentence is about."""
    thing, text = MEMBERS[name]
    arguments = [key for key in inspect.signature(thing).parameters if key not in ("self", "cls")]
    unsaid = [key for key in arguments if key not in text and key not in SELF_EVIDENT]
    assert len(arguments) < 2 or not unsaid or "arguments and errors are those of" in text, unsaid
