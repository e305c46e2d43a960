"""Claims of one document: what is asserted, under what, and what a refutation means.

`tower.decide` answers whether one claim holds in every model of its scope. Here stands the policy
around it: hypotheses that matter, equations that are conditions rather than errors,
implicit substitutions and the doubts that a refutation must survive.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from derive.calculus.change_of_variable import by_free_variables
from derive.calculus.differentials import written_out
from derive.classes import dataclass, field, replace
from derive.judge.doubts import GOOD, Decide, doubts, examined
from derive.judge.doubts.doubt import reread
from derive.judge.doubts.other_layout import turned_about
from derive.judge.doubts.part_of_arguments import reaches_out
from derive.judge.entries import with_entries
from derive.judge.primed import with_numbers_for_arguments
from derive.judge.relevance import beside, reached, relevant
from derive.judge.standing import standing
from derive.judge.stated_calls import with_stated_calls
from derive.laws.standard import with_laws
from derive.model import Claim, Decided, Stance, Status, Verdict
from derive.reasons import CONSTRAINT, Reason, Why
from derive.term.nodes import ZERO, Call, Derivative, Element, Mul, Neg, Number, Relation, Symbol, Term
from derive.term.scope import Reading, Scope
from derive.term.traverse import free_names, free_symbols
from derive.verify.budget import Allowance, StepsSpent, bounded, purse, spend, steps_made
from derive.verify.ladder.mentions import fresh_names, varies_not
from derive.verify.ladder.question import is_costly


@dataclass(frozen=True, slots=True)
class Court:
    """Settles claims, each by itself: what earlier ones taught stands in its scope (`Scope.learned`)."""

    decide: Decide
    passing: Allowance = field(default_factory=lambda: purse().claim)
    """For doubts about a claim of which nothing is told: they would take most of a long document's budget."""
    _identities: dict[tuple[Term, object], tuple[bool, int]] = field(default_factory=dict)
    """Whether an equation holds anyway, by what its letters mean, and the steps that it took: each of a long
    page's is asked of for many claims."""

    def settle(self, claim: Claim) -> Decided:
        """The claim with its verdict; its scope is narrowed to what matters, with the standard
        definitions and implicit substitutions that were used."""
        claim = _as_numbers(with_numbers_for_arguments(with_laws(with_stated_calls(_with_steps(claim)))))
        claim, granted = with_entries(claim)
        claim = relevant(replace(claim, fresh=fresh_names(claim)))
        bare = replace(claim, scope=replace(claim.scope, soft=()))
        if unfit := _unfit(bare):
            # put in, a product that does not fit would leave the few sizes in which it does by chance
            open_ = standing(bare, Verdict(Status.UNDECIDED, Reason(Why.NO_DEFINITION, unfit)), lambda: False)
            return Decided(claim.span, claim.latex, open_, bare)
        verdict = self.decide(bare)
        decided = bare
        if verdict.status not in GOOD and claim.stance is Stance.ASSERTED and claim.fresh:
            from derive.judge.substituting import substituted  # brought in by the first that does not hold

            decided, verdict = substituted(bare, verdict, self.decide)
        if verdict.status in GOOD and (self._vanishes(decided) or reaches_out(decided, self.decide)):
            verdict = Verdict(Status.UNDECIDED, CONSTRAINT)
        if verdict.status is Status.UNDECIDED and (turned := turned_about(bare, verdict)) is not None:
            answer = self.decide(turned)  # the one layout in which the sides can be equal
            if answer.status is not Status.UNDECIDED:
                decided, verdict = turned, answer
        if verdict.status is Status.UNDECIDED:
            verdict = self._otherwise(claim, bare, verdict)
        if verdict.status in GOOD and granted:
            verdict = replace(verdict, conditions=(*verdict.conditions, *granted))
        if verdict.status is Status.REFUTED:
            soft = tuple(
                t for t in claim.scope.soft if not beside(t, claim) and not self._holds_anyway(t, bare)
            )
            doubted = replace(decided, scope=replace(decided.scope, soft=soft))
            if _may_be_told(claim):
                verdict = examined(doubted, verdict, self.decide, doubts)
            else:
                with suppress(StepsSpent), bounded(self.passing):
                    verdict = examined(doubted, verdict, self.decide, doubts)
        verdict = standing(decided, verdict, lambda: self._false_throughout(decided, verdict))
        return Decided(claim.span, claim.latex, verdict, decided)

    def _otherwise(self, claim: Claim, bare: Claim, verdict: Verdict) -> Verdict:
        """What is found with stated values put in, or with letters for what is defined."""
        from derive.judge.named_before import (
            by_the_definition_before,
        )  # brought in by the first claim left open
        from derive.judge.stated_terms import with_stated_terms
        from derive.judge.whatever import whatever_it_is

        verdict = by_the_definition_before(bare, with_stated_terms(claim, verdict, self.decide), self.decide)
        return whatever_it_is(bare, verdict, self.decide)

    def _vanishes(self, claim: Claim) -> bool:
        """Whether a derivative that has nothing to vary makes zero of a side that is not written so."""
        if not varies_not(claim):
            return False
        # the right side stays in sight: its dots and derivatives tell what moves
        zero = replace(reread(claim, claim.left, Mul((ZERO, claim.right))), tried=True)
        return self.decide(zero).status in GOOD

    def _holds_anyway(self, equation: Term, claim: Claim) -> bool:
        """Whether an equation that the document states is an identity: it narrows no model."""
        learned = claim.scope.learned
        if equation in learned.identities:
            return True
        if not isinstance(equation, Relation) or equation.op != "=":
            return False
        known = claim.scope.definitions.keys()
        if equation in learned.conditions and not free_symbols(equation).keys() & known:
            return False  # what was defined since may make an identity of it: `x - a = h`, then `x = a + h`
        if is_costly(equation.left, equation.right):
            return False
        key = (equation, _sight(equation, claim.scope))
        if (answer := self._identities.get(key)) is not None:
            spend(answer[1])  # it costs what it cost the first time
            return answer[0]
        before = steps_made()
        scope = replace(claim.scope, hypotheses=())
        alone = replace(reread(claim, equation.left, equation.right), relation="=", scope=scope, tried=True)
        holds = self.decide(alone).status in GOOD
        self._identities[key] = holds, steps_made() - before
        return holds

    def _false_throughout(self, claim: Claim, verdict: Verdict) -> bool:
        """`f'(x) = 3` for an f' that is 2 everywhere: no value of x makes a condition of it."""
        if verdict.status is not Status.REFUTED or claim.relation != "=" or verdict.counterexample is None:
            return False
        if free_symbols(claim.right) or not free_symbols(claim.left):
            return False
        try:
            value = Fraction(verdict.counterexample.left)
        except ValueError:
            return False
        constant = replace(reread(claim, claim.left, Number(value)), tried=True)
        # which case the words put it under is read from them: it must be so in all
        anywhere = replace(constant.scope, hypotheses=())
        return self.decide(replace(constant, scope=anywhere)).status is Status.PROVED


