"""Claims about chance, decided in random finite probability spaces.

A claim holds if it holds in every finite space: joint tables with exact weights, random variables as
functions of the outcome. In one space it becomes a plain claim (`chance_lowering.py`), which is compared
like any other. A refutation must stand under every way to take the names (`chance_names.py`), with the
hypotheses of the scope, and in the structures that the text speaks of (independence, a chain).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import partial
from itertools import product
from typing import TypeAlias

from derive.classes import dataclass, replace
from derive.model import Counterexample, Status, Verdict
from derive.reasons import Reason, Why, no_definition, unsupported
from derive.reasons.gaps import Gap
from derive.term.nodes import (
    Add,
    Apply,
    Call,
    Constant,
    Expectation,
    Number,
    Probability,
    Relation,
    Symbol,
    Term,
    Type,
)
from derive.term.randomness import speaks_of_chance
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute, walk
from derive.verify.budget import spend
from derive.verify.evaluate.values import NoValue, Undefined, Unsupported
from derive.verify.ladder.certifying import refuted
from derive.verify.ladder.question import Question, guessed_shapes, holds, proved, rests_on, undecided
from derive.verify.ladder.trial import LOW, Trial, try_equation, try_relation
from derive.verify.probability import space as space
from derive.verify.probability.distribution_letters import by_construction, distributions, with_entropies
from derive.verify.probability.families import Families
from derive.verify.probability.lowering import Lowering
from derive.verify.probability.names import Clash, Naming, Survey, namings, survey
from derive.verify.probability.normal_form import same
from derive.verify.probability.words import structures_of, unhonoured

WORLDS = 12
_WORLD = 500
"""What a world is counted for, in steps of a claim's budget, beside what is evaluated in it."""
"""Spaces that a claim must withstand before it `holds`."""
STRUCTURED = 6
SHOWN = 16
"""Entries of a table that a counterexample names."""
_EQUALITIES = frozenset(["=", ":=", "defined"])
_ORDERS = frozenset(["<", "<=", ">", ">=", "!="])


@dataclass(frozen=True, slots=True)
class _Case:
    """The claim in one world: plain terms, the hypotheses likewise, and the world for a reader."""

    left: Term
    right: Term
    hypotheses: tuple[Term, ...]
    world: space.World
    shown: Callable[[], tuple[tuple[str, str], ...]]


_Counted: TypeAlias = tuple[list[Term], Families, Survey]


def decide_chance(q: Question) -> Verdict:
    """Refuted, held or undecided; never proved: that is for the normal form."""
    if q.relation not in _EQUALITIES | _ORDERS:
        return undecided(unsupported(Gap.RELATION_BETWEEN_PROBABILITIES, q.relation))
    try:
        q = replace(q, left=with_entropies(q.left), right=with_entropies(q.right))
    except NoValue as why:
        return undecided(unsupported(why.why))
    verdicts: list[Verdict] = []
    for naming in namings((q.left, q.right), _families(q)):
        try:
            trial = _Trial(q, naming)
            verdict = trial.verdict()
        except Clash:
            continue
        except NoValue as why:
            return undecided(unsupported(why.why))
        if verdict.status is Status.HOLDS:
            if naming.told and verdicts and len(trial.survey.numbers) < 2:
                return undecided(Why.CONSTRAINT)  # one value is named: nothing says that there are two
            return _proved(q, naming) or verdict
        verdicts.append(verdict)
    for verdict in verdicts:
        if verdict.status is Status.UNDECIDED:
            return verdict
    return verdicts[0] if verdicts else undecided(unsupported(Gap.ONE_DISTRIBUTION_TWICE))


def _proved(q: Question, naming: Naming) -> Verdict | None:
    """A proof by the normal form, under the naming in which no space refutes the claim."""
    if q.relation not in _EQUALITIES:
        return None
    families = Families((q.left, q.right), 2)
    left, right = (families.counted(s) for s in (q.left, q.right))
    if families.bases and (left, right) != (q.left, q.right):
        return None  # counted out: proved of two, not of all
    declared = frozenset(n for n, t in q.scope.symbols.items() if t.role == "random")
    try:
        if same(survey((left, right), naming, declared, families.bases), left, right):
            return proved("normal form of joint probabilities")
    except (NoValue, Clash):
        pass
    return None


def could_hold(q: Question) -> bool:
    """Whether the claim, its names taken the plainest way, stands in a few worlds."""
    try:
        plain = replace(q, left=with_entropies(q.left), right=with_entropies(q.right))
        return _Trial(plain, Naming()).stands()
    except (NoValue, Clash):
        return False


