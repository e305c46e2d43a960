"""A formula stands twice in the document, and the two are one token apart.

Either the same left side is given two right sides, or a piece that several formulas have alike stands in one
of them with another letter, index, exponent or sign. Restating is what tells: values put in, renamed
parameters, other fonts, the next step of a derivation and formulas of one letter that is used anew are
left alone, and so is a letter that only one of the two formulas has, as it may be meant.
"""

from collections.abc import Iterator, Sequence

from derive.facts.pieces import INDEX_LETTERS
from derive.form.cause import survey
from derive.form.page import Page
from derive.form.pattern.leaves import (
    BY,
    OPERATOR,
    PLAIN,
    SHIFT,
    SIGN,
    SUB,
    SUP,
    Leaf,
    bare_of,
    differentiates,
)
from derive.form.repetition import LONG, Disagreement, Place, givings, pieces, span_of
from derive.model import Diagnostic, Label

CODE, NAME = "DRV033", "disagreement"
_VOTES = 3
"""Formulas that agree before the one that does not is odd."""
_LEAST_VOTES = 2
"""The same, where a piece of this shape is never written otherwise."""
_NEAR = 3
"""Formulas nearer than this, and the next display, are steps of one derivation or variants that are told
apart."""
_SIGNS, _SHORT, _LONG = 5, 6, LONG
"""Leaves of a piece that nobody writes alike by accident, by what of it differs."""
_EXPONENTS = 7
"""Leaves and votes together, where an exponent differs."""


def look(page: Page) -> Iterator[Diagnostic]:
    told: set[tuple[int, int]] = set()
    for found, counts in [
        *((f, _restated(f)) for f in givings(page)),
        *((f, _steady(f) or _voted(f)) for f in pieces(page, _LEAST_VOTES)),
    ]:
        key = (found.here.written.number, found.leaf.span.start)
        here, there = (p.written.formula.locate(span_of(p)) for p in (found.here, found.there))
        data = found.leaf.number and found.here.written.task != found.there.written.task
        mirrored = (found.there.written.number, found.other.span.start) in told
        if (
            counts
            and not data
            and key not in told
            and not mirrored
            and page.open(here)
            and page.comparable(here, there)
        ):
            told.add(key)
            yield _finding(page, found)


def _restated(found: Disagreement) -> bool:
    here, there = found.here, found.there
    assert here.left is not None
    apart = here.written.number - there.written.number
    near = (
        here.written.displays - there.written.displays < 2 if here.written.formula.display else apart < _NEAR
    )
    if near or len(here.left.leaves) < 2:
        return False
    letters = {
        leaf.value for leaf in here.piece.leaves if not leaf.number and leaf.place not in (SIGN, SHIFT)
    }
    if here.written.section != there.written.section and len(letters) < 3:
        return False  # another example with the same names
    return len(here.piece.leaves) >= 5 and _told_apart(found)


def _steady(found: Disagreement) -> bool:
    """Whether two others are enough: numbers and signs, where the shape has the same ones all over the page.

    A page of worked examples has its shapes with all sorts of numbers, and its formulas have the same number
    in several places; `y_1 - y_2` beside `y_1 + y_2` in one formula is meant.
    """
    leaf, other, leaves = found.leaf, found.other, found.here.piece.leaves
    if not found.settled or (found.votes < _LEAST_VOTES and not _far(found)):
        return False
    if leaf.place == OPERATOR:
        return len(leaves) >= _SHORT
    before, after = leaves[: found.at], leaves[found.at + 1 :]
    if leaf.place == SIGN:
        if len(after) == 1 and after[0].number:
            return False  # `x[k + N - 1]` and `u[k + N + 1]`: places before and behind
        goes_on = all(f.place == PLAIN for f in after[:1])
        speaks = _speaks(found)  # numbers alone with their signs are data: states, rows of a table
        # another map of another section has another sign
        return found.beside and speaks and len(leaves) >= _SIGNS and goes_on and not _conjugate(before, after)
    if not _speaks(found):
        return False
    if not leaf.number and not other.number:
        named = bare_of(leaf.value) != bare_of(other.value)
        return named and leaf.place == SUB and other.value in INDEX_LETTERS and len(leaves) >= _LONG
    if not (leaf.value.isdigit() and other.value.isdigit() and len(leaf.value) == len(other.value) == 1):
        return False
    if leaf.place == SUP:
        # `x^{d-1}`, then `x^{d-2}`: of an exponent that counts on, none is odd
        lone = all(f.place not in (SUP, SHIFT) for f in (*before[-1:], *after[:1]))
        if _enclosed(found) or any(differentiates(p.written.display) for p in (found.here, found.there)):
            return False  # `C^{(1)}` beside `C^{(0)}`: the second of several; a slope has other powers
        again = found.here.whole[leaf.value] > 1 and not found.here.whole[other.value]
        long = len(leaves) >= _SIGNS  # one letter alone has whatever power it needs
        return lone and not again and long and len(leaves) + found.votes >= _EXPONENTS
    if leaf.place == SUB:
        counts = all(f.place == PLAIN for f in before[-1:])  # `x_1` beside `x_0`: two letters
        return not counts and len(leaves) >= _LONG
    return leaf.place == PLAIN and (len(leaves) >= _LONG or _complement(found))


