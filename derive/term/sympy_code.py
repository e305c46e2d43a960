"""A term as SymPy code: Python that builds the very expression that `to_sympy` gives.

Operators are written where they build what stands there; where SymPy would reorder or combine on the way, the
class is called by its name. Nothing is run here: the printer follows along with the objects themselves.
"""

from __future__ import annotations

import keyword
import re
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.classes import dataclass
from derive.term.lower import to_sympy
from derive.term.nodes import Term

_ATOM, _POWER, _PRODUCT, _SUM = 4, 3, 2, 1
_CONSTANTS = {
    sp.pi: "pi",
    sp.E: "E",
    sp.I: "I",
    sp.oo: "oo",
    -sp.oo: "-oo",
    sp.zoo: "zoo",
    sp.nan: "nan",
    sp.true: "true",
    sp.false: "false",
    sp.EulerGamma: "EulerGamma",
    sp.GoldenRatio: "GoldenRatio",
    sp.Catalan: "Catalan",
    sp.S.EmptySet: "EmptySet",
    sp.S.Naturals: "Naturals",
    sp.S.Integers: "Integers",
    sp.S.Rationals: "Rationals",
    sp.S.Reals: "Reals",
    sp.S.Complexes: "Complexes",
}
_IN_S = ("EmptySet", "Naturals", "Integers", "Rationals", "Reals", "Complexes")


@dataclass(frozen=True, slots=True)
class Code:
    """`lines` build `expression`; `symbols` are the names in the code with the LaTeX that each stands for."""

    lines: tuple[str, ...]
    expression: str
    symbols: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, f"expression = {self.expression}"]) + "\n"


def sympy_code(term: Term) -> Code:
    """Raises `derive.term.lower.NotExpressible`."""
    writer = _Writer()
    written = writer.write(to_sympy(term))
    rows = [f"{name} = {made}" for name, (made, _) in writer.names.items()]
    symbols = tuple((name, latex) for name, (_, latex) in writer.names.items())
    return Code(("from sympy import *", "", *rows), written.text, symbols)