def _families(q: Question) -> dict[str, str]:
    try:
        families = Families((q.left, q.right), 2)
        for side in (q.left, q.right):
            families.counted(side)
        return families.bases
    except NoValue:
        return {}


class _Trial:
    """The claim under one naming."""

    def __init__(self, q: Question, naming: Naming) -> None:
        self.q = q
        self.naming = naming
        self.base = _base(q)
        self.names = free_symbols(q.left).keys() | free_symbols(q.right).keys()
        some = distributions(q.left, q.right)
        said = [h for h in q.scope.hypotheses if not by_construction(h, some)]
        chance = [h for h in said if speaks_of_chance(h)]
        self.chance = tuple(chance)
        self.low = {name: low for h in q.scope.hypotheses for name, low in _from(h) if name in _random(q)}
        self.plain = tuple(h for h in said if h not in chance and not any(n in self.low for n, _ in _from(h)))
        self.declared = frozenset(n for n, t in q.scope.symbols.items() if t.role == "random")
        self.values: list[tuple[Term, ...]] = []
        self._counted: dict[int, _Counted] = {}
        self._stated: dict[int, list[Term]] = {}

    def verdict(self) -> Verdict:
        q = self.q
        trial, case = self._run(space.GENERAL, WORLDS)
        if self.chance and trial.no_model:
            # no world at random fits: one that is built as the hypotheses say may
            for structure in (space.INDEPENDENT, space.CHAIN, space.STAR):
                trial, case = self._run(structure, WORLDS)
                if not trial.no_model:
                    break
        if trial.no_model:
            return undecided(Why.CONSTRAINT)
        if case is None:
            if trial.withstood >= min(WORLDS, trial.tried) > 0 or (
                # an inequality may be an equality in some worlds, which no precision tells
                trial.withstood >= WORLDS // 2 > 2 * trial.reasons.total()
            ):
                return holds(trial, space="finite probability spaces")
            return undecided(trial.reason)
        if (why := unhonoured(q.scope, q.left, q.right)) is not None:
            return undecided(Reason(Why.CONSTRAINT, (why,)))
        if self._of_one_distribution():
            return undecided(no_definition(of=Why.DISTRIBUTION))
        for structure, centred in structures_of(q.scope):
            _, found = self._run(structure, STRUCTURED, centred=centred)
            if found is None:
                words = "centred" if centred else structure
                return undecided(Reason(Why.CONSTRAINT, (words,)))
        return self._refuted(trial, case)

    def stands(self) -> bool:
        trial, failing = self._run(space.GENERAL, 6)
        return failing is None and trial.withstood > 0

    def _of_one_distribution(self) -> bool:
        """One side has no chance in it, and the other side's value is not the same in all worlds: what is
        said is said of some distribution."""
        sides = [
            speaks_of_chance(s) or bool(self.survey.letters & free_symbols(s).keys())
            for s in (self.q.left, self.q.right)
        ]
        if all(sides):
            return False
        for k in range(STRUCTURED):
            with suppress(NoValue):
                for case in self._cases(k, space.GENERAL, False):
                    self._note(case)
        return len({tuple(side.to_latex() for side in sides) for sides in self.values}) > 1

    def _run(self, structure: str, count: int, centred: bool = False) -> tuple[Trial, _Case | None]:
        """The claim in worlds of one structure, up to the first in which it fails."""
        trial = Trial()
        fitting = 0
        for k in range(3 * count):
            spend(_WORLD)
            try:
                cases = list(self._cases(k, structure, centred))
            except Undefined:
                trial.undefined += 1
                continue
            for case in cases:
                if case.hypotheses and any(h == Constant("false") for h in case.hypotheses):
                    continue
                fitting += 1
                found = self._compared(case, k)
                trial.tried += found.tried
                trial.withstood += found.withstood
                trial.undefined += found.undefined
                trial.reasons.update(found.reasons)
                self._note(case)
                if found.no_model:
                    fitting -= 1
                elif found.counterexample is not None:
                    trial.counterexample = found.counterexample
                    return trial, case
            if fitting >= count or (k >= 8 and not fitting):
                break
        trial.no_model = not fitting and bool(self.q.scope.hypotheses)
        return trial, None

    def _note(self, case: _Case) -> None:
        sides = ((case.left, self.q.left), (case.right, self.q.right))
        self.values.append(tuple(s for s, t in sides if speaks_of_chance(t)))

    def _compared(self, case: _Case, seed: int) -> Trial:
        match case.left, case.right:
            case Number(value=a), Number(value=b) if (
                a == b and not case.hypotheses and self.q.relation in _EQUALITIES
            ):
                return Trial(withstood=1, tried=1)  # nothing is left of which there could be a second model
            case _:
                pass
        single = _single(self.q.scope, (case.left, case.right))
        left, right = substitute(case.left, single), substitute(case.right, single)
        symbols = {**self.q.scope.symbols, **{n: s.type for n, s in free_symbols(Add((left, right))).items()}}
        scope = replace(self.q.scope, symbols=symbols, hypotheses=case.hypotheses, definitions={}, soft=())
        if self.q.relation in _EQUALITIES:
            return try_equation(left, right, scope, count=2, seed=seed, top=4 * LOW, start=2 * seed)
        if any(isinstance(n, Call) for n in walk(Add((left, right)))):
            raise Unsupported(Gap.ORDER_BETWEEN_VALUES_OF_UNKNOWN_FUNCTIONS)
        return try_relation(Relation(self.q.relation, left, right), scope, count=2, seed=seed, start=2 * seed)

    def _counted_out(self, size: int) -> _Counted:
        """The claim and what it assumes of chance, its families counted out to so many, with its names."""
        terms = (self.q.left, self.q.right, *self.chance)
        families = Families(terms, size)
        counted = [families.counted(t) for t in terms]
        return counted, families, survey(counted, self.naming, self.declared, families.bases)

    def _cases(self, k: int, structure: str, centred: bool) -> Iterator[_Case]:
        """The claim in the k-th world, with two choices of the values that its names stand for."""
        size = 3 if k % 3 else 2
        if size not in self._counted:
            self._counted[size] = self._counted_out(size)
        counted, families, found = self._counted[size]
        bases = families.bases
        self.survey = found
        keys = list(dict.fromkeys(k for table in found.tables.values() for k in table))
        listed = _listed(found, bases)
        low, high = found.range
        if self.low:
            low = max(self.low.values()) if low is None else max(low, *self.low.values())
        values = space.support(
            2 if listed and size == 3 else k, sorted(found.numbers), self.naming.told, low, high
        )
        if listed and len(values) != size:
            values = values[:size]
        supports = {v: (Fraction(0), Fraction(1)) if v in found.events else values for v in keys}
        seed = 100 * k + 7
        world = space.world(found.tables, supports, structure, seed, frozenset(found.events), centred)
        if world is None:
            supports = {v: s[:2] for v, s in supports.items()}
            world = space.world(found.tables, supports, structure, seed, frozenset(found.events), centred)
        if world is None:
            raise Unsupported(Gap.TABLE_OF_MANY_VARIABLES)
        stated: bool | None = None  # whether the table is as the hypotheses say
        for choice in range(2):
            free = _free(found, world, choice + k, bases)
            lowering = Lowering(found, world, free, self.base)
            left, right, *others = (lowering.term(t) for t in counted)
            shown = partial(_shown, found, world, dict(lowering.used))
            if size not in self._stated:
                self._stated[size] = [families.counted(h) for h in self.plain]
            hypotheses = [*others, *map(lowering.term, self._stated[size])]
            if self.chance and stated is None:
                stated = self._throughout(found, world, counted[2:])
            if stated is False:
                hypotheses = [Constant("false")]
            yield _Case(left, right, tuple(h for h in hypotheses if h != Constant("true")), world, shown)
            if not lowering.used:
                break

    def _throughout(self, found: Survey, world: space.World, hypotheses: Sequence[Term]) -> bool:
        """Whether the hypotheses that say something of the table hold at all values of its variables."""
        for h in hypotheses:
            assert isinstance(h, Relation | Apply)
            probe = Lowering(
                found, world, {n: world.supports[found.variables[n]][0] for n in _valued(found)}, self.base
            )
            probe.term(h)
            names = list(probe.used)
            for choice in product(*(world.supports[found.variables[n]] for n in names)):
                lowered = Lowering(
                    found, world, {**probe.free, **dict(zip(names, choice, strict=True))}, self.base
                ).term(h)
                if lowered == Constant("false"):
                    return False
        return True

    def _refuted(self, trial: Trial, case: _Case) -> Verdict:
        assert trial.counterexample is not None
        model, found = trial.counterexample
        scope = replace(self.q.scope, hypotheses=())  # they are held to by the spaces
        plain = replace(self.q, left=case.left, right=case.right, scope=scope)
        if (missing := guessed_shapes(model)) is not None:
            return missing
        values = case.shown()
        verdict = refuted(
            case.left,
            self.q.relation if self.q.relation not in _EQUALITIES else "=",
            case.right,
            model,
            found,
            space=dict(values),
            rests_on=rests_on(plain, model),
            claim={"left": self.q.left.to_latex(), "right": self.q.right.to_latex()},
        )
        example = verdict.counterexample
        assert example is not None
        point = (*values, *example.point)
        return replace(verdict, counterexample=Counterexample(point, example.left, example.right))


