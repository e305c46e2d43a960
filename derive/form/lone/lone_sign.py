"""A sign stands once on the page where other formulas have another one.

`r(s, a) - g v(s)` where two formulas have `r(s, a) + g v(s)`, `\\prod_i x_i y_i` beside `\\sum_i x_i y_i`: a
longer run of letters is the same on both sides of the sign, and nothing like it has this sign anywhere else.
Conjugates, a sign before a number, the steps of a difference scheme and what one formula has in both ways
are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from derive.form.cause import survey
from derive.form.lone.nearest import Lone, Spot, says, spots
from derive.form.lone.nearest import lone as nearest
from derive.form.page import Page
from derive.form.pattern.leaves import OPERATOR, PLAIN, SHIFT, SIGN, part
from derive.model import Diagnostic, Label, Span
from derive.notation.syntax import Sum, Syntax

CODE, NAME = "DRV052", "lone-sign"
_SIGNS = frozenset({SIGN, SHIFT, OPERATOR})
_OPPOSITE = frozenset({"+", "-", "sum", "prod"})
_AGREE = {SIGN: 5, OPERATOR: 6, SHIFT: 5}
"""Leaves alike around the sign and its nearest other."""
_ALONE = 7
"""The same where only one other formula has it."""
_OWN = 1
"""Leaves alike around it and the nearest place with the same sign, at most."""
_VOTES = 2
_MANY = 4
"""Other formulas that have the other sign, where the terms beside it go on in another way."""
_LONG = 6
"""Leaves of a sum that stands as a product nowhere but by a slip: `\\sum_n p_n` may well be beside `\\prod_n
p_n`.
"""
_SHIFTS = 3
"""Shifts of a formula that still go on in one way."""
_IMAGINARY = frozenset("ij")


def look(page: Page) -> Iterator[Diagnostic]:
    every = [s for s in spots(page) if s.leaf.place in _SIGNS]
    within = Counter((s.written.number, s.leaf.value) for s in every)
    twins = set(_twins(page))
    for found in nearest(every, lambda spot: says(spot.written)):
        here = found.here
        if (here.written.number, here.leaf.span) in twins:
            continue
        if _odd(found, within[here.written.number, here.leaf.value]):
            if page.open(here.written.formula.locate(here.leaf.span)):
                yield _finding(page, found)


def _twins(page: Page) -> Iterator[tuple[int, Span]]:
    """Signs between two summands that begin with the same letter: sums and differences of those are both in
    use."""
    for written, node in page.nodes:
        if isinstance(node, Sum):
            for (_, a), (_, b) in pairwise(node.parts):
                first, second = _first(a), _first(b)
                if first is not None and first == second:
                    yield written.number, Span(min(a.span.end, b.span.start), b.span.start)


def _first(node: Syntax) -> str | None:
    return next((leaf.value for leaf in part(node).leaves if not leaf.number and leaf.place == PLAIN), None)


def _odd(found: Lone, within: int) -> bool:
    """Whether nothing but a slip explains the sign; `within` counts it in its formula."""
    here, there = found.here, found.there
    place = here.leaf.place
    if found.same or found.own > _OWN or {here.leaf.value, there.leaf.value} - _OPPOSITE:
        return False
    if found.agree < _AGREE[place]:
        return False
    if found.votes < _VOTES and here.written.number < there.written.number:
        return False  # of two that disagree the second is told
    several = found.votes >= _VOTES
    if place == OPERATOR:
        return within == 1 and (found.closest >= _VOTES or found.agree >= _LONG)
    if place == SHIFT:
        return several and found.agree >= _AGREE[place] + found.own and within <= _SHIFTS
    behind = here.beside()[1]
    if behind.isdigit() or behind in _IMAGINARY:
        return False  # the numbers of another example; the conjugate of a complex number
    if _turned(here, there):
        return False  # `- c - g` beside `+ c + g`: brought over to the other side
    if (found.votes < _MANY or found.agree < _ALONE) and not _same_terms(here, there):
        return False
    apart = here.written.section != there.written.section
    return several or (apart and found.agree >= _ALONE)


def _turned(here: Spot, there: Spot) -> bool:
    """Whether the term before the sign has another sign too."""
    mine, theirs = here.terms, there.terms
    return mine is not None and theirs is not None and mine[0][0] != theirs[0][0]


def _same_terms(here: Spot, there: Spot) -> bool:
    """Whether the terms beside the sign are alike as a whole, and not their ends at the sign alone."""
    mine, theirs = here.terms, there.terms
    return (
        mine is not None
        and theirs is not None
        and all(
            part(a).shape == part(b).shape and part(a).values == part(b).values
            for (_, a), (_, b) in zip(mine, theirs, strict=True)
        )
    )


def _finding(page: Page, found: Lone) -> Diagnostic:
    here, there = found.here, found.there
    old, new = (_shown(s.leaf.value) for s in (here, there))
    times = f"{found.votes} other formulas have" if found.votes > 1 else "another formula has"
    return page.finding(
        CODE,
        NAME,
        f"${old}$ stands in ${here.around()}$ and nowhere else so: {times} ${new}$, as in ${there.around()}$",
        here.written,
        here.leaf.span,
        labels=(Label(there.written.formula.locate(there.leaf.span), f"here it is ${new}$"),),
    )


def _shown(value: str) -> str:
    return value if value in "+-" else f"\\{value}"


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "# Values\n\nThe value of a choice is $q = h r(s, a) + g v(s)$, or $p = h r(s, a) + g v(s) + c$.\n\n"
        "The best one is\n\n$$V = \\max_a (h r(s, a) - g v(s))$$\n",
        "# Means\n\nThe inner product is $p = \\sum_{i=1}^n x_i y_i$.\n\nIts norm is\n\n"
        "$$N = \\left(\\prod_{i=1}^n x_i y_i\\right)^2$$\n",
        "# Filters\n\nThe parts are $r_{k+1} = b_{m-1} p_s - q_s$ and $s_{k+1} = b_{m-1} p_s - q_s + "
        "r_k$.\n\n"
        "So is\n\n$$w_k = 2 b_{m+1} p_s - b_m$$\n",
    ),
    valid=(
        "# Values\n\nThe value of a choice is $q = r(s, a) + g v(s)$, or $p = r(s, a) + g v(s) + c$.\n\n"
        "The best one is\n\n$$V = \\max_a (r(s, a) + g v(s))$$\n",
        "# Roots\n\nOne is $a e^{i u v} + b c d$, another $p = a e^{i u v} + b c d$.\n\nThe third has\n\n"
        "$$z = a e^{i u v} - i b c d$$\n",
        "# Examples\n\nOne has $u'' + p u' + q u + 3 = 0$, one $u'' + p u' + q u + 2 = f$.\n\nThe last is\n\n"
        "$$u'' + p u' + q u - 3 = 0$$\n",
        "# Squares\n\nThe square is $p = a^2 c d + a b c d$ or $q = a^2 c d + a b c d$.\n\nThat of the other "
        "is"
        "\n\n$$r = a^2 c d - a b c d$$\n",
        "# Turn\n\nHere $t - u + v = p$, so $v = p - t + u$.\n\n# Other turn\n\nThen $t - u + v = p + q$.\n\n"
        "# Third turn\n\nNow $t + u + v = p$, so\n\n$$v = p - t - u$$\n",
        "# Forces\n\nThe law is $a + m b c + d f = u$, or $a + m b c + d f = u + v$, of which $m b c + d f$ "
        "is known.\n\nThe mass has\n\n$$a = u - m b c - d f$$\n",
        "# Shares\n\nBoth are $a = \\prod_{n=1}^N p_n$ and $b = \\prod_{n=1}^N q_n$.\n\n$$\\sum_{n=1}^N p_n "
        "= 1$$\n",
        "# Chances\n\nThe score is $s = \\sum_{i=1}^n x_i y_i$.\n\nBoth are in\n\n"
        "$$r = \\prod_{i=1}^n x_i y_i + \\prod_{i=1}^n x_i$$\n",
    ),
)
