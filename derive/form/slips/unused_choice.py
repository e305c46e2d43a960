"""An extremum is taken over a letter or a function that its body lacks, while its like stands there.

`\\operatorname{argmin}_{g(X) \\in G} (Y - f(X))^2` chooses a g and rates an f; `\\max_{a'} Q(s', a)` lets
a' vary and has a. Where the body has no such like, what varies may be hidden in it (`\\min_w \\sum_i
\\ell(y_i, \\hat y_i)`).
"""

from __future__ import annotations

from derive.form.binding import found_in
from derive.form.cause import cause
from derive.mend.case import Case
from derive.mend.rewrites import same_letter
from derive.model import Diagnostic
from derive.term.nodes import BigOp, Call, Relation, Symbol, Term
from derive.term.traverse import free_symbols, walk

CODE, NAME = "DRV077", "unused-choice"
_EXTREMA = frozenset(("argmax", "argmin", "max", "min", "sup", "inf"))


def check(case: Case) -> Diagnostic | None:
    answer = found_in(case, _search)
    if answer is None:
        return None
    _, (node, chosen, other) = answer
    return case.finding(
        CODE,
        NAME,
        f"${chosen.to_latex()}$ is chosen, but what is rated has ${other.to_latex()}$ in its place",
        span=case.locate(node),
    )


def _search(term: Term, other: Term) -> tuple[BigOp, Term, Term] | None:
    for node in walk(term):
        if not isinstance(node, BigOp) or node.op not in _EXTREMA:
            continue
        found = _function(node, other) or _letter(node, other)
        if found is not None:
            return node, *found
    return None


def _function(node: BigOp, other: Term) -> tuple[Term, Term] | None:
    """`g(x)` of the condition and `f(x)` of the body, at the same place, f being nowhere else."""
    for binder in node.binders:
        match binder.condition:
            case Relation(op="in", left=Call(function=Symbol(name=name), args=args) as chosen):
                pass
            case _:
                continue
        if name in free_symbols(node.body):
            continue
        rated = {
            c.function: c
            for c in walk(node.body)
            if isinstance(c, Call) and c.args == args and isinstance(c.function, Symbol)
        }
        alone = [c for f, c in rated.items() if isinstance(f, Symbol) and f.name not in free_symbols(other)]
        if len(rated) == len(alone) == 1:
            return chosen, alone[0]
    return None


def _letter(node: BigOp, other: Term) -> tuple[Term, Term] | None:
    """`a'` under the sign and `a` in the body, where the body lists what it depends on."""
    if len(node.binders) != 1:
        return None
    chosen = node.binders[0].variable
    inside = free_symbols(node.body)
    if chosen.name in inside or "'" not in chosen.name:
        return None
    listed = {a for c in walk(node.body) if isinstance(c, Call) for a in c.args if isinstance(a, Symbol)}
    like = [a for a in listed if a != chosen and same_letter(a, chosen)]
    return (chosen, like[0]) if len(like) == 1 else None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The best of them is $$h(x) = \\operatorname{argmin}_{g(x) \\in G} \\left(y - f(x)\\right)^2.$$\n",
        "The target is $$q = r + \\gamma \\max_{a'} Q(s', a).$$\n",
    ),
    valid=(
        "The best of them is $$h(x) = \\operatorname{argmin}_{g(x) \\in G} \\left(y - g(x)\\right)^2.$$\n",
        "The target is $$q = r + \\gamma \\max_{a'} Q(s', a').$$\n",
        "We look for $$v = \\min_{w} \\sum_i (y_i - f(x_i))^2.$$\n",
    ),
    when="structure",
)
