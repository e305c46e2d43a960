"""Values of a claim's sides in a few models: what throws out most edits before the tower sees them.

A screen never decides anything: what passes it is decided, what fails it is only not tried.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.calculus.inferred import inferred, retyper, with_inferred
from derive.calculus.resolve import TooLarge, resolver
from derive.calculus.sized import sized
from derive.calculus.undefined import spelled
from derive.classes import dataclass, field, replace
from derive.model import Claim
from derive.term.contents import among, has, heads
from derive.term.nodes import ONE, BigOp, Expectation, Term
from derive.term.randomness import speaks_of_chance
from derive.term.scope import Scope
from derive.term.traverse import free_names, free_symbols
from derive.verify.evaluate.balls import compare, evaluate
from derive.verify.evaluate.values import NoValue, Steps, Value
from derive.verify.ladder.extremal_points import is_extremal
from derive.verify.ladder.one_ended import begun
from derive.verify.ladder.question import Question
from derive.verify.models.hypotheses import NoModel
from derive.verify.models.search import Model, models

_STEPS = 20_000
_BITS = 128
_OF_CHANCE = 1000
"""Steps that a claim in two probability spaces is counted for."""
_OF_SHAPES = 6000
"""Steps that new models for an edit are counted for: at most a hundred edits of a claim get such."""
_HESSIANS = frozenset(("laplacian", "hessian"))
_TOLD = frozenset({"equal", "equal?", "disjoint"})


def _as_it_is(term: Term) -> Term:
    return term


@dataclass
class Screen:
    """The models of one claim and what its sides are worth there.

    `vocabulary` are terms whose symbols edits may bring in: the models give them values too.
    """

    claim: Claim
    vocabulary: Sequence[Term] = ()
    count: int = 4
    models: tuple[Model, ...] = ()
    evaluates: bool = False
    steps: int = 600_000  # for all edits of the claim: where each value is an integral, few of them are tried
    chance: bool = False
    told: bool = False
    arrays: bool = False
    _resolved: dict[Term, Term] = field(default_factory=dict)
    _retype: Callable[[Term], Term] = _as_it_is
    _resolve: Callable[[Term], Term] = _as_it_is
    _scope: Scope = field(default_factory=Scope)

    def __post_init__(self) -> None:
        scope: Scope = self.claim.scope
        if speaks_of_chance(self.claim.left, self.claim.right):
            from derive.verify.probability.distribution_letters import without_letters
            from derive.verify.probability.known_moments import facts_in

            self.chance = True
            self.told = bool(facts_in(scope.hypotheses))
            scope = without_letters(scope, self.claim.left, self.claim.right, *self.vocabulary)
            self.claim = replace(self.claim, scope=scope)
            self._resolve = resolver(scope)
            return
        names = free_symbols(self.claim.left).keys() | free_symbols(self.claim.right).keys()
        if types := inferred(scope, names):
            self._retype = retyper(types)
        self.claim = with_inferred(self.claim)
        scope = self.claim.scope
        self._resolve = resolver(scope)
        try:
            sides = self._sides(self.claim.left, self.claim.right)
            terms = [*sides, *(self.resolved(t) for t in self.vocabulary)]
            # `f(x) = y` says what y is where f is defined
            scope = replace(scope, hypotheses=tuple(self.resolved(h) for h in scope.hypotheses))
            self._scope = scope
            self.arrays = any(s.type.shape for side in sides for s in free_symbols(side).values())
            # an edit leaves one side as it is
            self.models = tuple(m.remembering() for m in models(terms, scope, count=self.count))
        except (NoModel, NoValue, TooLarge):
            self.models = ()
        self.evaluates = False
        try:
            left, right = self._sides(self.claim.left, self.claim.right)
        except TooLarge:
            return
        self.evaluates = any(self._compared(left, right, m) in _TOLD for m in self.models)

    def _compared(self, left: Term, right: Term, model: Model) -> str:
        steps = Steps(min(_STEPS, self.steps))
        given = steps.left
        status = compare(left, right, model, _BITS, steps).status
        self.steps -= given - max(steps.left, 0)
        return status

    def resolved(self, term: Term) -> Term:
        found = self._resolved.get(term)
        if found is None:
            try:
                found = self._resolve(self._retype(term))
                found = self._resolved[term] = begun(found, ONE) if has(found, BigOp) else found
            except RecursionError:
                raise TooLarge from None
        return found

    def _sides(self, left: Term, right: Term) -> tuple[Term, Term]:
        """Both sides resolved, with what has the size of what stands around it."""
        left, right = spelled((left, right), self.claim.scope)
        return sized(self.resolved(left), self.resolved(right), (), self.claim.scope)[:2]

    def could_hold(self, claim: Claim) -> bool:
        """Whether the two sides of an edited equation agree in every model in which both have values,
        and there is such a model, if there is one for the claim as printed."""
        if self.steps <= 0:
            return False
        if claim.relation not in ("=", "equiv") or not (self.models or self.chance):
            return True
        if not _HESSIANS.isdisjoint(heads(claim.left) | heads(claim.right)):
            claim = with_inferred(claim)
        try:
            left, right = self._sides(claim.left, claim.right)
        except TooLarge:
            return False
        if self.chance:
            from derive.verify.probability.distribution_letters import without_letters
            from derive.verify.probability.spaces_tried import could_hold

            if self._random(left, right) > self._random(self.claim.left, self.claim.right):
                return False  # what is random was put where there was a number

            if self.told:
                return True  # what the text tells of its random variables no space at random has
            self.steps -= _OF_CHANCE
            settled = without_letters(
                replace(self.claim.scope, definitions={}, substitutions=()), left, right
            )
            return could_hold(Question(left, "=", right, settled))
        told = self._told(left, right, self.models)
        if told is None and self.arrays:
            # a transpose lost gave its arrays other shapes than they have once it is put in
            self.steps -= _OF_SHAPES
            told = self._told(left, right, self._fitted(left, right))
        if told is None:
            return not (self.evaluates or (self.arrays and not (is_extremal(left) and is_extremal(right))))
        return told

    def _random(self, *sides: Term) -> set[str]:
        """What the text tells moments of, where it stands outside of every expectation."""
        from derive.verify.probability.varying import outside

        moments = (e for h in self.claim.scope.hypotheses for e in among(h, Expectation))
        told = {n for e in moments for a in e.args for n in free_names(a)}
        return told & {n for side in sides for n in outside(side)}

    def _told(self, left: Term, right: Term, chosen: Sequence[Model]) -> bool | None:
        """Whether the sides agree; None where no model gives them values."""
        agreed = undefined = False
        for model in chosen:
            status = self._compared(left, right, model)
            if status == "disjoint":
                return False
            agreed = agreed or status in ("equal", "equal?")
            undefined = undefined or status == "undefined"
        return True if agreed else False if undefined and not self.arrays else None

    def _fitted(self, left: Term, right: Term) -> tuple[Model, ...]:
        """Models with arrays of the shapes that these sides need."""
        try:
            return tuple(models((left, right), self._scope, count=2, trials=20))
        except (NoModel, NoValue, TooLarge):
            return ()

    def values(self, term: Term) -> tuple[Value | None, ...]:
        """The term's value in each model; None where it has none."""
        found: list[Value | None] = []
        for model in self.models:
            try:
                found.append(evaluate(self._sides(term, term)[0], model, _BITS, Steps(_STEPS)))
            except (NoValue, TooLarge):
                found.append(None)
        return tuple(found)
