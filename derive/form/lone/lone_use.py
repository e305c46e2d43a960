"""A letter stands once on the page as it stands nowhere else, where other formulas have another letter.

`x^{18} + G^{17}` where nothing else raises G, `\\dot\\theta(I)` beside `\\dot\\theta(t)`: an index, an
exponent, a bracket behind it or a sign of a derivative before it, or none of these, and the same letters
around. Both letters stand in the formula, so that one may have slipped in from its place. Letters that the
page hardly has, and what stands so in the same formula, are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from derive.form.cause import survey
from derive.form.lone.nearest import Lone, Spot, says, spots
from derive.form.lone.nearest import lone as nearest
from derive.form.lone.uses import Use, uses, worded
from derive.form.page import Page
from derive.form.pattern.leaves import PLAIN, bare_of
from derive.model import Diagnostic, Label

CODE, NAME = "DRV054", "lone-use"
_HOME = 3
"""Times that the page has the other letter used so."""
_KNOWN, _FAMILIAR = 5, 8
"""Times that the page has the letter at all: if the formula has the other letter too, and if not."""
_AGREE = 2
"""Leaves alike around the letter and its nearest other."""
_VOTES = 2
_D = "behind $d$"


def look(page: Page) -> Iterator[Diagnostic]:
    used = uses(page)
    every = [s for s in spots(page) if s.leaf.place == PLAIN and not s.leaf.number and s.place in used]
    counts = Counter((s.leaf.value, used[s.place]) for s in every)
    total = Counter(s.leaf.value for s in every)
    within = Counter((s.written.number, s.leaf.value) for s in every)

    def lonely(spot: Spot) -> bool:
        value = spot.leaf.value
        once = counts[value, used[spot.place]] == 1 and total[value] >= _KNOWN
        return once and within[spot.written.number, value] > 1 and says(spot.written)

    for found in nearest(every, lonely):
        use, meant = used[found.here.place], found.there.leaf.value
        if found.same or found.agree < _AGREE or counts[meant, use] < _HOME:
            continue
        if bare_of(meant) == bare_of(found.here.leaf.value) or _D in use:
            continue  # the same letter in another dress; any letter may be integrated over
        beside = within[found.here.written.number, meant] > 0
        sure = found.kinds == 1 and found.votes >= _VOTES and total[found.here.leaf.value] >= _FAMILIAR
        if (beside or sure) and page.open(found.here.written.formula.locate(found.here.leaf.span)):
            yield _finding(page, found, use, counts[meant, use])


def _finding(page: Page, found: Lone, use: Use, times: int) -> Diagnostic:
    here, there = found.here, found.there
    new = there.text()
    return page.finding(
        CODE,
        NAME,
        f"${here.text()}$ stands {worded(use)} in ${here.around()}$ and nowhere else; ${new}$ stands so "
        f"{times} times, as in ${there.around()}$",
        here.written,
        here.leaf.span,
        labels=(Label(there.written.formula.locate(there.leaf.span), f"here it is ${new}$"),),
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "# Codes\n\nThe divisor is $G(x)$, with $p = x^3 + c$, $q = x^3 + c$ and $r = x^2$, or $G(x) + "
        "G(y)$.\n\n"
        "$$w = G(x) + G^3 + c - x$$\n",
        "# Moments\n\nThe first is $s = t (2 a + b)$, the next $p = t (2 a + b) + c$, with $q = 2 t$.\n\n"
        "They are of $X_1$, $X_2$, $X_3$ and $2 X_4$.\n\n$$w = X (2 a + b) + t X_1$$\n",
    ),
    valid=(
        "# Codes\n\nThe divisor is $G(x)$, with $p = x^3 + c$, $q = x^3 + c$ and $r = x^2$, or $G(x) + "
        "G(y)$.\n\n"
        "$$w = G(x) + x^3 + c - x$$\n",
        "# Forms\n\nThe cost has $p = x^2 + c$, $q = x^2 + c$, $r = x^2$ and $u$ or $2 u$ or $3 u$ or $4 "
        "u$.\n\n"
        "$$w = u^2 + c + x^2 + u + c$$\n\nIts other part is $s = u^2$.\n",
        "# Areas\n\nThe strips have $p = f(x) c$, $q = f(x) c$ and $s = f(x) c$; so has $r = u + u + u + "
        "u$.\n\n"
        "$$w = f(x) c + u \\, (x - 1) c$$\n",
        "# Densities\n\nIt has $p = f(x) c$, $q = f(x) c$, $r = f(x) c$ and $u$, with $\\vec x > 0$ and $2 "
        "\\vec x$.\n\n"
        "The others are $\\vec x_1$, $\\vec x_2$.\n\n$$w = f(\\vec x) c + x + u \\cdot \\vec x_1$$\n",
        "# Others\n\nIt has $p = x^2 + c$, $q = x^2 + c$ and $r = x^2 + c$. With $z$ it is\n\n"
        "$$w = z^2 + c - x + z$$\n",
    ),
)
