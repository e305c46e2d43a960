"""What a rule about stance sees of one relation: its sides, its chain, what is known, what the words say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from derive.classes import dataclass
from derive.context.links import (
    DEFINING,
    EQUALITIES,
    Part,
    congruent,
    definition_of,
    is_constant,
    within,
)
from derive.meaning.letters.identity_matrix import stands_for_identity
from derive.model import Stance
from derive.rules import Answer
from derive.term.nodes import Call, Pow, Relation, Symbol, Term
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols


@dataclass(frozen=True)
class Setting:
    """first: it opens its chain, and no side before it is gone on from. seen: the document used the left
    symbol before. standard: the left side is a standard name that the document leaves undefined, while a case
    is put about what it is made of. words: what its sentence says. quantified: "for all x" stands right
    before it and the sentence states it. bound: variables of integration. listed: the formula before gave the
    same name another value, and only an "and", an "or" or a comma stands between. estimated: the clause calls
    what it gives an estimate. letter: another reading takes the left side for a letter, `e = 1`."""

    part: Part
    first: bool
    chain: Sequence[Part]
    scope: Scope
    words: Answer[Stance] | None = None
    quantified: bool = False
    seen: bool = False
    standard: bool = False
    cases: Sequence[Term] = ()
    bound: frozenset[str] = frozenset()
    listed: bool = False
    estimated: bool = False
    letter: bool = False

    @property
    def left(self) -> Term:
        return self.part.left

    @property
    def right(self) -> Term:
        return self.part.right

    @property
    def relation(self) -> str:
        return self.part.relation

    def says(self, *stances: Stance) -> bool:
        """Whether the words give one of these stances."""
        return self.words is not None and self.words.value in stances

    @property
    def throughout(self) -> bool:
        """The words say that it holds of all values, or that something is worked out."""
        worked_out = ("asserted/for-all", "asserted/worked-out")
        return self.quantified or (self.words is not None and self.words.rule in worked_out)

    @cached_property
    def definition(self) -> Definition | None:
        """The definition that the first link makes or would make."""
        if not self.first or self.relation not in EQUALITIES | DEFINING or congruent(self.part):
            return None  # `n \\equiv 1 \\pmod 2` leaves n many values
        found = definition_of(self.left, self.right)
        if found is None or self.says(Stance.DEFINES):
            return found
        if isinstance(self.left, Pow) and (
            (self.seen and found.name not in self.scope.definitions)
            or self.says(Stance.CONDITION, Stance.ASKED)
        ):
            return None  # x^2 = p for an x that the text speaks of: an equation
        if found.name not in self.scope.definitions and self._goes_round(found):
            return None  # h = g t²/2, so t = √(2h/g): solved for another symbol, nothing new
        return found

    def _goes_round(self, definition: Definition) -> bool:
        own = {p.name for p in definition.parameters}
        return definition.name in within(definition.body, self.scope) - own

    @property
    def fresh(self) -> bool:
        """The definition's name is defined nowhere yet."""
        return self.definition is not None and self.definition.name not in self.scope.definitions

    @cached_property
    def in_same_letters(self) -> bool:
        """Both sides come down to the same undefined symbols."""
        return self._free(self.left) == self._free(self.right)

    def _free(self, term: Term) -> set[str]:
        names = within(term, self.scope)
        free = {n for n in names if n not in self.scope.definitions}
        return {n for n in free if not stands_for_identity(n, self.scope)}

    @property
    def without_letters(self) -> bool:
        """Numbers on both sides."""
        return is_constant(self.left) and is_constant(self.right)

    def case_reaches(self, name: str) -> bool:
        """Whether a case of the text fixes something that the definition of `name` is made of: then
        `name = …` says what becomes of it there, and defines nothing anew."""
        inside = within(Symbol(name), self.scope)
        for parameter in self.scope.definitions[name].parameters:
            inside |= within(parameter, self.scope)
        return any(_fixed(case) & inside for case in self.cases)


def _fixed(case: Term) -> set[str]:
    """What a case puts: `f(x) = 0` a function, and not its argument."""
    match case:
        case Relation(left=Symbol(name=name)) | Relation(left=Call(function=Symbol(name=name))):
            return {name}
        case _:
            return set(free_symbols(case))
