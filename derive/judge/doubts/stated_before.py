"""An equation that the document states before may be what makes the claim true."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from derive.classes import replace
from derive.judge.doubts.doubt import Answers, Weaken, given, with_added
from derive.judge.free_values import with_values_as_letters
from derive.judge.relevance import opaque
from derive.model import Claim, Status, Verdict
from derive.reasons import CONSTRAINT, Reason, Why
from derive.term.nodes import Apply, Relation, Symbol, Term
from derive.term.traverse import free_symbols
from derive.verify.ladder.mentions import reached, unknown_functions
from derive.verify.ladder.question import is_costly

_NEAR = 10
"""How many of the equations before a claim are tried one by one; those further off only together."""
_COSTLY = 4
"""How many of them are tried by themselves where each trial is an integral or a limit."""


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """All of them together, then each that says something of the claim by itself."""
    claim = with_values_as_letters(claim)
    soft = claim.scope.soft
    if soft:
        yield given(claim, *soft)
    if len(soft) > 1:
        for equation in _singly(claim):
            yield given(claim, equation)


def _telling(claim: Claim) -> tuple[Term, ...]:
    """The nearest equations that by themselves say something of the claim, as far as one can reckon."""
    symbols = {*reached(claim.left, claim.scope), *reached(claim.right, claim.scope)}
    symbols |= free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
    near = claim.scope.soft[-_NEAR:]
    return tuple(e for e in near if free_symbols(e).keys() & symbols and not opaque(e))


def _singly(claim: Claim) -> tuple[Term, ...]:
    telling = _telling(claim)
    costly = [e for e in telling if is_costly(claim.left, claim.right, e)]
    untried = costly[:-_COSTLY] if len(costly) > _COSTLY else []
    return tuple(e for e in telling if e not in untried)


def becomes(weakened: Claim, answer: Verdict, claim: Claim, refuted: Verdict) -> Verdict:
    """What the document merely states may be the slip: a proof from it proves nothing by itself."""
    return replace(
        answer,
        status=Status.HOLDS,
        reason=Reason(Why.UNDER_GIVEN),
        conditions=with_added(weakened, answer, claim),
    )


def rest(claim: Claim, answers: Answers) -> Verdict | None:
    """Equations under which no model was found, or that nobody tried: one that stands near, or speaks of an
    unknown function of the claim, leaves it open."""
    claim = with_values_as_letters(claim)
    soft = claim.scope.soft
    if not answers or answers[0][1].status is Status.REFUTED:
        return None
    ours = unknown_functions(claim.left, claim.right)
    soft = tuple(e for e in soft if not _of_others(e, soft, ours))
    tried, telling = _singly(claim), _telling(claim)
    refuted = {c.scope.hypotheses[-1] for c, a in answers[1:] if a.status is Status.REFUTED}
    refuted |= {e for e in soft if _sets_another(e, claim)}
    open_: list[Term] = []
    for k, equation in enumerate(soft):
        kin = bool(unknown_functions(equation) & ours)
        if k < len(soft) - _NEAR:
            if kin:
                open_.append(equation)
        elif equation in telling and equation not in refuted:
            if equation not in tried or k >= len(soft) - 2 or kin:
                open_.append(equation)
    if not open_:
        return None
    return Verdict(Status.UNDECIDED, CONSTRAINT, evidence={"given": [t.to_latex() for t in open_]})


def _sets_another(equation: Term, claim: Claim) -> bool:
    """`u = \\cos x`, `dv = e^x dx`, where the claim lacks u and v: alone it leaves x as free as before."""
    if not isinstance(equation, Relation) or equation.op != "=":
        return False
    ours = {*reached(claim.left, claim.scope), *reached(claim.right, claim.scope)}
    ours |= free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
    for own, other in ((equation.left, equation.right), (equation.right, equation.left)):
        if isinstance(own, Apply) and own.head == "differential":
            own = own.args[0]
        if isinstance(own, Symbol) and own.name not in ours and own.name not in free_symbols(other):
            return True
    return False


def _of_others(equation: Term, soft: tuple[Term, ...], ours: AbstractSet[str]) -> bool:
    """Whether an equation speaks of unknown functions that stand nowhere else, `\\int f = F + C`:
    whatever the letters of the claim are, there are such functions; or whether it only parts such."""
    named = unknown_functions(equation)
    theirs = named - ours
    if not theirs or named & ours:
        return False
    return _parts(equation) or not any(
        theirs & unknown_functions(other) for other in soft if other != equation and not _parts(other)
    )


def _parts(equation: Term) -> bool:
    return isinstance(equation, Relation) and equation.op == "!="


DOUBT = Weaken(
    "doubt/stated-before",
    "an equation that the document states before may be what makes the claim true",
    claims,
    becomes,
    rest=rest,
    paired=True,
    unsaid=True,
    lifts=("We have $g t + u = s + 2 u$. Then $$w = (g t)^2 + s + u = (s + u)^2 + s + u.$$",),
    stands=("We have $g t + u = s + 2 u$. Then $$w = (g t)^2 + s + u = (s + 2 u)^2 + s + u.$$",),
)
