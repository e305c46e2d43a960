"""What one formula asserts, and under which conditions.

E.g. `\\sqrt{x^2} = x \\text{ for } x \\ge 0`, `\\forall x > 0: \\ln x < x`.
"""

from __future__ import annotations

from derive.classes import dataclass, field, replace
from derive.notation import NotationError
from derive.notation.alone import parts_of, shared
from derive.notation.syntax import (
    Bar,
    Chain,
    Display,
    Fence,
    Infix,
    Link,
    Name,
    Prefix,
    Sequence,
    Syntax,
    Text,
)

CONDITIONS = frozenset({"<", "<=", ">", ">=", "!=", "in", "notin"})
ARROWS = frozenset({"implies", "impliedby", "iff"})
_INTRODUCE = frozenset("for if when where with assuming provided given as let whenever since suppose".split())
_ASSERT = frozenset("then so hence thus therefore have".split())
_EMPTY = frozenset("all every any each we a an the real number numbers holds that is it and both".split())


@dataclass(slots=True)
class Asserted:
    """claims: the chains asserted, each with a left side; conditions: those they stand under."""

    claims: list[Chain] = field(default_factory=list)
    conditions: list[Chain] = field(default_factory=list)


def asserted(display: Display) -> Asserted:
    """Raises NotationError where nothing is claimed, or where words change what is claimed (`or` apart)."""
    found = Asserted()
    behind = False  # a word such as "for" came before
    joined = ""  # the word "or" or "and" came before
    pending: list[Syntax] = []
    for part in [p for row in display.rows for p in parts_of(row)]:
        for item in part.items if isinstance(part, Sequence) else (part,):
            if isinstance(item, Text):
                behind, joined = _words(item, behind, bool(found.claims))
                continue
            for chain, condition in _chains(item, pending):
                last = found.claims[-1] if found.claims and not behind else None
                if joined == "or" and last is not None:
                    found.claims[-1] = _joined(last, "vee", chain)
                elif joined == "and" and last is not None and _under_an_arrow(last, chain):
                    found.claims[-1] = _joined(last, "wedge", chain)
                elif behind or condition or (found.claims and _is_condition(chain)):
                    found.conditions.append(chain)
                else:
                    found.claims.append(chain)
                joined = ""
    if pending:
        raise NotationError(pending[0].span, "no relation")
    if not found.claims:
        raise NotationError(display.span, "no relation: nothing is claimed")
    _premises(found)
    for chain in found.claims:
        if chain.first is None:
            raise NotationError(chain.span, "a relation without a left side")
    return found


def _chains(item: Syntax, pending: list[Syntax]) -> list[tuple[Chain, bool]]:
    """The chains of one item, each with whether it is a condition by its form."""
    match item:
        case Chain():
            chains = [replace(item, first=other) for other in pending] + shared(item)
            pending.clear()
            return [(c, False) for c in chains]
        case Fence(open="(", body=Chain() as body):
            return [(body, True)]
        case Prefix(operator=Name(name="forall"), operand=Bar(left=left, right=right)):
            return [*((c, True) for c, _ in _chains(left, pending)), *_chains(right, pending)]
        case Prefix(operator=Name(name="forall"), operand=operand):
            return [(c, True) for c, _ in _chains(operand, pending)]
        case _:
            pending.append(item)
            return []


def _words(text: Text, behind: bool, claimed: bool) -> tuple[bool, str]:
    """(what follows is a condition, the word that joins it to what came before).

    Raises NotationError for other words."""
    if text.parts:
        raise NotationError(text.span, "words with formulas in them")
    joined = ""
    for word in (
        text.text.lower().replace(",", " ").replace(".", " ").replace(":", " ").replace(";", " ").split()
    ):
        if word in _INTRODUCE:
            behind = True
        elif word in _ASSERT:
            behind = False
        elif word == "or" and claimed and not behind:
            joined = "or"
        elif word == "and" and claimed and not behind:
            joined = "and"
        elif word not in _EMPTY:
            raise NotationError(text.span, f"the word “{word}”")
    return behind, joined


def _is_condition(chain: Chain) -> bool:
    return all(link.relation in CONDITIONS for link in chain.links)


def _under_an_arrow(left: Chain, right: Chain) -> bool:
    """Whether `A ⟺ x = 0` and `y = 0` is one statement: the second has no arrow of its own."""
    return left.links[-1].relation in ARROWS and not any(link.relation in ARROWS for link in right.links)


def _joined(left: Chain, op: str, right: Chain) -> Chain:
    """`A ⟺ x = 2` or `x = 3`: the alternative belongs to the last side of an arrow."""
    last = left.links[-1]
    if last.relation not in ARROWS:
        raise NotationError(right.span, "the word “or”")
    both = Infix(last.right.span.cover(right.span), op, last.right, right)
    link = Link(last.span.cover(right.span), last.relation, last.relation_span, both, last.note)
    return replace(left, span=left.span.cover(right.span), links=(*left.links[:-1], link))


def _premises(found: Asserted) -> None:
    """`x > 0, y > 0 ⟹ xy > 0`: what stands before the arrow's own left side is assumed with it."""
    arrows = [k for k, c in enumerate(found.claims) if any(link.relation in ("implies",) for link in c.links)]
    if len(arrows) == 1 and arrows[0] > 0 and arrows[0] == len(found.claims) - 1:
        found.conditions.extend(found.claims[:-1])
        found.claims = found.claims[-1:]
