"""The chances of a variable are not those of the distribution that the text gives it.

With `X \\sim \\operatorname{Bin}(n, p)` the chance of `X = k` is `\\binom{n}{k} p^k (1-p)^{n-k}`. What stands
for it is decided against the distribution by every convention (failures or trials counted, the population
first or last). Approximations, conditional chances, and what is written with other chances are left alone.
"""

from __future__ import annotations

import re

from derive.classes import replace
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.known.nearby import nearby
from derive.mend.case import GOOD, Case
from derive.model import SET_ASIDE, Claim, Diagnostic, Severity, Status, Verdict
from derive.reasons import Reason, Why
from derive.term.contents import among, has
from derive.term.nodes import BigOp, Call, Element, Expectation, Probability, Relation, Symbol, Term, Type
from derive.term.scope import Reading, Scope
from derive.term.traverse import free_symbols, substitute
from derive.verify.models.hypotheses import flatten
from derive.verify.probability.laws import Law, laws_of

CODE, NAME = "DRV057", "wrong-masses"
_ANOTHER = regex(
    r"\b(?:approx\w*|truncat\w+|inflat\w+|mixture|mixed|shift\w+|modif\w+|instead|generali[sz]\w*|unnormali[sz]\w+"
    r"|propor\w+|limit\w*)\b",
    re.IGNORECASE,
)


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or case.verdict.status in GOOD:
        return None
    match claim.left:
        case Probability(
            args=(Relation(op="=", left=Symbol() as variable, right=Symbol() as value),), given=()
        ):
            pass
        case _:
            return None
    body = claim.right
    if value not in among(body, Symbol) or has(body, Probability, Expectation, Call, Element, BigOp):
        return None
    laws = [law for law in _laws(claim, variable) if law.mass is not None]
    if not laws or _ANOTHER.search(nearby(case).sentence):
        return None
    told = {n for law in laws for arg in law.args for n in free_symbols(arg)}
    if free_symbols(body).keys() - told - claim.scope.definitions.keys() - {value.name}:
        return None  # a letter that the distribution has not: `q` for `1 - p`
    for law in laws:
        verdict = case.mender.verdict(_against(claim, body, law, value))
        if verdict is None or not _differs(verdict):
            return None
    law = laws[0]
    assert law.mass is not None
    return case.finding(
        CODE,
        NAME,
        f"the text gives ${variable.to_latex()}$ the {law.family} distribution, of which this is not the "
        f"chance: it would be ${law.mass(value).to_latex()}$",
        severity=Severity.WARNING,
        span=claim.right_span or claim.span,
    )


def _differs(verdict: Verdict) -> bool:
    """It is refuted, or has no value wherever the law by this convention has one."""
    return verdict.status is Status.REFUTED or verdict.reason == Reason(Why.UNDEFINED)


def _laws(claim: Claim, variable: Symbol) -> tuple[Law, ...]:
    """The laws that the last distribution given to a variable may mean."""
    told = [
        h.right
        for h in flatten(claim.scope.hypotheses)
        if isinstance(h, Relation) and h.op == "sim" and h.left == variable
    ]
    return laws_of(told[-1]) if told else ()


def _against(claim: Claim, body: Term, law: Law, value: Symbol) -> Claim:
    """`printed = the law's` for every value that the law allows."""
    assert law.mass is not None
    k = Symbol(value.name, Type("natural"))
    put: dict[Term, Term] = {value: k}
    sides = substitute(body, put), substitute(law.mass(value), put)
    low, high = law.support
    bounds = [Relation(">=", k, low)] if low is not None else []
    bounds += [Relation("<=", k, high)] if high is not None else []
    own = {name for arg in law.args for name in free_symbols(arg)} | {value.name}
    scope: Scope = claim.scope
    scope = replace(
        scope,
        symbols={**scope.symbols, value.name: Type("natural")},
        definitions={n: d for n, d in scope.definitions.items() if n not in own},
        hypotheses=(*law.conditions, *bounds),
        substitutions=(),
        soft=(),
    )
    return replace(
        claim, left=sides[0], right=sides[1], scope=scope, readings=(Reading(sides),), cases=(), fresh=()
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $X \\sim \\operatorname{Bin}(n, p)$. Then $$P(X = k) = \\binom{n}{k} p^k (2-p)^{n-k}.$$\n",
        "Let $X \\sim Poisson(\\lambda)$, so that $$P(X = k) = e^{\\lambda} \\frac{\\lambda^k}{k!}.$$\n",
        "When $X \\sim HG(N, G, n)$, we have "
        "$$P(X = k) = \\frac{\\binom{G}{k} \\binom{N-G}{n+k}}{\\binom{N}{n}}.$$\n",
    ),
    valid=(
        "Let $X \\sim \\operatorname{Bin}(n, p)$. Then $$P(X = k) = \\binom{n}{k} p^k (1-p)^{n-k}.$$\n",
        "Let $X \\sim \\operatorname{Bin}(n, p)$. Then $$P(X = k) = \\binom{n}{k} p^k q^{n-k}.$$\n",
        "Let $X \\sim \\operatorname{Geom}(p)$. Then we have $$P(X = k) = (1-p)^k p.$$\n",
        "When $X \\sim HG(N, G, n)$, we have "
        "$$P(X = k) = \\frac{\\binom{G}{k} \\binom{N-G}{n-k}}{\\binom{N}{n}}.$$\n",
        "Let $X \\sim \\operatorname{Bin}(n, p)$. For large $n$ it is approximately "
        "$$P(X = k) = \\frac{(n p)^k}{k!} e^{-n p}.$$\n",
    ),
    when="any",
)
