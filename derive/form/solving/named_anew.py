"""A solution with a name of its own: `u^*` solves for `u`, `\\hat\\theta` for `\\theta`, `x_1` for `x`."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.expressions import regex
from derive.form.solving.putting_back import Solution

_ACCENTED = regex(r"^\\(?:hat|bar|tilde|check|breve)\{(?P<base>.+)\}$")
_BEHIND = regex(
    r"^(?P<base>.+?)(?:\^\{(?:\*|\\star|\\mathrm\{\w+\})\}|_\{(?:\*|\\star|\d|[A-Z]{2,}|\\mathrm\{\w+\})\})$"
)


def undressed(solution: Solution) -> Iterator[Solution]:
    """The same value for the letters that its name may be made from, the nearest first."""
    if solution.kind != "symbol":
        return
    name = solution.name
    while (found := _ACCENTED.match(name) or _BEHIND.match(name)) is not None:
        name = found["base"]
        yield replace(solution, name=name)
