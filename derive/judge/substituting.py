"""The search for what a link puts in the place of a symbol without saying so."""

from __future__ import annotations

from collections.abc import Mapping

from derive.classes import replace
from derive.context.links import INEQUALITIES
from derive.judge.alignment import align, candidates, vanishing
from derive.judge.doubts.doubt import GOOD, Decide, reread
from derive.model import Claim, Status, Verdict
from derive.reasons.choices import Choice, Chosen
from derive.term.contents import among
from derive.term.nodes import (
    Add,
    BigOp,
    Call,
    Div,
    Expectation,
    Integral,
    Mul,
    Neg,
    Number,
    Probability,
    Symbol,
    Term,
    integer,
)
from derive.term.scope import Reading
from derive.term.traverse import free_symbols, substitute, walk


def names_moved(claim: Claim) -> tuple[list[str], frozenset[str]]:
    """Of the symbols that nothing defines: those that the right side lost, and those that it brought in."""
    left_names, right_names = free_symbols(claim.left).keys(), free_symbols(claim.right).keys()
    gone = [n for n in claim.fresh if n in left_names and n not in right_names]
    new = frozenset(n for n in claim.fresh if n in right_names and n not in left_names)
    new -= _constants_of_integration(claim)
    odd = [n for n in claim.fresh if n in right_names and n in left_names]
    unknown = [
        n.function.name
        for n in among(claim.left, Call)
        if isinstance(n.function, Symbol) and n.function.name in gone
    ]
    return gone, new | {*odd, *unknown}


def substituted(claim: Claim, verdict: Verdict, decide: Decide) -> tuple[Claim, Verdict]:
    """The claim with what was put in for the symbols that vanish, and its verdict; both as they were where
    nothing was found. What the section put in for them before goes first."""
    if claim.relation in INEQUALITIES and not free_symbols(claim.right):
        return claim, verdict  # `-3 x \\ge 6` bounds x, and puts nothing in its place
    gone, new = names_moved(claim)
    atoms = tuple(a for a in vanishing(claim.left, claim.right, gone) if a != claim.left)
    chance = tuple(n for n in walk(claim.left) if isinstance(n, Expectation | Probability))
    if not atoms or any(a in walk(n) for n in chance for a in atoms):  # no number stands for what is random
        return claim, verdict
    before = claim.scope.learned.substitutions
    known = {a: before[(claim.section, a)] for a in atoms if (claim.section, a) in before}
    if len(known) == len(atoms):
        changed = _with(claim, known)
        answer = decide(changed)
        if answer.status in GOOD or answer.status is Status.REFUTED:
            return changed, _shown(answer, known)
    settled = len(atoms) == 1 and _a_multiple(claim.left, atoms[0])
    first: tuple[Claim, Verdict] | None = None
    for k, mapping in enumerate(candidates(claim.left, claim.right, atoms, new)):
        changed = _with(claim, mapping)
        answer = decide(changed)
        if answer.status in GOOD:
            return changed, _shown(answer, mapping)
        laid_over = k < 2 and align(claim.left, claim.right, frozenset(atoms)) is not None
        if settled:
            continue  # `2 f = 2048 H`: whatever f is put to, some value makes it true
        if first is None and laid_over and answer.status is Status.REFUTED and _up_to_factor(changed, decide):
            first = (changed, _shown(answer, mapping))
    return first or (claim, verdict)


def _a_multiple(left: Term, atom: Term) -> bool:
    """Whether a side is the atom times something without it."""
    match left:
        case Neg(arg=arg):
            return _a_multiple(arg, atom)
        case Mul(args=args):
            return sum(a == atom for a in args) == 1 and not any(
                a != atom and atom in set(walk(a)) for a in args
            )
        case _:
            return left == atom


def _up_to_factor(claim: Claim, decide: Decide) -> bool:
    """Whether one simple factor on either side makes the claim hold: then the factor is the slip, and
    the substitution is what the author meant."""
    if claim.relation != "=":
        return False
    for factor in simple_factors(claim.left, claim.right):
        for left, right in (
            (Mul((factor, claim.left)), claim.right),
            (claim.left, Mul((factor, claim.right))),
        ):
            if decide(replace(reread(claim, left, right), tried=True)).status in GOOD:
                return True
    return False


def _constants_of_integration(claim: Claim) -> frozenset[str]:
    """`C` in `\\int f\\,dx = F + C`: a symbol that is a term by itself beside an antiderivative."""
    if not any(
        (n.lower, n.upper, n.domain) == (None, None, None) for n in among(claim.left, Integral)
    ) or not isinstance(claim.right, Add):
        return frozenset()
    return frozenset(a.name for a in claim.right.args if isinstance(a, Symbol))


def simple_factors(left: Term, right: Term) -> tuple[Term, ...]:
    """What is likely to be lost or added in front: -1, 2, and what counts (bounds, denominators)."""
    found: dict[Term, None] = {}
    for node in (*walk(left), *walk(right)):
        match node:
            case BigOp(binders=binders):
                for b in binders:
                    if isinstance(b.upper, Symbol):
                        found[b.upper] = None
            case Div(denominator=denominator):
                if isinstance(denominator, (Symbol, Number)):
                    found[denominator] = None
            case _:
                pass
    return (*found, Neg(integer(1)), integer(2))


def _with(claim: Claim, pairs: Mapping[Term, Term]) -> Claim:
    readings = tuple(
        Reading((substitute(r.terms[0], pairs), r.terms[1]), r.choices) for r in claim.readings
    ) or (Reading((substitute(claim.left, pairs), claim.right)),)
    scope = claim.scope
    return replace(
        claim,
        left=readings[0].terms[0],
        readings=readings,
        scope=replace(scope, substitutions=(*scope.substitutions, *pairs.items())),
    )


def _shown(verdict: Verdict, pairs: Mapping[Term, Term]) -> Verdict:
    put_in = tuple(Choice(Chosen.SUBSTITUTED, (a.to_latex(), v.to_latex())) for a, v in pairs.items())
    evidence = {
        **verdict.evidence,
        "substitution": [{"symbol": a.to_latex(), "value": v.to_latex()} for a, v in pairs.items()],
    }
    return replace(verdict, reading=(*verdict.reading, *put_in), evidence=evidence)
