"""A function stands as its own argument, where nothing on the page is applied to itself.

`y(y \\mid \\theta) = \\prod_n p(y_n \\mid \\theta)`, `w(w^*) \\ge g(w)`, `P(P) + A(x)`: the letter before the
bracket is one of those in it. It is told where the document applies another letter to the same arguments, or
this letter to others. A product needs no bracket around one letter, so none is meant; a document that
applies several letters to themselves has a use for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from derive.facts.pieces import walk
from derive.form.applied import Applied, applied, letter
from derive.form.cause import survey
from derive.form.page import Page
from derive.form.pattern.leaves import part
from derive.model import Diagnostic
from derive.notation.syntax import Bar, Chain, Fence, Infix, Juxtaposition, Name, Syntax

CODE, NAME = "DRV034", "own-argument"
_SEVERAL = 2
"""Chances with the letter of a distribution."""


def look(page: Page) -> Iterator[Diagnostic]:
    every = tuple(applied(page))
    calls = [a for a in every if all(_points(i) for i in a.arguments)]
    own = [a for a in calls if _own(a)]
    if len({_text(a) for a in own}) > 1 and len({a.key for a in own}) == 1:
        return  # it is used so
    others = [a for a in calls if not _own(a)]
    for found in own:
        where = found.written.formula.locate(found.span)
        if sum(_text(a) == _text(found) for a in own) > 1 or not page.open(where):
            continue
        heads = {a.key for a in others if a.inside == found.inside}
        places = [a for a in others if a.key == found.key and len(a.arguments) == len(found.arguments)]
        if len(places) >= 2 and _parameter(found):
            continue
        if heads or len(places) >= 2 or _chance(found, every):
            yield _finding(page, found, places[0] if places else None)


def _own(found: Applied) -> bool:
    """Whether one argument is the head's letter, with scripts or without, and all are letters."""
    letters = [letter(a) for a in found.arguments]
    return any(n is not None and part(n).values[0] == found.key for n in letters)


def _parameter(found: Applied) -> bool:
    """`f(x; a, f) = a \\sin(f x)`: what a function gives has the letter by itself: as a parameter."""
    for row in found.written.display.rows:
        for chain in row.parts:
            if isinstance(chain, Chain) and chain.first is not None and chain.first.span == found.span:
                return any(found.key in _factors(link.right) for link in chain.links)
    return False


def _factors(value: Syntax) -> set[str]:
    """The letters that a value multiplies with."""
    products = [n for n in walk((value,)) if isinstance(n, Juxtaposition)]
    return {
        part(factor).values[0]
        for product in products
        for factor, behind in zip(product.factors, (*product.factors[1:], None), strict=True)
        if isinstance(factor, Name) and not isinstance(behind, Fence)
    }


def _chance(found: Applied, calls: tuple[Applied, ...]) -> bool:
    """`y(\\theta \\mid y)`: the one chance that this letter has, where others have another letter."""
    given = Counter(a.key for a in calls if _given(a))
    return _given(found) and given[found.key] == 1 and any(n >= _SEVERAL for n in given.values())


def _given(call: Applied) -> bool:
    """Whether its bracket has a bar of a condition."""
    match call.fence.body:
        case Bar(kind="|"):
            return True
        case Infix(op="mid" | "given"):
            return True
        case _:
            return False


def _points(item: Syntax) -> bool:
    """Whether it is a letter or several side by side, as events are written, `O(H \\mid FF)`."""
    factors = item.factors if isinstance(item, Juxtaposition) else (item,)
    return all(letter(f) is not None for f in factors)


def _text(found: Applied) -> tuple[str, ...]:
    return (found.key, *found.inside)


def _finding(page: Page, found: Applied, like: Applied | None) -> Diagnostic:
    span = found.span
    said = (
        "other letters stand before this bracket"
        if like is None
        else (f"elsewhere it is ${like.written.text(like.span)}$")
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
        "After two students the odds are $$O(H \\mid FF) = 10 / 9.$$ After three they are\n\n"
        "$$O(O \\mid FFF) = 10 / 27$$\n\nand $O(H \\mid F)$ was 10.\n",
        "The model is $p(y \\mid a, b) = p(y \\mid b, a)$. It is exchangeable:\n\n$$y(a, b \\mid y) = p(c, a "
        "\\mid y)$$\n",
    ),
    valid=(
        "The density of a chance is $q(p) = 1$, and it becomes\n\n$$p(p \\mid x) = c p(x \\mid p) q(p)$$\n",
        "The likelihood of all is\n\n$$p(y \\mid \\theta) = \\prod_n p(y_n \\mid \\theta)$$\n",
        "The iterate of $f(x)$ is $f(f(x))$, and that of $g(x)$ is $g(f(x))$.\n",
        "The combinator obeys $x(x) = y$ and $z(x) = x(x)$, and $y(x) = x(y)$.\n",
        "The area is $a(a + b)$, or $a(b + a)$.\n",
        "A line is $f(x; a, b) = a x + b$, a square $f(x; a, c) = a x^2 + c$. With a frequency it is\n\n"
        "$$f(x; a, f) = a \\sin (f x)$$\n",
    ),
)
