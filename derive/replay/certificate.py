"""Replaying refutations: an evaluator of its own, small and plain, that shares nothing with the tower.

It reads the two sides and the point out of a report's evidence, evaluates both in complex ball
arithmetic by the shortest way, and says whether they are apart. It knows less than the tower (no
limits, no infinite sums) and says so: `not replayed` is an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx, fmpq

from derive.replay.exact import fails, rational
from derive.term.nodes import (
    Add,
    Apply,
    BigOp,
    Call,
    Constant,
    Div,
    Element,
    Integral,
    Mul,
    Neg,
    Number,
    Piecewise,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
)
from derive.term.seal import digest
from derive.term.serial import load
from derive.term.traverse import free_symbols, walk

TERMS = 100_000
VERSIONS = (1, 2)
"""Of reports; what they have of refutations is the same."""


@dataclass(frozen=True, slots=True)
class Replay:
    """status: `confirmed`, `contradicted`, `not replayed`; `detail` says why in words."""

    claim: str
    status: str
    detail: str


class NotReplayed(Exception):
    """The evaluator here does not know a construct; the message names it."""


class Forged(Exception):
    """What is stored is not what is found here; the message says what."""


def verify_certificates(report: Mapping[str, Any]) -> list[Replay]:
    """Replay every refutation of a JSON report (as `--output-format json` writes it), in its order.

    Raises ValueError for a report of a version that is not known.
    """
    version = report.get("version", 1)
    if version not in VERSIONS:
        raise ValueError(f"version {version!r} of the report is not known")
    results = []
    for file in report.get("files", ()):
        for claim in file.get("claims", ()):
            if claim.get("verdict") == "refuted":
                name = f"{file.get('path', '?')}:{claim.get('id', claim.get('latex', '?'))}"
                evidence = claim.get("evidence") or {}
                if "text" in evidence and claim.get("latex", evidence["text"]) != evidence["text"]:
                    results.append(Replay(name, "contradicted", "the certificate is of another formula"))
                    continue
                results.append(replay(evidence, name))
    return results


def replay(evidence: Mapping[str, Any], name: str = "") -> Replay:
    """Confirm one counterexample: both sides at its point, as `evidence` of a refuted verdict has them."""
    if evidence.get("kind") != "counterexample":
        return Replay(name, "not replayed", "no counterexample in the evidence")
    try:
        if (fault := changed(evidence) or _violated(evidence)) is not None:
            return Replay(name, "contradicted", fault)
    except NotReplayed as why:
        return Replay(name, "contradicted", str(why))
    try:
        apart, detail = _replay(evidence)
    except Forged as why:
        return Replay(name, "contradicted", str(why))
    except NotReplayed as why:
        return _numerically(evidence, name, str(why))
    if not apart and "equal_by" in evidence:  # false because the sides are equal: they must not be apart
        return Replay(name, "confirmed", f"equal as far as the digits go, {detail}")
    return Replay(name, "confirmed" if apart else "contradicted", detail)


def changed(evidence: Mapping[str, Any]) -> str | None:
    """What of a certificate does not agree with the rest of it: None where all does."""
    if evidence.get("digest") != digest(evidence):
        return "the certificate is not as it was made: text, hypotheses, point and values do not go together"
    if "counterexample" in evidence and evidence["counterexample"] != evidence.get("shown"):
        return "the counterexample that is shown is another one"
    for side in ("left", "right"):
        if _stored(evidence["terms"][side]).to_latex() != evidence[side]:
            return f"the {side} side is stored as another term"
    for h in evidence.get("hypotheses", ()):
        if _stored(h["term"]).to_latex() != h["text"]:
            return f"the hypothesis {h['text']} is stored as another term"
    return None


def _stored(data: Any) -> Term:
    try:
        return load(data)
    except ValueError as error:
        raise NotReplayed(str(error)) from None


def _violated(evidence: Mapping[str, Any]) -> str | None:
    """The hypothesis that the point certainly does not fulfil, in words."""
    try:
        point = {str(k): _value(v, evidence) for k, v in evidence["point"].items()}
    except NotReplayed:
        return None
    for h in evidence.get("hypotheses", ()):
        term = _stored(h["term"])
        if not isinstance(term, Relation) or not free_symbols(term).keys() <= point.keys():
            continue
        try:
            if not _Evaluator(point, evidence).holds(term):
                return f"the point does not fulfil {h['text']}"
        except (NotReplayed, ArithmeticError, ValueError, TypeError, AttributeError, RecursionError):
            continue
    return None


def _other_values(evidence: Mapping[str, Any], a: acb, b: acb) -> str | None:
    """Which of the stored values is not the one that is found here."""
    for side, value in (("left", a), ("right", b)):
        kept = _kept(evidence.get("values", {}).get(side))
        if kept is not None and kept.is_finite() and value.is_finite() and not kept.overlaps(value):
            return f"the stored value of the {side} side is another than {value.str(12)}"
    return None


def _kept(data: Any) -> acb | None:
    """A stored value as a ball, None where it is none."""
    match data:
        case {"exact": str(text)}:
            return _ball(Fraction(text))
        case {"mid": str(mid), "rad": str(rad)} if "*2^" in mid and "*2^" in rad:
            return acb(_dyadic(mid) + arb(0, _dyadic(rad)))
        case {"re": re, "im": im}:
            x, y = _kept(re), _kept(im)
            return None if x is None or y is None else acb(x.real, y.real)
        case _:
            return None


def _dyadic(text: str) -> arb:
    mantissa, _, exponent = text.partition("*2^")
    return arb(int(mantissa)) * arb(2) ** int(exponent)


def _numerically(evidence: Mapping[str, Any], name: str, why: str) -> Replay:
    """What balls by the shortest way do not reach, in digits; never more than `confirmed`."""
    from derive.replay.numeric import NoNumber, apart

    if evidence.get("relation") not in ("=", "equiv", "<", "<=", ">", ">=") or "diverges" in evidence:
        return Replay(name, "not replayed", why)
    try:
        left, right = _read(evidence)
        point = {str(k): _value(v, evidence) for k, v in evidence["point"].items()}
        different, detail = apart(left, right, point, str(evidence["relation"]))
    except NotReplayed as other:
        return Replay(name, "not replayed", str(other))
    except (
        NoNumber,
        ArithmeticError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
    ) as error:
        return Replay(name, "not replayed", f"{why}; {error}")
    if different:
        return Replay(name, "confirmed", f"numerically (mpmath, not enclosed): {detail}")
    return Replay(name, "not replayed", why)


def _replay(evidence: Mapping[str, Any]) -> tuple[bool, str]:
    left, right = _read(evidence)
    if evidence["relation"] in ("in", "notin"):
        return _replay_membership(evidence, left, right)
    if "printed" in evidence:
        return _replay_digits(evidence, left, right)
    point = {str(k): _value(v, evidence) for k, v in evidence["point"].items()}
    relation = str(evidence["relation"])
    x, y = rational(left, point), rational(right, point)
    if x is not None and y is not None:
        if (other := _other_values(evidence, _ball(x), _ball(y))) is not None:
            raise Forged(other)
        if (false := fails(relation, x, y, _modulus(evidence))) is not None:
            return false, f"exactly: {x} against {y}"
    if "diverges" in evidence:
        return _replay_series(evidence, left, right)
    before = ctx.prec
    try:
        for bits in (64, 192, 640, 2048, 8192):
            ctx.prec = bits
            a, b = _Evaluator(point, evidence).both(left, right)
            if (other := _other_values(evidence, a, b)) is not None:
                raise Forged(other)
            if _fails(relation, a, b):
                return True, f"at {bits} bits: {a.str(12)} against {b.str(12)}"
            if _certain(relation, a, b):
                break
        return False, f"at {bits} bits: {a.str(12)} against {b.str(12)}"
    finally:
        ctx.prec = before


def _modulus(evidence: Mapping[str, Any]) -> int | None:
    try:
        return int(evidence["modulus"])
    except (KeyError, ValueError, TypeError):
        return None


def _replay_series(evidence: Mapping[str, Any], left: Term, right: Term) -> tuple[bool, str]:
    """An infinite sum without a value: its terms do not shrink faster than those of the harmonic series."""
    from derive.replay.numeric import NoNumber, growing

    side = left if evidence["diverges"] == "left" else right
    point = {str(k): _value(v, evidence) for k, v in evidence["point"].items()}
    try:
        return growing(side, point)
    except (NoNumber, ArithmeticError, ValueError, TypeError) as error:
        raise NotReplayed(f"a series: {error}") from None


def _replay_membership(evidence: Mapping[str, Any], left: Term, right: Term) -> tuple[bool, str]:
    """That a number is no integer, or is one; other sets are left out."""
    if not (isinstance(right, Constant) and right.name in ("Z", "N")):
        raise NotReplayed("a membership")
    point = {str(k): _value(v, evidence) for k, v in evidence["point"].items()}
    value = _Evaluator(point, evidence).number(left)
    outside = not value.imag.contains(0) or not value.real.contains_integer()
    outside = outside or (right.name == "N" and bool(value.real < 0))
    whole = bool(value.is_exact() and not outside)
    return (outside if evidence["relation"] == "in" else whole), value.str(12)


def _replay_digits(evidence: Mapping[str, Any], left: Term, right: Term) -> tuple[bool, str]:
    """A printed number against the other side: apart by more than one unit of its last place."""
    point = {str(k): _value(v, evidence) for k, v in evidence["point"].items()}
    a, b = _Evaluator(point, evidence).both(left, right)
    unit = _ball(Fraction(evidence["printed"]["unit"])).real
    apart = bool(abs((a - b).real) > unit / 2)
    return apart, f"{a.str(12)} against {b.str(12)}, one unit of the last place is {unit.str(6)}"


def _fails(relation: str, a: acb, b: acb) -> bool:
    """Whether the relation is certainly false of every pair of points in the balls."""
    if relation in ("=", "equiv"):
        return not a.overlaps(b)
    if relation == "!=":
        return bool(a.is_exact() and b.is_exact() and a == b)
    if not (a.imag.contains(0) and b.imag.contains(0)):
        raise NotReplayed("an inequality between complex numbers")
    x, y = a.real, b.real
    match relation:
        case "<":
            return bool(x >= y)
        case "<=":
            return bool(x > y)
        case ">":
            return bool(x <= y)
        case ">=":
            return bool(x < y)
        case _:
            raise NotReplayed(f"the relation {relation}")


def _certain(relation: str, a: acb, b: acb) -> bool:
    return bool(a.is_exact() and b.is_exact())


def _read(evidence: Mapping[str, Any]) -> tuple[Term, Term]:
    return _stored(evidence["terms"]["left"]), _stored(evidence["terms"]["right"])


def _value(value: Any, evidence: Mapping[str, Any]) -> Any:
    """A point's value: `"3/4"`, `{"re": …, "im": …}`, `{"shape": [n], "items": […]}`, `{"term": …}`."""
    if isinstance(value, str):
        try:
            return Fraction(value)
        except ValueError:
            raise NotReplayed(f"a value {value!r}") from None
    if isinstance(value, Mapping):
        if "re" in value:
            return (Fraction(value["re"]), Fraction(value["im"]))
        if "first" in value:
            return (int(value["first"]),), [_value(v, evidence) for v in value["items"]]
        if "items" in value:
            return tuple(value["shape"]), [_value(v, evidence) for v in value["items"]]
        if "body" in value or "term" in value:
            return value
    raise NotReplayed("a value of an unknown kind")


