"""Whether two sides say the same thing in the same words: an edit that leads there proves nothing."""

from __future__ import annotations

from derive.term.nodes import Add, Apply, Div, Mul, Neg, Number, Pow, Term
from derive.term.traverse import children


def trivial(left: Term, right: Term) -> bool:
    """Whether the sides are equal up to the order of terms and factors, signs moved, powers
    written out, quotients as products with an inverse, and ones left out."""
    return _form(left) == _form(right)


def _form(term: Term) -> object:
    match term:
        case Add(args=args):
            parts = [p for a in args for p in _parts(a)]
            return ("sum", tuple(sorted(map(repr, parts)))) if len(parts) > 1 else (parts or [0])[0]
        case Neg(arg=arg):
            return ("minus", _form(arg))
        case Apply(head="transpose", args=(Apply(head="transpose", args=(inner,)),)):
            return _form(inner)
        case Mul() | Pow() | Div() if (factors := _factors(term)) is not None:
            kept = [f for f in factors if f != ("number", 1)]
            return (
                ("product", tuple(sorted(map(repr, kept)))) if len(kept) > 1 else (kept or [("number", 1)])[0]
            )
        case Pow(base=base, exponent=Number(value=value)) if value == 1:
            return _form(base)
        case Number(value=value):
            return ("number", value)
        case _:
            below = children(term)
            if not below:
                return term
            return (
                type(term).__name__,
                getattr(term, "head", getattr(term, "op", "")),
                tuple(map(_form, below)),
            )


def _factors(term: Term) -> list[object] | None:
    """The factors of a product one by one, `P^2` is P twice; None for what is no product."""
    match term:
        case Mul(args=args):
            parts = args
        case Pow(base=base, exponent=Number(value=value)) if value.denominator == 1 and 2 <= value <= 4:
            parts = (base,) * int(value)
        case Div(numerator=a, denominator=Number(value=value)) if value == 1:
            return _each(a)
        case Div(numerator=a, denominator=b):
            return [*_each(a), ("inverse", _form(b))]
        case _:
            return None
    return [f for p in parts for f in _each(p)]


def _each(term: Term) -> list[object]:
    factors = _factors(term)
    return factors if factors is not None else [_form(term)]


def _parts(term: Term) -> list[object]:
    if isinstance(term, Add):
        return [p for a in term.args for p in _parts(a)]
    return [_form(term)]
