"""One of several parallel parts deviates from the others in one token.

`x_1y_1 + x_2y_2 + x_3y_2`: the first terms have the same index at both places, the last has not. Terms,
factors, entries and rows of one shape are laid upon each other, and one template must explain all of them but
for that token. Boundary terms, alternating signs, cyclic lists and coefficients are left alone, and so is a
family that differs in more than one place, as it has reasons of its own.
"""

from collections.abc import Iterator

from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.columns import Odd, odd
from derive.form.pattern.families import Family, families
from derive.form.pattern.grids import marks_a_part, odd_entries
from derive.form.pattern.leaves import PLAIN, SUP
from derive.form.pattern.signs import OddSign, odd_signs
from derive.model import Diagnostic, Fix

CODE, NAME = "DRV030", "odd-sibling"
_FEW = 3
"""Siblings of which two alone do not say how the exponents go on."""


def look(page: Page) -> Iterator[Diagnostic]:
    for written in page.written:
        told: set[int] = set()
        lists = ((family, odd(family)) for family in families(written.display))
        for family, found in (*lists, *odd_entries(written.display)):
            if found is None or found.leaf.span.start in told or _jumps(found):
                continue
            if found.leaf.place == PLAIN and marks_a_part(written.display, found.leaf):
                continue
            if page.open(written.formula.locate(found.leaf.span)):
                told.add(found.leaf.span.start)
                yield _finding(page, written, family, found)
        for sign in odd_signs(written.display):
            if page.open(written.formula.locate(sign.span)):
                others = f"the other {sign.siblings - 1} terms have ${sign.others}$"
                message = f"the sign ${sign.has}$ before ${written.text(sign.term)}$ stands alone: {others}"
                yield page.finding(CODE, NAME, message, written, sign.span, fix=_turned(page, written, sign))


def _turned(page: Page, written: Written, sign: OddSign) -> Fix | None:
    """The mend of a sign, where it stands as one character."""
    old = written.text(sign.span)
    return page.put(written, sign.span, old, sign.others) if old == sign.has else None


def _jumps(found: Odd) -> bool:
    """`c_2 / t^2 + c_3 / t^3 + c_4 / t^8`: a series may end with a power of its own making."""
    return found.leaf.place == SUP and found.with_leaf is not None and found.siblings <= _FEW


