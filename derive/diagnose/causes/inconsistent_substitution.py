"""A symbol is replaced by something other than what it stands for in the same scope.

A step may put an expression in the place of a symbol without saying so, but then it must be the same
expression throughout. Here the other steps use one, and this step another.
"""

from collections.abc import Iterator

from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.construct import neg
from derive.term.nodes import ZERO, Add, Neg, Term
from derive.term.traverse import children, free_symbols, map_children, walk

CODE, NAME = "DRV003", "inconsistent-substitution"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    for atom, value in claim.scope.substitutions:
        before = _back(claim.left, value, atom)
        if before == atom or atom not in walk(before):
            continue
        put = next(iter(_put(before, claim.right, atom)), None)
        if put is None or put == value or not _speaks_of(put, value):
            continue
        name, meant, instead = atom.to_latex(), value.to_latex(), put.to_latex()
        mend = case.mend
        return case.finding(
            CODE,
            NAME,
            f"with ${name} = {meant}$, as elsewhere, this does not follow: "
            f"the line puts ${instead}$ in the place of ${name}$",
            fix=mend.fix if mend is not None else None,
        )
    return None


def _back(term: Term, value: Term, atom: Term) -> Term:
    """The side as printed: the symbol where its value was put. The index of the atom is the bound one."""
    return atom if term == value else map_children(term, lambda t: _back(t, value, atom))


def _speaks_of(put: Term, value: Term) -> bool:
    """What was put must be made from the same symbols, or it is another slip."""
    return bool(free_symbols(put)) and free_symbols(put).keys() <= free_symbols(value).keys()


def _put(pattern: Term, other: Term, atom: Term) -> Iterator[Term]:
    """What stands in `other` where `pattern` has the atom, when they agree everywhere else."""
    if pattern == other:
        return
    if pattern == atom:
        yield other
        return
    match pattern, other:
        case (Neg(arg=a), _) if a == atom:
            yield neg(other)
        case (Add(args=args), _):
            yield from _put_in_sum(args, other, atom)
        case _ if type(pattern) is type(other):
            ours, theirs = children(pattern), children(other)
            if len(ours) == len(theirs):
                differ = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
                if len(differ) == 1:
                    yield from _put(*differ[0], atom)


def _put_in_sum(args: tuple[Term, ...], other: Term, atom: Term) -> Iterator[Term]:
    """In a sum the atom's part is what is left of the other side when the rest is taken away."""
    rest: list[Term] = list(other.args) if isinstance(other, Add) else [other]
    mine: list[Term] = []
    for a in args:
        if a in rest:
            rest.remove(a)
        else:
            mine.append(a)
    if len(mine) == 1:
        if mine[0] == atom:
            yield _sum(rest)
        elif mine[0] == Neg(atom):
            yield _sum([neg(r) for r in rest])


def _sum(terms: list[Term]) -> Term:
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "When $t_i = 0$:\n\n"
        "$$S = \\sum_{i=1}^n (-p_i)^2 = \\sum_{i=1}^n (-\\tanh(a))^2$$\n\n"
        "When $t_i = 1$:\n\n"
        "$$S = \\sum_{i=1}^n (1 - p_i)^2 = \\sum_{i=1}^n (1 - 1 - \\tanh(a))^2$$\n",
    ),
    valid=(
        "When $t_i = 0$:\n\n"
        "$$S = \\sum_{i=1}^n (-p_i)^2 = \\sum_{i=1}^n (-\\tanh(a))^2$$\n\n"
        "When $t_i = 1$:\n\n"
        "$$S = \\sum_{i=1}^n (1 - p_i)^2 = \\sum_{i=1}^n (1 - \\tanh(a))^2$$\n",
    ),
)
