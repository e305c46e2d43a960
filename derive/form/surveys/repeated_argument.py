"""A function has one letter twice among its arguments, or before its bar and again behind it.

`J(\\theta, y, y)`, `R(\\alpha, \\alpha, \\gamma)`, `p(z \\mid x, z)`: of three arguments no two are the same
letter, and what is given is not what is asked for. Two arguments alone may be (`k(x, x)`), a chance of what
is given (`P(A \\mid A) = 1`) is left alone, and so is what stands so a second time on the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from derive.classes import dataclass
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import part
from derive.model import Diagnostic
from derive.notation.syntax import (
    Accent,
    Bar,
    Ellipsis,
    Fence,
    Juxtaposition,
    Name,
    Scripts,
    Sequence,
    Syntax,
)

CODE, NAME = "DRV084", "repeated-argument"
_SEVERAL = 3
_BARS = frozenset({"|", ";"})


@dataclass(frozen=True, slots=True)
class _Repeated:
    written: Written
    call: str
    letter: Syntax
    barred: bool


def look(page: Page) -> Iterator[Diagnostic]:
    found = [
        one
        for written, node in page.nodes
        if isinstance(node, Juxtaposition)
        for head, fence in pairwise(node.factors)
        if isinstance(head, Name | Scripts) and isinstance(fence, Fence) and fence.open == "("
        for one in _repeated(written, head, fence)
    ]
    often = Counter((one.call.split("(")[0], one.written.text(one.letter.span)) for one in found)
    for one in found:
        text = one.written.text(one.letter.span)
        if often[one.call.split("(")[0], text] > 1 or not page.open(
            one.written.formula.locate(one.letter.span)
        ):
            continue
        how = "before the bar and again behind it" if one.barred else "twice among its arguments"
        yield page.finding(CODE, NAME, f"${one.call}$ has ${text}$ {how}", one.written, one.letter.span)


def _repeated(written: Written, head: Syntax, fence: Fence) -> Iterator[_Repeated]:
    groups = list(_groups(fence.body)) if fence.body is not None else []
    every = [item for group in groups for item in group]
    if any(isinstance(item, Ellipsis) for item in every):
        return
    call = f"{written.text(head.span)}{written.text(fence.span)}"
    seen: list[tuple[object, int]] = []
    for k, group in enumerate(groups):
        for item in group:
            if not _is_letter(item):
                continue
            key = (part(item).shape, part(item).values)
            before = [n for other, n in seen if other == key]
            seen.append((key, k))
            if before and len(every) >= _SEVERAL:
                yield _Repeated(written, call, item, before[-1] != k)
                return


def _groups(body: Syntax) -> Iterator[list[Syntax]]:
    """The items of a list, those before and behind a bar or a semicolon by themselves."""
    match body:
        case Bar(left=left, right=right, kind=kind) if kind in _BARS:
            yield from _groups(left)
            yield from _groups(right)
        case Sequence(items=items, separator=";"):
            for item in items:
                yield from _groups(item)
        case Sequence(items=items):
            yield list(items)
        case _:
            yield [body]


def _is_letter(item: Syntax) -> bool:
    """A letter, perhaps with scripts or an accent."""
    match item:
        case Name(name=name):
            return name not in ("cdot", "infty", "*", "emptyset", "varnothing")
        case Scripts(base=base):
            return _is_letter(base)
        case Accent():
            return len(part(item).leaves) == 1
        case _:
            return False


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The attack is\n\n$$z = x + s \\, g(\\theta, x, x)$$\n",
        "The rotation by three angles is $$\\mathcal{R}(\\alpha, \\alpha, \\gamma) = A B C.$$\n",
        "The posterior obeys $$p(z \\mid x, z) \\propto p(x \\mid z) p(z).$$\n",
    ),
    valid=(
        "The attack is\n\n$$z = x + s \\, g(\\theta, x, y)$$\n",
        "A kernel has $k(x, x) > 0$, and a chance $P(A \\mid A) = 1$.\n",
        "It is uniform, $$u \\sim c(p, \\dots, p).$$\n",
        "The assignment $(T, F, T)$ fits.\n",
        "The value is the same, $h(x, x, y) = h(x, x, z)$, for all.\n",
        "At the origin $f(0, 0, x) = 1$.\n",
    ),
)
