"""A piece of a formula stands elsewhere on the page with one letter, exponent or sign another.

`c |x - y_i|^4 + r` where another formula has `c |x - y_i|^2 + r`: a longer piece is not written alike by
accident. A letter counts if both stand in the formula too, so that no other quantity is spoken of, and if
no other formula has what is next to it. Numbers of other exercises, bounds, matrices, conjugates and
variants that stand beside each other are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from derive.form.cause import survey
from derive.form.page import Page
from derive.form.pattern.leaves import PLAIN, SIGN, SUB, SUP, Leaf, bare_of, differentiates, part
from derive.form.windows import Exchange, Piece, all_given, exchanges, given
from derive.model import Diagnostic, Label, Span
from derive.notation.syntax import Big, Chain, Integral, Name, Number, Scripts, Sum

CODE, NAME = "DRV025", "odd-repeat"
_LETTERS, _NEXT = (8, 7), 3
"""Leaves of a piece with another letter, if one other formula has it and if several have, and of what is
next to it."""
_EXPONENTS, _SIGNS = (8, 6), (8, 7)
"""Leaves of a piece with another exponent or sign, if one other formula has it and if several have."""
_SIGN_NEXT = 6
"""Leaves of what a sign joins, which no other formula has with this sign."""
_AT_HOME = 2
"""Formulas with the same sign between the same two leaves before the page has both."""
_BESIDE = 4
"""Leaves on each side of a sign that are looked at for a letter that stands on both."""
_NEAR = 3
"""Formulas nearer than this are variants that are told apart by their sign."""


def look(page: Page) -> Iterator[Diagnostic]:
    told: set[tuple[int, int]] = set()
    apart = {*_bounds(page), *_words(page)}
    variables = set(_variables(page))
    powers = set(_powers(page))
    whole: dict[int, Counter[str]] = {}
    joined: Counter[tuple[str, ...]] = Counter()
    for written in page.written:
        values = [leaf.value for row in written.display.rows for p in row.parts for leaf in part(p).leaves]
        whole[written.number] = Counter(values)
        joined.update(set(zip(values, values[1:], values[2:], strict=False)))
    every = tuple(exchanges(page))
    family = Counter((e.here.written.number, e.here.span, e.here.shape) for e in every)
    for found in every:
        here, there = found.here.written, found.there[0].written
        place = here.number, found.leaf.span.start
        if any(family[p.written.number, p.span, p.shape] > 1 for p in (found.here, found.there[0])):
            continue  # one of several that differ, each in another place
        if any((here.number, x.value) in variables for x in (found.leaf, found.other)):
            continue  # what is integrated over is put in and taken out again
        if place in apart or (found.leaf.place == SUP and place not in powers):
            continue
        if found.leaf.place == SUP and differentiates(here.display) is not differentiates(there.display):
            continue  # what is differentiated loses a power or gets one
        if (
            _parallel(found)
            or not _odd(found, whole[here.number])
            or (found.leaf.place == SIGN and joined[_around(found)] > _AT_HOME)
            or (there.number, found.other.span.start) in told
        ):
            continue
        places = here.formula.locate(found.here.span), there.formula.locate(found.there[0].span)
        if page.open(places[0]) and (_letter(found.leaf) or page.comparable(*places)):
            told.add(place)
            yield _finding(page, found)


def _bounds(page: Page) -> Iterator[tuple[int, int]]:
    for written, node in page.nodes:
        if isinstance(node, Big | Integral):
            for bound in (node.sub, node.sup):
                if bound is not None:
                    yield from ((written.number, leaf.span.start) for leaf in part(bound).leaves)


def _variables(page: Page) -> Iterator[tuple[int, str]]:
    for written, node in page.nodes:
        if isinstance(node, Integral):
            for variable in node.variables:
                yield from ((written.number, value) for value in part(variable).values)


def _powers(page: Page) -> Iterator[tuple[int, int]]:
    """Numbers that alone are an exponent; one in parentheses counts layers or derivatives."""
    for written, node in page.nodes:
        match node:
            case Scripts(sup=Number() as power) | Scripts(sup=Sum(parts=((_, Number() as power),))):
                yield written.number, power.span.start
            case _:
                pass


def _words(page: Page) -> Iterator[tuple[int, int]]:
    """Names of functions: another function is another formula."""
    for written, node in page.nodes:
        if isinstance(node, Name) and node.word:
            yield written.number, node.span.start


def _parallel(found: Exchange) -> bool:
    """Whether each of the two formulas gives the letter that it has: `y = y_0 + c` beside `x = x_0 + c`, or
    another row of the display does."""
    if found.leaf.value in all_given(found.here.written)[:-1]:
        return True
    return found.leaf.value == given(found.here.written) and found.other.value == given(
        found.there[0].written
    )


def _odd(found: Exchange, whole: Counter[str]) -> bool:
    leaf, other = found.leaf, found.other
    if leaf.place == SUB and _ends_a_list(found):
        return False  # `x_1 + \\dots + x_n` and `x_1 + \\dots + x_m` are of different lengths
    size, several = len(found.here.leaves), len(found.there) > 1
    if leaf.place == SIGN:
        data = not several and any(x.number for x in found.here.leaves[found.at + 1 : found.at + 2])
        long = size >= _SIGNS[several] and found.alone <= _SIGN_NEXT
        return long and not data and _apart(found) and not _conjugate(found) and not _named(found)
    tasks = found.here.written.task, found.there[0].written.task
    if tasks[0] != tasks[1] and (leaf.number or all(tasks)):
        return False  # another exercise has other letters, and all of them have other numbers than the text
    if leaf.number or other.number:
        digits = all(len(x.value) == 1 and x.value.isdigit() for x in (leaf, other))
        plain = "Matrix" not in found.here.shape  # matrices of one form with other numbers are others
        return leaf.place == SUP and digits and plain and size >= _EXPONENTS[several]
    if _dress(leaf.value) != _dress(other.value):
        return False
    if other.value in (x.value for x in found.here.leaves[max(0, found.at - 2) : found.at + 3]):
        return False  # the product of two things is not the square of one
    known = whole[leaf.value] > 1 and whole[other.value] > 0
    return _letter(leaf) and known and size >= _LETTERS[several] and found.alone <= _NEXT


def _ends_a_list(found: Exchange) -> bool:
    """Whether the index stands in what comes right behind dots: they are no leaf, so two signs meet."""
    before = found.here.leaves[max(0, found.at - 3) : found.at]
    return any(a.place == b.place == SIGN for a, b in pairwise(before))


def _around(found: Exchange) -> tuple[str, ...]:
    """What a sign joins, by its nearest leaves: `1 - \\epsilon` is at home where several formulas have it."""
    return tuple(x.value for x in found.here.leaves[max(0, found.at - 1) : found.at + 2])


def _letter(leaf: Leaf) -> bool:
    return leaf.place in (PLAIN, SUB) and not leaf.number and "'" not in leaf.value


def _dress(value: str) -> str:
    """Font and accents of a letter."""
    start, end = max(value.rfind("("), value.rfind(":")) + 1, len(value.rstrip(")"))
    return value[:start] + value[end:]


def _apart(found: Exchange) -> bool:
    return all(abs(found.here.written.number - p.written.number) >= _NEAR for p in found.there)


def _conjugate(found: Exchange) -> bool:
    """Whether one letter stands near the sign on both sides, as in `e^{ax} - e^{-ax}`, `r_1^2 - r_0^2`: sums
    and differences of such things are both in use."""
    before = found.here.leaves[max(0, found.at - _BESIDE) : found.at]
    after = found.here.leaves[found.at + 1 : found.at + 1 + _BESIDE]
    return bool(
        {bare_of(x.value) for x in before if _letter(x)} & {bare_of(x.value) for x in after if _letter(x)}
    )


def _named(found: Exchange) -> bool:
    """Whether each of the two is all that its formula gives, and gives another quantity: `y = \\int h(t - u)
    x(u)\\,du` beside `x = \\int h(t + u) x(u)\\,du`, which are told apart by their sign."""
    return all(_whole_value(p) for p in (found.here, found.there[0]))


def _whole_value(piece: Piece) -> bool:
    return any(
        isinstance(p, Chain)
        and p.first is not None
        and p.first.span.end <= piece.span.start
        and _covers(piece.span, p.links[0].right.span)
        for row in piece.written.display.rows
        for p in row.parts
    )


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _finding(page: Page, found: Exchange) -> Diagnostic:
    here, there = found.here.written, found.there[0].written
    old, new = here.text(found.leaf.span), there.text(found.other.span)
    noun = "letter" if found.leaf.place == PLAIN else found.leaf.place
    times = len(found.there)
    message = (
        f"${here.text(found.here.span)}$ has the {noun} ${old}$ where "
        f"{f'{times} other formulas have' if times > 1 else 'another formula has'} ${new}$"
    )
    where = there.formula.locate(found.there[0].span)
    return page.finding(
        CODE, NAME, message, here, found.leaf.span, labels=(Label(where, f"here it is ${new}$"),)
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The cost is $c \\|x - y_i\\|^2 + r \\|x\\|^2 - u$ with $c$ and $r$.\n\nIts mean is\n\n"
        "$$J = \\sum_i (c \\|x - y_i\\|^4 + r \\|x\\|^2 + s)$$\n",
        "The equation is $y'' + p(x) y' + q(x) y = f(x)$ where $p$ and $q$ are given.\n\nSo is $f$.\n\n"
        "Two of them are $u$ and $v$, with $w = uv$.\n\n$$y'' - p(x) y' + q(x) y = f(x)$$\n",
        "The equation is $y'' + p(x) y' + q(x) y = f(x)$ where $p$ and $q$ are given.\n\nFor short,\n\n"
        "$$L y = y'' + p(x) y' + q(x) x - r$$\n",
    ),
    valid=(
        "Once more $y_k = \\sum_{m=0}^M b_m x[k-m]$, and $\\sum_{m=0}^M b_m x[k-m] = 1$, or "
        "$\\sum_{m=0}^M b_m x[k-m] = 2$.\n\n"
        "$$\\begin{aligned} w[k] &= x[k] - w[k-1] \\\\ y[k] &= \\sum_{m=0}^M b_m w[k-m] \\end{aligned}$$\n",
        "The general solution is $x = c x_0(t) \\int g(t) h(t) q(t) dt + x_0$, where $c$ is a number.\n\n"
        "$$y = r + c y_0(t) \\int g(t) h(t) q(t) dt + x_0$$\n",
        "The cost is $c \\|x - y_i\\|^2 + r \\|x\\|^2$ with $c$ and $r$.\n\nIts mean is\n\n"
        "$$J = \\sum_i (c \\|x - y_i\\|^2 + r \\|x\\|^2)$$\n",
        "Exercise 1. Solve $y'' + 3y' + 2y = e^{2t} + t^2 y$.\n\n"
        "Exercise 2. Solve $y'' + 3y' + 2y = e^{2t} + t^3 y$.\n",
        "Ahead it is $u_i + h a_i + h^2 b_i = u_{i+1}$, and back $u_i - h a_i + h^2 b_i = u_{i-1}$.\n",
        "The sums are $\\frac{e^{kx} + e^{-kx}}{2} + c$ and $v$ and $w$ and $u$.\n\n"
        "$$s = \\frac{e^{kx} - e^{-kx}}{2} + c$$\n",
        "With weights $W^{(1)}$ and $W^{(2)}$ the first layer is $h = \\tanh(W^{(1)} x + b + c) + r$.\n\n"
        "Another is\n\n"
        "$$h = \\tanh(W^{(2)} x + b + c) + r$$\n",
        "The filter has $y(t) = \\int_a^b h(t - u) x(u)\\,du$.\n\nIts parts are $h$ and $x$ and $y$.\n\n"
        "Of the adjoint it is\n\n$$x(t) = \\int_a^b h(t + u) x(u)\\,du$$\n",
        "The first is $\\sin(a x + b y + c z) + a b$.\n\n"
        "The other is\n\n$$f = \\cos(a x + b y + c z) + a b$$\n",
        "It goes to $\\int_0^1 a x^2 e^{-st} t\\,dt$.\n\nOf the whole line\n\n"
        "$$F = \\int_0^2 a x^2 e^{-st} t\\,dt$$\n",
    ),
)