def _ball(value: Any) -> acb:
    if isinstance(value, Fraction):
        return acb(arb(fmpq(value.numerator, value.denominator)))
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], Fraction):
        return acb(_ball(value[0]).real, _ball(value[1]).real)
    raise NotReplayed("an array where a number is expected")


class _Evaluator:
    def __init__(self, point: Mapping[str, Any], evidence: Mapping[str, Any]) -> None:
        self.values: dict[str, Any] = dict(point)
        self.real = evidence.get("domain", "real") == "real"
        self.taken = 0
        self.inside = 0  # integrands around: there a ball without bound is an answer

    def both(self, left: Term, right: Term) -> tuple[acb, acb]:
        return self.number(left), self.number(right)

    def number(self, term: Term) -> acb:
        self.taken += 1
        if self.taken > TERMS:
            raise NotReplayed("too long")
        match term:
            case Number(value=value):
                return _ball(value)
            case Constant(name=name):
                return self._constant(name)
            case Symbol(name=name):
                return self._symbol(name)
            case Add(args=args):
                return sum((self.number(a) for a in args), acb(0))
            case Mul(args=args):
                product = acb(1)
                for a in args:
                    product *= self.number(a)
                return product
            case Neg(arg=arg):
                return -self.number(arg)
            case Div(numerator=a, denominator=b):
                below = self.number(b)
                if below.contains(0) and not self.inside:
                    raise NotReplayed("a denominator that may be zero")
                return self.number(a) / below
            case Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Root(radicand=radicand, index=index):
                return self._root(self.number(radicand), self._integer(index))
            case Apply(head=head, args=args):
                return self._apply(head, args)
            case BigOp():
                return self._big(term)
            case Integral():
                return self._integral(term)
            case Piecewise(cases=cases):
                for case, condition in cases:
                    if condition is None or self.holds(condition):
                        return self.number(case)
                raise NotReplayed("no case applies")
            case Element(base=Symbol(name=name), indices=indices):
                return self._element(name, [self._integer(i) for i in indices])
            case Call(function=Symbol(name=name), args=args):
                return self._call(name, args)
            case _:
                raise NotReplayed(f"the construct {type(term).__name__}")

    def _constant(self, name: str) -> acb:
        match name:
            case "pi":
                return acb.pi()
            case "e":
                return acb(1).exp()
            case "i":
                return acb(0, 1)
            case "euler_gamma":
                return acb(arb.const_euler())
            case "catalan":
                return acb(arb.const_catalan())
            case "golden_ratio":
                return (1 + acb(5).sqrt()) / 2
            case _:
                raise NotReplayed(f"the constant {name}")

    def _symbol(self, name: str) -> acb:
        if name not in self.values:
            raise NotReplayed(f"no value for {name}")
        value = self.values[name]
        if isinstance(value, Mapping) and "stored" in value:
            value = self.number(_stored(value["stored"]))
        return value if isinstance(value, acb) else _ball(value)

    def _integer(self, term: Term) -> int:
        value = self.number(term)
        whole = value.real.unique_fmpz() if value.imag.contains(0) else None
        if whole is None:
            raise NotReplayed("a number that should be an integer")
        return int(whole)

    def _power(self, base: Term, exponent: Term) -> acb:
        x, y = self.number(base), self.number(exponent)
        whole = y.real.unique_fmpz() if y.is_exact() and y.imag.is_zero() else None
        if whole is not None and abs(int(whole)) < 1 << 40:
            if int(whole) < 0 and x.contains(0) and not self.inside:
                raise NotReplayed("a denominator that may be zero")
            return x ** int(whole)
        if self.real and not (x.imag.contains(0) and x.real > 0):
            raise NotReplayed("a power of a number that is not known to be positive")
        return (y * x.log()).exp()

    def _root(self, x: acb, index: int) -> acb:
        if self.real and x.imag.contains(0):
            if x.real.is_zero():
                return acb(0)
            if x.real < 0 and index % 2:
                return -acb(arb(-x.real).root(index))
            if not x.real >= 0:
                raise NotReplayed("a root of a number that is not known to be positive")
            return acb(x.real.root(index))
        return x.sqrt() if index == 2 else (x.log() / index).exp()

    def _apply(self, head: str, args: tuple[Term, ...]) -> acb:
        if head in ("max", "min"):
            values = [self._real(a) for a in args]
            best = values[0]
            for v in values[1:]:
                best = best.max(v) if head == "max" else best.min(v)
            return acb(best)
        if head in ("log", "arcsin", "arccos", "arcosh", "artanh") and len(args) == 1 and self.real:
            self._within(head, self._real(args[0]))
        if head == "log" and len(args) == 2:
            return self._apply("log", args[:1]) / self._apply("log", args[1:])
        function = _FUNCTIONS.get(head)
        if function is None:
            raise NotReplayed(f"the function {head}")
        return function(*(self.number(a) for a in args))

    def _within(self, head: str, x: arb) -> None:
        inside = {
            "log": lambda: x > 0,
            "arcsin": lambda: abs(x) <= 1,
            "arccos": lambda: abs(x) <= 1,
            "arcosh": lambda: x >= 1,
            "artanh": lambda: abs(x) < 1,
        }[head]()
        if not inside:
            raise NotReplayed(f"{head} outside of its real domain")

    def _real(self, term: Term) -> arb:
        value = self.number(term)
        if not value.imag.contains(0):
            raise NotReplayed("a complex number where a real one is expected")
        return value.real

    def holds(self, condition: Term) -> bool:
        match condition:
            case Apply(head="and", args=args):
                return all(self.holds(a) for a in args)
            case Apply(head="or", args=args):
                return any(self.holds(a) for a in args)
            case Relation(op=op, left=left, right=right):
                a, b = self.number(left), self.number(right)
                opposite = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}.get(op)
                if opposite is None:
                    raise NotReplayed(f"a condition with {op}")
                if _fails(op, a, b):
                    return False
                if _fails(opposite, a, b):
                    return True
        raise NotReplayed("a condition that is not certain")

    def _range(self, term: BigOp) -> Iterator[dict[str, Any]]:
        def visit(k: int) -> Iterator[None]:
            if k == len(term.binders):
                yield
                return
            b = term.binders[k]
            if b.lower is None or b.upper is None:
                raise NotReplayed("a range that is not given by its ends")
            if isinstance(b.upper, Constant):
                raise NotReplayed("an infinite sum")
            for i in range(self._integer(b.lower), self._integer(b.upper) + 1):
                self.values[b.variable.name] = Fraction(i)
                if b.condition is None or self.holds(b.condition):
                    yield from visit(k + 1)

        before = dict(self.values)
        for _ in visit(0):
            yield self.values
        self.values = before

    def _big(self, term: BigOp) -> acb:
        if term.op not in ("sum", "prod"):
            raise NotReplayed(f"the operator {term.op}")
        total = acb(0 if term.op == "sum" else 1)
        for _ in self._range(term):
            value = self.number(term.body)
            total = total + value if term.op == "sum" else total * value
        return total

    def _integral(self, term: Integral) -> acb:
        if term.lower is None or term.upper is None or term.domain is not None:
            raise NotReplayed("an indefinite integral")
        if any(isinstance(t, Constant) and t.name == "infinity" for t in (term.lower, term.upper)):
            raise NotReplayed("an improper integral")
        name, inner = term.variable.name, term.body
        before = self.values.get(name)
        if any(_branches(n) for n in walk(inner)):
            raise NotReplayed("an integrand that is not known to be analytic")

        def integrand(x: acb, analytic: bool) -> acb:
            self.values[name] = x
            return self.number(inner)

        real, self.real = self.real, False
        self.inside += 1
        try:
            return acb.integral(integrand, self.number(term.lower), self.number(term.upper))
        finally:
            self.real = real
            self.inside -= 1
            if before is None:
                self.values.pop(name, None)
            else:
                self.values[name] = before

    def _element(self, name: str, indices: list[int]) -> acb:
        value = self.values.get(name)
        if not (isinstance(value, tuple) and isinstance(value[1], list)):
            raise NotReplayed(f"no entries for {name}")
        shape, items = value
        if (
            len(shape) == 1 and len(indices) == 1 and len(items) != shape[0]
        ):  # a sequence, from its first index
            place = indices[0] - shape[0]
            if not 0 <= place < len(items):
                raise NotReplayed(f"no element of {name} at this index")
            return _ball(items[place])
        at = 0
        for n, i in zip(shape, indices, strict=True):
            if not 1 <= i <= n:
                raise NotReplayed("an index out of range")
            at = at * n + i - 1
        return _ball(items[at])

    def _call(self, name: str, args: tuple[Term, ...]) -> acb:
        value = self.values.get(name)
        if not isinstance(value, Mapping):
            raise NotReplayed(f"no function {name}")
        from derive.meaning.formula import read

        parameters = [str(p) for p in value["parameters"]]
        if len(parameters) != len(args):
            raise NotReplayed(f"{name}: another number of arguments")
        given = [self.number(a) for a in args]
        before = dict(self.values)
        self.values.update(zip(parameters, given, strict=True))
        result = self.number(read(value["body"]))
        self.values = before
        return result


