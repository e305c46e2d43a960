"""The statements of a document's formulas, with the words around them, and what those words bind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.classes import dataclass, replace
from derive.context.cues import joins, trailing_words
from derive.context.links import EQUALITIES, IMPLICATIONS
from derive.context.stance.speech import Speech
from derive.expressions import regex
from derive.facts.pieces import walk
from derive.model import Block, Formula, Prose, Span, Stance
from derive.notation.syntax import Chain, Ellipsis, Name, Number, Prefix, Scripts, Syntax
from derive.notation.syntax import Sequence as Items
from derive.rules import Answer

SIDE_CONDITION = Answer(
    Stance.ASSUMES, "assumes/behind-a-formula", "a range or a sign behind a formula says where it holds"
)


@dataclass(slots=True)
class Statement:
    """One chain of a formula with the words around it."""

    formula: Formula
    chain: Chain
    before: str
    after: str
    mark: str | None
    mark_span: Span | None
    starts_row: bool
    row_marks: bool
    speech: Speech
    start: tuple[Syntax, Formula] | None = None
    """What a chain that begins with its relation goes on from, where that is no side of a stated relation
    before: what stands in the row above it, or alone in the display before."""
    left_formula: Formula | None = None
    null: Span | None = None
    """Where the row says that the gradient is null under this condition."""


def trailing(statements: Sequence[Statement]) -> dict[int, Answer[Stance]]:
    """Statements that bind the formula before them: `f = g, \\quad x > 0`, `… where a = b`."""
    found: dict[int, Answer[Stance]] = {}
    for k in range(1, len(statements)):
        statement, previous = statements[k], statements[k - 1]
        ended = re.search(r"[.!?]\W*\s[A-Z]", statement.before) is not None  # another sentence began
        words = None if ended else trailing_words(statement.before)
        if words is not None and _leads_on(statements, k):
            continue
        if words is not None and (not statement.starts_row or statement.formula is not previous.formula):
            found[k] = words
        elif (
            statement.formula is previous.formula
            and not statement.starts_row
            and not statement.before.strip(" ,;")
            and is_side_condition(statement.chain)
        ):
            found[k] = found.get(k - 1, SIDE_CONDITION)
        elif k - 1 in found and joins(statement.before):
            if re.search(r"[A-Za-z]", statement.before) or (
                is_side_condition(statement.chain) and not statement.formula.display
            ):
                found[k] = found[k - 1]
    return found


def marks_a_place(chain: Chain) -> bool:
    """Whether a relation puts a value, `x = 0`, and nothing with letters in it."""
    return not any(isinstance(node, Name) and node.name != "infty" for node in walk((chain.links[-1].right,)))


_TURNS = regex(
    r"[.!?]\W*\s(?:Suppose|Assume|Now|Let|Next|In general|Generally|More generally|For|If|When|Consider|"
    r"Conversely|Otherwise|Finally|On the other hand)\b"
)


def turns(words: str) -> bool:
    """Whether a sentence begins that turns to something else: a value put by the one before ends there."""
    return _TURNS.search(words) is not None


_STATES = regex(r"\b(?:we|it|have|get|is|obtain|find|becomes?|this|then)\b")


def _leads_on(statements: Sequence[Statement], k: int) -> bool:
    """`… (display) and for i = k (display)`: the condition stands before what it speaks of."""
    if re.match(r"\W*(?:and|while|but|whereas)\b", statements[k].before) is None:
        return False
    if k + 1 >= len(statements):  # nothing ends it: it speaks of the display below
        behind = _STATES.sub("", statements[k].after)
        return not statements[k].formula.display and not behind.strip(" ,:\n")
    following = statements[k + 1]
    said = _STATES.sub("", following.before)
    return (
        following.formula.display
        and following.formula is not statements[k].formula
        and not re.search(r"[A-Za-z]", said)
    )


def goes_on(block: Block, following: Block) -> bool:
    """Whether a block continues the sentence of the one before: it begins with a small letter or a display,
    and no list item or heading starts."""
    if following.kind != "paragraph" or block.kind == "heading":
        return False
    first = following.parts[0] if following.parts else None
    if isinstance(first, Prose):
        text = first.text.lstrip()
        return text[:1].islower() and trailing_words(text) is not None
    return False


def binds(chain: Chain) -> bool:
    """Whether words such as "for" and "where" bind all of a chain: a single relation, or one of plain names
    and numbers (`x = y = 0`, `0 < p < 1`). Of a derivation they bind the first link only."""
    if len(chain.links) == 1 or all(link.relation not in EQUALITIES for link in chain.links):
        return True
    return all(isinstance(link.right, (Name, Number, Scripts)) for link in chain.links)


def is_side_condition(chain: Chain) -> bool:
    """`x > 0`, `i = 1, \\dots, n`, `x \\in S`: what may stand behind a formula without a word."""
    if chain.first is None:
        return False
    if any(
        link.relation in {"in", "<", "<=", ">", ">=", "!=", "subset", "subseteq", "notin"}
        for link in chain.links
    ):
        return len(chain.links) <= 2
    right = chain.links[-1].right
    return (
        len(chain.links) == 1
        and isinstance(right, Items)
        and any(isinstance(i, Ellipsis) for i in right.items)
    )


def is_quantifier(node: Syntax) -> bool:
    """`\\forall n: …` states what it binds; no side of a relation goes on from it."""
    return isinstance(node, Prefix) and isinstance(node.operator, Name) and node.operator.name in _QUANTIFIERS


_QUANTIFIERS = frozenset({"forall", "exists"})


def last_side(chain: Chain) -> Syntax:
    """What the next row goes on from: behind an implication, the last side of what it concludes."""
    right = chain.links[-1].right
    while isinstance(right, Chain) and right.links:
        right = right.links[-1].right
    return right


def goes_on_from(statement: Statement, chain: Chain) -> tuple[Syntax, Formula] | None:
    """Where a row that begins with its relation goes on from in the statement above it."""
    above = statement.chain
    if chain.links[0].relation not in IMPLICATIONS:
        return last_side(above), statement.formula
    first = above.first if above.first is not None else statement.start[0] if statement.start else None
    return None if first is None else (replace(above, first=first), statement.formula)


def slice_of(formula: Formula, span: Span) -> str:
    return formula.latex[span.start : span.end]


def sets_value(statement: Statement) -> bool:
    """Whether an inline statement sets a letter to a number: `a = 1`, `b = \\frac{\\pi}{4}`."""
    chain = statement.chain
    if statement.formula.display or len(chain.links) != 1 or chain.links[0].relation != "=":
        return False
    names = (n for n in walk((chain.links[0].right,)) if isinstance(n, Name))
    return isinstance(chain.first, Name | Scripts) and all(n.name == "pi" for n in names)
