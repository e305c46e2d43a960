"""What the pieces of a formula themselves tell about their symbols, before any is given a meaning.

How each name is used: applied, indexed, bound, transposed, bare. Walks the
syntax once; names are spelled as `derive.facts.naming` spells symbols.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from enum import Enum
from itertools import pairwise
from typing import Any

from derive.classes import dataclass, field, fields, replace
from derive.facts.events import chained, events
from derive.facts.factors import factor
from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import INDEX_LETTERS, argument_kind, walk
from derive.model import Span
from derive.notation import syntax as s


class Way(Enum):
    """How a letter is used: the facts that have a place."""

    ALONE = "alone"
    APPLIED = "applied"
    FACTOR = "factor"
    DIFFERENTIATED = "differentiated"
    EVENT = "event"
    INDEXED = "indexed"
    BOUND = "bound"
    TRANSPOSED = "transposed"
    POWERED = "powered"


@dataclass(frozen=True, slots=True)
class Facts:
    """What some pieces of syntax show of their letters. Frozen: rules ask it, nothing adds to it."""

    applied: Mapping[str, Set[str]]
    """name → how: `plain` (one letter or number), `several`, `bar`, `relation`, `compound`."""
    bare: Set[str]
    factors: Set[str]
    """Those that multiply: beside another factor, applied to nothing."""
    dotted: Set[str]
    """Letters that stand with a dot above somewhere, spelled without it."""
    events: Set[str]
    """Capitals of which a probability is taken."""
    chained: bool
    """Factors `u_a a_x` stand somewhere, as in the chain rule."""
    changing: Set[str]
    """Those that are differentiated: with a dot or a prime, or behind the d of a fraction."""
    subscripts: Set[str]
    bound: Set[str]
    counted: Set[str]
    """Those of the bound that a sum or product counts up."""
    indexed: Mapping[str, Set[str]]
    """name → `letter`, `number`, `two` (several indices): how it is subscripted."""
    primes: Mapping[str, int]
    arrays: Set[str]
    powers: Set[str]
    exponents: Set[str]
    integrated: Sequence[str]
    differentiates: bool
    """A derivative is written as a fraction somewhere."""
    differentials: bool
    """`dt` or `dx` stands somewhere as a factor."""
    names: Mapping[str, int]
    superscripts: Mapping[str, int]
    chance: bool
    """A variance, a probability of an event or an expectation in brackets is written somewhere."""
    places: Mapping[tuple[Way, str], Span]
    """Where each fact was seen first, as offsets into the formula."""

    def place(self, way: Way, letter: str) -> Span | None:
        return self.places.get((way, letter))


@dataclass(slots=True)
class _Gathering:
    applied: dict[str, set[str]] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)
    factors: set[str] = field(default_factory=set)
    dotted: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    chained: bool = False
    changing: set[str] = field(default_factory=set)
    subscripts: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)
    indexed: dict[str, set[str]] = field(default_factory=dict)
    primes: dict[str, int] = field(default_factory=dict)
    arrays: set[str] = field(default_factory=set)
    powers: set[str] = field(default_factory=set)
    exponents: set[str] = field(default_factory=set)
    integrated: list[str] = field(default_factory=list)
    differentiates: bool = False
    differentials: bool = False
    names: dict[str, int] = field(default_factory=dict)
    superscripts: dict[str, int] = field(default_factory=dict)
    chance: bool = False
    places: dict[tuple[Way, str], Span] = field(default_factory=dict)

    def saw(self, way: Way, letter: str, node: Any) -> None:
        self.places.setdefault((way, letter), node.span)

    def facts(self) -> Facts:
        return Facts(**{f.name: getattr(self, f.name) for f in fields(self)})


def gather(nodes: Sequence[Any]) -> Facts:
    found = _Gathering()
    followed: set[int] = set()  # ids of heads that a parenthesis follows, or inside a longer head
    for node in walk(nodes):
        match node:
            case s.Name():
                name = symbol_name(node)
                if name is not None:
                    if node.accents and node.accents[-1] in ("dot", "ddot"):
                        undotted = spell(replace(node, accents=node.accents[:-1]))
                        found.changing.add(undotted)
                        found.dotted.add(undotted)
                        found.saw(Way.DIFFERENTIATED, undotted, node)
                    found.names[name] = found.names.get(name, 0) + 1
                    if id(node) not in followed:
                        found.bare.add(name)
                        found.saw(Way.ALONE, name, node)
            case s.Juxtaposition(factors=factors):
                for k, one in enumerate(factors):
                    multiplies = factor(factors, k)
                    if multiplies is not None:
                        found.factors.add(multiplies)
                        found.saw(Way.FACTOR, multiplies, one)
                for left, follower in pairwise(factors):
                    right: Any = follower
                    if isinstance(left, s.Name) and left.name == "d" and isinstance(right, s.Name):
                        found.differentials = found.differentials or right.name in ("t", "x")
                    found.chance = found.chance or _of_chance(left, right)
                    for event in events(left, right):
                        found.events.add(event)
                        found.saw(Way.EVENT, event, right)
                    found.chained = found.chained or chained(left, right)
                    powered = (
                        isinstance(right, s.Scripts) and isinstance(right.base, s.Fence) and not right.primes
                    )
                    if powered:
                        right = right.base  # f(x)^2
                    if isinstance(right, s.Fence) and right.open == "[" and isinstance(right.body, s.Name):
                        base = symbol_name(left.base if isinstance(left, s.Scripts) else left)
                        if base is not None and right.body.name in INDEX_LETTERS:
                            found.indexed.setdefault(base, set()).add("sampled")
                    if isinstance(right, s.Fence) and right.open in ("(", "["):
                        name = symbol_name(left.base if isinstance(left, s.Scripts) else left)
                        if name is not None:
                            kind = (
                                "powered"
                                if powered and argument_kind(right) == "plain"
                                else argument_kind(right)
                            )
                            found.applied.setdefault(name, set()).add(kind)
                            followed.add(id(left))
                            found.saw(Way.APPLIED, name, left)
                            if isinstance(left, s.Scripts):
                                full = symbol_name(left)
                                if full is not None:
                                    found.applied.setdefault(full, set()).add(kind)
            case s.Scripts(base=base, sub=sub, sup=sup, primes=primes):
                _scripts(found, node, base, sub, sup, primes)
                if id(node) in followed:
                    followed.add(id(base))
                if isinstance(base, s.Name) and (sub is not None or primes):
                    followed.add(id(base))  # the letter itself is not bare here
            case s.Big(op=op, sub=sub):
                if op != "lim" and sub is not None:
                    found.bound.update(introduced := set(_binder_names(sub)))
                    for name in introduced:
                        found.saw(Way.BOUND, name, sub)
                    if op in ("sum", "prod", "bigcup", "bigcap", "coprod") and isinstance(sub, s.Chain):
                        found.counted.update(introduced)
            case s.Apply(function=function, argument=argument):
                found.chance = found.chance or _of_chance(function, argument)
                for event in events(function, argument):
                    found.events.add(event)
                    found.saw(Way.EVENT, event, argument)
            case s.Fraction(numerator=numerator):
                if _differential(numerator):
                    found.differentiates = True
                    if isinstance(numerator, s.Juxtaposition):
                        for part in numerator.factors[1:]:
                            changes = symbol_name(part)
                            if changes is not None:
                                found.changing.add(changes)
                                found.saw(Way.DIFFERENTIATED, changes, part)
            case s.Integral(variables=variables):
                for v in variables:
                    name = symbol_name(v)
                    if name is not None:
                        found.integrated.append(name)
            case _:
                pass
    return found.facts()


def _of_chance(head: Any, fence: Any) -> bool:
    """`\\mathrm{Var}(X)`, `E[X]`, `P(X > 1)`."""
    base = head.base if isinstance(head, s.Scripts) else head
    if not isinstance(base, s.Name) or not isinstance(fence, s.Fence):
        return False
    if base.name in ("Var", "Cov", "Corr", "Pr"):
        return True
    return (base.name == "E" and fence.open == "[") or (base.name == "P" and isinstance(fence.body, s.Chain))


def _scripts(found: _Gathering, node: Any, base: Any, sub: Any, sup: Any, primes: int) -> None:
    if isinstance(sup, s.Name):
        found.superscripts[sup.name] = found.superscripts.get(sup.name, 0) + 1
    elif isinstance(sup, s.Juxtaposition) and isinstance(sup.factors[0], s.Fence):
        mark = sup.factors[-1]  # x^{(i)T}
        if isinstance(mark, s.Name):
            found.superscripts[mark.name] = found.superscripts.get(mark.name, 0) + 1
    name = symbol_name(base)
    if name is None:
        return
    if primes:
        found.primes[name] = max(found.primes.get(name, 0), primes)
        found.changing.add(name)
        found.saw(Way.DIFFERENTIATED, name, node)
    for script in (sub, sup.body if isinstance(sup, s.Fence) else None):
        if script is None:
            continue
        kinds = found.indexed.setdefault(name, set())
        found.saw(Way.INDEXED, name, node)
        items = script.items if isinstance(script, s.Sequence) else (script,)
        if isinstance(script, s.Juxtaposition):
            items = script.factors
        if len(items) > 1 and not (isinstance(script, s.Juxtaposition) and isinstance(items[0], s.Number)):
            kinds.add("two")  # x_{2n} is the 2n-th
        for item in walk(items):
            if isinstance(item, s.Name) and not item.word and not item.font:
                found.subscripts.add(item.name)
                kinds.add("letter" if item.name in INDEX_LETTERS else "name")
            elif isinstance(item, s.Number):
                kinds.add("number")
    if sup is None or isinstance(sup, s.Fence):
        return
    if (
        (isinstance(sup, s.Name) and (sup.name in ("top", "intercal", "dagger") or _is_roman_t(sup)))
        or (isinstance(sup, s.Name) and sup.name == "T" and not sup.accents)
        or (isinstance(sup, s.Sum) and any(_is_transpose_mark(t) for _, t in sup.parts))
    ):
        found.arrays.add(name)
        found.saw(Way.TRANSPOSED, name, node)
    else:
        found.powers.add(name)
        found.saw(Way.POWERED, name, node)
        for item in walk((sup,)):
            if isinstance(item, s.Name):
                found.exponents.add(item.name)


def _differential(node: Any) -> bool:
    while isinstance(node, s.Juxtaposition | s.Scripts | s.Prefix):
        if isinstance(node, s.Juxtaposition):
            node = node.factors[0]
        else:
            node = node.base if isinstance(node, s.Scripts) else node.operator
    return isinstance(node, s.Name) and node.name in ("d", "partial")


def _is_roman_t(node: s.Name) -> bool:
    return node.name == "T" and node.font in ("roman", "sans")


def _is_transpose_mark(node: Any) -> bool:
    return isinstance(node, s.Name) and node.name in ("top", "intercal", "T")


def _binder_names(sub: Any) -> Iterator[str]:
    """The letters that a big operator's lower bound introduces."""
    match sub:
        case s.Name():
            name = symbol_name(sub)
            if name is not None:
                yield name
        case s.Sequence(items=items):
            for item in items:
                yield from _binder_names(item)
        case s.Chain(first=first, links=links) if first is not None:
            if links and links[0].relation in ("<", "<=") and not isinstance(first, s.Name):
                yield from _binder_names(links[0].right)
            else:
                yield from _binder_names(first)
        case s.Fence(body=s.Sequence() as body):
            yield from _binder_names(body)
        case s.Matrix(rows=rows):
            for row in rows:
                for cell in row:
                    if cell is not None:
                        yield from _binder_names(cell)
        case s.Scripts():
            name = symbol_name(sub)
            if name is not None:
                yield name
        case _:
            return
