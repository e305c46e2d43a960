"""A letter stands once on the page as it stands nowhere else, where other formulas have another letter.

`x^{18} + G^{17}` where nothing else raises G, `\\dot\\theta(I)` beside `\\dot\\theta(t)`: an index, an
exponent, a bracket behind it or a sign of a derivative before it, or none of these, and the same letters
around. So is an index, an exponent or an argument of a letter that has another one everywhere else. Both
letters stand in the formula, so that one may have slipped in from the place of the other. Letters that the
page hardly has, what stands so in the same formula, what is bound, and the last index of a list are left
alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from derive.classes import dataclass
from derive.form.cause import survey
from derive.form.lone.holders import Holder, holders
from derive.form.lone.nearest import Lone, Spot, says, spots
from derive.form.lone.nearest import lone as nearest
from derive.form.lone.uses import Use, uses, worded
from derive.form.page import Page
from derive.form.pattern.leaves import BY, PLAIN, SUB, SUP, bare_of
from derive.model import Diagnostic, Label

CODE, NAME = "DRV054", "lone-use"
_HOME = 3
"""Times that the page has the other letter used so."""
_KNOWN = 5
"""Times that the page has the letter at all."""
_AGREE = 6
"""Leaves alike around the letter and its nearest other."""
_APART, _ALONE = 9, 10
"""The same where the surroundings have several other letters, and where one other formula has them."""
_VOTES, _KINDS = 2, 2
_D = "behind $d$"
_PLACES = frozenset({PLAIN, SUB, SUP, BY})


@dataclass(frozen=True, slots=True)
class _Page:
    """How every letter is used, what holds it, and how often the page and each formula have it so."""

    used: dict[tuple[int, int], Use]
    held: dict[tuple[int, int], Holder]
    uses: Counter[tuple[str, Use]]
    places: Counter[tuple[str, str, tuple[str, str]]]
    total: Counter[str]
    within: Counter[tuple[int, str]]

    def use(self, spot: Spot, value: str) -> int:
        """How often the page has a letter used as the one of the spot."""
        return self.uses[value, self.used[spot.place]] if spot.place in self.used else 0

    def holding(self, spot: Spot, value: str) -> int:
        """How often a letter stands in what the one of the spot stands in."""
        holder = self.held.get(spot.place)
        return self.places[value, spot.leaf.place, holder.key] if holder is not None else 0

    def inside(self, spot: Spot, value: str) -> int:
        return self.within[spot.written.number, value]


def look(page: Page) -> Iterator[Diagnostic]:
    every = [s for s in spots(page) if s.leaf.place in _PLACES]
    here = _counted(page, every)

    def lonely(spot: Spot) -> bool:
        value = spot.leaf.value
        if not says(spot.written):
            return False
        if spot.leaf.number:
            alone = here.inside(spot, value) == 1 and here.holding(spot, value) == 1
            return spot.leaf.place == SUB and alone
        if here.total[value] < _KNOWN or here.inside(spot, value) < 2:
            return False
        return here.use(spot, value) == 1 or here.holding(spot, value) == 1

    for found in nearest(every, lonely):
        spot, meant = found.here, found.there.leaf
        if found.same or meant.number != spot.leaf.number or _D in here.used.get(spot.place, ()):
            continue  # any letter may be integrated over
        if bare_of(meant.value) == bare_of(spot.leaf.value):
            continue  # the same letter in another dress
        if not here.inside(spot, meant.value) or not _near(found):
            continue
        how = _used(here, found) or _held(here, found)
        if how is not None and page.open(spot.written.formula.locate(spot.leaf.span)):
            yield _finding(page, found, *how)


def _counted(page: Page, every: Sequence[Spot]) -> _Page:
    used, held = uses(page), holders(page)
    return _Page(
        used,
        held,
        Counter((s.leaf.value, used[s.place]) for s in every if s.place in used and s.leaf.place == PLAIN),
        Counter((s.leaf.value, s.leaf.place, held[s.place].key) for s in every if s.place in held),
        Counter(s.leaf.value for s in every),
        Counter((s.written.number, s.leaf.value) for s in every),
    )


def _near(found: Lone) -> bool:
    """Whether the surroundings are alike enough, and no place with them has the letter itself."""
    few = found.kinds == 1 or (found.kinds <= _KINDS and found.agree >= _APART)
    several = found.votes >= _VOTES or found.agree >= _ALONE
    return found.own == 0 and found.agree >= _AGREE and few and several


def _used(here: _Page, found: Lone) -> tuple[str, int] | None:
    """How a letter is used, and how often the other one is, where that tells."""
    spot, value, meant = found.here, found.here.leaf.value, found.there.leaf.value
    if spot.leaf.place != PLAIN or spot.leaf.number or here.use(spot, value) != 1:
        return None
    return (worded(here.used[spot.place]), times) if (times := here.use(spot, meant)) >= _HOME else None


def _held(here: _Page, found: Lone) -> tuple[str, int] | None:
    """What a letter or a number stands in, and how often the other one does, where that tells."""
    spot, value, meant = found.here, found.here.leaf.value, found.there.leaf.value
    if here.holding(spot, value) != 1 or (times := here.holding(spot, meant)) < _HOME or spot.ends_a_list:
        return None
    if spot.leaf.number and spot.written.task != found.there.written.task:
        return None
    return str(here.held[spot.place]), times


def _finding(page: Page, found: Lone, how: str, times: int) -> Diagnostic:
    here, there = found.here, found.there
    new = there.text()
    return page.finding(
        CODE,
        NAME,
        f"${here.text()}$ stands {how} in ${here.around()}$ and nowhere else; ${new}$ stands so "
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
        "# Codes\n\nThe divisor is $G(x)$, with $p = x^3 (a + b d) + c$ and "
        "$q = x^3 (a + b d) + f$ and $r = x^2$, $s = 2 x^2$ and "
        "$t = 3 x^2$, or $G(x) + G(y)$.\n\n$$w = G^3 (a + b d) + G(x)$$\n",
        "# Moments\n\nThe first is $s = t (2 a + b d) + f g$, the next $p = t (2 a + b d) + f g - c$, with "
        "$q = 2 t$, $3 t$ and $4 t$.\n\nThey are of $X_1$, $X_2$, $X_3$ and $2 X_4$.\n\n"
        "$$w = X (2 a + b d) + f g + t X_1$$\n",
        "# Sequences\n\nThe first has $p = 2 u_{k-1} + c d f g$, the next $q = u_{k-1} + c d f g + r$ and "
        "$s = 3 u_{k-1} + c d f g$ and $t = u_{k-1}$ and $v = 2 u_{k-1}$.\n\n"
        "Their steps are $x$, $2 x$ and $3 x$ and $x + p$ and $x + q$ and $x + r$.\n\n"
        "$$w = 5 u_{x-1} + c d f g + x u_{k-1}$$\n",
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
        "# Sums\n\nThey are $p = u_1 + \\dots + u_k$, $q = u_1 + \\dots + u_k$ and $r = u_1 + \\dots + "
        "u_k$.\n\n"
        "Of $x$, $2 x$, $3 x$, $x + p$, $x + q$, $x + r$, $x + 1$ it is\n\n"
        "$$w = u_1 + \\dots + u_x + k x$$\n",
        "# Others\n\nIt has $p = x^2 + c$, $q = x^2 + c$ and $r = x^2 + c$. With $z$ it is\n\n"
        "$$w = z^2 + c - x + z$$\n",
    ),
)
