"""Sums, products and integrals in the ring: linear, drawn apart, their index shifted to a common range.

Infinite sums and improper integrals are only ever taken apart linearly over one common range, which
is sound for any convergent whole; single terms are drawn out of finite sums alone.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from derive.classes import replace
from derive.term.construct import add, sub
from derive.term.nodes import (
    ONE,
    Add,
    Apply,
    BigOp,
    Binder,
    Constant,
    Div,
    Integral,
    Mul,
    Neg,
    Number,
    Relation,
    Symbol,
    Term,
    integer,
)
from derive.term.traverse import free_symbols, fresh, substitute
from derive.verify.normal.binders import height
from derive.verify.normal.linear import linear
from derive.verify.normal.reader import Reader
from derive.verify.normal.ring import Ratio, Undefined, Unsupported

_WRITTEN_OUT, _SHIFT, _FAULHABER = 12, 6, 12


def read_big(rd: Reader, term: BigOp) -> Ratio:
    if term.op not in ("sum", "prod") or not term.binders:
        return rd.opaque(term)
    *outer, last = term.binders
    if outer:
        inner = BigOp(term.op, term.body, (last,))
        if last.condition is None and len(outer) >= 1:
            return read_big(rd, BigOp(term.op, inner, tuple(outer)))
        return rd.opaque(term)
    return _sum(rd, term.body, last) if term.op == "sum" else _product(rd, term.body, last)


def _integer(rd: Reader, term: Term | None) -> int | None:
    if term is None:
        return None
    if isinstance(term, Number):
        return int(term.value) if term.value.denominator == 1 else None
    try:
        return rd.ring.integer(rd.read(term))
    except Unsupported:
        return None


def _plain(b: Binder) -> bool:
    return b.lower is not None and b.upper is not None and b.domain is None and b.condition is None


def _infinite(term: Term | None) -> bool:
    match term:
        case Constant(name="infinity"):
            return True
        case Neg(arg=arg):
            return _infinite(arg)
        case _:
            return False


def _finite(b: Binder) -> bool:
    if _infinite(b.lower) or _infinite(b.upper):
        return False
    if b.domain is not None:
        return not isinstance(b.domain, Constant)
    return (b.lower is None) == (b.upper is None)


def _written_out(rd: Reader, body: Term, b: Binder) -> list[Ratio] | None:
    """The terms of a short sum with numbers as bounds."""
    if not _plain(b):
        return None
    low, high = _integer(rd, b.lower), _integer(rd, b.upper)
    if low is None or high is None:
        return None
    if high - low >= _WRITTEN_OUT:
        return None
    return [rd.read(substitute(body, {b.variable: integer(k)})) for k in range(low, high + 1)]


def _shift(rd: Reader, body: Term, b: Binder) -> tuple[Term, Binder]:
    """The upper bound without its constant: Σ_{k=1}^{n-1} f(k) is Σ_{k=2}^{n} f(k-1)."""
    if not _plain(b) or _infinite(b.upper) or b.upper is None or b.lower is None:
        return body, b
    upper = rd.read(b.upper)
    if upper.den != 1:
        return body, b
    c = upper.num.to_dict().get((0,) * rd.ring.size, fmpq(0))
    if c == 0 or c.q != 1 or rd.ring.constant(upper) is not None or abs(int(c.p)) > _SHIFT:
        return body, b
    by = integer(int(c.p))
    return (
        substitute(body, {b.variable: add(b.variable, by)}),
        replace(b, lower=sub(b.lower, by), upper=sub(b.upper, by)),
    )


def _range(rd: Reader, b: Binder) -> str:
    parts = ("" if p is None else rd.key(p) for p in (b.lower, b.upper, b.domain, b.condition))
    return "|".join(parts)


def _bound(rd: Reader, body: Term, b: Binder) -> tuple[Term, Binder]:
    """The variable named by the nesting inside, and known to be a whole number where it runs."""
    name = Symbol(f"\\#{height(body) + 1}", replace(b.variable.type, domain="integer", role="index"))
    if not (_plain(b) or b.domain is None):
        name = replace(name, type=b.variable.type)
    condition = None if b.condition is None else substitute(b.condition, {b.variable: name})
    return substitute(body, {b.variable: name}), replace(b, variable=name, condition=condition)


def _sum(rd: Reader, body: Term, b: Binder) -> Ratio:
    r = rd.ring
    terms = _written_out(rd, body, b)
    if terms is not None:
        return r.sum(terms)
    collapsed = _collapsed(rd, body, b)
    if collapsed is not None:
        return collapsed
    finite = _finite(b)
    extra = r.nought
    if finite:
        body, b = _shift(rd, body, b)
        low = _integer(rd, b.lower)
        if _plain(b) and low is not None and low != 1 and abs(low - 1) <= _SHIFT:
            try:
                for k in range(min(low, 1), max(low, 1)):
                    value = rd.read(substitute(body, {b.variable: integer(k)}))
                    extra = r.add(extra, value if low < 1 else r.neg(value))
                b = replace(b, lower=ONE)
            except (Undefined, Unsupported):
                extra = r.nought
    body, b = _bound(rd, body, b)
    value = rd.read(body)
    over = _range(rd, b)
    names = {b.variable.name}

    def image(piece: Ratio, key: str) -> Ratio:
        closed = _closed(rd, piece, b) if finite else None
        if closed is not None:
            return closed
        written = rd.powers.term(piece)
        if "kronecker[" in key:
            chosen = _collapsed(rd, written, b)
            if chosen is not None:
                return chosen
        lower = Symbol(f"\\#{height(written) + 1}", b.variable.type)
        swapped = _exchanged(rd, piece, b) if finite else None
        if swapped is not None:
            return swapped
        written_out = all(k.term is not None for k in rd.ring.used(piece.num, piece.den))
        if lower != b.variable and b.condition is None and written_out:
            # less is nested in this part than in the whole body
            written = substitute(written, {b.variable: lower})
            key = rd.ring.key(rd.read(written))
            term = BigOp("sum", written, (replace(b, variable=lower),))
        else:
            term = BigOp("sum", written, (b,))
        kernel = r.kernel(
            f"sum[{key}:{over}]",
            names=(r.names(piece) | _range_names(b)) - names,
            real=rd.signs.real(piece),
            sign="0+" if rd.signs.nonnegative(piece.num) and rd.signs.nonnegative(piece.den) else "",
            kind="opaque",
            term=term,
        )
        return r.of(kernel)

    return r.add(extra, linear(rd.ring, value, names, image))


def _exchanged(rd: Reader, piece: Ratio, b: Binder) -> Ratio | None:
    """Σ_i Σ_j a_ij with the sums in the other order, where that one comes first by its range."""
    used = rd.ring.used(piece.num, piece.den)
    if len(used) != 1 or piece.den != 1 or int(piece.num.total_degree()) != 1:
        return None
    match used[0].term:
        case BigOp(op="sum", body=body, binders=(inner,)):
            free = _range_names(inner)
            if b.variable.name in free or inner.condition is not None or not _finite(inner):
                return None
            if _range(rd, inner) <= _range(rd, b):
                return None
            new = fresh(b.variable, set(free_symbols(body)) | {inner.variable.name})
            moved = substitute(body, {b.variable: new})
            outer = replace(b, variable=new)
            return rd.read(BigOp("sum", BigOp("sum", moved, (outer,)), (inner,)))
        case _:
            return None


def _range_names(b: Binder) -> frozenset[str]:
    parts = (b.lower, b.upper, b.domain, b.condition)
    return frozenset(n for p in parts if p is not None for n in free_symbols(p))


def _closed(rd: Reader, piece: Ratio, b: Binder) -> Ratio | None:
    """Σ 1 and Σ k^p over a range with bounds (Faulhaber)."""
    r = rd.ring
    if not _plain(b) or piece.den != 1:
        return None
    used = r.used(piece.num)
    if any(k.key != b.variable.name for k in used):
        return None
    degree = int(piece.num.total_degree()) if used else 0
    if degree > _FAULHABER:
        return None
    assert b.lower is not None and b.upper is not None
    low, high = rd.read(b.lower), rd.read(b.upper)
    if r.integer(low) != 1:
        return r.sub(_powers_up_to(rd, high, degree), _powers_up_to(rd, r.sub(low, r.one), degree))
    return _powers_up_to(rd, high, degree)


def _powers_up_to(rd: Reader, n: Ratio, p: int) -> Ratio:
    """1^p + … + n^p."""
    from math import comb

    r = rd.ring
    total = r.nought
    for j, bernoulli in enumerate(_bernoulli(p)):
        c = Fraction(comb(p + 1, j)) * bernoulli / (p + 1)
        if c:
            total = r.add(total, r.mul(r.number(c), r.power(n, p + 1 - j)))
    return total


def _bernoulli(p: int) -> list[Fraction]:
    """B_0, …, B_p with B_1 = +1/2."""
    from flint import fmpq as q

    values = [q.bernoulli(k) for k in range(p + 1)]
    found = [Fraction(int(v.p), int(v.q)) for v in values]
    if p >= 1:
        found[1] = Fraction(1, 2)
    return found


def _collapsed(rd: Reader, body: Term, b: Binder) -> Ratio | None:
    """Σ_i δ_ij f(i) = f(j), where j runs in the same range: a condition."""
    if b.domain is not None or b.condition is not None:
        return None
    match body:
        case Neg(arg=arg):
            inner = _collapsed(rd, arg, b)
            return None if inner is None else rd.ring.neg(inner)
        case Add(args=args):
            if not any(_collapsed(rd, a, b) is not None for a in args):
                return None
            return rd.ring.sum(rd.read(BigOp("sum", a, (b,))) for a in args)
        case Div(numerator=a, denominator=below) if b.variable.name not in free_symbols(below):
            inner = _collapsed(rd, a, b)
            return None if inner is None else rd.ring.div(inner, rd.read(below))
        case Mul(args=args):
            factors = args
        case _:
            factors = (body,)
    for k, factor in enumerate(factors):
        match factor:
            case Apply(head="kronecker", args=(i, j)):
                if j == b.variable:
                    i, j = j, i
                if i != b.variable or b.variable.name in free_symbols(j):
                    continue
                rest = Mul((ONE, *factors[:k], *factors[k + 1 :]))
                for relation, bound in ((">=", b.lower), ("<=", b.upper)):
                    if bound is not None and not _infinite(bound):
                        condition = Relation(relation, j, bound)
                        if rd.holds(condition) is not True:
                            rd.powers.conditions.setdefault(condition, True)
                return rd.read(substitute(rest, {b.variable: j}))
            case _:
                continue
    return None


def _product(rd: Reader, body: Term, b: Binder) -> Ratio:
    """Π of a product; Π c = c^count, Π exp(m) = exp(Σ m), Π k = n!."""
    r = rd.ring
    terms = _written_out(rd, body, b)
    if terms is not None:
        total = r.one
        for value in terms:
            total = r.mul(total, value)
        return total
    if not _finite(b):
        return rd.opaque(BigOp("prod", body, (b,)))
    outside = r.one
    body, b = _shift(rd, body, b)
    low = _integer(rd, b.lower)
    if _plain(b) and low is not None and low != 1 and abs(low - 1) <= _SHIFT:
        try:
            for k in range(min(low, 1), max(low, 1)):
                value = rd.read(substitute(body, {b.variable: integer(k)}))
                if low > 1 and value.num == 0:
                    raise Undefined
                outside = r.mul(outside, value) if low < 1 else r.div(outside, value)
            b = replace(b, lower=ONE)
        except (Undefined, Unsupported):
            outside = r.one
    body, b = _bound(rd, body, b)
    value = rd.read(body)
    if value.num == 0:
        raise Unsupported("a product of zeros")
    scale, factors = r.factors(value)
    name = b.variable.name
    over = _range(rd, b)
    constant = r.number(scale)
    result = outside
    for f, e in factors:
        used = r.used(f)
        if not any(name in k.names for k in used):
            constant = r.mul(constant, r.power(r.poly(f), e))
            continue
        if len(f) == 1 and len(used) == 1 and used[0].kind == "exp":
            inner, parts = used[0].content
            exponent = r.mul(inner, r.number(Fraction(e, parts)))
            total = rd.read(BigOp("sum", rd.powers.term(exponent), (b,)))
            result = r.mul(result, rd.powers.exp(total))
            continue
        bare = len(f) == 1 and len(used) == 1 and used[0].key == name
        if bare and _plain(b) and b.upper is not None and _integer(rd, b.lower) == 1:
            count = rd.read(Apply("factorial", (b.upper,)))
            result = r.mul(result, r.power(count, e))
            continue
        kernel = r.kernel(
            f"prod[{r.poly_key(f)}:{over}]",
            names=(frozenset(n for k in used for n in k.names) | _range_names(b)) - {name},
            real=rd.signs.real_poly(f),
            sign="+" if rd.signs.positive(f) else "",
            kind="prod",
            term=BigOp("prod", rd.powers.term(r.poly(f)), (b,)),
        )
        result = r.mul(result, r.of(kernel, e))
    if r.constant(constant) != 1:
        count = rd.read(BigOp("sum", ONE, (b,)))
        if not rd.signs.integral(count):
            if not all(k.kind in ("symbol", "opaque") for k in r.used(count.num, count.den)):
                raise Unsupported("a product over an unclear range")
            # the number of factors is whole whatever it is called
            result = r.mul(result, _whole_power(rd, constant, count))
        else:
            result = r.mul(result, rd.powers.power(constant, count))
    return result


def _whole_power(rd: Reader, base: Ratio, count: Ratio) -> Ratio:
    return rd.powers.exp(rd.ring.mul(count, rd.powers._log_for_integers(base)))


def read_integral(rd: Reader, term: Integral) -> Ratio:
    """Linear in the body; ∫_a^b is Φ(b) - Φ(a) with an unknown Φ for each body, so that ranges join
    and turn round. (Any family of existing integrals of one body has such a Φ.)"""
    r = rd.ring
    v, body = term.variable, term.body
    between = term.domain is None and term.lower is not None and term.upper is not None
    definite = term.lower is not None or term.upper is not None or term.domain is not None
    if definite:
        v = Symbol(f"\\#{height(body) + 1}", replace(v.type, shape=(), role="variable"))
        body = substitute(body, {term.variable: v})
    names = {v.name}

    def kernel(piece: Ratio, key: str, end: Term | None) -> Ratio:
        over = "" if term.domain is None else rd.key(term.domain)
        outside = {n for p in (end, term.domain) if p is not None for n in free_symbols(p)}
        inner = r.names(piece)
        made = r.kernel(
            f"{term.op}[{key}:{'' if end is None else rd.key(end)}:{over}:{'' if definite else v.name}]",
            names=frozenset((inner - names) | outside) if definite else inner | names,
            real=rd.signs.real(piece),
            kind="opaque",
            term=None if between else replace(term, body=rd.powers.term(piece), variable=v),
        )
        return r.of(made)

    def image(piece: Ratio, key: str) -> Ratio:
        if not between:
            return kernel(piece, key, None)
        ends: list[Ratio] = []
        for end in (term.upper, term.lower):
            assert end is not None
            if key == "1" and not _infinite(end):
                ends.append(rd.read(end))
            else:
                ends.append(kernel(piece, key, end))
        return r.sub(ends[0], ends[1])

    return linear(rd.ring, rd.read(body), names, image)
