"""What varies in an event or in the argument of an expectation: the names of random variables."""

from __future__ import annotations

from collections.abc import Iterator

from derive.reasons.gaps import Gap
from derive.term.nodes import (
    Apply,
    BigOp,
    Call,
    Element,
    Expectation,
    Integral,
    Probability,
    Relation,
    Symbol,
    Term,
)
from derive.term.traverse import children, free_symbols
from derive.verify.evaluate.values import Unsupported
from derive.verify.probability.distribution_letters import (
    FONT,
    Density,
    function_name,
    is_letter,
    name_of,
    of_event,
    plain,
)

SETS = frozenset(["union", "intersection", "set_difference", "complement", "and", "or", "not"])


def variables_of(density: Density) -> Iterator[str]:
    """The names of variables in the arguments of a density, each once."""
    seen: set[str] = set()
    for arg in (*density.args, *density.given):
        for name in event_names(arg):
            if name not in seen:
                seen.add(name)
                yield name


def event_names(arg: Term) -> Iterator[str]:
    match arg:
        case Symbol() | Element():
            name = name_of(arg)
            if name is None:
                raise Unsupported(Gap.PROBABILITY_OF_FAMILY)
            yield name
        case Relation(op=op, left=left, right=right) if op in ("=", "!=", "<", "<=", ">", ">="):
            sides = [left, right]
            capitals = [s for s in sides if _capital(s)]
            chosen = [n for s in (capitals or sides[:1]) for n in _parts(s)]
            yield from chosen
        case Apply(head=head, args=args) if head in SETS:
            for a in args:
                yield from event_names(a)
        case _:
            raise Unsupported(Gap.PROBABILITY_OF_OTHER_THAN_EVENTS_AND_VALUES)


def _capital(term: Term) -> bool:
    return any(n.lstrip("\\")[:1].isupper() or _plain_capital(n) for n in free_symbols(term))


def _plain_capital(name: str) -> bool:
    found = FONT.match(name)
    return bool(found and found[1][:1].isupper())


def _parts(term: Term) -> Iterator[str]:
    """The names in a side of a relation between random variables."""
    if (name := name_of(term)) is not None:
        yield name
        return
    if isinstance(term, Symbol | Element | Call | BigOp | Integral | Expectation | Probability):
        raise Unsupported(Gap.PROBABILITY_OF_OTHER_THAN_EVENTS_AND_VALUES)
    for child in children(term):
        yield from _parts(child)


def outside(term: Term) -> Iterator[str]:
    """Names that stand outside of every expectation and probability."""
    stack = [term]
    while stack:
        node = stack.pop()
        if isinstance(node, Expectation | Probability):
            continue
        if (name := name_of(node)) is not None:
            yield name
        stack.extend(children(node))


def letter_of(name: str) -> str:
    """The letter of a name without font, mark and index."""
    name = FONT.sub(lambda m: m[1], name)
    return name.split("_", 1)[0].rstrip("'")


def could_be_random(name: str) -> bool:
    letter = letter_of(name)
    return (
        letter[:1].isupper()
        or letter.startswith(("\\hat", "\\bar", "\\tilde", "\\mathcal", "\\widehat", "\\overline"))
        or letter in ("\\epsilon", "\\varepsilon", "\\xi", "\\eta", "\\Theta")
    )


def free_names(term: Term) -> Iterator[str]:
    """Names of what varies in the argument of an expectation: those that no inner expectation takes up."""
    match term:
        case Expectation(under=None, given=given):
            for part in () if given is None else plain(given):
                if (name := name_of(part)) is not None:
                    yield name
        case Expectation(under=under, args=args, given=given):
            inner = set(under_names(term))
            for part in (*args, *(() if given is None else plain(given))):
                yield from (n for n in free_names(part) if n not in inner)
            assert under is not None
        case Probability(args=args, given=given):
            for part in (*args, *given):
                if (name := name_of(part)) is not None:
                    yield name
        case BigOp(binders=binders):
            inner = {b.variable.name for b in binders}
            for child in children(term):
                yield from (n for n in free_names(child) if n not in inner)
        case Integral(variable=variable):
            for child in children(term):
                yield from (n for n in free_names(child) if n != variable.name)
        case Call(args=args):
            for a in args:
                yield from free_names(a)
        case _:
            if (name := name_of(term)) is not None:
                yield name
                return
            for child in children(term):
                yield from free_names(child)


def under_names(node: Expectation) -> tuple[str, ...]:
    """The variables that an expectation is said to run over."""
    under = node.under
    if isinstance(under, Relation) and under.op == "sim":
        parts = plain(under.left)
    elif isinstance(under, Probability) or (isinstance(under, Call) and function_name(under.function)):
        parts = under.args
    elif under is None:
        return ()
    else:
        parts = plain(under)
        if any((n := name_of(p)) is None or is_letter(n) for p in parts):
            return ()
    names = tuple(n for p in parts if (n := name_of(p)) is not None)
    if len(names) < len(parts):
        raise Unsupported(Gap.EXPECTATION_OVER_FAMILY)
    return names


def random_names(term: Term, known: set[str] | None = None) -> tuple[str, ...]:
    """What varies in a term: in a relation the variables it is about, else the names that no inner
    expectation takes up, an indicator's event among them."""
    if isinstance(term, Relation) and known is None:
        return tuple(event_names(term))
    return tuple(of_event(n) or n for n in free_names(term))
