"""What the text calls the inverse of a function undoes it in neither order.

`Q = -2P + 3` with the inverse `P = -Q/2 - 3/2`: put into the first, the second does not give Q back. The
words "inverse function", "inverse demand", "its inverse is" name it; the function is the one in whose
definition the left letter stands, or the only one that the document has defined. Inverse matrices and
problems are others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from derive.form.cause import cause
from derive.form.known.nearby import may_be_told, nearby
from derive.mend.case import GOOD, Case
from derive.model import Diagnostic, Status
from derive.term.nodes import Apply, Call, Symbol, Term
from derive.term.scope import Definition, Reading, Scope
from derive.term.traverse import free_symbols, substitute

CODE, NAME = "DRV042", "wrong-inverse"
_INVERSE = re.compile(
    r"\binverse (?:demand|supply|function|map|mapping|relation|relationship|is|of)\b"
    r"|\b(?:has|have) the inverse\b",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:matri\w+|modul\w+|problem\w*|proportion\w*|additive|multiplicative|square)\b", re.I
)


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if case.verdict.status in GOOD or claim.relation != "=":
        return None
    pairs = tuple(_compositions(case))
    if not pairs:
        return None
    words = nearby(case)
    if not _INVERSE.search(words.sentence) or _OTHER.search(words.sentence) or not may_be_told(case, words):
        return None
    for left, right in pairs:
        alone = replace(claim.scope, definitions={}, hypotheses=(), soft=(), substitutions=())
        asked = replace(
            claim, left=left, right=right, scope=alone, readings=(Reading((left, right)),), cases=()
        )
        verdict = case.mender.verdict(asked)
        if verdict is None or verdict.status is not Status.REFUTED:
            return None
    left, right = pairs[0]
    return case.finding(
        CODE,
        NAME,
        f"this is no inverse: put together the two give ${left.to_latex()}$, not ${right.to_latex()}$",
    )


def _compositions(case: Case) -> Iterator[tuple[Term, Term]]:
    """What must be the same if the claim is the inverse of a function that was defined: both orders."""
    claim = case.claim
    scope: Scope = claim.scope
    right: Term = claim.right
    match claim.left:
        case Symbol() as x:
            for name, made in scope.definitions.items():
                inside = free_symbols(made.body)
                if made.kind == "symbol" and name in free_symbols(right) and x.name in inside:
                    if name not in inside and x.name not in free_symbols(right):
                        yield substitute(made.body, {x: right}), Symbol(name)
                        yield substitute(right, {Symbol(name): made.body}), x
                        return
        case Call(function=Apply(head="inverse", args=(Symbol(name=name),)), args=(Symbol() as y,)):
            yield from _of_function(scope.definitions.get(name), y, right)
        case Call(function=Symbol(name=name), args=(Symbol() as y,)):
            known = [d for n, d in scope.definitions.items() if n != name and len(d.parameters) == 1]
            if len(known) == 1:
                yield from _of_function(known[0], y, right)
        case _:
            pass


def _of_function(made: Definition | None, y: Symbol, right: Term) -> Iterator[tuple[Term, Term]]:
    if made is None or made.kind != "function" or len(made.parameters) != 1:
        return
    (x,) = made.parameters
    yield substitute(made.body, {x: right}), y
    yield substitute(right, {y: made.body}), x


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Demand is $Q=-2P+3$. The inverse demand is $P=-\\frac12Q-\\frac32$.\n",),
    valid=(
        "Demand is $Q=-2P+3$. The inverse demand is $P=-\\frac12Q+\\frac32$.\n",
        "Take $f(x) = x^2$. For the positive branch the inverse function is $g(y) = \\sqrt{y}$.\n",
        "Demand is $Q=-2P+3$. An inverse problem: supply is $P=4Q$.\n",
    ),
    when="any",
)
