"""A letter has a power once on the page where it has another one everywhere else.

`b m L^3` where the page has `L^2` throughout, `v^\\top K^{-2} v` beside `K^{-1}`: the letters around the
power are the same, and no second place has this power of this letter. Derivatives, powers of numbers, terms
of one series and whatever has several powers anyway are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from derive.form.cause import survey
from derive.form.lone.nearest import Lone, says, spots
from derive.form.lone.nearest import lone as nearest
from derive.form.page import Page
from derive.form.pattern.leaves import SUP, part
from derive.model import Diagnostic, Label
from derive.notation.syntax import Fence, Name, Number, Scripts, Sum

CODE, NAME = "DRV053", "lone-power"
_HOME = 3
"""Times that the page has the other power of the letter."""
_AGREE, _SAME = 5, 7
"""Leaves alike around the power and its nearest other, in another formula and in the same."""
_NO_POWERS = frozenset({"partial", "nabla", "d", "e", "Delta"})
"""What counts with its exponent, or has any: `e^2`."""
_INVERSE = "-1"
"""The inverse of what has other powers may stand anywhere."""

Power = tuple[str, str]


def look(page: Page) -> Iterator[Diagnostic]:
    powers = dict(_powers(page))
    counts = Counter(powers.values())
    every = [s for s in spots(page) if s.leaf.place == SUP and s.leaf.number]
    within = Counter((s.written.number, s.leaf.value) for s in every)
    for found in nearest(every, lambda s: s.place in powers and says(s.written)):
        here, there = powers[found.here.place], powers.get(found.there.place)
        if there is None or here[0] != there[0] or counts[here] > 1 or counts[there] < _HOME:
            continue
        if within[found.here.written.number, found.here.leaf.value] > 1 or found.kinds > 1:
            continue
        if here[1] == _INVERSE or found.agree < (_SAME if found.same else _AGREE):
            continue
        if page.open(found.here.written.formula.locate(found.here.leaf.span)):
            yield _finding(page, found, here[1], there[1], counts[there])


def _powers(page: Page) -> Iterator[tuple[tuple[int, int], Power]]:
    """Numbers that are the whole exponent of a letter, a bracket or a norm, with their sign."""
    for written, node in page.nodes:
        match node:
            case Scripts(base=Name() | Fence() as base, sup=Number() as power):
                sign = ""
            case Scripts(base=Name() | Fence() as base, sup=Sum(parts=((str() as sign, Number() as power),))):
                pass
            case _:
                continue
        if not (isinstance(base, Name) and base.name in _NO_POWERS):
            letter = part(base).values[0] if isinstance(base, Name) else base.open
            yield (written.number, power.span.start), (letter, f"{sign}{power.text}")


def _finding(page: Page, found: Lone, old: str, new: str, times: int) -> Diagnostic:
    here, there = found.here, found.there
    return page.finding(
        CODE,
        NAME,
        f"the exponent ${old}$ of ${here.around()}$ stands there once on the page; elsewhere it is ${new}$, "
        f"{times} times, as in ${there.around()}$",
        here.written,
        here.leaf.span,
        labels=(Label(there.written.formula.locate(there.leaf.span), f"here it is ${new}$"),),
        fix=page.put(here.written, here.leaf.span, here.text(), there.text()),
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "# Beams\n\nThe load is $q = b m L^2 + c k$, its moment $p = 3 b m L^2 + c k$.\n\nThe others are "
        "$2 L^2$ and $L^2$.\n\n$$w = b m L^4 + c k$$\n",
    ),
    valid=(
        "# Beams\n\nThe load is $q = b m L^2$, its moment $p = 3 m L^2 + c$.\n\nThe others are $2 L^2$ and "
        "$L^2$.\n\n"
        "$$w = b m L^2 + c$$\n",
        "# Steps\n\nThe rate is $r = h^{-2} s$, or $h^{-2} g$, with $h^{-2} a$ and $h^{-2} b$.\n\n$$q = "
        "h^{-1} s$$\n",
        "# Powers\n\nThe load is $q = b m L^2$, its moment $p = 3 m L^2 + c$ or $2 L^2$.\n\n"
        "$$w = b m L^3 + c m L^4$$\n\nFor the third, $r = 2 L^3$.\n",
        "# Slopes\n\nHere $u^2 v$ and $w = u^2 v$, or $r = u^2 v$. With slopes $\\partial^2 v$ and "
        "$y = \\partial^2 v + \\partial^2 v$ it is\n\n$$z = \\partial^3 v$$\n",
        "# Moments\n\nThey are $E(X^2) + c$, $s = E(X^2)$ and $q = E(X^2)$.\n\nHigher ones are\n\n"
        "$$r = E(X^3), \\quad t = E(X^4)$$\n",
    ),
)
