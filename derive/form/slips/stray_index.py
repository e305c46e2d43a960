"""An index that stands nowhere else in the section, where what it belongs to has another one.

`\\frac{\\sum_{i=1}^n v_i w_l}{\\|v\\| \\|w\\|}`: the sum runs over i, w has the index i elsewhere, and l is
bound by nothing, told by no word and part of no other formula. The same without a sum: `y_i = x_i + u_k`,
where u has the index i elsewhere. Letters that a symbol has as its label somewhere, and those that name a
component (`x_r`, `v_n`) rather than count, are left alone.
"""

from collections.abc import Iterator

from derive.classes import dataclass
from derive.form.binding import found_in, free_letters, respelt
from derive.form.cause import cause
from derive.form.letters import binds_here, listed, scoped, subscripts
from derive.form.told import in_section, nowhere_else, places, runs
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.contents import among
from derive.term.nodes import BigOp, Term
from derive.term.traverse import walk

CODE, NAME = "DRV076", "stray-index"
_COUNTS = frozenset("ijklm")
"""Letters that count and seldom label: n is also normal, t terminal or tangential."""


@dataclass(frozen=True, slots=True)
class _Stray:
    place: Term
    base: str
    letter: str
    meant: str


def check(case: Case) -> Diagnostic | None:
    answer = found_in(case, lambda term, other: _stray(case, term, other))
    if answer is None:
        return None
    _, found = answer
    return case.finding(
        CODE,
        NAME,
        f"${found.letter}$ of ${found.place.to_latex()}$ stands nowhere else in the section; "
        f"elsewhere it is ${found.base}_{found.meant}$",
        span=case.locate(found.place),
        fix=respelt(case, found.place, found.letter, found.meant),
    )


def _stray(case: Case, term: Term, other: Term) -> _Stray | None:
    lengths = listed(term)
    for node, around in _bound_by_sums(term):
        for base, letter in subscripts(node):
            if letter not in _COUNTS or letter in around | lengths or _again(case, letter):
                continue
            own = {i for _, i in subscripts(node)}
            beside = [i for n in (*walk(term), *walk(other)) for _, i in subscripts(n) if n != node]
            for meant in dict.fromkeys(i for i in beside if i not in own):
                # what a sum around runs over, or else the one index that all the rest of the line has
                if meant not in around and (
                    len(beside) < 2 or set(beside) != {meant} or not runs(case, meant)
                ):
                    continue
                if meant not in around and meant not in free_letters(term, other):
                    continue  # `p(x) = h(x_i) / \\sum_j h(x_j)`: j belongs to the sum alone
                if term == case.claim.left and meant not in free_letters(other):
                    continue  # `c_m = \\sum_i w_i c_i`: the letter marks what is given here
                if _carries(case, base, meant, node) and nowhere_else(case, letter):
                    return _Stray(node, base, letter, meant)
    return None


def _again(case: Case, letter: str) -> bool:
    """Whether the formula itself has the letter a second time."""
    return case.claim.formula is not None and len(places(case.claim.formula.latex, letter)) > 1


def _bound_by_sums(term: Term) -> Iterator[tuple[Term, frozenset[str]]]:
    """Every subterm with the letters of the sums and products around it."""
    signs = frozenset(name for n in among(term, BigOp) for name in binds_here(n))
    return ((node, bound & signs) for node, bound in scoped(term))


def _carries(case: Case, base: str, meant: str, place: Term) -> bool:
    return any((base, meant) in set(subscripts(n)) for n in in_section(case) if n != place)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The cosine of two vectors is\n\n"
        "$$c = \\frac{\\sum_{i=1}^n v_i w_l}{\\sqrt{\\sum_{i=1}^n v_i^2} \\sqrt{\\sum_{i=1}^n w_i^2}}$$\n",
        "The errors have mean $\\bar u = \\frac{1}{n} \\sum_{i=1}^n u_i$, and the model is\n\n"
        "$$y_i = h(x_i) + u_k$$\n",
    ),
    valid=(
        "The cosine of two vectors is\n\n"
        "$$c = \\frac{\\sum_{i=1}^n v_i w_i}{\\sqrt{\\sum_{i=1}^n v_i^2} \\sqrt{\\sum_{i=1}^n w_i^2}}$$\n",
        "The errors have mean $\\bar u = \\frac{1}{n} \\sum_{i=1}^n u_i$; that of sample $k$ is out:\n\n"
        "$$y_i = h(x_i) + u_k$$\n",
        "All values have a joint density:\n\n"
        "$$p(x, z_1, \\ldots, z_m) = p(x \\mid z_1) \\prod_i p(z_i \\mid z_{i+1})$$\n",
        "The shares are\n\n$$p(x) = \\frac{\\exp(x_i)}{\\sum_j \\exp(x_j)}$$\n",
        "The density is\n\n$$f(x) = \\prod_{s=1}^q h_s^{-1} K\\left(\\frac{x_{is} - x_{js}}{h_s}\\right)$$\n",
        "The mixture has, with shares $w_i$ of the parts that have $c_i$,\n\n"
        "$$c_m = \\left(\\sum_i w_i c_i^{-2}\\right)^{-1/2}$$\n",
        "With the coupling $k_m$ of the medium, $s = \\sum_{i=1}^n k_i v_i$, and\n\n"
        "$$q = \\sum_{i=1}^n k_m v_i$$\n",
    ),
    when="structure",
)
