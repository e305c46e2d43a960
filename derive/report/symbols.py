"""What a symbol is taken for, in words, and the place in the document that says so."""

from __future__ import annotations

from collections.abc import Sequence

from derive.model import Decided, Span
from derive.report.words import plural
from derive.term.nodes import Symbol, Type
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols

_DOMAINS = {
    "real": "real number",
    "complex": "complex number",
    "integer": "integer",
    "natural": "natural number (0 among them)",
    "positive_integer": "positive integer",
    "positive": "positive number",
    "nonnegative": "number not below 0",
    "unit": "number from 0 to 1",
    "binary": "number that is 0 or 1",
    "boolean": "truth value",
    "set": "set",
    "any": "value of any kind",
}
_ROLES = {
    "function": "function whose value is",
    "constant": "constant,",
    "index": "index,",
    "sequence": "sequence, each element of it",
    "random": "random variable,",
    "distribution": "distribution over",
    "event": "event,",
    "set": "set of which each element is",
    "operator": "operator that gives",
}
_HOW = {
    "set": "declared with its set",
    "words": "called so in words",
    "use": "as it is used",
    "equated": "since its length is set equal to another's",
}


def type_words(known: Type) -> str:
    """`a column of n real numbers`, `a function whose value is a real number`."""
    noun = _DOMAINS.get(known.domain, known.domain)
    match known.shape:
        case ():
            value = f"{_article(noun)} {noun}"
        case None:
            value = f"{_article(noun)} {noun}, or an array of such (nothing says of which size)"
        case (length,):
            value = f"a column of {length} entries, each {_article(noun)} {noun}"
        case (rows, columns):
            value = f"a matrix of {rows} rows and {columns} columns, each entry {_article(noun)} {noun}"
        case more:
            value = f"an array of {' × '.join(map(str, more))} entries, each {_article(noun)} {noun}"
    role = _ROLES.get(known.role)
    return value if role is None else f"{_article(role)} {role} {value}"


def _article(noun: str) -> str:
    return "an" if noun[:1] in "aeio" else "a"


def origin_words(
    symbol: Symbol, scope: Scope, at: int, entries: Sequence[Decided]
) -> tuple[str, Span | None]:
    """Where the type of a symbol comes from, with the place where the document has it."""
    name = symbol.name
    if name.startswith("N_{") and name not in scope.symbols:
        return "not in the text: the last index of a sum or product whose range nobody states", None
    definition = scope.definitions.get(name)
    if definition is not None:
        return definition_words(definition), definition.where
    origin = scope.origin(name, at)
    if origin is not None:
        return _HOW.get(origin.how, origin.how), origin.span
    if name in scope.dependencies:
        return "known only as something that depends on " + ", ".join(scope.dependencies[name]), None
    first = first_written(name, entries)
    if "applied" in scope.usage.get(name, ()):
        return "the document applies it to a letter, and defines it nowhere before", first
    return "nothing declares it: taken so from the way it is written and used; first written", first


def definition_words(definition: Definition) -> str:
    if definition.law is not None:
        return "the standard definition of this name"
    return "defined in an earlier section" if definition.earlier else "defined"


def first_written(name: str, entries: Sequence[Decided]) -> Span | None:
    """The first relation of the document that has the symbol."""
    for entry in entries:
        claim = entry.claim
        if claim is not None and (name in free_symbols(claim.left) or name in free_symbols(claim.right)):
            return entry.span
    return None


def values(number: int) -> str:
    return plural(number, "set") + " of values"
