"""A function is defined by cases, and neither its cases nor its values speak of its variable.

`f(x) = \\frac{1}{b-a}` if `a \\leq b`, else 0: the condition was to be `a \\leq x \\leq b`. It is told where
the condition compares two symbols, the value has their difference, and nothing makes them depend on the
variable. Cases about a parameter with values in the variable, and conditions on what is worked out from it,
are left alone.
"""

from derive.form.binding import in_doubt, in_every_reading, letters_of, mentioned
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Fix
from derive.term.nodes import Add, Call, Neg, Piecewise, Relation, Symbol, Term
from derive.term.traverse import free_symbols, walk

CODE, NAME = "DRV017", "case-without-variable"
_ORDER = frozenset({"<", "<=", ">", ">="})


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    scope = claim.scope
    if claim.relation not in ("=", ":=") or not in_doubt(case):
        return None
    found = in_every_reading(claim, 1, _silent)
    if found is None:
        return None
    condition, variable = found
    if any(n in scope.definitions or n in scope.dependencies for n in free_symbols(condition)):
        return None
    low, high = condition.left, condition.right
    name = variable.to_latex()
    return case.finding(
        CODE,
        NAME,
        f"no case speaks of ${name}$: ${condition.to_latex()}$ leaves it out",
        span=case.locate(condition),
        fix=_fix(case, low, high, name),
    )


def _silent(term: Term, other: Term) -> tuple[Relation, Symbol] | None:
    """The first condition of the cases, and the variable that all of them leave out."""
    if not isinstance(term, Piecewise) or not (isinstance(other, Call) and len(other.args) == 1):
        return None
    variable = other.args[0]
    if not isinstance(variable, Symbol) or letters_of(variable.name) & mentioned(term):
        return None
    conditions = [c for _, c in term.cases if c is not None]
    value = term.cases[0][0]
    match conditions:
        case [Relation(op=op, left=Symbol(), right=Symbol()) as one] if op in _ORDER:
            length = {Add((one.left, Neg(one.right))), Add((one.right, Neg(one.left)))}
            ranged = any(n in length for n in walk(value))
            return (one, variable) if ranged and len(term.cases) > 1 else None
        case _:
            return None


def _fix(case: Case, low: Term, high: Term, name: str) -> Fix | None:
    """`a \\leq b` with the variable put between."""
    formula = case.claim.formula
    if formula is None or low.span is None or high.span is None:
        return None
    sign = formula.latex[low.span.end : high.span.start].strip()
    if not sign:
        return None
    where = formula.locate(type(low.span)(low.span.end, high.span.start))
    return Fix(f" {sign} {name} {sign} ", f"put ${name}$ between the two", where)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The uniform density is\n\n$$f(x) = \\begin{cases} \\frac{1}{b - a}, & \\text{if } a \\leq b \\\\ "
        "0, & \\text{otherwise} \\end{cases}$$\n",
    ),
    valid=(
        "The uniform density is\n\n$$f(x) = \\begin{cases} \\frac{1}{b - a}, & \\text{if } a \\leq x \\leq b "
        "\\\\ 0, & \\text{otherwise} \\end{cases}$$\n",
        "The unit fires by\n\n$$h(x) = \\begin{cases} 1, & \\text{if } z > c \\\\ "
        "0, & \\text{otherwise} \\end{cases}$$\n",
    ),
    when="any",
)
