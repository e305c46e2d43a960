"""Two vectors stand side by side where the page has the first of them transposed.

`\\mathbf{u}_j \\mathbf{v}_i` among `\\mathbf{u}_k^\\top \\mathbf{v}_i`: two columns have no product, nor have
they with a matrix between them. Only bold small letters are looked at, and only where the transposed pair
stands in at least two formulas and twice as often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.model import Diagnostic
from derive.notation.syntax import Juxtaposition, Name, Scripts, Syntax

CODE, NAME = "DRV059", "lost-transpose"
_TURNED = frozenset({"T", "top", "intercal", "transpose"})
_FEWEST, _TIMES, _TWO = 2, 2, 2
_Pair = tuple[str, ...]


def look(page: Page) -> Iterator[Diagnostic]:
    turned: dict[_Pair, set[int]] = defaultdict(set)
    bare: dict[_Pair, list[tuple[Written, Syntax, Syntax]]] = defaultdict(list)
    for written, node in page.nodes:
        if not isinstance(node, Juxtaposition):
            continue
        for first, between, second in _pairs(node):
            one, other = _vector(first), _vector(second)
            if one is None or other is None or other[1]:
                continue
            pair = (*sorted((one[0], other[0])), *between)
            if one[1]:
                turned[pair].add(written.number)
            else:
                bare[pair].append((written, first, second))
    for pair, places in bare.items():
        if (len(pair) == _TWO and pair[0] == pair[1]) or len(turned[pair]) < max(
            _FEWEST, _TIMES * len(places)
        ):
            continue
        for written, first, second in places:
            span = first.span.cover(second.span)
            if not page.open(written.formula.locate(span)):
                continue
            old = written.text(first.span)
            yield page.finding(
                CODE,
                NAME,
                f"${written.text(span)}$ has no transpose, which the first of the two has in "
                f"{len(turned[pair])} other formulas",
                written,
                span,
                fix=page.put(written, first.span, old, f"{old}^\\top"),
            )


def _pairs(node: Juxtaposition) -> Iterator[tuple[Syntax, tuple[str, ...], Syntax]]:
    """Factors side by side, and those that only matrices part, with these."""
    factors = node.factors
    for k, first in enumerate(factors):
        between: list[str] = []
        for second in factors[k + 1 :]:
            matrix = _matrix(second)
            if matrix is None:
                yield first, tuple(between), second
                break
            between.append(matrix)


def _matrix(node: Syntax) -> str | None:
    base = node.base if isinstance(node, Scripts) else node
    bold = isinstance(base, Name) and base.font == "bold" and base.name.isupper() and len(base.name) == 1
    return base.name if bold and isinstance(base, Name) else None


def _vector(node: Syntax) -> tuple[str, bool] | None:
    """A bold small letter, marked if it has an index, whichever, and whether it is transposed:
    `w_j x_j` are numbers where `w^\\top x` has vectors."""
    turned, indexed = False, False
    if isinstance(node, Scripts):
        if node.primes:
            return None
        if node.sup is not None:
            if not (isinstance(node.sup, Name) and node.sup.name in _TURNED):
                return None
            turned = True
        indexed = node.sub is not None
        node = node.base
    if isinstance(node, Scripts) and node.sup is None and not node.primes:
        node, indexed = node.base, True
    if not isinstance(node, Name) or node.font != "bold" or not node.name.islower() or len(node.name) > 1:
        return None
    return "".join((*node.accents, node.name, "_" * indexed)), turned


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "We have $p_{ij} = \\exp(\\mathbf{u}_j^\\top \\mathbf{v}_i)$ and $q_{ij} = \\log p_{ij} = "
        "\\mathbf{u}_j^\\top \\mathbf{v}_i$. The loss is "
        "$$\\sum_i \\sum_j (\\mathbf{u}_j \\mathbf{v}_i + b_i - \\log x_{ij})^2.$$\n",
        "The cost is $J = \\mathbf{x}^\\top \\mathbf{Q} \\mathbf{x}$, and so "
        "$\\mathbf{x}^\\top \\mathbf{Q} \\mathbf{x} > 0$. "
        "The bound is $$V = \\mathbf{x} \\mathbf{Q} \\mathbf{x} - 1.$$\n",
    ),
    valid=(
        "We have $p_{ij} = \\exp(\\mathbf{u}_j^\\top \\mathbf{v}_i)$ and $q_{ij} = \\log p_{ij} = "
        "\\mathbf{u}_j^\\top \\mathbf{v}_i$. The loss is "
        "$$\\sum_i \\sum_j (\\mathbf{u}_j^\\top \\mathbf{v}_i + b_i - \\log x_{ij})^2.$$\n",
        "We have $z = \\mathbf{w}^\\top \\mathbf{x}$ and $f(\\mathbf{w}^\\top \\mathbf{x})$ with "
        "$$z = \\sum_j \\mathbf{w}_j \\mathbf{x}_j.$$\n",
        "We write $s = \\mathbf{u}^\\top \\mathbf{v}$ for the inner product, and "
        "$\\mathbf{u} \\mathbf{v}$ for the dyad of the two.\n",
    ),
)
