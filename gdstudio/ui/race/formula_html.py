"""Formula text as rich text for a label: Greek letters, hats, raised powers, dots for products.

`beta1*m_hat**2` becomes β₁·m̂², with names in italics. No Qt here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_TOKEN = re.compile(r"\d+\.?\d*(?:[eE][-+]?\d+)?|[^\W\d]\w*|\*\*|[<>]|.", re.DOTALL)
_NAME = re.compile(r"(?P<stem>[^\W\d_]+)(?P<digits>\d*)(?P<rest>(?:_\w+)?)$")
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "lambda": "λ",
    "mu": "μ", "nu": "ν", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "omega": "ω",
}  # fmt: skip
_SIGNS = {"*": "·", "-": "−", "<": "&lt;", ">": "&gt;"}
_HAT = "\N{COMBINING CIRCUMFLEX ACCENT}"


def name_html(name: str) -> str:
    """A name in italics: `m_hat` with a hat, `beta1` as β with an index, other parts after _ as an index."""
    if name == "learning_rate":
        return "<i>η</i>"
    found = _NAME.match(name)
    if found is None:
        return f"<i>{html.escape(name)}</i>"
    stem, index, rest = _GREEK.get(found["stem"], found["stem"]), found["digits"], found["rest"].lstrip("_")
    if rest == "hat":
        stem, rest = stem + _HAT, ""
    index = ", ".join(part for part in (index, rest.replace("_", " ")) if part)
    return f"<i>{stem}</i>" + (f"<sub>{index}</sub>" if index else "")


def filled_text(expression: str, number: Callable[[str], str]) -> str:
    """An expression as plain text with `number(name)` for every name that is not called."""
    tokens = _TOKEN.findall(expression)
    return "".join(
        number(token) if _is_name(token) and following != "(" else {"*": "·", "-": "−"}.get(token, token)
        for token, following in zip(tokens, [*tokens[1:], ""], strict=True)
    )


def _is_name(token: str) -> bool:
    return token[0].isalpha() or token[0] == "_"


def formula_html(expression: str, name: Callable[[str], str] = name_html) -> str:
    """An expression of the formula language as rich text; `name` gives that of each name."""
    tokens = _TOKEN.findall(expression)
    parts: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token == "**" and following:
            end = _operand_end(tokens, place + 1)
            inner = tokens[place + 1 : end]
            if inner[0] == "(" and inner[-1] == ")":
                inner = inner[1:-1]
            parts.append(f"<sup>{formula_html(''.join(inner), name)}</sup>")
            place = end
            continue
        if _is_name(token):
            if following == "(":
                parts.append("√" if token == "sqrt" else html.escape(token))
            else:
                parts.append(name(token))
        else:
            parts.append(_SIGNS.get(token, html.escape(token)))
        place += 1
    return "".join(parts)


def _operand_end(tokens: list[str], start: int) -> int:
    """Where the operand that begins at `start` ends: a bracket, a call, or one token, with its sign."""
    place = start
    while place < len(tokens) - 1 and tokens[place] in "+-":
        place += 1
    if place + 1 < len(tokens) and _is_name(tokens[place]) and tokens[place + 1] == "(":
        place += 1
    depth = 0
    while place < len(tokens):
        depth += (tokens[place] == "(") - (tokens[place] == ")")
        place += 1
        if depth == 0:
            break
    return place