def _branches(node: Term) -> bool:
    match node:
        case Root() | Piecewise() | Call():
            return True
        case Pow(exponent=exponent):
            return not (isinstance(exponent, Number) and exponent.value.denominator == 1)
        case Apply(head=head):
            return head not in _ENTIRE
        case _:
            return False


def _larger(a: arb, b: arb) -> arb:
    return (a + b + abs(a - b)) / 2


def _binomial(n: acb, k: acb) -> acb:
    whole = k.real.unique_fmpz()
    if whole is None or not 0 <= int(whole) < 10_000:
        raise NotReplayed("a binomial coefficient")
    result = acb(1)
    for j in range(int(whole)):
        result = result * (n - j) / (j + 1)
    return result


def _absolute(x: acb) -> acb:
    return acb(abs(x))


_ENTIRE = frozenset("sin cos tan cot sec csc sinh cosh tanh coth exp erf erfc erfi gamma sigmoid".split())
"""Meromorphic in the whole plane: a ball that meets a pole is unbounded, as `acb.integral` wants it."""

_FUNCTIONS: dict[str, Callable[..., acb]] = {
    "sin": acb.sin,
    "cos": acb.cos,
    "tan": acb.tan,
    "cot": acb.cot,
    "sec": acb.sec,
    "csc": acb.csc,
    "sinh": acb.sinh,
    "cosh": acb.cosh,
    "tanh": acb.tanh,
    "coth": acb.coth,
    "arcsin": acb.asin,
    "arccos": acb.acos,
    "arctan": acb.atan,
    "arsinh": acb.asinh,
    "arcosh": acb.acosh,
    "artanh": acb.atanh,
    "exp": acb.exp,
    "log": acb.log,
    "abs": _absolute,
    "sign": lambda x: acb(x.real.sgn()),
    "floor": lambda x: acb(x.real.floor()),
    "ceil": lambda x: acb(x.real.ceil()),
    "factorial": lambda x: (x + 1).gamma(),
    "gamma": acb.gamma,
    "beta": lambda a, b: a.gamma() * b.gamma() / (a + b).gamma(),
    "digamma": acb.digamma,
    "zeta": acb.zeta,
    "erf": acb.erf,
    "erfc": acb.erfc,
    "erfi": acb.erfi,
    "binomial": _binomial,
    "Re": lambda z: acb(z.real),
    "Im": lambda z: acb(z.imag),
    "conjugate": lambda z: acb(z.real, -z.imag),
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "relu": lambda x: acb(_larger(x.real, arb(0))),
    "softplus": lambda x: (1 + x.exp()).log(),
}
