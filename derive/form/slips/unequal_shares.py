"""A share of a whole differs in one index from the part of the whole that it is.

`\\pi_{t+1} = \\frac{\\pi_t l(w_{t+1})}{\\pi_t l(w_t) + 1 - \\pi_t}`: by the rule of Bayes the numerator is
one of the terms below the line, where the rest is weighted by what is left of the weight. Fractions without
such a rest are left alone: what stands below need not be a whole.
"""

from derive.classes import dataclass
from derive.form.binding import found_in, respelt
from derive.form.cause import cause
from derive.form.letters import summands
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.nodes import ONE, Add, Div, Element, Mul, Neg, Symbol, Term
from derive.term.traverse import children, walk

CODE, NAME = "DRV073", "unequal-shares"


@dataclass(frozen=True, slots=True)
class _Unequal:
    above: Term
    below: Term
    where: Term


def check(case: Case) -> Diagnostic | None:
    if (answer := found_in(case, _unequal)) is None:
        return None
    _, found = answer
    old, new = found.below.to_latex(), found.above.to_latex()
    fix = respelt(case, found.where, old, new) if isinstance(found.below, Symbol) else None
    return case.finding(
        CODE,
        NAME,
        f"the share has ${new}$ above the line and ${old}$ in the same part of the whole below it",
        span=case.locate(found.where),
        fix=fix,
    )


def _unequal(term: Term, other: Term) -> _Unequal | None:
    for node in walk(term):
        if not (isinstance(node, Div) and isinstance(node.denominator, Add)):
            continue
        parts = node.denominator.args
        above = node.numerator
        if above in parts:
            continue
        weights = _left_over(parts)
        for part in parts:
            if not isinstance(part, Mul) or not isinstance(above, Mul) or len(part.args) != len(above.args):
                continue
            pairs = [(a, b) for a, b in zip(above.args, part.args, strict=True) if a != b]
            if len(pairs) != 1 or not any(w in weights for w in part.args):
                continue
            differing = _one_index(*pairs[0])
            if differing is not None:
                return _Unequal(differing[0], differing[1], pairs[0][1])
    return None


def _left_over(parts: tuple[Term, ...]) -> set[Term]:
    """The weights whose rest to one is among the terms: `1 - p` by itself, or as a factor."""
    found = {p.arg for p in parts if isinstance(p, Neg)} if ONE in parts else set()
    for part in parts:
        for factor in part.args if isinstance(part, Mul) else (part,):
            terms = tuple(summands(factor)) if isinstance(factor, Add) else ()
            if len(terms) == 2 and isinstance(factor, Add) and factor.args[0] == ONE:
                match factor.args[1]:
                    case Neg(arg=weight):
                        found.add(weight)
                    case _:
                        pass
    return found


def _one_index(a: Term, b: Term) -> tuple[Term, Term] | None:
    """The two indices in which two terms differ, if nothing else differs."""
    if type(a) is not type(b):
        return None
    if isinstance(a, Element) and isinstance(b, Element) and a.base == b.base:
        pairs = [(x, y) for x, y in zip(a.indices, b.indices, strict=False) if x != y]
        if len(a.indices) == len(b.indices) and len(pairs) == 1:
            return pairs[0]
        return None
    inside_a, inside_b = children(a), children(b)
    if len(inside_a) != len(inside_b):
        return None
    different = [(x, y) for x, y in zip(inside_a, inside_b, strict=True) if x != y]
    return _one_index(*different[0]) if len(different) == 1 else None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The posterior follows from the last draw:\n\n"
        "$$p_{n+1} = \\frac{p_n g(y_{n+1})}{p_n g(y_n) + 1 - p_n}$$\n",
        "The share of the first class is\n\n$$s_i = \\frac{q a_i}{q a_j + (1 - q) b_i}$$\n",
    ),
    valid=(
        "The posterior follows from the last draw:\n\n"
        "$$p_{n+1} = \\frac{p_n g(y_{n+1})}{p_n g(y_{n+1}) + 1 - p_n}$$\n",
        "The share of the first class is\n\n$$s_i = \\frac{q a_i}{q a_i + (1 - q) b_i}$$\n",
        "The rule of false position reads\n\n$$x_{n+1} = \\frac{x_n f_{n+1}}{x_n f_n + x_{n-1}}$$\n",
    ),
    when="structure",
)
