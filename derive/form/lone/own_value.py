"""What a formula gives stands in its own value.

`h = \\frac{\\pi}{3} r^2 h`, `b = a x + b + c`: a letter slipped from one side to the other. An equation that
is to be solved, an update (`x = x + s`), a list, an argument, and what is taken over to the other side with a
minus are left alone, and so is a letter with another index, accent or argument.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from derive.expressions import regex
from derive.facts.pieces import parts
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import part
from derive.model import Diagnostic, Formula
from derive.notation.syntax import (
    Accent,
    Apply,
    Big,
    Cases,
    Chain,
    Fence,
    Integral,
    Juxtaposition,
    Matrix,
    Name,
    Number,
    Prefix,
    Scripts,
    Sequence,
    Sum,
    Syntax,
)

CODE, NAME = "DRV055", "own-value"
_SOLVED = regex(
    r"\b(?:iterat|fixed.point|implicit|recurs|self-consisten|updat|assign|solv|equilibri|stationary|steady"
    r"|unknown)",
    re.I,
)
"""Words of an equation that its left side is to be found from, and of a value that is set anew."""


def look(page: Page) -> Iterator[Diagnostic]:
    for written in page.written:
        if not written.formula.display or _SOLVED.search(_words(page, written)):
            continue
        for row in written.display.rows:
            for chain in row.parts:
                if isinstance(chain, Chain) and (own := _own(chain)) is not None:
                    if page.open(written.formula.locate(own.span)):
                        yield _finding(page, written, chain, own)


def _words(page: Page, written: Written) -> str:
    """The words of the block of a formula and of the one before it."""
    blocks = page.document.blocks
    at = bisect_right(blocks, written.formula.span.start, key=lambda b: b.span.start) - 1
    near = blocks[max(0, at - 1) : at + 1]
    return " ".join(p.text for block in near for p in block.parts if not isinstance(p, Formula))


def _own(chain: Chain) -> Syntax | None:
    """The one place of the right sides where the left side stands."""
    left = chain.first
    if left is None or chain.links[0].relation != "=" or not _gives(left):
        return None
    sides = [link.right for link in chain.links if link.relation == "="]
    found = [place for side in sides for place in _places(side, left)]
    return found[0] if len(found) == 1 else None


def _gives(left: Syntax) -> bool:
    """Whether it is a letter, perhaps with scripts, or a function of arguments."""
    match left:
        case Name(word=False) | Scripts(base=Name(word=False)):
            return True
        case Juxtaposition(factors=(Name(word=False) | Scripts(base=Name()), Fence(open="("))):
            return True
        case _:
            return False


def _places(side: Syntax, left: Syntax) -> Iterator[Syntax]:
    """Where the left side stands in another side as a part of a value: a factor, a power, below a line, what
    a function is taken of where nothing is added."""
    key = _key(left)
    stack: list[tuple[Syntax, bool, bool]] = [(side, False, False)]
    while stack:
        node, inner, added = stack.pop()
        if _key(node) == key and type(node) is type(left):
            if inner:
                yield node
            continue
        match node:
            case Accent() | Matrix() | Cases() | Sequence() | Prefix():
                continue
            case Apply() if added:
                continue  # an equation for the left side: `x = c - b \sin x`
            case Big():
                continue  # bound there, `c = \arg\min_c f(c)`, or a step to a fixed point
            case Integral(variables=variables) if any(key[1] == part(v).values for v in variables):
                continue
            case Integral(body=body):
                if body is not None:  # in a bound it makes an equation, `s = \\int_0^s |g'|`
                    stack.append((body, True, added))
            case Scripts(base=base, sub=None, sup=Number(text=power)) if len(power) == 1:
                stack.append((base, True, added))
            case Scripts(base=base, sub=None, sup=Sum(parts=(("-", Number()),))):
                stack.append((base, True, added))
            case Scripts(base=Name()):
                continue
            case Scripts(base=base):
                stack.append((base, True, added))
            case Sum(parts=terms):
                whole = [k for k, (sign, term) in enumerate(terms) if k and sign == "+"]
                stack.extend(
                    (term, k in whole or (inner and _key(term) != key), added or len(terms) > 1)
                    for k, (_, term) in enumerate(terms)
                )
            case Juxtaposition(factors=factors):
                stack.extend((f, True, added) for f in _values(factors))
            case Fence(body=body):
                if body is not None:
                    stack.append((body, inner, added))
            case _:
                stack.extend((child, True, added) for child in parts(node))


def _values(factors: tuple[Syntax, ...]) -> Iterator[Syntax]:
    """The factors without functions and what these are taken at; none where a command that nothing declares
    stands among them, which may set two statements apart: `x = a \\eqv b x = c`."""
    if any(isinstance(f, Name) and f.name.startswith("\\") for f in factors):
        return
    for k, factor in enumerate(factors):
        before = factors[k - 1] if k else None
        behind = factors[k + 1] if k + 1 < len(factors) else None
        if isinstance(factor, Fence) and isinstance(before, Name | Scripts):
            if factor.span.start == before.span.end or isinstance(factor.body, Sequence):
                continue
        if isinstance(factor, Name) and isinstance(behind, Fence) and behind.span.start == factor.span.end:
            continue
        yield factor


def _key(node: Syntax) -> tuple[str, tuple[str, ...]]:
    taken = part(node)
    return taken.shape, taken.values


def _finding(page: Page, written: Written, chain: Chain, own: Syntax) -> Diagnostic:
    left = chain.first
    assert left is not None
    return page.finding(
        CODE,
        NAME,
        f"${written.text(left.span)}$ is given by itself: it stands on both sides of "
        f"${written.text(chain.span)}$",
        written,
        own.span,
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The volume of a cone of height $h$ is\n\n$$h = \\frac{\\pi}{3} r^2 h$$\n",
        "The model of a sample is\n\n$$b = a x + b + \\epsilon$$\n",
        "The weights are\n\n$$\\mathbf{w} = \\mathbf{w}^{-1} \\mathbf{b}$$\n",
        "The potential is\n\n$$V(\\theta) = -\\log V(\\theta)$$\n",
    ),
    valid=(
        "The volume of a cone of height $h$ is\n\n$$V = \\frac{\\pi}{3} r^2 h$$\n",
        "We solve for the unknown $x$ in\n\n$$x = \\frac{1}{2} \\sqrt{1 + x^2}$$\n",
        "By parts twice,\n\n$$I = e^x \\sin x + e^x \\cos x - I$$\n",
        "The weight becomes\n\n$$w = w - s g$$\n",
        "The best one is\n\n$$c = \\arg\\min_c \\|c - u\\|$$\n",
        "The curve is parameterized by its length if\n\n$$s = \\int_0^s |g'(t)|\\,dt$$\n",
        "The anomaly fulfils\n\n$$E = M + e \\sin E$$\n",
        "The share of a part is\n\n$$a_i = \\frac{1}{m} \\sum_{j=1}^m \\frac{a_i p_{ij}}{q_j}$$\n",
        "It depends on time,\n\n$$x = x(t) + c, \\quad H = c H^\\dagger, \\quad s = [s, v], \\quad T = T_0 "
        "c$$\n",
        "The equation of a curve is\n\n$$y = c + \\int f(x, y) \\, dx$$\n",
    ),
)