def _sight(equation: Relation, scope: Scope) -> object:
    """What the letters of an equation mean, and those that these hang on."""
    names = sorted(reached(free_names(equation), scope))
    meant = tuple(
        (n, scope.definitions.get(n), scope.symbols.get(n), scope.dependencies.get(n)) for n in names
    )
    return meant, scope.substitutions, tuple(sorted(scope.options.items()))


def _with_steps(claim: Claim) -> Claim:
    """The claim with the state after a step of a recurrence written out, in a slope by the one before."""
    if not (isinstance(claim.left, Derivative) and isinstance(claim.left.body, Element)):
        return claim
    from derive.calculus.recurrent import steps_written_out

    left, right = steps_written_out((claim.left, claim.right), claim.scope)
    return claim if left is claim.left and right is claim.right else reread(claim, left, right)


def _unfit(claim: Claim) -> tuple[str, ...]:
    """The letters of a claim that the text says to be what has no meaning."""
    scope: Scope = claim.scope
    if not (unfit := scope.learned.unfit):
        return ()
    names = reached({**free_symbols(claim.left), **free_symbols(claim.right)}, scope)
    return tuple(n for n in sorted(names) if n in scope.definitions and scope.definitions[n].body in unfit)


def _may_be_told(claim: Claim) -> bool:
    """Whether anything is told of the claim if it is no identity. Else it is a condition and no more, as a
    value for a name is, an inequality, and what the text supposes."""
    if claim.stance is Stance.ASSERTED:
        return True
    if claim.stance not in (Stance.OPEN, Stance.DEFINES) or claim.relation != "=":
        return False
    left = claim.left.arg if isinstance(claim.left, Neg) else claim.left
    return not isinstance(left, Symbol | Element | Call) or not free_symbols(claim.right)


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
