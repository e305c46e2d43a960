"""What a fraction of differentials spells: `d^n/dx^n` with its body, its variables and their orders."""

from __future__ import annotations

from typing import Any

from derive.classes import dataclass
from derive.notation import syntax as s


def is_d(node: Any, *, capital: bool = False) -> bool:
    """An italic or upright d, or ∂."""
    return (
        isinstance(node, s.Name)
        and not node.accents
        and (node.name in ("d", "partial") or (capital and node.name == "D"))
        and node.font in ("", "roman", "italic")
    )


def flat(node: Any) -> list[Any]:
    """A product's factors with prefix operators taken apart: `\\partial^2 f` is ∂², f."""
    match node:
        case s.Prefix(operator=operator, operand=operand) if _d_like(operator):
            return [operator, *flat(operand)]
        case s.Juxtaposition(factors=factors):
            return [x for f in factors for x in flat(f)]
        case _:
            return [node]


def _d_like(node: Any) -> bool:
    base = node.base if isinstance(node, s.Scripts) else node
    return is_d(base, capital=True)


def _order(node: Any) -> Any | None:
    """The superscript of d² or ∂^n (None for a plain d); raises KeyError if it is no d."""
    if is_d(node, capital=True):
        return None
    if isinstance(node, s.Scripts) and is_d(node.base, capital=True) and node.sub is None and not node.primes:
        return node.sup
    raise KeyError


@dataclass(frozen=True, slots=True)
class Operator:
    """`d^n/dx^n` before its body is known: `body` stood in the numerator, `rest` after the denominator."""

    span: Any
    body: tuple[Any, ...]
    variables: tuple[tuple[Any, Any | None], ...]
    partial: bool
    rest: tuple[Any, ...] = ()
    order: Any = None


def read_fraction(numerator: Any, denominator: Any, span: Any, *, slash: bool = False) -> Operator | None:
    """The derivative that a fraction spells, if it spells one."""
    above, below = _above(numerator), flat(denominator)
    try:
        order = _order(above[0])
    except KeyError:
        return None
    kind = _kind(above[0])
    variables: list[tuple[Any, Any | None]] = []
    k = 0
    while k + 1 < len(below):
        try:
            mark = _order(below[k])
        except KeyError:
            break
        if mark is not None or _kind(below[k]) != kind:
            break
        argument = below[k + 2] if k + 2 < len(below) else None
        if isinstance(argument, s.Fence) and argument.open in ("(", "[") and not slash:
            head = below[k + 1]
            variables.append((s.Juxtaposition(head.span.cover(argument.span), (head, argument)), None))
            k += 3
            continue
        variables.append(_variable(below[k + 1]))
        k += 2
    rest = tuple(below[k:])
    if not variables or (rest and not slash):
        return None
    return Operator(span, tuple(above[1:]), tuple(variables), kind == "partial", rest, order)


def _above(numerator: Any) -> list[Any]:
    """A numerator's factors; of `\\partial x^\\top A x + b^\\top x` the mark and the whole sum behind it."""
    match numerator:
        case s.Sum(parts=(("" | "+", first), *rest)) if rest:
            mark, *body = flat(first)
            if _d_like(mark) and body and not any(_d_like(flat(part)[0]) for _, part in rest):
                return [mark, s.Sum(numerator.span, (("+", joined(tuple(body))), *rest))]
    return flat(numerator)


def _kind(node: Any) -> str:
    base: Any = node
    if isinstance(node, s.Scripts):
        base = node.base
    return str(base.name)


def _variable(node: Any) -> tuple[Any, Any | None]:
    """A denominator's `x^2` is x twice; `\\mathbf x^\\top` is x."""
    if isinstance(node, s.Scripts) and node.sup is not None:
        sup = node.sup
        bare: Any = node.base
        if node.sub is not None or node.primes:
            bare = s.Scripts(node.span, node.base, node.sub, None, node.primes)
        if isinstance(sup, s.Name) and sup.name in ("T", "top", "intercal"):
            return bare, None
        if isinstance(sup, s.Number | s.Name | s.Sum) and not (
            isinstance(sup, s.Name) and (sup.name in ("*", "+", "-", "prime") or sup.word)
        ):
            return bare, sup
    return node, None


def operator(node: Any) -> Operator | None:
    """A fraction that differentiates what follows it: `\\frac{d}{dx}`."""
    if isinstance(node, s.Fraction) and node.kind == "frac":
        found = read_fraction(node.numerator, node.denominator, node.span)
        if found is not None and not found.body:
            return found
    return None


def joined(factors: tuple[Any, ...]) -> Any:
    if len(factors) == 1:
        return factors[0]
    return s.Juxtaposition(factors[0].span.cover(factors[-1].span), factors)


def derivative_fraction(node: Any) -> bool:
    return (
        isinstance(node, s.Fraction)
        and (found := read_fraction(node.numerator, node.denominator, node.span)) is not None
        and bool(found.body)
    )
