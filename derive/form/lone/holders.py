"""What a letter or a number stands in: an index or an exponent of which letter, the argument of which
function, a part of a fraction.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import dataclass
from derive.facts.pieces import parts
from derive.form.page import Page, Written
from derive.form.pattern.leaves import part
from derive.notation.syntax import (
    Bar,
    Big,
    Fence,
    Fraction,
    Integral,
    Juxtaposition,
    Name,
    Number,
    Scripts,
    Sequence,
    Syntax,
)


@dataclass(frozen=True, slots=True)
class Holder:
    """`kind` in words, which go before the letter that it is of, if it is of one; `shown` is how that letter
    is written.
    """

    kind: str
    of: str = ""
    shown: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.of

    def __str__(self) -> str:
        return f"{self.kind} ${self.shown}$" if self.shown else self.kind


def holders(page: Page) -> dict[tuple[int, int], Holder]:
    """What holds every letter and number of the page, by its formula's number and its start. What is bound
    in a sum or an integral has no holder, and what stands in brackets alone has none.
    """
    return {
        (written.number, node.span.start): holder
        for written in page.written
        for row in written.display.rows
        for node, above in _within(row.parts)
        if (holder := _holder(written, node, above)) is not None
    }


def _within(nodes: tuple[Syntax, ...]) -> Iterator[tuple[Syntax, tuple[Syntax, ...]]]:
    stack: list[tuple[Syntax, tuple[Syntax, ...]]] = [(node, ()) for node in nodes]
    while stack:
        node, above = stack.pop()
        if isinstance(node, Name | Number):
            yield node, above
        stack.extend((child, (*above, node)) for child in parts(node))


def _holder(written: Written, node: Syntax, above: tuple[Syntax, ...]) -> Holder | None:
    inner = node
    for k in range(len(above) - 1, -1, -1):
        outer = above[k]
        match outer:
            case Scripts(base=base) if base is not inner:
                kind = "as an index of" if outer.sub is inner else "as an exponent of"
                return _of(written, kind, base)
            case Fence():
                around = above[k - 1] if k else None
                return _argument(written, outer, around)
            case Fraction(numerator=above_line):
                return Holder("above a line" if above_line is inner else "below a line")
            case Big(body=body) | Integral(body=body) if body is not inner:
                return None
            case Integral():
                return None
            case _:
                inner = outer
    return Holder("outside of all brackets")


def _argument(written: Written, fence: Fence, around: Syntax | None) -> Holder | None:
    """`f(x, y)`, and apart from it `f(2 x)`."""
    if fence.open != "(" or not isinstance(around, Juxtaposition):
        return None
    k = next((n for n, factor in enumerate(around.factors) if factor is fence), 0)
    if not k or not isinstance(head := around.factors[k - 1], Name | Scripts):
        return None
    whole = isinstance(fence.body, Sequence | Bar | Name | Scripts)
    return _of(written, "as the argument of" if whole else "in the argument of", head)


def _of(written: Written, kind: str, base: Syntax) -> Holder | None:
    letter = base.base if isinstance(base, Scripts) else base
    if not isinstance(letter, Name):
        return None
    return Holder(kind, part(letter).values[0], written.text(letter.span))
