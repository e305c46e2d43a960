"""The order of a derivative above the line is not that of what it is taken by below.

`\\frac{\\partial^2 f}{\\partial x^4}`: twice above, four times below. A variable may itself be a square
(`\\partial \\mu \\, \\partial \\sigma^2`), so that every exponent below counts for its number or for one, and
a first derivative by a power is left alone, as are upper indices.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.model import Diagnostic
from derive.notation.syntax import Fraction, Juxtaposition, Name, Number, Prefix, Scripts, Syntax

CODE, NAME = "DRV035", "uneven-derivative"
_OPERATORS = frozenset({"partial", "d"})


def look(page: Page) -> Iterator[Diagnostic]:
    for written, node in page.nodes:
        if isinstance(node, Fraction) and node.kind == "frac" and _uneven(node):
            if page.open(written.formula.locate(node.span)):
                yield _finding(page, written, node)


def _uneven(node: Fraction) -> bool:
    above, below = _above(node.numerator), _below(node.denominator)
    if above is None or below is None:
        return False
    name, order = above
    if order < 2 or any(n != name for n, _ in below):
        return False
    counts = [sum(chosen) for chosen in product(*({1, k} for _, k in below))]
    plain = name == "d" and counts == [1]  # a distance squared over a product with it
    return order not in counts and not plain


def _above(node: Syntax) -> tuple[str, int] | None:
    """The operator and its order: `\\partial^2 f`, `d^2 y`, `\\partial^3`."""
    match node:
        case Prefix(operator=operator):
            return _above(operator)
        case Juxtaposition(factors=(first, *_)):
            return _above(first)
        case Scripts(base=Name(name=name, accents=()), sub=None, sup=Number(text=text), primes=0):
            return (name, int(text)) if name in _OPERATORS and text.isdigit() else None
        case _:
            return None


def _below(node: Syntax) -> list[tuple[str, int]] | None:
    """Every operator below with the exponent of its variable; None where something else stands there."""
    flat = list(_flat(node))
    found: list[tuple[str, int]] = []
    if len(flat) % 2:
        return None
    for operator, variable in zip(flat[::2], flat[1::2], strict=True):
        if not (isinstance(operator, Name) and operator.name in _OPERATORS and not operator.accents):
            return None
        match variable:
            case Name() | Scripts(base=Name(), sup=None):
                found.append((operator.name, 1))
            case Scripts(base=Name(), sup=Number(text=text)) if text.isdigit():
                found.append((operator.name, int(text)))
            case _:
                return None
    return found


def _flat(node: Syntax) -> Iterator[Syntax]:
    match node:
        case Prefix(operator=operator, operand=operand):
            yield operator
            yield from _flat(operand)
        case Juxtaposition(factors=factors):
            for f in factors:
                yield from _flat(f)
        case _:
            yield node


def _finding(page: Page, written: Written, node: Fraction) -> Diagnostic:
    return page.finding(
        CODE,
        NAME,
        f"${written.text(node.span)}$ has one order above the line and another below",
        written,
        node.span,
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "Diffusion obeys $$\\frac{\\partial u}{\\partial t} = a \\frac{\\partial^2 u}{\\partial x^4}.$$\n",
        "The beam bends by $$E I \\frac{d^2 w}{dx^4} = q.$$\n",
        "The mixed one is $$g = \\frac{\\partial^3 f}{\\partial x \\, \\partial y}.$$\n",
    ),
    valid=(
        "Diffusion obeys $$\\frac{\\partial u}{\\partial t} = a \\frac{\\partial^2 u}{\\partial x^2}.$$\n",
        "The information has $$I = \\frac{\\partial^2 L}{\\partial \\mu \\, \\partial \\sigma^2}$$ and "
        "$$s = \\frac{\\partial L}{\\partial \\sigma^2}.$$\n",
        "The metric has $$g = \\frac{\\partial^2 f}{\\partial x^i \\, \\partial x^j}.$$\n",
        "With the distance $d$, $$r = \\frac{d^2}{d x}.$$\n",
    ),
)