def _from(h: Term) -> list[tuple[str, int]]:
    """`X \\ge 0`: a letter with the least whole number that it may be."""
    match h:
        case Relation(op=">=" | ">" as op, left=Symbol(name=name), right=Number(value=low)) if low == 0:
            return [(name, int(op == ">"))]
        case _:
            return []


def _random(q: Question) -> set[str]:
    """The letters inside of what speaks of chance."""
    return {
        name
        for side in (q.left, q.right)
        for node in walk(side)
        if isinstance(node, Expectation | Probability)
        for name in free_symbols(node)
        if name[:1].isupper()
    }


def _base(q: Question) -> Term | None:
    """The base of the claim's logarithms, which that of its entropies is too."""
    bases = {
        n.args[1] if len(n.args) > 1 else None
        for s in (q.left, q.right)
        for n in walk(s)
        if isinstance(n, Apply) and n.head == "log"
    }
    if len(bases) > 1:
        raise Unsupported(Gap.LOGARITHMS_TO_SEVERAL_BASES)
    return next(iter(bases), None)


def _single(scope: Scope, terms: Sequence[Term]) -> dict[Term, Term]:
    """Vectors and matrices as single numbers; not where their dimension is spoken of."""
    names = {n: s for t in terms for n, s in free_symbols(t).items()}
    changed: dict[Term, Term] = {}
    for name, symbol in names.items():
        type_ = scope.type_of(name) or symbol.type
        if any(isinstance(d, str) and d in names for d in type_.shape or ()):
            raise Unsupported(Gap.RANDOM_VECTOR_OF_UNKNOWN_DIMENSION)
        if type_.role != "sequence":
            changed[symbol] = replace(symbol, type=Type(type_.domain, (), type_.role))
    return changed


