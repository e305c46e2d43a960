"""A function of several letters is given without one of them, and another stands twice.

`D(m, \\alpha, \\beta) = e^{m\\alpha} d(m, \\alpha)`: nothing on the right speaks of \\beta. Told where
the right side has one of the others twice, and neither words nor dots stand in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from derive.expressions import regex
from derive.facts.pieces import walk
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import SUB, Leaf, part
from derive.model import Diagnostic, Span
from derive.notation.syntax import Chain, Ellipsis, Fence, Juxtaposition, Name, Scripts, Syntax, Text
from derive.notation.syntax import Sequence as Items

CODE, NAME = "DRV036", "unused-argument"
_TIME = "t"
"""What a function of the time may leave unsaid."""
_WHERE = regex(r"^\W*\b(?:where|here|with)\b[^.]*$", re.IGNORECASE)
_NEAR = 6
"""Formulas behind in which a letter is explained."""
_EQUAL = frozenset({"=", ":="})


def look(page: Page) -> Iterator[Diagnostic]:
    for written in page.written:
        rows = [p for row in written.display.rows for p in row.parts]
        if len(rows) != 1 or not isinstance(rows[0], Chain) or rows[0].first is None:
            continue
        chain = rows[0]
        if any(link.relation not in _EQUAL for link in chain.links):
            continue
        sides: tuple[Syntax, ...] = (rows[0].first, *(link.right for link in chain.links))
        for left, right in pairwise(sides):
            found = _unused(left, right)
            if found is None or _explained(page, written, found[0]):
                continue
            if page.open(written.formula.locate(right.span)):
                yield _finding(page, written, left, *found)


def _explained(page: Page, written: Written, unused: Leaf) -> bool:
    """ "where $u$ consists of $s$ and $t$": the words behind say what becomes of the letter."""
    return any(
        0 < w.number - written.number <= _NEAR
        and w.section == written.section
        and written.text(unused.span) == w.text(Span(0, len(w.formula.latex)))
        and _WHERE.search(page.document.source.text[written.formula.span.end : w.formula.span.start])
        for w in page.written
    )


def _unused(left: Syntax, right: Syntax) -> tuple[Leaf, Leaf] | None:
    """The argument that the right side lacks, and the one that stands there twice."""
    letters = _arguments(left)
    if letters is None or any(isinstance(n, Text | Ellipsis) for n in walk([right])):
        return None
    leaves = part(right).leaves
    bare = {_bare(leaf.value) for leaf in leaves}  # its author may leave out the font
    counts = Counter(leaf.value for leaf in leaves if leaf.place != SUB)  # `e_t` is of another letter
    unused = [n for n in letters if _bare(n.value) not in bare]
    twice = [n for n in letters if counts[n.value] > 1]
    if len(unused) != 1 or not twice or _bare(unused[0].value) == _TIME:
        return None
    given = {n.value for n in letters}
    if _fonted(unused[0].value) and any(_fonted(value) and value not in given for value in counts):
        return None  # a vector may stand there by its parts: `f(\mathbf x, t)` in q and its slope
    return unused[0], twice[0]


def _fonted(value: str) -> bool:
    return ":" in value


def _bare(value: str) -> str:
    return value.rpartition(":")[2]


def _arguments(left: Syntax) -> list[Leaf] | None:
    """The letters that a function is taken at, if there are two at least and they differ. Behind a semicolon
    stand parameters, which what follows may leave unsaid."""
    match left:
        case Juxtaposition(
            factors=(Name() | Scripts() | Text(), Fence(open="(", body=Items(items=items, separator=",")))
        ):
            leaves = [part(i).leaves for i in items]
            if any(own[0].number or any(leaf.place != SUB for leaf in own[1:]) for own in leaves if own):
                return None
            if not all(leaves):
                return None
            letters = [own[0] for own in leaves]
            return letters if len(letters) == len({n.value for n in letters}) else None
        case _:
            return None


def _finding(page: Page, written: Written, left: Syntax, unused: Leaf, twice: Leaf) -> Diagnostic:
    return page.finding(
        CODE,
        NAME,
        f"${written.text(left.span)}$ is given without ${written.text(unused.span)}$, "
        f"and has ${written.text(twice.span)}$ twice",
        written,
        left.span,
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The smooth maximum is $$s(u, v) = \\log (\\exp(u) + \\exp(u)).$$\n",
        "The cross entropy is $$H(p_i, q_i) = -\\sum_k p_i \\log p_i$$\n",
        "It is $$D(j, \\alpha, \\beta, \\gamma) = e^{-i j \\alpha} d(j, \\alpha) e^{-i j \\gamma}$$\n",
    ),
    valid=(
        "The Hamiltonian is $$H(x, u, l, t) = c(x, u) + l^T f(x, u).$$\n",
        "The Lagrangian is $$L(z, \\mathbf{l}) = c(z) + l^T f(z).$$\n",
        "The smooth maximum is $$s(u, v) = \\log (\\exp(u) + \\exp(v)).$$\n",
        "The distance is $$d(u, v) = |v| d(v, s) + |v| d(v, t)$$ where $u$ is made of $s$ and $t$.\n",
        "The first of two is $$p(x, y) = x.$$\n",
        "In the state $$g(\\mathbf{x}, s) = \\mathbf{A}(\\mathbf{q}, s) \\mathbf{v} + s \\mathbf{q}.$$\n",
        "The score of a term is $$q(D, t, c) = \\sum_{e_t} \\sum_{e_c} (N_{e_t e_c} - E_{e_t e_c})^2.$$\n",
        "The slopes are $$q(b; s) = \\frac{\\partial h(b)}{\\partial b}.$$\n",
        "The loss of the weights is $$L(w, b) = \\sum_i (y_i - z_i)^2.$$\n",
        "All of them add up to $$s(u, v, w) = u + u^2 + \\dots$$\n",
    ),
)
