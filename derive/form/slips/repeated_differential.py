"""A total differential has that of its left side on the right, where the differential of a variable belongs.

`dV = \\frac{2\\pi}{3} r h\\,dV + \\frac{\\pi}{3} r^2\\,dh`: the first term, the change with r, ends so.
"""

from derive.expressions import regex
from derive.form.binding import as_written, in_doubt
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Fix
from derive.term.contents import among
from derive.term.nodes import Add, Apply, Mul, Neg, Symbol, Term
from derive.term.traverse import free_symbols

CODE, NAME = "DRV014", "repeated-differential"
_DIFFERENTIAL = regex(r"[\s{]*(?:d|\\mathrm\s*\{?\s*d\s*\}?)\s*\\?[A-Za-z]+[^=]*=")


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or not _DIFFERENTIAL.match(claim.latex) or not in_doubt(case):
        return None
    terms = as_written(case)
    found = _repeated(terms[1], terms[0]) if terms is not None else None
    if terms is None or found is None:
        return None
    name = found.args[0].to_latex()
    meant = _without(terms[1])
    message = f"$d{name}$ is what the equation is for, and stands on its right side too"
    fix = None
    if meant is not None:
        new = meant.to_latex()
        message += f": no term ends in $d{new}$"
        where = case.locate(found.args[0])
        fix = Fix(new, f"put $d{new}$ in the place of $d{name}$", where) if where is not None else None
    return case.finding(CODE, NAME, message, span=case.locate(found), fix=fix)


def _repeated(right: Term, left: Term) -> Apply | None:
    """The differential of the left side among the terms of the right side, beside that of another."""
    if not (isinstance(left, Apply) and left.head == "differential" and isinstance(right, Add)):
        return None
    ends = [_end(t) for t in right.args]
    same = [e for e in ends if e is not None and e[1] == left.args[0]]
    others = {e[1] for e in ends if e is not None} - {left.args[0]}
    if len(same) != 1 or not others or any(e is None for e in ends) or len(ends) != len(others) + 1:
        return None
    return same[0][0] if isinstance(same[0][0], Apply) else None


def _end(term: Term) -> tuple[Term, Term] | None:
    """The differential that a term ends in, and of what; `d` and a letter side by side are one too."""
    if isinstance(term, Neg):
        return _end(term.arg)
    if isinstance(term, Apply) and term.head == "differential":
        return term, term.args[0]
    if isinstance(term, Mul):
        if (found := _end(term.args[-1])) is not None:
            return found
        if len(term.args) > 1 and isinstance(term.args[-2], Symbol) and term.args[-2].name == "d":
            return term.args[-1], term.args[-1]
    return None


def _without(right: Term) -> Symbol | None:
    """The one variable of the right side that has no differential there."""
    assert isinstance(right, Add)
    ended = {e[1] for t in right.args for e in (_end(t),) if e is not None}
    free = [s for n, s in free_symbols(right).items() if n != "d" and s.type.role != "constant"]
    inside = {a for n in among(right, Apply) if n.head == "differential" for a in n.args}
    found = [s for s in free if s not in ended and s not in inside]
    return found[0] if len(found) == 1 else None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "For the cone $V = \\frac{\\pi}{3} r^2 h$ the differential is\n\n"
        "$$dV = \\frac{2\\pi}{3} rh\\, dV + \\frac{\\pi}{3} r^2\\, dh$$\n",
    ),
    valid=(
        "For the cone $V = \\frac{\\pi}{3} r^2 h$ the differential is\n\n"
        "$$dV = \\frac{2\\pi}{3} rh\\, dr + \\frac{\\pi}{3} r^2\\, dh$$\n",
    ),
    when="any",
)
