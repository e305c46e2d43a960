"""A function stands as its own argument, where nothing on the page is applied to itself.

`y(y \\mid \\theta) = \\prod_n p(y_n \\mid \\theta)`, `w(w^*) \\ge g(w)`, `P(P) + A(x)`: the letter before the
bracket is one of those in it. It is told where the document applies another letter to the same arguments, or
this letter to others. A product needs no bracket around one letter, so none is meant; a document that
applies several letters to themselves has a use for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derive.facts.pieces import walk
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import part
from derive.model import Diagnostic
from derive.notation.syntax import Bar, Fence, Infix, Juxtaposition, Name, Scripts, Syntax
from derive.notation.syntax import Sequence as Items

CODE, NAME = "DRV034", "own-argument"
_GIVEN = frozenset({"mid", "given"})


@dataclass(frozen=True, slots=True)
class _Applied:
    """A letter before a bracket with one or more letters in it."""

    written: Written
    head: Name
    fence: Fence
    arguments: tuple[Syntax, ...]

    @property
    def key(self) -> str:
        return _spelt(self.head)

    @property
    def own(self) -> Syntax | None:
        """The argument that is the head's letter, with scripts or without."""
        return next((a for a in self.arguments if (n := _letter(a)) and _spelt(n) == self.key), None)


def look(page: Page) -> Iterator[Diagnostic]:
    applied = list(_applied(page))
    own = [a for a in applied if a.own is not None]
    if len({_text(a) for a in own}) > 1 and len({a.key for a in own}) == 1:
        return  # it is used so
    others = [a for a in applied if a.own is None]
    for found in own:
        where = found.written.formula.locate(found.head.span.cover(found.fence.span))
        if sum(_text(a) == _text(found) for a in own) > 1 or not page.open(where):
            continue
        heads = {a.key for a in others if _inside(a) == _inside(found)}
        places = [a for a in others if a.key == found.key and len(a.arguments) == len(found.arguments)]
        if heads or len(places) >= 2:
            yield _finding(page, found, places[0] if places else None)


def _applied(page: Page) -> Iterator[_Applied]:
    for written in page.written:
        for row in written.display.rows:
            for node in walk(row.parts):
                if not isinstance(node, Juxtaposition):
                    continue
                for before, fence in zip(node.factors, node.factors[1:], strict=False):
                    head = _letter(before)
                    if head is None or not isinstance(fence, Fence) or fence.open != "(":
                        continue
                    items = tuple(_items(fence.body))
                    if items and all(_letter(i) is not None for i in items):
                        yield _Applied(written, head, fence, items)


def _items(body: Syntax | None) -> Iterator[Syntax]:
    match body:
        case None:
            return
        case Items(items=items):
            for item in items:
                yield from _items(item)
        case Bar(left=left, right=right):
            yield from _items(left)
            yield from _items(right)
        case Infix(op=op, left=left, right=right) if op in _GIVEN:
            yield from _items(left)
            yield from _items(right)
        case _:
            yield body


def _letter(node: Syntax) -> Name | None:
    match node:
        case Name(word=False):
            return node
        case Scripts(base=Name(word=False) as base):
            return base
        case _:
            return None


def _spelt(name: Name) -> str:
    return f"{name.font}:{name.name}:{'.'.join(name.accents)}"


def _inside(found: _Applied) -> tuple[str, ...]:
    return part(found.fence).values


def _text(found: _Applied) -> tuple[str, ...]:
    return (found.key, *_inside(found))


def _finding(page: Page, found: _Applied, like: _Applied | None) -> Diagnostic:
    span = found.head.span.cover(found.fence.span)
    said = (
        "other letters stand before this bracket"
        if like is None
        else (f"elsewhere it is ${like.written.text(like.head.span.cover(like.fence.span))}$")
    )
    return page.finding(
        CODE, NAME, f"${found.written.text(span)}$ applies a letter to itself: {said}", found.written, span
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The likelihood of all is\n\n$$y(y \\mid \\theta) = \\prod_n p(y_n \\mid \\theta)$$\n\n"
        "and the posterior is proportional to $p(y \\mid \\theta)$ times the prior.\n",
        "The message is $P(x) + A(x)$, the sum $P(x)$ its remainder. The sender adds\n\n"
        "$$S(x) = P(P) + A(x)$$\n",
    ),
    valid=(
        "The likelihood of all is\n\n$$p(y \\mid \\theta) = \\prod_n p(y_n \\mid \\theta)$$\n",
        "The iterate of $f(x)$ is $f(f(x))$, and that of $g(x)$ is $g(f(x))$.\n",
        "The combinator obeys $x(x) = y$ and $z(x) = x(x)$, and $y(x) = x(y)$.\n",
        "The area is $a(a + b)$, or $a(b + a)$.\n",
    ),
)