def _listed(found: Survey, bases: dict[str, str]) -> bool:
    """Whether values are listed by an index, `\\sum_i x_i P(X = x_i)`."""
    return any(n in bases and (found.naming.values or n in found.compared) for n in found.values)


def _valued(found: Survey) -> list[str]:
    return [n for n in found.variables if n not in found.thresholds]


def _free(found: Survey, world: space.World, choice: int, bases: dict[str, str]) -> dict[str, Fraction]:
    """A value for each name that stands for one; listed values in their order."""
    free: dict[str, Fraction] = {}
    taken: dict[str, int] = {}
    for name in found.variables:
        support = world.supports.get(found.variables[name])
        if support is None or (name in found.random and name not in found.values):
            continue
        index = name.rsplit("_{", 1)[-1].rstrip("}")
        if name in bases and index.isdigit():
            free[name] = support[(int(index) - 1) % len(support)]
            continue
        place = taken.setdefault(found.variables[name], len(taken))
        free[name] = support[(choice + place * (choice // 2)) % len(support)]
    for k, name in enumerate(dict.fromkeys(found.thresholds)):
        if name not in found.variables:
            free[name] = Fraction(1, 2) + k + choice % 2
    return free


def _shown(found: Survey, world: space.World, used: dict[str, Fraction]) -> tuple[tuple[str, str], ...]:
    """The tables and values in a reader's words: `P(X=0, Y=1)` with its weight."""
    names: dict[str, str] = {}
    for name, key in found.variables.items():
        if key not in names or name in found.random:
            names[key] = name
    for place, key in found.places.items():
        names[key] = place
    entries: list[tuple[str, str]] = []
    for letter, table in world.tables.items():
        for outcome, weight in table.weights.items():
            inside = ", ".join(
                f"{names.get(v, v)}={x}" for v, x in zip(table.variables, outcome, strict=True)
            )
            entries.append((f"{letter}({inside})", str(weight)))
    return (*entries, *((n, str(x)) for n, x in used.items()))


__all__ = ["could_hold", "decide_chance"]
