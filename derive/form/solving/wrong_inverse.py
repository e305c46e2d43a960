"""What is called the inverse of a function does not invert it.

`$f(x) = 2x + 3$, so $f^{-1}(x) = \\frac{x + 3}{2}$`: the function of its inverse must give the argument back.
It is an error where one edit of the inverse makes it one. Where the sign stands for the reciprocal,
`f^{-1}` is right as that.
"""

from __future__ import annotations

from derive.form.cause import cause
from derive.form.solving.asking import Asking, Sides, in_words, rounded, without
from derive.mend.case import GOOD, Case
from derive.mend.mending import fix_of
from derive.model import SET_ASIDE, Diagnostic, Severity
from derive.term.nodes import Apply, Call, Div, Number, Pow, Symbol, Term
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols, substitute

CODE, NAME = "DRV041", "wrong-inverse"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or case.verdict.status in GOOD:
        return None
    found = _inverted(claim.left, claim.scope)
    if found is None or rounded(claim.right):
        return None
    definition, argument = found
    if argument.name not in free_symbols(claim.right) or definition.name in free_symbols(claim.right):
        return None

    def back(left: Term, right: Term) -> Sides | None:
        return substitute(definition.body, {definition.parameters[0]: right}), argument

    asking = Asking(case, without(claim.scope, [argument.name]), back)
    if not asking.fails():
        return None
    edit = asking.mend(lambda e: argument.name in free_symbols(e.term), left=False)
    name = definition.name
    if edit is None:
        return None
    return case.finding(
        CODE,
        NAME,
        f"${name}$ of this is not ${argument.name}$: it would be {in_words(edit)}",
        severity=Severity.ERROR,
        fix=fix_of(claim, edit),
    )


def _inverted(left: Term, scope: Scope) -> tuple[Definition, Symbol] | None:
    """(f, x) for `f^{-1}(x)` of a function of one variable that is defined."""
    match left:
        case Call(
            function=Apply(head="inverse", args=(Symbol(name=name),))
            | Pow(base=Symbol(name=name), exponent=Number()),
            args=(Symbol() as argument,),
        ):
            pass
        case Div(denominator=Call(function=Symbol(name=name), args=(Symbol() as argument,))):
            return None
        case _:
            return None
    definition = scope.definitions.get(name)
    if definition is None or definition.kind != "function" or len(definition.parameters) != 1:
        return None
    return None if definition.earlier else (definition, argument)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $f(x) = 2x + 3$. Its inverse is $f^{-1}(x) = \\frac{x + 3}{2}$.\n",),
    valid=("Let $f(x) = 2x + 3$. Its inverse is $f^{-1}(x) = \\frac{x - 3}{2}$.\n",),
)
