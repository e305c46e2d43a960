"""What a list of givens says, at the level of notation: declarations, definitions, assumptions.

Each given is one formula, as an author would put it after "let", "where" or "for": `x \\in \\mathbb{R}^n`,
`f(x) = x^2`, `x > 0`, `x, y > 0`, `0 < p < 1`, `f: \\mathbb{R} \\to \\mathbb{R}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derive.classes import dataclass, field, replace
from derive.context.links import DEFINING, definition_of
from derive.context.symbols import table_of
from derive.facts.arrays import arrays_in
from derive.facts.document import Evidence, declared_type
from derive.facts.naming import applied_name, symbol_name
from derive.meaning.delimiters import as_set
from derive.meaning.letters.number_sets import narrows, told
from derive.notation import NotationError
from derive.notation.alone import parts_of, shared
from derive.notation.syntax import Chain, Display, Fence, Link, Syntax, Text
from derive.notation.syntax import Sequence as Items
from derive.term.congruence import hypothesis as congruence
from derive.term.congruence import modulus
from derive.term.nodes import Relation, Term, Type
from derive.term.scope import Scope


@dataclass(frozen=True, slots=True)
class Statement:
    """`left relation right` among the givens; the index says which given it stands in."""

    left: Syntax
    relation: str
    right: Syntax
    index: int


@dataclass(slots=True)
class Givens:
    """types: what is declared; statements: what is to be elaborated, in order."""

    types: dict[str, Type] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    statements: list[Statement] = field(default_factory=list)


def chains_of(display: Display) -> list[Chain]:
    """The relations of a formula; commas share a relation out (`x, y > 0` is `x > 0` and `y > 0`).

    Raises NotationError for a part that states nothing.
    """
    found: list[Chain] = []
    for row in display.rows:
        pending: list[Syntax] = []
        for part in parts_of(row):
            items = part.items if isinstance(part, Items) else (part,)
            for item in items:
                if isinstance(item, Text):
                    continue
                if isinstance(item, Fence) and item.open == "(" and isinstance(item.body, Chain):
                    item = item.body  # `(x ≥ 0)` behind a claim
                if not isinstance(item, Chain):
                    pending.append(item)
                    continue
                for other in pending:
                    found.append(replace(item, first=other))
                pending.clear()
                found.extend(shared(item))
        if pending:
            raise NotationError(pending[0].span, "no relation")
    return found


def gather(givens: Iterable[Display]) -> Givens:
    """Raises NotationError where a given states no relation."""
    found = Givens()
    for index, display in enumerate(givens):
        for chain in chains_of(display):
            if chain.first is None:
                raise NotationError(chain.span, "a relation without a left side")
            left = chain.first
            for link in chain.links:
                _sort(found, left, link, index)
                left = link.right
    return found


def _sort(found: Givens, left: Syntax, link: Link, index: int) -> None:
    name = symbol_name(left)
    if link.relation == "in" and name is not None:
        declared = declared_type(link.right)
        if declared is not None:
            found.types[name] = declared
            if not narrows(link.right):
                return
    if link.relation in DEFINING | {"="} and (applied := applied_name(left)) is not None:
        found.functions.add(applied)
    found.statements.append(Statement(left, link.relation, link.right, index))


def types_in(displays: Sequence[Display], givens: Givens) -> Scope:
    """The scope of types: what is declared, and what use tells (transposes, bold, applied letters)."""
    evidence = Evidence()
    for display in displays:
        evidence.gather(display)
    origins = arrays_in(list(displays), evidence)
    table = table_of(evidence, set())
    # a letter that is only applied is left to the reader, who knows Γ, B and Re
    symbols = {n: t for n, t in table.symbols.items() if t.role not in ("index", "function")}
    for name, declared in givens.types.items():
        symbols[name] = declared
    for name in givens.functions:
        known = symbols.get(name)
        symbols[name] = replace(known, role="function") if known is not None else Type(role="function")
    return Scope(
        symbols=symbols,
        dependencies=table.dependencies,
        options=table.options,
        usage=evidence.usage.freeze(),
        origins=origins,
    )


def scope_from(scope: Scope, statements: Sequence[Statement], terms: Sequence[Term]) -> Scope:
    """The scope with the statements' definitions and hypotheses; `terms` are their sides, two for each."""
    for k, statement in enumerate(statements):
        left, right = terms[2 * k], terms[2 * k + 1]
        if statement.relation == "in":
            member = Relation("in", left, as_set(statement.right, right))
            scope = scope.with_hypotheses(*(told(member) or (member,)))
            continue
        if statement.relation == "equiv" and modulus(left, right) is not None:
            scope = scope.with_hypotheses(congruence(Relation("equiv", left, right)))
            continue
        if statement.relation in DEFINING | {"=", "equiv"}:
            definition = definition_of(left, right)
            if definition is not None and definition.name not in scope.definitions:
                if statement.relation != "equiv" or definition.kind != "symbol":
                    scope = scope.with_definition(definition)
                    continue
        relation = "=" if statement.relation in DEFINING else statement.relation
        if relation == "notin":
            right = as_set(statement.right, right)
        scope = scope.with_hypotheses(Relation(relation, left, right))
    return scope
