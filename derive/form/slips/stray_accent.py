"""A symbol carries an accent that nothing gives it; without the accent the claim holds.

`\\hat{L}` is defined nowhere, `L` is, and the line holds for `L`: the hat is a slip of the pen or of the
scan.
"""

from derive.expressions import regex
from derive.form.cause import cause
from derive.mend.case import Case
from derive.mend.rewrites import letter
from derive.mend.triviality import trivial
from derive.model import Diagnostic, Fix, Status
from derive.term.nodes import Symbol
from derive.term.traverse import free_symbols, substitute, walk

_ACCENT = regex(r"\\(?:wide)?(?:hat|tilde|bar|check|breve|acute|grave|vec|d{1,4}ot|mathring|overline)\{")
"""Another font or an index makes another letter."""
CODE, NAME = "DRV005", "stray-accent"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if case.verdict.status in (Status.PROVED, Status.HOLDS):
        return None
    free = free_symbols(claim.left) | free_symbols(claim.right)
    for name, symbol in free.items():
        plain = letter(symbol)
        if plain == name or _ACCENT.match(name) is None or not case.unknown(name):
            continue
        if plain in free or case.unknown(plain):
            continue
        for known in _known(case, plain):
            left, right = (substitute(side, {symbol: known}) for side in (claim.left, claim.right))
            if trivial(left, right) or not case.holds(case.with_sides(left, right)):
                continue
            place = next((s for side in (claim.left, claim.right) for s in walk(side) if s == symbol), symbol)
            where = case.locate(place)
            return case.finding(
                CODE,
                NAME,
                f"${name}$ is defined nowhere; with ${plain}$ this is right",
                span=where,
                fix=Fix(plain, f"put ${plain}$ in the place of ${name}$", where)
                if where is not None
                else None,
            )
    return None


def _known(case: Case, name: str) -> tuple[Symbol, ...]:
    """The symbol of that name as other claims have it, or as it is defined."""
    for _, claim in case.claims():
        for side in (claim.left, claim.right):
            if name in (free := free_symbols(side)):
                return (free[name],)
    kind = case.claim.scope.type_of(name)
    return (Symbol(name, kind),) if kind is not None else ()


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $E(t, p) = (t - p)^2$ and $p = w^2$.\n\n"
        "$$\\frac{\\partial E}{\\partial w} = -4 (t - p) w$$\n\n"
        "$$\\frac{\\partial \\hat{E}}{\\partial w} = -4 (t - w^2) w$$\n",
    ),
    valid=(
        "The ratio is $$\\sigma = \\frac{u t}{x} \\le \\sigma_{\\max}.$$\n",
        "The estimate is $\\hat{m} = \\frac{1}{n} \\sum_{i=1}^n x_i$, and $m$ is the true mean.\n",
    ),
    when="any",
)