def _enclosed(found: Disagreement) -> bool:
    latex, span = found.here.written.formula.latex, found.leaf.span
    return latex[: span.start].rstrip().endswith("(") and latex[span.end :].lstrip().startswith(")")


def _conjugate(before: Sequence[Leaf], after: Sequence[Leaf]) -> bool:
    """Whether the two sides of a sign are alike, `e^{ax} - e^{-ax}`, `r_1^2 + r_0^2`: both are in use."""
    return bool({f.value for f in before if _letter(f)} & {f.value for f in after if _letter(f)}) and (
        _sole(before) == _sole(after)
    )


def _sole(leaves: Sequence[Leaf]) -> str | None:
    """The first letter that stands on the line."""
    return next((f.value for f in leaves if f.place == PLAIN and _letter(f)), None)


def _letter(leaf: Leaf) -> bool:
    return not leaf.number and leaf.place not in (SIGN, SHIFT, OPERATOR)


def _far(found: Disagreement) -> bool:
    """Whether one other is enough: a long piece that is given again some formulas later in its section with
    another number. Matrices of one form with other numbers are other matrices."""
    apart = found.here.written.number - found.there.written.number
    if found.here.written.section != found.there.written.section:
        return False
    plain = found.leaf.number and found.other.number and "Matrix" not in found.here.piece.shape
    return len(found.here.piece.leaves) >= _LONG and apart >= _NEAR and plain


def _speaks(found: Disagreement) -> bool:
    """Whether letters stand in the piece, and the leaf is no start of a sum: those have a survey of their
    own."""
    leaves, at = found.here.piece.leaves, found.at
    start = leaves[at].place == SUB and leaves[at - 2 : at - 1] and leaves[at - 2].place == OPERATOR
    return any(_letter(leaf) for leaf in leaves) and not start


def _complement(found: Disagreement) -> bool:
    """`2 - \\sigma(x)` where the page has `1 - \\sigma(x)`: what is taken from one is a share."""
    shape = found.here.piece.shape
    return found.at == 0 and found.other.value == "1" and shape.startswith("sum2 · ·")


def _voted(found: Disagreement) -> bool:
    leaf = found.leaf
    if found.votes < _VOTES or len(found.here.piece.leaves) < _SHORT:
        return False
    if leaf.place == SUP and leaf.number and found.other.number:
        return False  # differentiating and integrating change exponents on purpose
    if not leaf.number and found.other.value not in found.here.piece.values:
        return False  # all of it may be about another quantity: what is free in it may be put in anew
    return leaf.place != SIGN and _told_apart(found)


def _told_apart(found: Disagreement) -> bool:
    """Whether the two leaves are of one kind, and neither a renaming nor a value put in explains them."""
    a, b = found.leaf, found.other
    long = len(found.here.piece.leaves) >= _LONG
    if a.place in (BY, OPERATOR):
        return False  # the derivative by one variable after that by another
    if a.place == SIGN:
        return long
    if a.number != b.number or a.place == SHIFT:
        return False
    if a.number:
        return long and (a.place == SUP or (a.place == SUB and found.votes >= _VOTES))
    both = found.here.left is None or _known(found.there, b, a)
    return bare_of(a.value) != bare_of(b.value) and _known(found.here, a, b) and both


