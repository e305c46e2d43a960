"""Claims of one document, decided in its order: what is asserted, under what, and what a refutation means.

`tower.decide` answers whether one claim holds in every model of its scope. Here stands the policy
around it: hypotheses that matter, equations that are conditions rather than errors,
implicit substitutions and the names that nothing defines.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from derive.calculus.change_of_variable import by_free_variables
from derive.calculus.differentials import written_out
from derive.judge.alignment import align, candidates, vanishing
from derive.judge.doubts import DOUBTS, GOOD, Decide, false_throughout
from derive.judge.relevance import beside, opaque, relevant
from derive.judge.standing import standing
from derive.laws.standard import with_laws
from derive.model import Claim, Decided, Stance, Status, Verdict
from derive.reasons import CONSTRAINT, Reason, Why, no_definition
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import (
    Add,
    BigOp,
    Call,
    Div,
    Integral,
    Mul,
    Neg,
    Number,
    Relation,
    Symbol,
    Term,
    integer,
)
from derive.term.scope import Reading, Scope
from derive.term.traverse import free_symbols, substitute, walk
from derive.verify.budget import CheckerFault
from derive.verify.ladder.mentions import fresh_names, reached, unknown_functions
from derive.verify.ladder.question import is_costly

_NEAR = 10
"""How many of the equations before a claim are tried one by one; those further off only together."""


@dataclass(slots=True)
class Court:
    """Settles the claims of one document in their order; what it learns on the way stays with it."""

    decide: Decide
    substitutions: dict[tuple[int, Term], Term] = field(default_factory=dict)
    """What was put in the place of an atom, by section: it must stay the same there."""
    identities: set[Term] = field(default_factory=set)
    """Equations that turned out to hold anyway: they narrow no model."""
    conditions: set[Term] = field(default_factory=set)
    """Equations that were tried and do not."""
    costly: int = 24
    """How many integrals and limits may still be tried under one earlier equation each, in this document."""

    def settle(self, claim: Claim) -> Decided:
        """The claim with its verdict; its scope is narrowed to what matters, with the standard
        definitions and implicit substitutions that were used."""
        claim = _as_numbers(with_laws(claim))
        claim = relevant(replace(claim, fresh=fresh_names(claim)))
        bare = replace(claim, scope=replace(claim.scope, soft=()))
        verdict = self.decide(bare)
        soft: tuple[Term, ...] = ()
        if verdict.status is Status.REFUTED:
            soft = tuple(
                t for t in claim.scope.soft if not beside(t, claim) and not self._holds_anyway(t, bare)
            )
        if soft:
            verdict = self._under_soft(bare, soft, verdict)
        decided = bare
        if verdict.status not in GOOD and claim.stance is Stance.ASSERTED and claim.fresh:
            decided, verdict = self._substituted(bare, verdict)
        for doubt in DOUBTS:
            if verdict.status is Status.REFUTED:
                verdict = doubt(decided, verdict, self.decide)
        if claim.stance is not Stance.ASSERTED and verdict.status in GOOD:
            self.identities.add(Relation(claim.relation, claim.left, claim.right))
        verdict = standing(decided, verdict, lambda: false_throughout(decided, verdict, self.decide))
        return Decided(claim.span, claim.latex, verdict, decided)

    def _holds_anyway(self, equation: Term, claim: Claim) -> bool:
        """Whether an equation that the document states is an identity: it narrows no model."""
        if equation in self.identities:
            return True
        if not isinstance(equation, Relation) or equation.op != "=" or equation in self.conditions:
            return False
        scope = replace(claim.scope, hypotheses=())
        alone = replace(_of(claim, equation.left, equation.right), relation="=", scope=scope)
        if is_costly(equation.left, equation.right) or self.decide(alone).status not in GOOD:
            self.conditions.add(equation)
            return False
        self.identities.add(equation)
        return True

    def _under_soft(self, claim: Claim, soft: tuple[Term, ...], refuted: Verdict) -> Verdict:
        """An equation that the document states before may be what makes the claim true.

        All of them together first. Where no model of them all is found, each by itself: one for which
        none is found leaves the claim open if it stands near or speaks of an unknown function of the claim.
        """
        together = self._given(claim, soft)
        if together is not None:
            return together
        open_: list[Term] = []
        ours = unknown_functions(claim.left, claim.right)
        symbols = {*reached(claim.left, claim.scope), *reached(claim.right, claim.scope)}
        symbols |= free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
        for k, equation in enumerate(soft):
            if k < len(soft) - _NEAR:
                if unknown_functions(equation) & ours:
                    open_.append(equation)
                continue
            if is_costly(claim.left, claim.right, equation):
                if self.costly <= 0:
                    open_.append(equation)  # nobody looked: it may be what makes the claim true
                    continue
                self.costly -= 1
            if not free_symbols(equation).keys() & symbols or opaque(equation):
                continue  # by itself it says nothing of the claim, or nothing that can be reckoned with
            alone = self._given(claim, (equation,)) if len(soft) > 1 else None
            if alone is None and (k >= len(soft) - 2 or unknown_functions(equation) & ours):
                open_.append(equation)
            elif alone is not None and alone.status in GOOD:
                return alone
        if open_:
            return Verdict(
                Status.UNDECIDED,
                CONSTRAINT,
                evidence={"without": refuted.evidence, "given": [t.to_latex() for t in open_]},
            )
        return refuted

    def _given(self, claim: Claim, soft: tuple[Term, ...]) -> Verdict | None:
        """The verdict with these equations as hypotheses; None where no model of them was found."""
        hard = claim.scope.hypotheses
        try:
            again = self.decide(replace(claim, scope=replace(claim.scope, hypotheses=hard + soft)))
        except CheckerFault:
            return None  # equations that contradict one another prove anything: no model of them all
        if again.status in GOOD:
            used = tuple(t.to_latex() for t in soft if t.to_latex() not in again.conditions)
            # what the document merely states may be the slip: a proof from it proves nothing by itself
            return replace(
                again,
                status=Status.HOLDS,
                reason=Reason(Why.UNDER_GIVEN),
                conditions=(*again.conditions, *used),
            )
        return again if again.status is Status.REFUTED else None

    def _substituted(self, claim: Claim, verdict: Verdict) -> tuple[Claim, Verdict]:
        """Look for what a link puts in the place of a symbol without saying so."""
        left_names, right_names = free_symbols(claim.left).keys(), free_symbols(claim.right).keys()
        gone = [n for n in claim.fresh if n in left_names and n not in right_names]
        new = frozenset(n for n in claim.fresh if n in right_names and n not in left_names)
        new -= _constants_of_integration(claim)
        odd = [n for n in claim.fresh if n in right_names and n in left_names]
        unknown = [
            n.function.name
            for n in walk(claim.left)
            if isinstance(n, Call) and isinstance(n.function, Symbol) and n.function.name in gone
        ]
        if odd or unknown:
            new |= {*odd, *unknown}
        atoms = tuple(a for a in vanishing(claim.left, claim.right, gone) if a != claim.left)
        if not atoms:
            if new and verdict.status is Status.REFUTED:
                return claim, Verdict(
                    Status.UNDECIDED,
                    no_definition(*sorted(new)),
                    evidence={"refuted_as_it_stands": verdict.evidence},
                )
            return claim, verdict
        known = {
            a: self.substitutions[(claim.section, a)]
            for a in atoms
            if (claim.section, a) in self.substitutions
        }
        if known and len(known) == len(atoms):
            changed = _with(claim, known)
            answer = self.decide(changed)
            if answer.status in GOOD or answer.status is Status.REFUTED:
                return changed, _shown(answer, known)
        first: tuple[Claim, Verdict] | None = None
        for k, mapping in enumerate(candidates(claim.left, claim.right, atoms, new)):
            changed = _with(claim, mapping)
            answer = self.decide(changed)
            if answer.status in GOOD:
                for atom, value in mapping.items():
                    self.substitutions.setdefault((claim.section, atom), value)
                return changed, _shown(answer, mapping)
            laid_over = k < 2 and align(claim.left, claim.right, frozenset(atoms)) is not None
            if (
                first is None
                and laid_over
                and answer.status is Status.REFUTED
                and self._up_to_factor(changed)
            ):
                for atom, value in mapping.items():
                    self.substitutions.setdefault((claim.section, atom), value)
                first = (changed, _shown(answer, mapping))
        if first is not None:
            return first
        if not new and verdict.status is Status.REFUTED and _new_numbers(claim):
            new = frozenset(gone)  # values that the text gives elsewhere were put in
        if new and verdict.status is Status.REFUTED:
            return claim, Verdict(
                Status.UNDECIDED,
                no_definition(*sorted({*gone, *new})),
                evidence={"refuted_as_it_stands": verdict.evidence},
            )
        return claim, verdict

    def _up_to_factor(self, claim: Claim) -> bool:
        """Whether one simple factor on either side makes the claim hold: then the factor is the slip, and
        the substitution is what the author meant."""
        if claim.relation != "=":
            return False
        for factor in simple_factors(claim.left, claim.right):
            for left, right in (
                (Mul((factor, claim.left)), claim.right),
                (claim.left, Mul((factor, claim.right))),
            ):
                if self.decide(_of(claim, left, right)).status in GOOD:
                    return True
        return False


def _new_numbers(claim: Claim) -> bool:
    """Whether the right side has numbers that the left has not, beyond the smallest."""
    old = {n.value for n in walk(claim.left) if isinstance(n, Number)}
    return any(isinstance(n, Number) and n.value not in old and n.value > 2 for n in walk(claim.right))


def _constants_of_integration(claim: Claim) -> frozenset[str]:
    """`C` in `\\int f\\,dx = F + C`: a symbol that is a term by itself beside an antiderivative."""
    if not any(
        isinstance(n, Integral) and (n.lower, n.upper, n.domain) == (None, None, None)
        for n in walk(claim.left)
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


def _of(claim: Claim, left: Term, right: Term) -> Claim:
    return replace(claim, left=left, right=right, readings=(Reading((left, right)),))


def _as_numbers(claim: Claim) -> Claim:
    """The claim with differentials as numbers and its integrals by variables that nothing defines."""

    def changed(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return by_free_variables(written_out(terms, claim.scope), claim.scope)

    readings = tuple(replace(r, terms=changed(r.terms)) for r in claim.readings) or (
        Reading(changed((claim.left, claim.right))),
    )
    left, right = readings[0].terms[:2]
    if left is claim.left and right is claim.right:
        return claim
    return replace(claim, left=left, right=right, readings=readings)


def _with(claim: Claim, mapping: object) -> Claim:
    pairs = dict(mapping)  # type: ignore[call-overload]
    scope: Scope = claim.scope
    readings = tuple(
        Reading((substitute(r.terms[0], pairs), r.terms[1]), r.choices) for r in claim.readings
    ) or (Reading((substitute(claim.left, pairs), claim.right)),)
    return replace(
        claim,
        left=readings[0].terms[0],
        readings=readings,
        scope=replace(scope, substitutions=(*scope.substitutions, *pairs.items())),
    )


def _shown(verdict: Verdict, mapping: object) -> Verdict:
    pairs = dict(mapping)  # type: ignore[call-overload]
    put_in = tuple(Choice(Chosen.SUBSTITUTED, (a.to_latex(), v.to_latex())) for a, v in pairs.items())
    evidence = {
        **verdict.evidence,
        "substitution": [{"symbol": a.to_latex(), "value": v.to_latex()} for a, v in pairs.items()],
    }
    return replace(verdict, reading=(*verdict.reading, *put_in), evidence=evidence)
