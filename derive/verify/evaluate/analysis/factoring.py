"""Taking out of an integral or an infinite sum the factors that its variable does not reach."""

from __future__ import annotations

from derive.term import nodes as t
from derive.term.traverse import free_symbols


def split(term: t.Term, name: str) -> tuple[list[t.Term], t.Term]:
    """Factors free of the symbol, and the rest: their product is the term."""
    if name not in free_symbols(term):
        return ([] if term == t.ONE else [term]), t.ONE
    match term:
        case t.Neg(arg=arg):
            free, rest = split(arg, name)
            return [t.integer(-1), *free], rest
        case t.Mul(args=args):
            outside: list[t.Term] = []
            inside: list[t.Term] = []
            for a in args:
                free, rest = split(a, name)
                outside += free
                if rest != t.ONE:
                    inside.append(rest)
            return outside, _product(inside)
        case t.Div(numerator=a, denominator=b):
            above, top = split(a, name)
            below, low = split(b, name)
            free = [*above, *(t.Div(t.ONE, f) for f in below)]
            return free, top if low == t.ONE else t.Div(top, low)
        case t.Pow(base=base, exponent=t.Add(args=args)) if name not in free_symbols(base):
            return _power(term, base, args, name)
        case t.Apply(head="exp", args=(t.Add(args=args),)):
            return _power(term, t.Constant("e"), args, name)
        case _:
            return [], term


def _power(term: t.Term, base: t.Term, args: tuple[t.Term, ...], name: str) -> tuple[list[t.Term], t.Term]:
    """e^{a + b} = e^a e^b, for bases where that holds for all real exponents."""
    if not (base == t.Constant("e") or (isinstance(base, t.Number) and base.value > 0)):
        return [], term
    fixed = tuple(a for a in args if name not in free_symbols(a))
    moving = tuple(a for a in args if name in free_symbols(a))
    if not fixed or not moving:
        return [], term
    return [t.Pow(base, _sum(fixed))], t.Pow(base, _sum(moving))


def _sum(args: tuple[t.Term, ...]) -> t.Term:
    return args[0] if len(args) == 1 else t.Add(args)


def _product(args: list[t.Term]) -> t.Term:
    return t.ONE if not args else args[0] if len(args) == 1 else t.Mul(tuple(args))


def pulled(term: t.Term) -> t.Term:
    """The term with the constant factors of nested integrals and sums taken out, innermost first."""
    match term:
        case t.Integral(body=body, variable=v, lower=lower, upper=upper) if (
            lower is not None and upper is not None
        ):
            free, rest = split(pulled(body), v.name)
            inner = t.Integral(rest, v, lower, upper, term.domain, term.op)
            return t.Mul((*free, inner)) if free else inner
        case t.BigOp(op="sum", body=body, binders=(b,)) if b.condition is None:
            free, rest = split(pulled(body), b.variable.name)
            whole = t.BigOp("sum", rest, term.binders)
            return t.Mul((*free, whole)) if free else whole
        case _:
            return term