def _finding(page: Page, written: Written, family: Family, found: Odd) -> Diagnostic:
    span = found.leaf.span
    old = written.text(span)
    member = written.text(family.parts[found.member].span)
    others = f"the other {found.siblings - 1} {found.what}"
    meant = [leaf for leaf in found.column(family) if leaf.value == found.meant]
    if found.with_leaf is not None:
        new = written.text(found.with_leaf.span)
        why = f"{others} have the same at this place and where this one has ${new}$"
    elif meant:
        new = written.text(meant[0].span)
        why = f"{others} have ${new}$ there"
    else:
        new = found.meant if found.meant is not None and len(found.meant) == 1 else ""
        why = f"the letters of the {found.what} go on in their order, up to this one"
    noun = "letter" if found.leaf.place == PLAIN else found.leaf.place
    return page.finding(
        CODE,
        NAME,
        f"the {noun} ${old}$ in ${member}$ stands alone: {why}",
        written,
        span,
        fix=page.put(written, span, old, new),
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The inner product is\n\n$$s = x_1y_1 + x_2y_2 + x_3y_2$$\n",
        "The weights obey\n\n$$N = \\alpha_1^2 + \\alpha_2^3 + \\alpha_3^2$$\n",
        "The distance is\n\n$$D = (p_1 - q_1)^2 + (p_2 + q_2)^2 + (p_3 - q_3)^2$$\n",
        "The sphere is\n\n$$R = (x - a)^2 + (y - b)^2 + (z - b)^2$$\n",
        "The layers are\n\n$$\\begin{aligned} h_1 &= u_1 + W_1 v_1 \\\\ h_2 &= u_2 + W_1 v_2 \\\\ "
        "h_3 &= u_3 + W_3 v_3 \\end{aligned}$$\n",
        "The system is\n\n$$\\begin{aligned} A_{1,1}x_1 + A_{1,2}x_2 &= b_1 \\\\ A_{2,1}x_1 + A_{2,2}x_2 "
        "&= b_2 \\\\ A_{m,1}x_1 + A_{m,2}x_2 &= b_n \\end{aligned}$$\n",
        "The matrix is\n\n$$M = \\begin{pmatrix} a_{11} & a_{12} & a_{13} \\\\ a_{21} & a_{22} & a_{33} \\\\ "
        "a_{31} & a_{32} & a_{33} \\end{pmatrix}$$\n",
        "A vector has\n\n$$v = a_1 e_1 + a_2 e_2 - a_3 e_3$$\n",
        "The entries are\n\n$$M = \\begin{bmatrix} A_{1,1} + c \\\\ A_{2,1} + c \\\\ A_{3,2} + c "
        "\\end{bmatrix}$$\n",
        "The multiple is\n\n$$M = \\begin{bmatrix} c x_{11} & c x_{12} & c x_{1N} \\\\ c x_{21} & x x_{22} & "
        "c x_{2N} \\end{bmatrix}$$\n",
        "The outputs are\n\n$$b = \\begin{bmatrix} \\sum_n a_n x_{1n} \\\\ \\sum_n a_n x_{2n} \\\\ "
        "\\prod_n a_n x_{3n} \\end{bmatrix}$$\n",
        "The list is\n\n$$w = [x_1 + c, x_2 + c, n_3 + c]$$\n",
    ),
    valid=(
        "Both triangles are in\n\n$$M = \\begin{bmatrix} U_{11} & U_{12} & U_{13} \\\\ L_{21} & U_{22} "
        "& U_{23} \\\\ L_{31} & L_{32} & U_{33} \\end{bmatrix}$$\n",
        "Alternating sums are\n\n$$v = a_1 e_1 - a_2 e_2 + a_3 e_3$$\n",
        "The last of three differs in\n\n$$v = x_1 + x_2 - x_3$$\n",
        "A matrix with a corner of its own is\n\n"
        "$$M = \\begin{bmatrix} a & a & a \\\\ a & a & b \\end{bmatrix}$$\n",
        "A rotation is\n\n$$\\begin{bmatrix} \\cos t & -\\sin t \\\\ \\sin t & \\cos t \\end{bmatrix}$$\n",
        "States and controls are\n\n$$w = [s_i, s_j, a_k]$$\n",
        "Given both functions it is\n\n$$y = n(f_1, f_2, x_i)$$\n",
        "With the interaction it is\n\n$$m = b_0 + x_1 b_1 + x_2 b_2 + x_1 x_2 b_3$$\n",
        "The inner product is\n\n$$s = x_1y_1 + x_2y_2 + x_3y_3$$\n",
        "A cyclic sum is\n\n$$s = x_1y_2 + x_2y_3 + x_3y_1$$\n",
        "A chain that ends is\n\n$$s = x_1y_2 + x_2y_3 + x_3y_4 + x_4y_4$$\n",
        "Pairs are\n\n$$s = x_1x_2 + x_1x_3 + x_2x_3$$\n",
        "The filters have\n\n$$M = \\begin{bmatrix} \\hat h_{1,1} & h_{2,1} & \\hat h_{3,1} \\\\ "
        "\\hat h_{1,2} & h_{2,2} & \\hat h_{3,2} \\end{bmatrix}$$\n",
        "A polynomial is\n\n$$p = 2x_1 + 2x_2 + 3x_3$$\n",
        "The signs alternate in\n\n$$d = a_1(b_2 - c_2) - a_2(b_1 - c_1) + a_3(b_1 + c_2)$$\n",
        "Weights of a rule are\n\n$$S = f_0 + 4f_1 + 2f_2 + 4f_3 + f_4$$\n",
        "A fit of a virial is\n\n$$q = c_1 / t + c_2 / t^2 + c_3 / t^3 + c_4 / t^8$$\n",
        "The powers are\n\n$$q = x_1 + x_2^2 + x_3^3$$\n",
    ),
)
