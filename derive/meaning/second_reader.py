"""A second opinion on the reading: latex2sympy2, inside a fragment where it can be trusted.

It keeps state between calls, drops what it does not know and evaluates as it
reads; so the fragment is small, its state is reset before each call, and a result
whose free symbols are not the letters of the input is thrown away. Imported on
first need; without it there is no second opinion.
"""

from __future__ import annotations

import re
from importlib import import_module
from types import ModuleType
from typing import Any

from derive.expressions import regex

_COMMANDS = frozenset(
    r"""\frac \dfrac \tfrac \sqrt \sin \cos \tan \cot \sec \csc \sinh \cosh \tanh \arcsin \arccos \arctan \exp
    \ln \cdot \times \left \right \pi \alpha \beta \gamma \delta \theta \lambda \mu \nu \rho \tau \phi \omega
    \xi \eta \, \; \! \:""".split()
)
_TOKEN = regex(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[A-Za-z]|\s+|[-+*/^_(){}\[\]|=.,<>!]")
_LONGEST = 300

_library: ModuleType | None = None
_absent = False


def second_reading(latex: str) -> tuple[Any, Any] | None:
    """The two sides of one equation as SymPy expressions; None outside the fragment, on any failure,
    and where latex2sympy2 is not installed."""
    if latex.count("=") != 1:
        return None
    left, right = latex.split("=")
    sides = []
    for side in (left, right):
        if not in_fragment(side):
            return None
        expression = _read(side.strip())
        if expression is None:
            return None
        sides.append(expression)
    return sides[0], sides[1]


def in_fragment(latex: str) -> bool:
    """Arithmetic, powers, roots and elementary functions of plain letters: no scripts, sums, relations,
    no letter that stands before a parenthesis, no e, i or d, no high powers."""
    if not latex.strip() or len(latex) > _LONGEST:
        return False
    tokens = [t for t in _TOKEN.findall(latex) if not t.isspace()]
    if "".join(tokens) != re.sub(r"\s+", "", latex):
        return False
    for k, token in enumerate(tokens):
        following = tokens[k + 1] if k + 1 < len(tokens) else ""
        if token.startswith("\\") and token not in _COMMANDS:
            return False
        if token in (".", "_", "|", "[", "]", ",", "<", ">", "!", "*", "/", "i", "e", "d", "I", "E"):
            return False
        letter = (len(token) == 1 and token.isalpha()) or token in (
            "\\pi",
            "\\theta",
            "\\phi",
            "\\gamma",
            "\\beta",
        )
        if letter and following in ("(", "\\left"):
            return False
        if token == "^":
            power = re.match(r"\s*\{?\s*-?\s*(\d{1,2}|[A-Za-z])\s*\}?", "".join(tokens[k + 1 : k + 5]))
            if power is None or (tokens[k + 1 : k + 2] == ["{"] and "^" in _group(tokens, k + 1)):
                return False
    return True


def _group(tokens: list[str], start: int) -> list[str]:
    level, out = 0, []
    for token in tokens[start:]:
        level += {"{": 1, "}": -1}.get(token, 0)
        out.append(token)
        if level == 0:
            break
    return out


def load() -> ModuleType | None:
    """The library, imported on the first call; None where it is absent, which is found out once."""
    global _library, _absent
    if _library is None and not _absent:
        try:
            _library = import_module("latex2sympy2")
        except ImportError:
            _absent = True
    return _library


def _read(latex: str) -> Any:
    library = load()
    if library is None:
        return None
    state: Any = library
    state.is_real, state.frac_type = None, r"\frac"
    state.variances, state.var, state.VARIABLE_VALUES = {}, {}, {}
    try:
        expression = library.latex2sympy(latex)
    except Exception:  # its parser raises whatever its helpers raise; a failure is no opinion
        return None
    import sympy

    if not isinstance(expression, sympy.Expr):
        return None
    wanted = {t.lstrip("\\") for t in _TOKEN.findall(latex) if _is_letter(t)}
    found = {re.sub(r"[\\{}]", "", str(s)) for s in expression.free_symbols}
    # a symbol may cancel (x - x), but one that was not written must not appear, nor a written one vanish
    if found - wanted or (wanted - found - {"pi"}):
        return None
    return expression.subs({s: sympy.Symbol(_spelled(s)) for s in expression.free_symbols})


def _is_letter(token: str) -> bool:
    return (len(token) == 1 and token.isalpha()) or (
        token.startswith("\\")
        and token[1:] in "alpha beta gamma delta theta lambda mu nu rho tau phi omega xi eta".split()
    )


def _spelled(symbol: Any) -> str:
    name = re.sub(r"[\\{}]", "", str(symbol))
    return name if len(name) == 1 else "\\" + name
