"""Which hypotheses say what kind of array a letter is: symmetric, orthogonal, definite, idempotent, one-hot.

A property is one word, the same for the models that have it by construction and for the proofs that use it.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.term import nodes as t


def properties_of(hypotheses: Iterable[t.Term]) -> dict[str, dict[str, tuple[t.Term, ...]]]:
    """Letter → property → the hypotheses that say it."""
    found: dict[str, dict[str, tuple[t.Term, ...]]] = {}
    for hypothesis in hypotheses:
        told = property_in(hypothesis)
        if told is not None:
            name, word = told
            known = found.setdefault(name, {})
            known[word] = (*known.get(word, ()), hypothesis)
    return found


def property_in(hypothesis: t.Term) -> tuple[str, str] | None:
    """The letter and the property that one relation gives it; None where it is no such relation.

    Only letters of a known shape are meant: `a = a^\\top` says nothing of a number.
    """
    match hypothesis:
        case t.Relation(op="succ" | "succeq" as op, left=t.Symbol() as x, right=t.Number(value=zero)) if (
            zero == 0
        ):
            return (x.name, "definite" if op == "succ" else "semidefinite") if x.type.shape != () else None
        case t.Relation(op="=", left=a, right=b):
            told = _equation(a, b) or _equation(b, a)
            return (told[0].name, told[1]) if told is not None and told[0].type.shape else None
        case _:
            return None


def _equation(a: t.Term, b: t.Term) -> tuple[t.Symbol, str] | None:
    match a, b:
        case t.Symbol() as x, t.Apply(head="transpose", args=(y,)) if x == y:
            return x, "symmetric"
        case t.Symbol() as x, t.Neg(arg=t.Apply(head="transpose", args=(y,))) if x == y:
            return x, "skew"
        case t.Apply(head="transpose", args=(t.Symbol() as x,)), t.Neg(arg=y) if x == y:
            return x, "skew"
        case t.Symbol() as x, t.Pow(base=y, exponent=t.Number(value=two)) if x == y and two == 2:
            return x, "idempotent"
        case t.Symbol() as x, t.Mul(args=(y, z)) if x == y == z:
            return x, "idempotent"
        case t.Symbol() as x, t.Apply(head="hadamard", args=(t.Apply(head="identity"), y)) if x == y:
            return x, "diagonal"
        case t.Symbol() as x, t.Apply(head="hadamard", args=(y, z)) if x == y == z:
            return x, "binary"
        case t.Apply(head="identity"), t.Mul(
            args=(t.Apply(head="transpose", args=(t.Symbol() as x,)), y)
        ) if x == y:
            return x, "orthonormal"
        case t.Apply(head="identity"), t.Mul(
            args=(t.Symbol() as x, t.Apply(head="transpose", args=(y,)))
        ) if x == y:
            return x, "orthonormal rows"
        case t.Apply(head="identity"), t.Pow(base=t.Symbol() as x, exponent=t.Number(value=two)) if two == 2:
            return x, "involution"
        case t.Symbol() as x, t.Apply(head="inverse", args=(t.Apply(head="transpose", args=(y,)),)) if x == y:
            return x, "orthonormal"
        case t.Apply(head="transpose", args=(t.Symbol() as x,)), t.Apply(head="inverse", args=(y,)) if x == y:
            return x, "orthonormal"
        case t.Apply(head="det", args=(t.Symbol() as x,)), t.Number(value=one) if one == 1:
            return x, "unit determinant"
        case t.Apply(head="ones"), t.Mul(args=(t.Symbol() as x, t.Apply(head="ones"))):
            return x, "row sums one"
        case t.Number(value=one), b if one == 1 and (found := _of_length(b)) is not None:
            return found, "unit length"
        case t.BigOp(
            op="sum", body=t.Element(base=t.Symbol() as x, indices=(i,)), binders=(binder,)
        ), one if i == binder.variable and one == t.ONE:
            return x, "total one"
        case _:
            return None


def _of_length(term: t.Term) -> t.Symbol | None:
    """The vector whose length or its square this is: `\\|x\\|`, `\\|x\\|^2`, `x^\\top x`."""
    match term:
        case t.Pow(base=t.Apply(head="norm") as length, exponent=t.Number(value=two)) if two == 2:
            return _of_length(length)
        case t.Apply(head="norm", args=(t.Symbol() as x,)):
            pass
        case t.Mul(args=(t.Apply(head="transpose", args=(t.Symbol() as x,)), y)) if x == y:
            pass
        case _:
            return None
    real = x.type.domain != "complex"
    return x if real and x.type.shape is not None and len(x.type.shape) == 1 else None
