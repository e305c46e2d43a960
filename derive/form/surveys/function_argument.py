"""A function stands where the page has a variable: as the argument of another function.

`A(x) = P(x) + R(x)` and then `Q(x) = P(R) + A(x)`: R is taken at something everywhere else, and what P is
taken at is no function. It is told where this is the one place in which the letter stands by itself, and the
document takes the other function at a letter that is no function. A functional is taken at functions, and
a page that names its functions without their arguments has them stand by themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from derive.classes import dataclass
from derive.form.applied import Applied, applied
from derive.form.cause import survey
from derive.form.page import Page
from derive.form.pattern.leaves import PLAIN, part
from derive.model import Diagnostic
from derive.notation.syntax import Name

CODE, NAME = "DRV037", "function-argument"
_OFTEN = 2
"""Times that a letter is taken at something before it is a function by use."""


@dataclass(frozen=True, slots=True)
class _Found:
    where: Applied
    argument: Name
    usual: str


def look(page: Page) -> Iterator[Diagnostic]:
    for found in _found(page):
        where = found.where
        span = found.argument.span
        if page.open(where.written.formula.locate(span)):
            name = where.written.text(span)
            yield page.finding(
                CODE,
                NAME,
                f"${name}$ is a function everywhere else, and stands here as an argument where "
                f"${found.usual}$ has its place",
                where.written,
                span,
            )


def _found(page: Page) -> Iterator[_Found]:
    calls = list(applied(page))
    heads = Counter(c.key for c in calls)
    names: Counter[str] = Counter()
    for written in page.written:
        for row in written.display.rows:
            leaves = (leaf for piece in row.parts for leaf in part(piece).leaves)
            names.update(leaf.value for leaf in leaves if leaf.place == PLAIN)
    usual: dict[tuple[str, int, int], Counter[str]] = defaultdict(Counter)
    for call in calls:
        for k, item in enumerate(call.arguments):
            if isinstance(item, Name):
                usual[call.key, len(call.arguments), k][_spelt(item)] += 1
    for call in calls:
        for k, item in enumerate(call.arguments):
            if not isinstance(item, Name) or (own := _spelt(item)) == call.key:
                continue
            if heads[own] < _OFTEN or 3 * (names[own] - heads[own] - 1) > heads[own]:
                continue
            sections = {c.written.section for c in calls if c.key == own}
            if call.written.section not in sections:
                continue  # a function of another part of the text
            others = usual[call.key, len(call.arguments), k]
            letters = [n for n, _ in others.most_common() if n != own and not heads[n]]
            if letters and others[own] == 1 and 2 * sum(others[n] for n in letters) > others.total():
                yield _Found(call, item, letters[0].rpartition(":")[2])


def _spelt(name: Name) -> str:
    return part(name).values[0]


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "We send $S(x) = P(x) + A(x)$, the remainder $R(x) = P(x) + S(x)$ and $R(x) = A(x)$ if all is "
        "well.\n\n$$T(x) = P(R) + S(x)$$\n",
    ),
    valid=(
        "We send $S(x) = P(x) + A(x)$, the remainder $R(x) = P(x) + S(x)$ and $R(x) = A(x)$ if all is "
        "well.\n\n$$T(x) = P(x) + S(x)$$\n",
        "Energies are $E(f) = \\int f(x)^2 \\, dx$ and $E(g) = \\int g(x)^2 \\, dx$, where $f(x) = g(x)$ and "
        "$g(x) = f(x + 1)$.\n",
        "We have $f(x) = x^2$ and $f(y) = y^2$, and $f$ is even. Then $g(x) = 1$ and $g(f) = 2$.\n",
    ),
)