def _known(place: Place, own: Leaf, other: Leaf) -> bool:
    """Whether the formula has both letters, its own in a second place too."""
    return place.whole[own.value] >= 2 and place.whole[other.value] >= 1


def _finding(page: Page, found: Disagreement) -> Diagnostic:
    here, there = found.here.written, found.there.written
    old, new = here.text(found.leaf.span), there.text(found.other.span)
    if found.leaf.place == OPERATOR:
        old, new = f"\\{found.leaf.value}", f"\\{found.other.value}"
    plain = "number" if found.leaf.number else "letter"
    noun = plain if found.leaf.place == PLAIN else found.leaf.place
    if found.here.left is not None:
        message = (
            f"${here.text(found.here.left.span)}$ is given twice, and the two disagree: "
            f"the {noun} is ${old}$ here and ${new}$ there"
        )
    else:
        message = (
            f"${here.text(found.here.piece.span)}$ has the {noun} ${old}$ where "
            f"{found.votes} other formula{'s have' if found.votes > 1 else ' has'} ${new}$"
        )
    where = there.formula.locate(found.other.span)
    return page.finding(
        CODE,
        NAME,
        message,
        here,
        found.leaf.span,
        labels=(Label(where, f"here it is ${new}$"),),
        fix=page.put(here, found.leaf.span, old, new) if found.votes >= _VOTES else None,
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The step is $u = v - c r \\sqrt{v + 2 w} + b$, with $c$ and $r$ and $b$ as above.\n\n"
        "We recall, with $k = c r$, that $$q = (v - c r \\sqrt{v + 3 w} + b)^2.$$\n",
        "The cost is $c = \\frac{1}{2 s^2} \\sum_{p=1}^P (x_p^T w - y_p)^2$, and "
        "$\\sum_{p=1}^P (x_p^T w - y_p)^2$ its part that has $w$.\n\n"
        "$$g = P \\log s + \\frac{1}{2 s^2} \\prod_{p=1}^P (x_p^T w - y_p)^2$$\n",
        "The chances are $s(x_p^T w)$ and $1 - s(x_p^T w)$; the cost has $\\log(1 - s(x_p^T w))$.\n\n"
        "$$v = \\begin{bmatrix} s(x_p^T w) \\\\ 2 - s(x_p^T w) \\end{bmatrix}$$\n",
        "We choose $c$ by $\\min \\| x - g(c) \\|_2^2$, which is a square. The cost is "
        "$L = \\| x - g(c) \\|_2^2 + r$.\n\nAs a step, $$c = \\min \\| x - g(c) \\|_2^3$$\n",
        "The update is\n\n$$W_{t+1} = a W_t + b V_t - c U_t$$\n\nOf this, $a$, $b$ and $c$ are numbers.\n\n"
        "$$a + b + c = 1$$\n\nWe recall\n\n$$W_{t+1} = a W_t + b V_t + c U_t$$\n",
        "The blocks are $\\sum_{m} b_m x(k - m) + c$ and $\\sum_{m} b_m x(k - m) + d$.\n\nAlso, "
        "$$u_k = \\sum_{m} b_m x(k - m)$$\n\nThe output is\n\n"
        "$$y_k = \\sum_{m} b_m x(k - n) - \\sum_{n} a_n y(k - n)$$\n",
        "The energy is\n\n$$E(u, v) = a u^2 + b u v + c v^2 + r$$\n\nwhere $a$, $b$ and $c$ are numbers.\n\n"
        "$$a + b + c = 1$$\n\nOnce more,\n\n$$E(u, v) = a u^2 + b u v + c v^3 + r$$\n",
    ),
    valid=(
        "The polynomial is $a_d x^d + a_{d-1} x^{d-1} + r$, or $a_d x^d + a_{d-1} x^{d-1} + s$, or "
        "$a_d x^d + a_{d-1} x^{d-1} + a_0$.\n\nIts slope is $$q = d a_d x^{d-1} + (d-1) a_{d-1} x^{d-2}.$$\n",
        "The cosine has $a e^{kx} + a e^{-kx}$, or $b = a e^{kx} + a e^{-kx}$; with $c$ and $d$ the sine "
        "has $s = a e^{kx} - a e^{-kx}$.\n",
        "They are $S = \\begin{bmatrix} 1 & 0 \\\\ 0 & e^{i\\pi/2} \\end{bmatrix}$ and $a$, $b$, $c$, "
        "then $T = \\begin{bmatrix} 1 & 0 \\\\ 0 & e^{i\\pi/4} \\end{bmatrix}$.\n",
        "Exercise 1. A beam has $y_{tt} + 4 y_{xxxx} = 0$ and is still.\n\n"
        "Exercise 2. Another has $y_{tt} + 4 y_{xxxx} = 0$ and moves.\n\n"
        "Exercise 3. The third has $y_{tt} + 9 y_{xxxx} = 0$, with $a$ and $b$.\n",
        "The rate is $r = h^{-2} s$, or $h^{-2} g$, with $h^{-2} a$ and $h^{-2} b$ and $h^{-2} c$, "
        "another one $q = h^{-1} s$.\n",
        "The rates are $10^{-3}$, or $a = 10^{-3}$, or $b = 10^{-3}$, and at last $10^{-4}$.\n",
        "One example has $y'' + 6 y' + 13 y = 0$, the next $y'' - 2 y' + 5 y = 0$, with $a$ and $b$ and $c$. "
        "The last is $y'' - 6 y' + 13 y = 0$.\n",
        "The chances are $s(x)$ and $1 - s(x)$; the cost has $\\log(1 - s(x))$. With two of them "
        "$c = 2 - s(x) - s(y)$.\n",
        "The likelihood is $L = \\prod_{p=1}^P q(x_p, y_p, w)$, or $\\prod_{p=1}^P q(x_p, y_p, w)$, and "
        "the mean $m = \\frac{1}{P} \\sum_{p=1}^P h(x_p, y_p, w)$.\n",
        "The fee is $m \\ln | a x + b | + k$, the tax $n \\ln | a x - b | + r$, and both together come to "
        "$\\ln | a x + b | + \\ln | a x - b |$. Once more $m \\ln | a x + b |$.\n",
        "The first has $y = C_1 e^{3x} + C_2 x e^{3x}$, or $C_2 x e^{3x}$ alone. Another example has the "
        "double root four:\n\n$$y = (C_1 + C_2 x) e^{4x} = C_1 e^{4x} + C_2 x e^{4x}$$\n",
        "The update is\n\n$$W_{t+1} = a W_t + b V_t - c U_t$$\n\nOf this, $a$, $b$ and $c$ are numbers.\n\n"
        "$$a + b + c = 1$$\n\nWe recall\n\n$$W_{t+1} = a W_t + b V_t - c U_t$$\n",
        "The energy is\n\n$$E(u, v) = a u^2 + b u v + c v^2 + r$$\n\nwhere $a$, $b$ and $c$ are numbers.\n\n"
        "In other letters,\n\n$$E(s, t) = a s^2 + b s t + c t^2 + r$$\n",
        "The state obeys\n\n$$\\dot\\rho(t) = a \\int_0^t H(t) H(s) \\rho(s)\\, ds + b$$\n\nwith $a$, $b$ "
        "and $s$. By an approximation\n\n$$\\dot\\rho(t) = a \\int_0^t H(t) H(s) \\rho(t)\\, ds + b$$\n",
        "The scale is\n\n$$X_t = m + s Z_t + r$$\n\nwhere $m$, $s$ and $r$ are numbers.\n\n"
        "Of another model, with a number $q$,\n\n$$X_t = m + q Z_t + r$$\n",
        "The weight is $w = \\frac{1}{\\sqrt{2 \\pi \\sigma_w^2}}$. Also "
        "$v = \\frac{1}{\\sqrt{2 \\pi \\sigma_w^2}} + 1$ and "
        "$u = 3 \\frac{1}{\\sqrt{2 \\pi \\sigma_w^2}}$ and "
        "$r = \\frac{1}{\\sqrt{2 \\pi \\sigma_n^2}} + \\sigma_w \\sigma_n$.\n",
        "The score is\n\n$$S_i = \\max(0, w_j x_i - w_k x_i + \\Delta)$$\n\nwith $w$, $x$, $y$, for which "
        "$\\Delta$ is a number.\n\nWith one in its place,\n\n$$S_i = \\max(0, w_j x_i - w_k x_i + 1)$$\n",
    ),
)
