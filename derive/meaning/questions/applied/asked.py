"""A letter before a parenthesis, as the rules are asked about it; how a condition becomes an answer."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any, Literal, TypeAlias

from derive.classes import dataclass
from derive.facts.pieces import argument_kind
from derive.meaning.letters.superscripts import superscript
from derive.meaning.reader import Reader
from derive.notation import syntax as s
from derive.rules import Rule

Taken: TypeAlias = Literal["application", "product"]


APPLIED: Taken = "application"


TIMES: Taken = "product"


CALLED = frozenset({"function", "distribution", "operator"})


@dataclass(frozen=True, slots=True)
class Applied:
    """A letter with its scripts (`head`) before a parenthesis, `before` being the factor before it.

    letter: the name without scripts; full: with those that are part of it; role: what the scope knows of
    the one or the other (`name`); bare: the letter without its accents.
    """

    r: Reader
    head: Any
    base: Any
    letter: str
    full: str
    fence: s.Fence
    before: Any
    kind: str
    name: str
    role: str | None
    bare: str

    @property
    def round(self) -> bool:
        return self.fence.open == "("

    @property
    def scripted(self) -> bool:
        return isinstance(self.head, s.Scripts)

    @property
    def above(self) -> str:
        """What the superscript does: `none`, `power`, `inverse`, …"""
        return superscript(self.r, self.letter, self.head)[0] if self.scripted else "none"

    @property
    def uses(self) -> AbstractSet[str]:
        """The kinds of arguments that stand behind the letter in these pieces."""
        applied = self.r.evidence.applied
        return applied.get(self.letter, set()) | applied.get(self.full, set())

    @property
    def plain_elsewhere(self) -> bool:
        return "plain" in self.r.evidence.applied.get(self.letter, ())

    @property
    def stands_alone(self) -> bool:
        """The letter stands somewhere in these pieces with no parenthesis behind it."""
        return self.letter in self.r.evidence.bare

    @property
    def multiplies(self) -> bool:
        """Somewhere in these pieces the letter is a factor, and nothing differentiates it."""
        e = self.r.evidence
        return self.letter in e.factors and self.letter not in e.changing


def question(r: Reader, head: Any, base: Any, letter: str, full: str, fence: s.Fence, before: Any) -> Applied:
    role, name = None, letter
    for candidate in (full, letter):
        role = r.role(candidate)
        if role is not None:
            name = candidate
            break
    bare = letter
    if isinstance(base, s.Name) and base.accents:
        bare = base.name if len(base.name) == 1 else "\\" + base.name
    return Applied(r, head, base, letter, full, fence, before, argument_kind(fence), name, role, bare)


Table: TypeAlias = Sequence[Rule[Applied, Taken]]


def when(value: Taken, condition: Any) -> Any:
    return partial(_conditional, value, condition)


def _conditional(value: Taken, condition: Any, q: Applied) -> Taken | None:
    return value if condition(q) else None


def either(condition: Any, applied: Any) -> Any:
    """Where the condition holds, an application or a product by the second test."""

    def answered(q: Applied) -> Taken | None:
        if not condition(q):
            return None
        return APPLIED if applied(q) else TIMES

    return answered


def grouped(q: Applied) -> bool:
    return q.round and q.kind in ("compound", "signed")


def bracket_of_value(q: Applied) -> bool:
    return q.round and (q.kind == "bar" or (q.kind == "several" and q.role != "index"))


def apart(q: Applied) -> bool:
    spaced = q.kind == "compound" and q.round and q.fence.span.start > q.head.span.end
    return spaced and isinstance(q.head, s.Name) and isinstance(q.fence.body, s.Sum) and len(q.letter) == 1


def array_of_number(q: Applied) -> bool:
    from derive.facts.naming import symbol_name

    argument = symbol_name(q.fence.body) if q.kind == "plain" else None
    return argument is not None and q.r.is_array(q.name) and not q.r.is_array(argument)


def often_both(q: Applied) -> bool:
    mixed = q.kind in ("plain", "compound") and q.round and q.letter in "abc" and q.stands_alone
    used = q.uses >= {"plain", "compound"} and isinstance(q.head, s.Name)
    return mixed and used and not isinstance(q.fence.body, s.Number)