@dataclass(frozen=True, slots=True)
class _Written:
    """Code, the object that it builds (a number of Python's where it is a literal), how tightly it holds."""

    text: str
    value: Any
    level: int = _ATOM

    def within(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


class _Writer:
    def __init__(self) -> None:
        self.names: dict[str, tuple[str, str]] = {}
        self._known: dict[Any, str] = {}

    def write(self, e: Any) -> _Written:
        if isinstance(e, sp.Integer):
            return _Written(str(int(e)), int(e), _ATOM if e >= 0 else _SUM)
        if isinstance(e, sp.Rational):
            return _Written(f"Rational({e.p}, {e.q})", e)
        if isinstance(e, sp.Basic) and e in _CONSTANTS:
            name = _CONSTANTS[e]
            return _Written(f"S.{name}" if name in _IN_S else name, e, _SUM if name[0] == "-" else _ATOM)
        if isinstance(e, sp.Symbol):
            return _Written(self._name(e, "Symbol", e.name), e)
        if isinstance(e, sp.IndexedBase):
            return _Written(self._name(e, "IndexedBase", str(e.label)), e)
        if isinstance(e, sp.Indexed):
            inner = ", ".join(self.write(i).text for i in e.indices)
            return _Written(f"{self.write(e.base).text}[{inner}]", e)
        if isinstance(e, AppliedUndef):
            return self._call(self._name(e.func, "Function", e.func.__name__), e)
        if isinstance(e, sp.Tuple):
            rest = [self.write(a).text for a in e.args]
            return _Written(f"({', '.join(rest)}{',' if len(rest) == 1 else ''})", e)
        if isinstance(e, sp.MatrixBase):
            rows = ", ".join(
                "[" + ", ".join(self.write(e[i, j]).text for j in range(e.cols)) + "]" for i in range(e.rows)
            )
            return _Written(f"ImmutableMatrix([{rows}])", e)
        if isinstance(e, sp.Limit):
            body, v, point, side = e.args
            inner = ", ".join(self.write(a).text for a in (body, v, point))
            return _Written(f"Limit({inner}, {str(side)!r})", e)
        if isinstance(e, sp.Add):
            return self._operated(e, self._sum(e))
        if isinstance(e, sp.Mul):
            return self._operated(e, self._product(e))
        if isinstance(e, sp.Pow):
            return self._operated(e, self._power(e))
        return self._call(type(e).__name__, e)

    def _operated(self, e: Any, written: _Written | None) -> _Written:
        """The operators where they build `e`, else its class by name."""
        if written is not None and isinstance(written.value, sp.Basic) and written.value == e:
            return written
        inner = ", ".join(self.write(a).text for a in e.args)
        whole = e.func(*e.args) == e
        return _Written(f"{type(e).__name__}({inner}{'' if whole else ', evaluate=False'})", e)

    def _sum(self, e: Any) -> _Written | None:
        text, value = "", None
        for arg in e.as_ordered_terms():
            part = self.write(arg)
            inner = part.within(_PRODUCT) if not text or not part.text.startswith("-") else part.text
            minus = part.text.startswith("-")
            if not text:
                text, value = (part.text if minus else inner), part.value
            elif minus:  # `a - b` is `a + -b`, where the first factor of `b` takes the sign
                text, value = f"{text} - {part.text[1:]}", value + part.value
            else:
                text, value = f"{text} + {inner}", value + part.value
        return _Written(text, value, _SUM)

    def _product(self, e: Any) -> _Written | None:
        args = [part for a in e.args for part in _fraction(a)]
        over = [a for a in args if not _is_inverse(a)]
        under = [a for a in args if _is_inverse(a)]
        text: str = ""
        value: Any = None
        sign = ""
        if over and over[0] == -1 and len(over) > 1:
            sign, over = "-", over[1:]
        for arg in over:
            part = self.write(arg)
            inner = part.within(_PRODUCT if not text else _POWER)
            text, value = (inner, part.value) if not text else (f"{text}*{inner}", value * part.value)
        if not over:
            text, value = "1", 1
        if sign:
            text, value = f"-{text}", -value
        if under:
            below = self.write(sp.Mul(*[sp.Pow(a.base, -a.exp) for a in under]))
            if isinstance(value, int) and isinstance(below.value, int):
                return None  # Python's own division
            text, value = f"{text}/{below.within(_POWER)}", value / below.value
        return _Written(text, value, _SUM if text.startswith("-") else _PRODUCT)

    def _power(self, e: Any) -> _Written | None:
        base = self.write(e.base)
        if e.exp == sp.Rational(1, 2):
            return _Written(f"sqrt({base.text})", sp.sqrt(e.base))
        if _is_inverse(e):
            inner = self.write(sp.Pow(e.base, -e.exp))
            if not isinstance(inner.value, int):
                return _Written(f"1/{inner.within(_POWER)}", 1 / inner.value, _PRODUCT)
        if e.base == sp.E:
            inner = self.write(e.exp)
            return _Written(f"exp({inner.text})", sp.exp(e.exp))
        exponent = self.write(e.exp)
        if isinstance(base.value, int) and isinstance(exponent.value, int):
            return None
        return _Written(f"{base.within(_ATOM)}**{exponent.within(_ATOM)}", base.value**exponent.value, _POWER)

    def _call(self, name: str, e: Any) -> _Written:
        args = [self.write(a).text for a in e.args]
        if e.func(*e.args) != e:
            args.append("evaluate=False")
        return _Written(f"{name}({', '.join(args)})", e)

    def _name(self, e: Any, kind: str, latex: str) -> str:
        if e not in self._known:
            name = _identifier(latex)
            taken = {*self.names}
            while name in taken or keyword.iskeyword(name) or hasattr(sp, name):
                name += "_"
            self._known[e] = name
            self.names[name] = (f"{kind}({latex!r})", latex)
        return self._known[e]


def _fraction(e: Any) -> tuple[Any, ...]:
    """A fraction of numbers as its numerator and what it is divided by."""
    if not isinstance(e, sp.Rational) or isinstance(e, sp.Integer):
        return (e,)
    below = sp.Pow(sp.Integer(e.q), -1, evaluate=False)
    return (below,) if e.p == 1 else (sp.Integer(e.p), below)


def _is_inverse(e: Any) -> bool:
    return isinstance(e, sp.Pow) and isinstance(e.exp, sp.Rational) and bool(e.exp < 0)


def _identifier(latex: str) -> str:
    """`\\theta` is `theta`, `x_{0}` is `x_0`, `\\hat{y}` is `y_hat`."""
    marked = re.fullmatch(r"\\([A-Za-z]+)\{(\\?\w+)\}", latex)
    if marked:
        latex = f"{marked[2]}_{marked[1]}"
    name = re.sub(r"[\W_]+", "_", latex.replace("'", "_prime")).strip("_")
    return name if name and not name[0].isdigit() else f"v_{name}"
