"""Letters that the words of the document make a function: `F_n`, `P_n(x)`, `K(k)`, `(a)_n`."""

from __future__ import annotations

from types import NoneType
from typing import Any

from derive.facts.named import OPTION, spoken_of
from derive.facts.naming import spell
from derive.functions.record import Function, Letter, Meaning
from derive.meaning.conventions import meant
from derive.meaning.reader import Reader
from derive.notation import syntax as s
from derive.term.nodes import At, Derivative, Pow, Symbol, Term, integer


def with_index(r: Reader, node: s.Scripts) -> Term | None:
    """`F_n`, `F_n^2` and `(a)_n`; None where no word of the document makes it a function."""
    if node.sub is None or node.primes or not r.scope.options.get(OPTION):
        return None
    if not _plain_power(node.sup) or isinstance(node.sub, s.Sequence | s.Text):
        return None
    base = node.base
    for function, letter in _letters(r):
        if letter.form == "index" and isinstance(base, s.Name) and _is(r, letter, base):
            value = meant(r, function.name, letter.meanings, (r.term(node.sub),))
        elif letter.form == "bracket" and isinstance(base, s.Fence) and _one_item(base):
            assert base.body is not None
            value = meant(r, function.name, letter.meanings, (r.term(base.body), r.term(node.sub)))
        else:
            continue
        return value if node.sup is None else Pow(value, r.term(node.sup), span=node.span)
    return None


def is_number(r: Reader, head: Any) -> bool:
    """Whether it is a number by its index alone, so that a parenthesis behind it is a factor."""
    return isinstance(head, s.Scripts) and isinstance(head.base, s.Name) and with_index(r, head) is not None


def at_argument(r: Reader, head: Any, fence: Any) -> Term | None:
    """`P_n(x)`, `P_n'(x)`, `E_1(x)`, `K(k)`; None where no word of the document makes it a function."""
    if not r.scope.options.get(OPTION) or not isinstance(fence, s.Fence) or not _one_item(fence):
        return None
    node = head if isinstance(head, s.Scripts) else None
    base = head.base if isinstance(head, s.Scripts) else head
    if not isinstance(base, s.Name) or fence.body is None or (node and not _plain_power(node.sup)):
        return None
    for function, letter in _letters(r):
        front = _front(r, letter, node) if _is(r, letter, base) else None
        if front is None:
            continue
        primes = node.primes if node is not None else 0
        value = _applied(r, function, letter.meanings, front, r.term(fence.body), primes)
        sup = node.sup if node is not None else None
        return value if sup is None else Pow(value, r.term(sup), span=head.span.cover(fence.span))
    return None


def _letters(r: Reader) -> tuple[tuple[Function, Letter], ...]:
    option = r.scope.options.get(OPTION, "")
    return r.fact((OPTION, option), lambda: spoken_of(option))


def _front(r: Reader, letter: Letter, node: s.Scripts | None) -> tuple[Term, ...] | None:
    """The arguments that stand as scripts; None where the letter is not written so."""
    sub = node.sub if node is not None else None
    if letter.form == "index-argument":
        return None if sub is None or isinstance(sub, s.Sequence | s.Text) else (r.term(sub),)
    if letter.form != "argument":
        return None
    if letter.subscript:
        return () if isinstance(sub, s.Number) and sub.text == letter.subscript else None
    return () if sub is None else None


def _applied(
    r: Reader,
    function: Function,
    meanings: tuple[Meaning, ...],
    front: tuple[Term, ...],
    x: Term,
    primes: int,
) -> Term:
    if not primes:
        return meant(r, function.name, meanings, (*front, x))
    place = Symbol("u")
    body = meant(r, function.name, meanings, (*front, place))
    return At(Derivative(body, ((place, integer(primes)),), partial=False), place, x)


def _is(r: Reader, letter: Letter, base: s.Name) -> bool:
    """The plain letter, which the document does not define itself and nothing around binds."""
    if base.name != letter.letter or base.font or base.accents or base.word:
        return False
    return spell(base) not in r.bound and spell(base) not in r.scope.definitions


def _plain_power(sup: Any) -> bool:
    return sup is None or isinstance(sup, s.Number)


def _one_item(fence: s.Fence) -> bool:
    return (
        fence.open == "(" and fence.close == ")" and not isinstance(fence.body, s.Sequence | s.Bar | NoneType)
    )
